"""France: auto, multirisque habitation, santé complémentaire, garantie accidents de la vie, temporaire décès.

Auto third-party liability: freMTPL2 (CASdatasets): 0.1007 claims a year of exposure,
severity quantiles of 26,444 claims, of which 12, 8 and 18 per cent
are lump sums of the convention between insurers (1,128, 1,172 and 1,204). Tax on insurance conventions (CGI article 1001): motor liability 33 % with the social contribution, other motor and fire covers 18 %
(household 9 % outside fire), health 13.27 %, life exempt; one blended rate per product here. Other claim figures are estimates.
"""

from __future__ import annotations

from catalogue import Cause, Country, Coverage, Product

RC = Coverage(
    "RC", "Responsabilité civile", "Dommages corporels et matériels causés aux tiers par le véhicule",
    0.52,
    (
        Cause(
            "collision", 100.7, 2266, 1.0,
            quantiles=(
                (0.0, 60), (0.1, 320), (0.25, 760), (0.363, 1128), (0.483, 1128), (0.484, 1172), (0.564, 1172), (0.565, 1204),
                (0.745, 1204), (0.75, 1212), (0.9, 2768), (0.95, 4765), (0.99, 16451), (0.995, 26000), (0.999, 98000),
                (0.9999, 410000), (0.99999, 1000000), (1.0, 4075401),
            ),
        ),
    ),
    (5_000_000, 50_000_000, 100_000_000), settles="vehicle",
)  # fmt: skip
VOL = Coverage(
    "VI", "Vol et incendie", "Vol, tentative de vol et incendie du véhicule",
    0.12, (Cause("theft", 4.2, 6900, 0.8), Cause("fire", 0.9, 5600, 0.9)), (100, 100, 100), (150, 300, 600),
    basis="value", settles="vehicle",
)  # fmt: skip
BDG = Coverage(
    "BDG", "Bris de glace", "Réparation ou remplacement des vitrages",
    0.08, (Cause("glass breakage", 62.0, 640, 0.45),), (1_500, 2_500, 4_000), (0, 50, 100), settles="vehicle",
)  # fmt: skip
DTA = Coverage(
    "DTA", "Dommages tous accidents", "Dommages au véhicule assuré, même responsable, et catastrophes naturelles",
    0.28, (Cause("own damage collision", 58.0, 2400, 0.85), Cause("storm/hail", 9.0, 2900, 0.7)), (100, 100, 100),
    (200, 350, 700), basis="value", settles="vehicle",
)  # fmt: skip

