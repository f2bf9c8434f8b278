"""United States: personal auto, homeowners, renters, flood, umbrella, term life and health.

Claim frequencies and severities of auto and homeowners: Insurance Information Institute from ISO/Verisk (2023 and 2018-2022);
average premiums: NAIC as cited there, rounded. Everything about other lines is an estimate.
"""

from __future__ import annotations

from catalogue import Cause, Country, Coverage, Product

BI = Coverage(
    "BI", "Bodily Injury Liability", "Injury to others for which an insured is legally responsible; limit per accident",
    0.29, (Cause("collision with injury", 7.7, 26501, 1.3),), (50_000, 100_000, 300_000), settles="injury",
)  # fmt: skip
PD = Coverage(
    "PD", "Property Damage Liability", "Damage to other people's vehicles and property; limit per accident",
    0.21, (Cause("collision with property damage", 25.8, 6551, 0.9),), (25_000, 50_000, 100_000), settles="vehicle",
)  # fmt: skip
MED = Coverage(
    "MED", "Medical Payments", "Medical costs of the driver and passengers regardless of fault; limit per person",
    0.03, (Cause("injury of an occupant", 6.0, 2600, 0.9),), (5_000, 10_000, 25_000), settles="medical",
)  # fmt: skip
UM = Coverage(
    "UM", "Uninsured Motorist Bodily Injury", "Injury caused by a driver without enough insurance; limit per accident",
    0.06, (Cause("uninsured motorist", 1.5, 18000, 1.2),), (50_000, 100_000, 300_000), settles="injury",
)  # fmt: skip
COLL = Coverage(
    "COLL", "Collision", "Damage to the insured vehicle from impact with an object or overturn; up to actual cash value",
    0.29, (Cause("collision", 45.4, 5470, 0.95),), (100, 100, 100), (250, 500, 1000), basis="value", settles="vehicle",
)  # fmt: skip
COMP = Coverage(
    "COMP", "Other Than Collision", "Theft, glass, hail, animals, fire, flood and vandalism; up to actual cash value",
    0.12,
    (
        Cause("glass breakage", 19.0, 640, 0.5),
        Cause("animal", 8.0, 3700, 0.7),
        Cause("hail", 5.6, 3600, 0.7),
        Cause("vandalism", 4.0, 2300, 0.7),
        Cause("theft", 2.6, 4660, 1.0),
        Cause("flood", 0.8, 7900, 0.7),
        Cause("fire", 0.6, 6900, 0.8),
    ),
    (100, 100, 100), (100, 250, 500), basis="value", settles="vehicle",
)  # fmt: skip


def homeowners(form_c: float) -> tuple[Coverage, ...]:
    return (
        Coverage(
            "A", "Coverage A: Dwelling", "The house itself and attached structures, at replacement cost",
            0.62,
            (
                Cause("wind/hail", 28.2, 13511, 1.0),
                Cause("water/freezing", 16.1, 13954, 0.9),
                Cause("fire/lightning", 2.4, 83991, 1.3),
                Cause("other property", 8.9, 7798, 1.1),
            ),
            (100, 100, 100), (500, 1000, 2500), basis="value",
        ),
        Coverage(
            "B", "Coverage B: Other Structures", "Detached garage, fence or shed on the premises",
            0.04, (), (10, 10, 20), (500, 1000, 2500), basis="value",
        ),
        Coverage(
            "C", "Coverage C: Personal Property", "Belongings, at home and away",
            0.18, (Cause("theft", 1.4, 5024, 0.9),), (50, form_c, 75), (500, 1000, 2500), basis="value",
        ),
        Coverage(
            "D", "Coverage D: Loss of Use", "Extra living costs while the home cannot be lived in",
            0.05, (), (20, 20, 30), basis="value",
        ),
        Coverage(
            "E", "Coverage E: Personal Liability", "Injury or damage to others for which an insured is responsible",
            0.09, (Cause("liability", 0.9, 26175, 1.4),), (100_000, 300_000, 500_000), settles="injury",
        ),
        Coverage(
            "F", "Coverage F: Medical Payments to Others", "Medical costs of guests hurt on the premises",
            0.02, (Cause("guest injury", 0.4, 2400, 0.8),), (1_000, 5_000, 10_000), settles="medical",
        ),
    )  # fmt: skip


