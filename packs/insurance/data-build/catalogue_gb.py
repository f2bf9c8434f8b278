"""United Kingdom: motor, home, landlord-free contents, travel, pet, term life and private medical insurance.

Insurance Premium Tax: HMRC, standard rate 12 %, higher rate 20 % on travel; life and permanent health are exempt. Premium
levels are near the averages the Association of British Insurers publishes (motor 2023: 543 pounds; buildings and contents
2023: 341 pounds), rounded. Claim frequencies and severities by cause are estimates.
"""

from __future__ import annotations

from catalogue import Cause, Country, Coverage, Product

TP = Coverage(
    "TP", "Third Party Liability", "Injury to others without limit in law; limit here for damage to property",
    0.55,
    (Cause("collision with property damage", 34.0, 3150, 0.9), Cause("collision with injury", 7.5, 13800, 1.3)),
    (5_000_000, 20_000_000, 20_000_000), settles="vehicle",
)  # fmt: skip
FT = Coverage(
    "FT", "Fire and Theft", "Fire, lightning, explosion, theft and attempted theft of the car",
    0.14, (Cause("theft", 3.4, 9900, 0.6), Cause("fire", 0.7, 5200, 0.8)), (100, 100, 100), (100, 250, 500),
    basis="value", settles="vehicle",
)  # fmt: skip
AD = Coverage(
    "AD", "Accidental Damage", "Damage to the insured car from an accident or vandalism",
    0.27, (Cause("collision", 46.0, 3300, 0.85), Cause("vandalism", 5.5, 1500, 0.7)), (100, 100, 100), (150, 350, 600),
    basis="value", settles="vehicle",
)  # fmt: skip
WS = Coverage(
    "WS", "Windscreen", "Repair or replacement of glass",
    0.04, (Cause("glass breakage", 38.0, 320, 0.5),), (500, 1_000, 2_000), (0, 50, 100), settles="vehicle",
)  # fmt: skip
CONTENTS = Coverage(
    "CN", "Contents", "Belongings against theft, fire, escape of water and storm",
    0.42, (Cause("burglary", 9.5, 2300, 0.9), Cause("accidental damage", 15.0, 510, 0.7)), (20, 25, 30), (100, 250, 500),
    basis="value",
)  # fmt: skip

