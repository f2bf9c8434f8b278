"""Deutschland: Kfz, Hausrat, Wohngebäude, Privathaftpflicht, Rechtsschutz, Unfall, Risikoleben, Kranken.

Kfz-Haftpflicht: GDV/BaFin Jahresgemeinschaftsstatistik (50 claims per 1,000 cars in 2023, 4,070 EUR in 2021). Kasko: GDV
2015, claims by cause over about 38 million insured cars (theft 15,600
EUR a car, lowered to what the invented fleet is worth). Wohngebäude and Hausrat: GDV 2015 to 2017, claims by peril over
about 19 and 26 million contracts. Other lines are estimates. Tax: VersStG section 6 (19 %; Hausrat 16.15, Wohngebäude 16.34).
"""

from __future__ import annotations

from catalogue import Cause, Country, Coverage, Product

KH = Coverage(
    "KH", "Kfz-Haftpflicht", "Personen-, Sach- und Vermögensschäden Dritter aus dem Gebrauch des Fahrzeugs",
    0.60,
    (Cause("collision with property damage", 44.0, 3100, 1.0), Cause("collision with injury", 6.0, 11180, 1.5)),
    (50_000_000, 100_000_000, 100_000_000), settles="vehicle",
)  # fmt: skip
TK = Coverage(
    "TK", "Teilkasko", "Glasbruch, Diebstahl, Brand, Naturgewalten, Wildunfall und Marderbiss am eigenen Fahrzeug",
    0.22,
    (
        Cause("glass breakage", 57.0, 527, 0.45),
        Cause("storm/hail", 7.8, 2000, 0.8),
        Cause("animal", 7.0, 2420, 0.7),
        Cause("marten bite", 5.6, 300, 0.5),
        Cause("theft of parts", 1.6, 1450, 0.9),
        Cause("theft", 0.5, 13500, 0.5),
        Cause("fire", 0.4, 3900, 0.9),
    ),
    (100, 100, 100), (0, 150, 300), basis="value", settles="vehicle",
)  # fmt: skip
VK = Coverage(
    "VK", "Vollkasko", "Selbst verschuldete Unfälle und Vandalismus am eigenen Fahrzeug",
    0.38,
    (Cause("collision", 62.0, 3250, 0.85), Cause("vandalism", 9.0, 1550, 0.7)),
    (100, 100, 100), (300, 500, 1000), basis="value", settles="vehicle",
)  # fmt: skip