RENTERS = (
    Coverage(
        "C", "Coverage C: Personal Property", "The tenant's belongings, at home and away",
        0.66,
        (
            Cause("theft", 9.0, 2300, 0.9),
            Cause("water/freezing", 4.5, 3600, 0.9),
            Cause("fire/lightning", 1.6, 14500, 1.0),
        ),
        (100, 100, 100), (250, 500, 1000), basis="value",
    ),
    Coverage(
        "D", "Coverage D: Loss of Use", "Extra living costs while the rented home cannot be lived in",
        0.08, (Cause("uninhabitable home", 1.0, 3100, 0.8),), (20, 30, 40), basis="value",
    ),
    Coverage(
        "E", "Coverage E: Personal Liability", "Injury or damage to others for which an insured is responsible",
        0.22, (Cause("liability", 0.8, 16000, 1.3),), (100_000, 300_000, 500_000), settles="injury",
    ),
    Coverage(
        "F", "Coverage F: Medical Payments to Others", "Medical costs of guests hurt on the premises",
        0.04, (Cause("guest injury", 0.3, 1900, 0.8),), (1_000, 2_000, 5_000), settles="medical",
    ),
)  # fmt: skip

HOUSES = (
    (200_000, 12.0),
    (275_000, 20.0),
    (350_000, 24.0),
    (450_000, 20.0),
    (600_000, 14.0),
    (850_000, 7.0),
    (1_200_000, 3.0),
)