PRODUCTS = (
    Product(
        "MC", "auto", "general", "motor", "vehicle", "Comprehensive", "Comprehensive motor insurance",
        "Liability to others and damage to, fire or theft of the own car",
        485, 0.12, 36, (TP, FT, AD, WS), aging="motor", cancelled=0.07,
    ),
    Product(
        "TPFT", "auto", "general", "motor", "vehicle", "Third party, fire and theft",
        "Third party, fire and theft motor insurance",
        "Liability to others and fire or theft of the own car",
        430, 0.12, 5, (TP, FT), aging="motor", cancelled=0.10,
    ),
    Product(
        "HBC", "home", "general", "home", "house", "Buildings and contents", "Home insurance, buildings and contents",
        "The building and its contents against fire, water, storm, subsidence and theft",
        305, 0.12, 22,
        (
            Coverage(
                "BD", "Buildings", "Structure, fixtures and outbuildings",
                0.52,
                (
                    Cause("water/freezing", 15.5, 2900, 0.9),
                    Cause("storm/hail", 9.0, 1350, 0.9),
                    Cause("fire/lightning", 1.5, 14500, 1.3),
                    Cause("subsidence", 0.9, 9800, 0.9),
                    Cause("flood", 0.8, 28500, 1.0),
                ),
                (100, 100, 100), (100, 250, 500), basis="value",
            ),
            CONTENTS,
            Coverage(
                "LI", "Occupier's and Personal Liability", "Injury or damage to others as owner, occupier or private person",
                0.06, (Cause("liability", 0.5, 9200, 1.3),), (1_000_000, 2_000_000, 5_000_000), settles="injury", aggregate=5,
            ),
        ),
        sums=((180_000, 16.0), (250_000, 28.0), (330_000, 28.0), (450_000, 18.0), (700_000, 10.0)), cancelled=0.04,
    ),
    Product(
        "HC", "contents", "general", "contents", "dwelling", "Contents", "Contents insurance",
        "A tenant's belongings against theft, fire, water and accidental damage",
        118, 0.12, 9,
        (
            Coverage(
                "CN", "Contents", "Belongings at home",
                1.0,
                (
                    Cause("burglary", 12.0, 1900, 0.9),
                    Cause("accidental damage", 16.0, 430, 0.7),
                    Cause("fire/lightning", 1.1, 7400, 1.1),
                    Cause("water/freezing", 4.5, 1500, 0.8),
                ),
                (100, 100, 100), (50, 100, 250), basis="value",
            ),
        ),
        sums=((15_000, 24.0), (30_000, 36.0), (50_000, 28.0), (75_000, 12.0)), cancelled=0.08,
    ),
    Product(
        "TRV", "travel", "general", "travel", "person", "Annual multi-trip", "Annual travel insurance",
        "Medical costs abroad, cancellation and baggage for all trips of a year",
        56, 0.20, 10,
        (
            Coverage(
                "MD", "Emergency Medical", "Treatment and repatriation, per claim",
                0.55, (Cause("acute illness abroad", 17.0, 1350, 1.2), Cause("injury abroad", 6.0, 1700, 1.2)),
                (2_000_000, 5_000_000, 10_000_000), (50, 100, 200), settles="medical",
            ),
            Coverage(
                "CX", "Cancellation", "Trips cancelled or cut short",
                0.30, (Cause("trip cancelled", 19.0, 780, 0.8),), (1_000, 3_000, 5_000), (50, 100, 200), settles="legal",
            ),
            Coverage(
                "BG", "Baggage", "Lost, stolen or damaged baggage",
                0.15, (Cause("loss of baggage", 7.0, 260, 0.7),), (1_000, 2_000, 3_000), (25, 50, 100), settles="legal",
            ),
        ),
        issue_ages=(18, 79), cancelled=0.02,
    ),
    Product(
        "LT", "life", "life", "life", "person", "Level term", "Level term life assurance",
        "A level sum assured for 10, 20 or 30 years",
        190, 0.0, 11,
        (
            Coverage(
                "DB", "Death Benefit", "Paid when the insured dies within the term",
                0.96, (Cause("death", 0.0, 0, 0.0),), (100, 100, 100), basis="value", settles="life",
            ),
            Coverage(
                "TI", "Terminal Illness Benefit", "A part of the sum assured in advance at a terminal illness",
                0.04, (Cause("terminal illness", 0.4, 0, 0.0),), (50, 50, 50), basis="value", settles="life",
            ),
        ),
        terms=(120, 240, 360), issue_ages=(18, 65), max_end_age=85, aging="mortality", cancelled=0.16,
        sums=((75_000, 16.0), (150_000, 32.0), (250_000, 28.0), (400_000, 16.0), (600_000, 8.0)),
    ),
    Product(
        "PMI", "health", "general", "health", "person", "Private medical", "Private medical insurance",
        "Private treatment of acute conditions",
        1450, 0.12, 7,
        (
            Coverage(
                "IP", "Inpatient and Day-patient", "Hospital charges and specialists' fees, per admission",
                0.66, (Cause("acute illness", 62.0, 5300, 0.9), Cause("injury", 9.0, 4100, 0.8)),
                (100_000, 250_000, 1_000_000), (0, 100, 250), settles="medical",
            ),
            Coverage(
                "OP", "Outpatient", "Consultations, diagnostics and therapy, per episode",
                0.34, (Cause("acute illness", 140.0, 640, 0.8),), (500, 1_000, 2_000), (0, 50, 100), settles="medical",
            ),
        ),
        issue_ages=(18, 75), aging="health", cancelled=0.08,
    ),
)  # fmt: skip

COUNTRY = Country(
    "GB", PRODUCTS,
    "HMRC (Insurance Premium Tax rates); ABI average premiums 2023, rounded; claim figures by cause estimated",
    (10.4, 16.9, 16.9, 15.9, 17.2, 12.7, 10.0), 0.80,
)  # fmt: skip