PRODUCTS = (
    Product(
        "KFZ-HP", "auto", "property_casualty", "motor", "vehicle", "AKB", "Kfz-Haftpflichtversicherung",
        "Gesetzlich vorgeschriebene Haftpflicht für Halter und Fahrer",
        275, 0.19, 7, (KH,), renews="january", aging="motor", cancelled=0.06,
    ),
    Product(
        "KFZ-TK", "auto", "property_casualty", "motor", "vehicle", "AKB", "Kfz-Haftpflicht mit Teilkasko",
        "Haftpflicht und Teilkasko für das eigene Fahrzeug; Kollisionsschäden am eigenen Fahrzeug sind nicht versichert",
        365, 0.19, 11, (KH, TK), renews="january", aging="motor", cancelled=0.06,
    ),
    Product(
        "KFZ-VK", "auto", "property_casualty", "motor", "vehicle", "AKB", "Kfz-Haftpflicht mit Vollkasko",
        "Haftpflicht, Teilkasko und Vollkasko für das eigene Fahrzeug",
        640, 0.19, 19, (KH, TK, VK), renews="january", aging="motor", cancelled=0.05,
    ),
    Product(
        "HR", "contents", "property_casualty", "contents", "dwelling", "VHB", "Hausratversicherung",
        "Hausrat gegen Feuer, Einbruchdiebstahl, Leitungswasser, Sturm und Hagel",
        98, 0.1615, 14,
        (
            Coverage(
                "EB", "Einbruchdiebstahl und Raub", "Entwendung und Vandalismus nach einem Einbruch",
                0.36, (Cause("burglary", 13.0, 1550, 1.0),), (100, 100, 100), (0, 150, 300), basis="value",
            ),
            Coverage(
                "FE", "Feuer", "Brand, Blitzschlag, Explosion und Überspannung",
                0.28, (Cause("fire/lightning", 8.8, 1400, 1.2),), (100, 100, 100), (0, 150, 300), basis="value",
            ),
            Coverage(
                "LW", "Leitungswasser", "Austritt von Leitungswasser, Rohrbruch und Frost",
                0.22, (Cause("water/freezing", 6.5, 1420, 0.9),), (100, 100, 100), (0, 150, 300), basis="value",
            ),
            Coverage(
                "ST", "Sturm und Hagel", "Schäden durch Sturm ab Windstärke 8 und Hagel",
                0.14, (Cause("storm/hail", 5.4, 590, 0.8),), (100, 100, 100), (0, 150, 300), basis="value",
            ),
        ),
        sums=((25_000, 18.0), (40_000, 30.0), (55_000, 26.0), (70_000, 16.0), (100_000, 10.0)),
    ),
    Product(
        "WG", "home", "property_casualty", "home", "house", "VGB", "Wohngebäudeversicherung",
        "Das Wohngebäude gegen Feuer, Leitungswasser, Sturm, Hagel und weitere Naturgefahren",
        430, 0.1634, 10,
        (
            Coverage(
                "FE", "Feuer", "Brand, Blitzschlag und Explosion",
                0.22, (Cause("fire/lightning", 12.0, 4062, 1.4),), (100, 100, 100), (0, 250, 500), basis="value",
            ),
            Coverage(
                "LW", "Leitungswasser", "Rohrbruch, Frost und Nässeschäden",
                0.46, (Cause("water/freezing", 57.0, 2065, 0.9),), (100, 100, 100), (0, 250, 500), basis="value",
            ),
            Coverage(
                "ST", "Sturm und Hagel", "Schäden durch Sturm ab Windstärke 8 und Hagel",
                0.24, (Cause("storm/hail", 62.0, 1021, 0.8),), (100, 100, 100), (0, 250, 500), basis="value",
            ),
            Coverage(
                "EL", "Elementarschäden", "Überschwemmung, Starkregen, Rückstau, Schneedruck und Erdrutsch",
                0.08, (Cause("flood", 1.0, 3114, 1.1),), (100, 100, 100), (500, 1000, 2500), basis="value",
            ),
        ),
        sums=((250_000, 14.0), (350_000, 26.0), (450_000, 28.0), (600_000, 20.0), (850_000, 12.0)), cancelled=0.04,
    ),
    Product(
        "PHV", "liability", "property_casualty", "liability", "person", "AVB PHV", "Privathaftpflichtversicherung",
        "Ansprüche Dritter aus den Gefahren des täglichen Lebens",
        62, 0.19, 17,
        (
            Coverage(
                "PH", "Privathaftpflicht", "Personen-, Sach- und Vermögensschäden Dritter, pauschal je Schadenfall",
                0.93, (Cause("property damage to others", 38.0, 560, 1.0), Cause("injury to others", 2.5, 4100, 1.5)),
                (5_000_000, 10_000_000, 50_000_000), (0, 150, 250), settles="injury", aggregate=2,
            ),
            Coverage(
                "MS", "Mietsachschäden", "Schäden an gemieteten Wohnräumen",
                0.07, (Cause("damage to rented property", 3.0, 940, 0.8),), (300_000, 500_000, 1_000_000), (0, 150, 250),
                aggregate=2,
            ),
        ),
        cancelled=0.05,
    ),
    Product(
        "RS", "legal", "property_casualty", "legal", "person", "ARB", "Rechtsschutzversicherung",
        "Anwalts- und Gerichtskosten in Privat-, Berufs- und Verkehrssachen",
        225, 0.19, 8,
        (
            Coverage(
                "PB", "Privat- und Berufsrechtsschutz", "Streitigkeiten aus Verträgen, Arbeit und Schadenersatz",
                0.66, (Cause("legal dispute", 118.0, 890, 0.9),), (500_000, 1_000_000, 2_000_000), (0, 150, 300),
                settles="legal",
            ),
            Coverage(
                "VR", "Verkehrsrechtsschutz", "Streitigkeiten als Fahrer, Halter oder Fußgänger",
                0.34, (Cause("traffic dispute", 62.0, 540, 0.7),), (500_000, 1_000_000, 2_000_000), (0, 150, 300),
                settles="legal",
            ),
        ),
    ),
    Product(
        "UV", "accident", "property_casualty", "accident", "person", "AUB", "Private Unfallversicherung",
        "Kapitalleistung bei Invalidität und Tod durch Unfall",
        190, 0.19, 7,
        (
            Coverage(
                "INV", "Invaliditätsleistung", "Leistung nach dem Grad der dauernden Beeinträchtigung",
                0.75, (Cause("accident", 7.0, 5600, 1.2),), (100, 100, 100), basis="value", settles="injury",
            ),
            Coverage(
                "KT", "Krankenhaustagegeld", "Tagegeld während der stationären Behandlung nach einem Unfall",
                0.25, (Cause("accident", 16.0, 330, 0.7),), (4_000, 8_000, 12_000), settles="medical",
            ),
        ),
        sums=((50_000, 24.0), (100_000, 42.0), (150_000, 20.0), (200_000, 14.0)),
    ),
    Product(
        "RLV", "life", "life", "life", "person", "AVB RLV", "Risikolebensversicherung",
        "Todesfallleistung während der Vertragsdauer von 10, 20 oder 30 Jahren",
        265, 0.0, 4,
        (
            Coverage(
                "TOD", "Todesfallleistung", "Auszahlung an die Bezugsberechtigten beim Tod in der Vertragsdauer",
                0.96, (Cause("death", 0.0, 0, 0.0),), (100, 100, 100), basis="value", settles="life",
            ),
            Coverage(
                "VTL", "Vorgezogene Todesfallleistung", "Ein Teil der Todesfallleistung im Voraus bei schwerer Krankheit",
                0.04, (Cause("terminal illness", 0.4, 0, 0.0),), (50, 50, 50), basis="value", settles="life",
            ),
        ),
        terms=(120, 240, 360), issue_ages=(18, 65), max_end_age=80, aging="mortality", cancelled=0.15,
        sums=((50_000, 16.0), (100_000, 30.0), (150_000, 22.0), (200_000, 18.0), (300_000, 14.0)),
    ),
    Product(
        "PKV", "health", "health", "health", "person", "MB/KK", "Private Krankenvollversicherung",
        "Ambulante, stationäre und zahnärztliche Behandlung anstelle der gesetzlichen Krankenversicherung",
        5200, 0.0, 3,
        (
            Coverage(
                "AMB", "Ambulante Behandlung", "Ärztliche Behandlung, Diagnostik und Arzneimittel, je Behandlungsfall",
                0.52, (Cause("acute illness", 260.0, 480, 0.9), Cause("chronic condition", 190.0, 920, 1.0)),
                (500_000, 1_000_000, 2_000_000), (0, 100, 250), settles="medical",
            ),
            Coverage(
                "STA", "Stationäre Behandlung", "Krankenhausaufenthalt mit Wahlleistungen, je Aufenthalt",
                0.36, (Cause("acute illness", 78.0, 5900, 1.0), Cause("injury", 26.0, 4700, 0.9)),
                (500_000, 1_000_000, 2_000_000), (0, 100, 250), settles="medical",
            ),
            Coverage(
                "ZAH", "Zahnbehandlung", "Zahnbehandlung, Zahnersatz und Kieferorthopädie, je Behandlung",
                0.12, (Cause("dental treatment", 150.0, 610, 0.8),), (3_000, 6_000, 12_000), (0, 50, 100), settles="medical",
            ),
        ),
        aging="health", cancelled=0.03,
    ),
)  # fmt: skip

COUNTRY = Country(
    "DE", PRODUCTS,
    "GDV/BaFin Jahresgemeinschaftsstatistik and GDV claims by cause (2015-2023); VersStG; lines without a figure estimated",
    (8.9, 15.2, 15.4, 14.5, 18.9, 14.6, 12.5), 0.87,
)  # fmt: skip
