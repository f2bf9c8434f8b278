"""Medical procedures: what, by which specialty, for which condition, how long, at what cost.

Needs the standard library and datamimic only. `code` is this list's own system (MP-<category><number>). CPT is a
licensed work of the AMA: neither its codes nor its descriptors are here; `cpt_like` counts through 00001-00099, which
lies below the first CPT code (00100), so that no value can be taken for a real one.
"""


from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS
from population import COUNTRIES
from procedure_names import TWO_SIDED
from specialty_list import SPECIALTIES

from datamimic.tables.build import write_table

# name, category (S surgical, D diagnostic, P preventive, T therapeutic), specialty, sex, ages, anesthesia share,
# minutes low-high, recovery days low-high, USD low-high, weight, condition treated or ""
PROCEDURES = [
    ("Laparoscopic Appendectomy", "S", "General Surgery", "any", 5, 90, 1, "45-90", "7-21", "9000-22000", 5, ""),
    ("Laparoscopic Cholecystectomy", "S", "General Surgery", "any", 16, 95, 1, "45-100", "7-21", "9000-24000", 8, ""),
    ("Inguinal Hernia Repair", "S", "General Surgery", "any", 18, 95, 1, "40-90", "7-28", "6000-15000", 8, ""),
    ("Partial Colectomy", "S", "General Surgery", "any", 40, 95, 1, "120-260", "28-56", "25000-60000", 2, "Colorectal Cancer"),
    ("Total Knee Replacement", "S", "Orthopedics", "any", 45, 95, 1, "75-130", "42-90", "20000-45000", 8, "Osteoarthritis"),
    ("Total Hip Replacement", "S", "Orthopedics", "any", 45, 98, 1, "75-140", "42-90", "20000-46000", 7, "Osteoarthritis"),
    ("Knee Arthroscopy", "S", "Orthopedics", "any", 16, 80, 1, "30-75", "7-42", "5000-14000", 7, ""),
    ("Forearm Fracture Fixation", "S", "Orthopedics", "any", 5, 95, 1, "50-120", "28-56", "8000-20000", 4, ""),
    ("Lumbar Discectomy", "S", "Orthopedics", "any", 18, 85, 1, "60-120", "28-56", "15000-35000", 2, "Low Back Pain"),
    ("Coronary Stent Placement", "S", "Cardiology", "any", 35, 95, .2, "40-110", "5-14", "18000-42000", 6, "Coronary Artery Disease"),
    ("Pacemaker Implantation", "S", "Cardiology", "any", 45, 99, .2, "45-90", "7-28", "20000-48000", 4, "Atrial Fibrillation"),
    ("Catheter Ablation of Atrial Fibrillation", "S", "Cardiology", "any", 40, 85, .8, "120-240", "5-14", "22000-50000", 2, "Atrial Fibrillation"),
    ("Echocardiography", "D", "Cardiology", "any", 0, 100, 0, "25-50", "0-0", "400-2200", 20, "Heart Failure"),
    ("Resting Electrocardiogram", "D", "Cardiology", "any", 2, 100, 0, "5-15", "0-0", "40-250", 40, "Hypertension"),
    ("Exercise Stress Test", "D", "Cardiology", "any", 18, 80, 0, "30-60", "0-0", "250-1400", 10, "Coronary Artery Disease"),
    ("Coronary Angiography", "D", "Cardiology", "any", 35, 95, .05, "30-70", "1-4", "5000-16000", 7, "Coronary Artery Disease"),
    ("Colonoscopy", "D", "Gastroenterology", "any", 18, 90, .5, "25-55", "0-1", "1200-4500", 22, ""),
    ("Screening Colonoscopy", "P", "Gastroenterology", "any", 45, 80, .5, "25-50", "0-1", "1200-4000", 16, ""),
    ("Upper Endoscopy", "D", "Gastroenterology", "any", 12, 95, .4, "12-30", "0-1", "900-3200", 18, "Gastroesophageal Reflux Disease"),
    ("Endoscopic Polyp Removal", "T", "Gastroenterology", "any", 30, 90, .5, "30-70", "0-2", "1600-5200", 9, ""),
    ("Liver Elastography", "D", "Gastroenterology", "any", 18, 90, 0, "10-25", "0-0", "150-700", 5, "Cirrhosis of Liver"),
    ("Pulmonary Function Test", "D", "Pulmonology", "any", 6, 95, 0, "20-60", "0-0", "120-800", 14, "COPD"),
    ("Bronchoscopy", "D", "Pulmonology", "any", 18, 90, .3, "25-60", "0-2", "2000-6500", 4, "Lung Cancer"),
    ("Overnight Sleep Study", "D", "Pulmonology", "any", 18, 90, 0, "420-500", "0-0", "700-3200", 7, "Obstructive Sleep Apnea"),
    ("Chest X-Ray", "D", "Radiology", "any", 0, 100, 0, "5-15", "0-0", "60-350", 45, "Pneumonia"),
    ("CT of the Abdomen", "D", "Radiology", "any", 5, 100, 0, "15-40", "0-0", "400-2600", 20, ""),
    ("MRI of the Brain", "D", "Radiology", "any", 5, 95, .02, "25-60", "0-0", "600-3600", 12, "Multiple Sclerosis"),
    ("MRI of the Lumbar Spine", "D", "Radiology", "any", 12, 95, 0, "25-50", "0-0", "500-3000", 12, "Low Back Pain"),
    ("Screening Mammography", "P", "Radiology", "female", 40, 80, 0, "10-25", "0-0", "120-450", 22, ""),
    ("Bone Density Scan", "D", "Radiology", "any", 50, 95, 0, "10-25", "0-0", "100-450", 9, "Osteoporosis"),
    ("Abdominal Ultrasound", "D", "Radiology", "any", 0, 100, 0, "15-40", "0-0", "150-700", 20, ""),
    ("Cesarean Delivery", "S", "Obstetrics and Gynecology", "female", 18, 44, 1, "35-75", "35-56", "11000-28000", 5, "Pregnancy"),
    ("Vaginal Delivery", "T", "Obstetrics and Gynecology", "female", 18, 44, .6, "240-900", "21-42", "7000-16000", 9, "Pregnancy"),
    ("Obstetric Ultrasound", "D", "Obstetrics and Gynecology", "female", 18, 44, 0, "15-40", "0-0", "150-600", 18, "Pregnancy"),
    ("Hysterectomy", "S", "Obstetrics and Gynecology", "female", 30, 85, 1, "75-160", "28-56", "12000-30000", 4, "Uterine Fibroids"),
    ("Diagnostic Laparoscopy", "D", "Obstetrics and Gynecology", "female", 18, 54, 1, "30-75", "5-14", "5000-13000", 3, "Endometriosis"),
    ("Cervical Cancer Screening", "P", "Obstetrics and Gynecology", "female", 21, 65, 0, "10-20", "0-0", "50-250", 26, ""),
    ("Transurethral Resection of the Prostate", "S", "Urology", "male", 50, 95, 1, "45-90", "14-42", "8000-19000", 3, "Benign Prostatic Hyperplasia"),
    ("Radical Prostatectomy", "S", "Urology", "male", 45, 78, 1, "140-260", "28-56", "20000-48000", 2, "Prostate Cancer"),
    ("Prostate Biopsy", "D", "Urology", "male", 45, 85, .2, "15-30", "1-4", "900-3000", 3, "Prostate Cancer"),
    ("Cystoscopy", "D", "Urology", "any", 18, 95, .1, "10-25", "0-1", "500-1900", 7, "Urinary Tract Infection"),
    ("Kidney Stone Lithotripsy", "T", "Urology", "any", 18, 90, .7, "40-80", "2-7", "6000-16000", 3, ""),
    ("Vasectomy", "S", "Urology", "male", 25, 60, .05, "15-35", "2-7", "600-2200", 3, ""),
    ("Cataract Surgery", "S", "Ophthalmology", "any", 45, 98, .1, "15-35", "7-28", "2500-6000", 16, "Cataract"),
    ("Intravitreal Injection", "T", "Ophthalmology", "any", 50, 98, 0, "5-15", "0-1", "900-2600", 8, "Macular Degeneration"),
    ("Comprehensive Eye Examination", "P", "Ophthalmology", "any", 5, 98, 0, "20-45", "0-0", "80-300", 22, ""),
    ("Laser Trabeculoplasty", "T", "Ophthalmology", "any", 40, 95, 0, "10-20", "0-2", "700-2200", 2, "Glaucoma"),
    ("Tonsillectomy", "S", "Otolaryngology", "any", 3, 45, 1, "25-50", "10-16", "4500-11000", 4, ""),
    ("Ear Tube Placement", "S", "Otolaryngology", "any", 1, 11, 1, "10-25", "1-3", "2500-6500", 4, "Otitis Media"),
    ("Endoscopic Sinus Surgery", "S", "Otolaryngology", "any", 18, 80, 1, "60-140", "7-21", "8000-20000", 3, ""),
    ("Hearing Test", "D", "Otolaryngology", "any", 3, 98, 0, "15-40", "0-0", "60-300", 10, "Hearing Loss"),
    ("Skin Lesion Excision", "S", "Dermatology", "any", 10, 95, .02, "15-45", "5-14", "300-1600", 12, ""),
    ("Skin Biopsy", "D", "Dermatology", "any", 5, 95, 0, "10-20", "1-7", "150-700", 12, "Psoriasis"),
    ("Skin Cancer Screening", "P", "Dermatology", "any", 35, 95, 0, "10-25", "0-0", "80-300", 12, ""),
    ("Phototherapy Session", "T", "Dermatology", "any", 12, 90, 0, "10-30", "0-0", "60-260", 5, "Psoriasis"),
    ("Hemodialysis Session", "T", "Nephrology", "any", 18, 95, 0, "180-260", "0-0", "250-900", 10, "Chronic Kidney Disease"),
    ("Kidney Biopsy", "D", "Nephrology", "any", 12, 85, .05, "25-50", "2-7", "2200-6500", 1.5, "Chronic Kidney Disease"),
    ("Chemotherapy Infusion", "T", "Hematology and Oncology", "any", 18, 90, 0, "90-360", "1-7", "1500-12000", 9, "Breast Cancer"),
    ("Bone Marrow Biopsy", "D", "Hematology and Oncology", "any", 5, 90, .1, "20-45", "1-4", "1200-3800", 2, ""),
    ("Iron Infusion", "T", "Hematology and Oncology", "any", 18, 95, 0, "45-150", "0-0", "400-2600", 4, "Iron Deficiency Anemia"),
    ("Electroencephalogram", "D", "Neurology", "any", 0, 95, 0, "30-90", "0-0", "250-1300", 7, "Epilepsy"),
    ("Nerve Conduction Study", "D", "Neurology", "any", 12, 95, 0, "30-70", "0-0", "250-1300", 6, ""),
    ("Lumbar Puncture", "D", "Neurology", "any", 2, 90, .05, "20-45", "1-3", "700-2600", 3, "Multiple Sclerosis"),
    ("Cognitive Assessment", "D", "Neurology", "any", 50, 100, 0, "30-90", "0-0", "200-900", 6, "Alzheimer's Disease"),
    ("Psychotherapy Session", "T", "Psychiatry", "any", 6, 95, 0, "45-60", "0-0", "90-280", 26, "Depression"),
    ("Psychiatric Evaluation", "D", "Psychiatry", "any", 5, 95, 0, "45-90", "0-0", "180-520", 14, "Anxiety Disorder"),
    ("Well-Child Visit", "P", "Pediatrics", "any", 0, 17, 0, "20-40", "0-0", "110-320", 30, ""),
    ("Developmental Screening", "P", "Pediatrics", "any", 0, 6, 0, "10-30", "0-0", "60-220", 12, ""),
    ("Annual Physical Examination", "P", "Family Medicine", "any", 18, 100, 0, "25-50", "0-0", "120-420", 40, ""),
    ("Influenza Vaccination", "P", "Family Medicine", "any", 1, 100, 0, "5-10", "0-0", "25-80", 34, ""),
    ("Wound Suture", "T", "Emergency Medicine", "any", 1, 98, .02, "15-45", "7-14", "250-1500", 12, ""),
    ("Splint Application", "T", "Emergency Medicine", "any", 2, 98, 0, "15-40", "14-42", "200-1100", 8, ""),
    ("Joint Injection", "T", "Rheumatology", "any", 18, 95, 0, "10-25", "0-2", "200-900", 8, "Rheumatoid Arthritis"),
    ("Biologic Infusion", "T", "Rheumatology", "any", 18, 90, 0, "60-240", "0-1", "1800-8000", 4, "Rheumatoid Arthritis"),
    ("Allergy Skin Test", "D", "Allergy and Immunology", "any", 3, 80, 0, "25-60", "0-0", "100-600", 9, "Allergic Rhinitis"),
    ("Allergen Immunotherapy Injection", "T", "Allergy and Immunology", "any", 5, 70, 0, "10-40", "0-0", "30-150", 7, "Allergic Rhinitis"),
    ("Thyroid Ultrasound", "D", "Endocrinology", "any", 10, 95, 0, "15-30", "0-0", "150-600", 8, "Hypothyroidism"),
    ("Continuous Glucose Monitor Placement", "T", "Endocrinology", "any", 4, 90, 0, "15-40", "0-0", "120-520", 6, "Type 1 Diabetes"),
    ("Diabetic Foot Examination", "P", "Endocrinology", "any", 18, 98, 0, "10-25", "0-0", "50-200", 9, "Type 2 Diabetes"),
    ("Comprehensive Geriatric Assessment", "D", "Geriatrics", "any", 65, 105, 0, "60-120", "0-0", "250-800", 6, ""),
    ("HIV Screening", "P", "Infectious Disease", "any", 15, 70, 0, "5-15", "0-0", "30-140", 9, ""),
    ("Tuberculosis Skin Test", "D", "Infectious Disease", "any", 2, 90, 0, "5-10", "0-0", "25-110", 6, "Tuberculosis"),
    ("Epidural Steroid Injection", "T", "Anesthesiology", "any", 18, 90, .1, "20-40", "1-3", "700-2600", 6, "Low Back Pain"),
]  # fmt: skip
CATEGORY = {"S": "Surgical", "D": "Diagnostic", "P": "Preventive", "T": "Therapeutic"}
# price level against the US, currency, smallest step in hundredths
PRICES = {
    "US": (1.0, "USD", 100),
    "DE": (0.32, "EUR", 100),
    "VN": (3100, "VND", 100_000),
    "GB": (0.38, "GBP", 100),
    "FR": (0.28, "EUR", 100),
}