PRODUCTS = (
    Product(
        "PAP-L", "auto", "property_casualty", "motor", "vehicle", "PP 00 01", "Personal Auto Policy, liability",
        "Liability to others, medical payments and uninsured motorists, without cover for the own vehicle",
        860, 0.0, 11, (BI, PD, MED, UM), terms=(6,), aging="motor", cancelled=0.09,
    ),
    Product(
        "PAP-F6", "auto", "property_casualty", "motor", "vehicle", "PP 00 01", "Personal Auto Policy, full coverage",
        "Liability to others plus collision and other-than-collision cover for the own vehicle, six-month term",
        1480, 0.0, 20, (BI, PD, MED, UM, COLL, COMP), terms=(6,), aging="motor", cancelled=0.05,
    ),
    Product(
        "PAP-F12", "auto", "property_casualty", "motor", "vehicle", "PP 00 01", "Personal Auto Policy, full coverage, annual",
        "Liability to others plus collision and other-than-collision cover for the own vehicle, twelve-month term",
        1420, 0.0, 14, (BI, PD, MED, UM, COLL, COMP), terms=(12,), aging="motor",
    ),
    Product(
        "HO-3", "home", "property_casualty", "home", "house", "HO 00 03", "Homeowners 3, special form",
        "Open perils on the dwelling, named perils on belongings, and personal liability",
        1410, 0.0, 17, homeowners(60), sums=HOUSES, cancelled=0.05,
    ),
    Product(
        "HO-5", "home", "property_casualty", "home", "house", "HO 00 05", "Homeowners 5, comprehensive form",
        "Open perils on dwelling and belongings, and personal liability",
        1690, 0.0, 4, homeowners(70), sums=HOUSES, cancelled=0.04,
    ),
    Product(
        "HO-4", "renters", "property_casualty", "contents", "dwelling", "HO 00 04", "Homeowners 4, contents broad form",
        "Renters insurance: belongings, loss of use and personal liability of a tenant",
        174, 0.0, 9, RENTERS, cancelled=0.10,
        sums=((10_000, 16.0), (20_000, 30.0), (30_000, 28.0), (50_000, 18.0), (75_000, 8.0)),
    ),
    Product(
        "FLD", "flood", "property_casualty", "home", "house", "Dwelling Form", "Flood insurance, dwelling form",
        "Direct physical loss by flood, which homeowners policies exclude",
        890, 0.0, 2,
        (
            Coverage(
                "BLD", "Building Property", "The building, its foundation and fixed equipment",
                0.74, (Cause("flood", 9.0, 38000, 1.1),), (100, 100, 100), (1000, 2000, 5000), basis="value",
            ),
            Coverage(
                "CNT", "Personal Property", "Contents of the building",
                0.26, (Cause("flood", 3.0, 14000, 1.0),), (20, 30, 40), (1000, 2000, 5000), basis="value",
            ),
        ),
        sums=((100_000, 14.0), (150_000, 24.0), (200_000, 26.0), (250_000, 36.0)), cancelled=0.04,
    ),
    Product(
        "UMB", "umbrella", "property_casualty", "liability", "person", "DL 98 01", "Personal umbrella liability",
        "Liability above the limits of the underlying auto and home policies",
        380, 0.0, 4,
        (
            Coverage(
                "UL", "Umbrella Liability", "Damages above the underlying limit, each occurrence",
                1.0, (Cause("liability", 1.2, 118000, 1.2),), (1_000_000, 2_000_000, 5_000_000), (0, 250, 500),
                settles="injury", aggregate=5,
            ),
        ),
        cancelled=0.03,
    ),
    Product(
        "TERM", "life", "life", "life", "person", "Level term", "Level term life insurance",
        "A level death benefit for 10, 20 or 30 years; nothing is paid if the insured outlives the term",
        520, 0.0, 9,
        (
            Coverage(
                "DB", "Death Benefit", "Paid to the beneficiaries when the insured dies within the term",
                0.84, (Cause("death", 0.0, 0, 0.0),), (100, 100, 100), basis="value", settles="life",
            ),
            Coverage(
                "ABR", "Accelerated Benefit Rider", "A part of the death benefit in advance at a terminal illness",
                0.04, (Cause("terminal illness", 0.4, 0, 0.0),), (50, 50, 50), basis="value", settles="life",
            ),
            Coverage(
                "ADB", "Accidental Death Benefit", "Paid in addition when death follows an accident",
                0.12, (), (25, 50, 100), basis="value", settles="life",
            ),
        ),
        terms=(120, 240, 360), issue_ages=(18, 65), max_end_age=85, aging="mortality", cancelled=0.18,
        sums=((100_000, 16.0), (250_000, 30.0), (500_000, 32.0), (750_000, 10.0), (1_000_000, 12.0)),
    ),
    Product(
        "PPO", "health", "health", "community", "person", "Silver PPO", "Individual major medical plan",
        "Comprehensive medical cover with a preferred provider network, for people who are not yet on Medicare",
        7100, 0.0, 10,
        (
            Coverage(
                "HOSP", "Hospital Services", "Inpatient stays, surgery and emergency room, per admission",
                0.46,
                (Cause("acute illness", 66.0, 15800, 1.1), Cause("injury", 22.0, 11200, 1.0), Cause("childbirth",
                14.0, 13000, 0.5)),
                (500_000, 1_000_000, 2_000_000), (500, 1000, 2000), settles="medical",
            ),
            Coverage(
                "OUTP", "Outpatient Services", "Specialist care, imaging, laboratory and therapy, per episode of care",
                0.36, (Cause("chronic condition", 190.0, 1350, 0.9), Cause("acute illness", 150.0, 820, 0.9)),
                (500_000, 1_000_000, 2_000_000), (100, 200, 400), settles="medical",
            ),
            Coverage(
                "RX", "Prescription Drugs", "Prescribed medicines, per course of treatment",
                0.18, (Cause("chronic condition", 120.0, 940, 1.1), Cause("acute illness", 60.0, 190, 0.8)),
                (50_000, 100_000, 200_000), (10, 25, 50), settles="medical",
            ),
        ),
        issue_ages=(18, 64), aging="health", cancelled=0.12,
    ),
    Product(
        "MEDSUP", "health", "health", "health", "person", "Plan G", "Medicare supplement insurance",
        "Medigap plan for people on Medicare: pays what Medicare leaves to them, except the Part B deductible",
        900, 0.0, 9,
        (
            Coverage(
                "PTA", "Part A Cost Sharing", "The hospital deductible and coinsurance of Medicare Part A, per benefit period",
                0.42, (Cause("acute illness", 150.0, 1632, 0.25), Cause("injury", 40.0, 1632, 0.25)),
                (100_000, 200_000, 400_000), settles="medical",
            ),
            Coverage(
                "PTB", "Part B Coinsurance",
                "The fifth of approved charges for doctors and outpatient care, per episode of care",
                0.58, (Cause("chronic condition", 280.0, 610, 0.8), Cause("acute illness", 190.0, 480, 0.8)),
                (100_000, 200_000, 400_000), settles="medical",
            ),
        ),
        issue_ages=(65, 90), aging="health", cancelled=0.05,
    ),
)  # fmt: skip

COUNTRY = Country(
    "US", PRODUCTS,
    "III Facts + Statistics (ISO/Verisk: auto 2023, homeowners 2018-2022); NAIC average premiums; other lines estimated",
    (11.5, 17.7, 16.9, 15.6, 16.2, 13.0, 9.1), 0.91,
)  # fmt: skip