PRODUCTS = (
    Product(
        "AUTO-T", "auto", "non_life", "motor", "vehicle", "Tiers étendu", "Assurance auto au tiers étendu",
        "Responsabilité civile obligatoire, vol, incendie et bris de glace",
        390, 0.26, 14, (RC, VOL, BDG), aging="motor",
    ),
    Product(
        "AUTO-TR", "auto", "non_life", "motor", "vehicle", "Tous risques", "Assurance auto tous risques",
        "Responsabilité civile et dommages au véhicule assuré",
        590, 0.23, 23, (RC, VOL, BDG, DTA), aging="motor", cancelled=0.05,
    ),
    Product(
        "MRH-P", "home", "non_life", "home", "house", "Propriétaire occupant", "Multirisque habitation, propriétaire",
        "Le logement et son contenu, et la responsabilité civile vie privée",
        290, 0.13, 16,
        (
            Coverage(
                "INC", "Incendie et événements climatiques", "Incendie, foudre, tempête, grêle et neige",
                0.36, (Cause("storm/hail", 17.0, 1900, 0.9), Cause("fire/lightning", 5.5, 7300, 1.3)), (100, 100, 100),
                (150, 250, 400), basis="value",
            ),
            Coverage(
                "DDE", "Dégât des eaux", "Fuites, ruptures de canalisation et gel",
                0.30, (Cause("water/freezing", 36.0, 1350, 0.8),), (100, 100, 100), (150, 250, 400), basis="value",
            ),
            Coverage(
                "VOL", "Vol et vandalisme", "Cambriolage, tentative et détériorations",
                0.18, (Cause("burglary", 8.5, 2250, 0.9),), (10, 20, 30), (150, 250, 400), basis="value",
            ),
            Coverage(
                "RCV", "Responsabilité civile vie privée", "Dommages causés aux tiers dans la vie privée",
                0.16, (Cause("liability", 11.0, 930, 1.1),), (1_000_000, 5_000_000, 10_000_000), (0, 75, 150),
                settles="injury", aggregate=5,
            ),
        ),
        sums=((120_000, 16.0), (180_000, 28.0), (250_000, 28.0), (350_000, 18.0), (550_000, 10.0)), cancelled=0.04,
    ),
    Product(
        "MRH-L", "contents", "non_life", "contents", "dwelling", "Locataire", "Multirisque habitation, locataire",
        "Risques locatifs et contenu du logement",
        145, 0.13, 15,
        (
            Coverage(
                "RL", "Risques locatifs", "Incendie et dégât des eaux dont le locataire répond",
                0.55, (Cause("water/freezing", 33.0, 1100, 0.8), Cause("fire/lightning", 3.2, 5200, 1.2)),
                (500_000, 1_000_000, 2_000_000), (75, 150, 300),
            ),
            Coverage(
                "VOL", "Vol et vandalisme", "Cambriolage, tentative et détériorations",
                0.28, (Cause("burglary", 8.0, 1500, 0.9),), (60, 80, 100), (75, 150, 300), basis="value",
            ),
            Coverage(
                "RCV", "Responsabilité civile vie privée", "Dommages causés aux tiers dans la vie privée",
                0.17, (Cause("liability", 9.0, 760, 1.1),), (1_000_000, 5_000_000, 10_000_000), (0, 75, 150),
                settles="injury", aggregate=5,
            ),
        ),
        sums=((8_000, 22.0), (15_000, 34.0), (25_000, 28.0), (40_000, 16.0)), cancelled=0.08,
    ),
    Product(
        "SANTE", "health", "non_life", "health", "person", "Responsable", "Complémentaire santé",
        "Remboursements en complément de l'assurance maladie obligatoire",
        820, 0.1327, 20,
        (
            Coverage(
                "HOS", "Hospitalisation", "Frais de séjour, honoraires et forfait journalier, par séjour",
                0.38, (Cause("acute illness", 95.0, 780, 0.9), Cause("injury", 20.0, 690, 0.8)), (20_000, 40_000,
                80_000), settles="medical",
            ),
            Coverage(
                "SC", "Soins courants", "Consultations, analyses et imagerie, par épisode de soins",
                0.26, (Cause("acute illness", 420.0, 96, 0.8),), (2_000, 4_000, 8_000), settles="medical",
            ),
            Coverage(
                "OD", "Optique et dentaire", "Lunettes, prothèses et soins dentaires, par équipement",
                0.36, (Cause("dental treatment", 140.0, 390, 0.8), Cause("eyewear", 190.0, 245, 0.5)), (800, 1_500,
                3_000), settles="medical",
            ),
        ),
        aging="health", cancelled=0.06,
    ),
    Product(
        "GAV", "accident", "non_life", "accident", "person", "GAV", "Garantie des accidents de la vie",
        "Indemnisation des accidents corporels de la vie privée",
        165, 0.09, 6,
        (
            Coverage(
                "IP", "Incapacité permanente", "Indemnité selon le taux d'atteinte permanente",
                1.0, (Cause("accident", 4.2, 11500, 1.1),), (100, 100, 100), basis="value", settles="injury",
            ),
        ),
        sums=((250_000, 20.0), (500_000, 30.0), (1_000_000, 50.0)),
    ),
    Product(
        "TD", "life", "life", "life", "person", "Temporaire décès", "Assurance temporaire décès",
        "Capital décès pendant 10, 15 ou 20 ans, ou en cas de perte totale d'autonomie",
        240, 0.0, 6,
        (
            Coverage(
                "DC", "Capital décès", "Versé aux bénéficiaires au décès pendant la durée",
                0.96, (Cause("death", 0.0, 0, 0.0),), (100, 100, 100), basis="value", settles="life",
            ),
            Coverage(
                "PTIA", "Perte totale et irréversible d'autonomie",
                "Une part du capital par avance en cas de maladie en phase terminale",
                0.04, (Cause("terminal illness", 0.4, 0, 0.0),), (50, 50, 50), basis="value", settles="life",
            ),
        ),
        terms=(120, 180, 240), issue_ages=(18, 65), max_end_age=80, aging="mortality", cancelled=0.14,
        sums=((50_000, 24.0), (100_000, 34.0), (200_000, 26.0), (350_000, 16.0)),
    ),
)  # fmt: skip

COUNTRY = Country(
    "FR", PRODUCTS,
    "freMTPL2 (CASdatasets) for motor liability; CGI article 1001 for tax, blended; other claim figures estimated",
    (10.2, 14.7, 15.6, 15.6, 16.1, 14.3, 13.5), 0.84,
)  # fmt: skip