def main() -> None:
    names = {c.name for c in CONDITIONS}
    specialties = {s.name for s in SPECIALTIES}
    assert all(row[-1] in names | {""} and row[2] in specialties for row in PROCEDURES)
    assert len({row[0] for row in PROCEDURES}) == len(PROCEDURES) < 100
    rows = []
    for number, (name, kind, specialty, sex, low, high, anesthesia, minutes, days, usd, weight, condition) in enumerate(
        PROCEDURES, 1
    ):
        rows.append([
            name, weight, f"MP-{kind}{number:03d}", f"{number:05d}", CATEGORY[kind], specialty, sex, low, high, anesthesia,
            *minutes.split("-"), *days.split("-"), *usd.split("-"), condition, int(name in TWO_SIDED),
        ])  # fmt: skip
    write_table(
        DATA, "procedures", None,
        ["procedure", "weight", "procedure_code", "cpt_like", "category", "specialty", "sex", "min_age", "max_age", "anesthesia",
         "minutes_low", "minutes_high", "recovery_low", "recovery_high", "usd_low", "usd_high", "condition", "two_sided"],
        rows, source="own list; durations and prices: order of size of public price lists", licence="MIT (own work)",
        date="2026-11", method="data-build/procedures.py", grade="E",
    )  # fmt: skip
    for country in COUNTRIES:
        factor, currency, step = PRICES[country]
        write_table(
            DATA, "procedure_prices", country, ["factor", "currency", "step_cents"], [[factor, currency, step]],
            source="own estimate of price levels", licence="MIT (own work)", date="2026-11",
            method="data-build/procedures.py: local price = USD price times factor", grade="E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
