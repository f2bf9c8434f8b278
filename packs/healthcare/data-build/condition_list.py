"""The conditions: their codes, who can have them, who treats them, and their US prevalence curves.

A curve is "age:percent" points for men, then for women; between points it is linear, and it is zero outside
`min_age`..`max_age`. Where a curve rests on a published figure, `conditions.py` rakes it onto that figure; the shape
between the figures, and every condition graded "E", is an estimate.
"""


from __future__ import annotations

from typing import NamedTuple


class Condition(NamedTuple):
    name: str
    sex: str
    min_age: int
    max_age: int
    chronic: bool
    specialty: str
    icd10cm: str
    icd10gm: str
    icd10: str
    men: str
    women: str
    grade: str
    factors: dict[str, float]
    description: str


def _c(
    name: str, sex: str, ages: tuple[int, int], chronic: int, specialty: str, codes: str, men: str, women: str,
    grade: str, description: str, **factors: float,
) -> Condition:  # fmt: skip
    cm, gm, who = codes.split()
    if not women:
        women = men
    return Condition(name, sex, *ages, bool(chronic), specialty, cm, gm, who, men, women, grade, factors, description)


ALL = 120
# Order matters: a condition stands after those that raise its risk (see COMORBIDITY in conditions.py).
CONDITIONS = [
    _c("Obesity", "any", (2, ALL), 1, "Endocrinology", "E66.9 E66.99 E66.9", "", "", "B",
       "Body mass index of 30 or more; in children, above the 95th percentile for age and sex"),
    _c("Type 1 Diabetes", "any", (2, ALL), 1, "Endocrinology", "E10.9 E10.90 E10.9",
       "2:.05 10:.3 18:.45 40:.6 60:.6 90:.4", "", "C",
       "Autoimmune loss of insulin production; insulin is needed for life", DE=.9, VN=.08, GB=1., FR=.8),
    _c("Type 2 Diabetes", "any", (18, ALL), 1, "Endocrinology", "E11.9 E11.90 E11.9",
       "18:.6 30:2 40:6 50:13 60:20 70:24 80:23 90:18", "18:.5 30:1.8 40:5 50:9.5 60:15 70:19 80:19 90:15", "B",
       "Insulin resistance with high blood sugar that develops over years", DE=.75, VN=.8, GB=.68, FR=.55),
    _c("Hypertension", "any", (18, ALL), 1, "Cardiology", "I10 I10.90 I10",
       "18:18 28:28 38:42 50:60 60:68 70:77 90:82", "18:6 28:10 38:23 50:49 60:65 70:76 90:84", "B",
       "Blood pressure that stays high without another disease behind it", DE=.65, VN=.6, GB=.4, FR=.6),
    _c("Hyperlipidemia", "any", (18, ALL), 1, "Cardiology", "E78.5 E78.5 E78.5",
       "18:2 30:10 45:30 60:48 75:55 90:45", "18:1.5 30:6 45:21 60:43 75:52 90:42", "C",
       "Too much cholesterol or triglyceride in the blood", DE=.75, VN=.5, GB=.55, FR=.7),
    _c("Coronary Artery Disease", "any", (30, ALL), 1, "Cardiology", "I25.10 I25.19 I25.1",
       "30:.3 45:3 55:7 65:14 75:22 90:26", "30:.2 45:1.6 55:3.5 65:7 75:13 90:18", "B",
       "Narrowed heart arteries", DE=1.1, VN=.5, GB=.75, FR=.65),
    _c("Previous Myocardial Infarction", "any", (30, ALL), 1, "Cardiology", "I25.2 I25.29 I25.2",
       "30:.1 45:1.5 55:3.8 65:7 75:10 90:11", "30:.05 45:.6 55:1.3 65:2.6 75:4.6 90:6", "B",
       "Heart attack in the past", DE=1.1, VN=.4, GB=.7, FR=.6),
    _c("Atrial Fibrillation", "any", (40, ALL), 1, "Cardiology", "I48.91 I48.9 I48.9",
       "40:.3 55:1.3 65:4 75:9 90:15", "40:.15 55:.7 65:2.5 75:6.5 90:13", "C",
       "Irregular heartbeat from the atria, a cause of stroke", DE=1.1, VN=.4, GB=1., FR=1.),
    _c("Heart Failure", "any", (40, ALL), 1, "Cardiology", "I50.9 I50.9 I50.9",
       "40:.5 55:1.8 65:4.2 75:7.5 90:13", "40:.4 55:1.4 65:3 75:6 90:12", "C",
       "A heart that pumps too weakly for the body's needs", DE=1.1, VN=.6, GB=.6, FR=.8),
    _c("Previous Stroke", "any", (30, ALL), 1, "Neurology", "Z86.73 Z86.7 Z86.7",
       "30:.3 45:1.5 55:3 65:5.5 75:9 90:13", "30:.35 45:1.6 55:2.8 65:4.8 75:8 90:13", "B",
       "Stroke in the past without remaining deficit", DE=.9, VN=.9, GB=.6, FR=.6),
    _c("Chronic Kidney Disease", "any", (30, ALL), 1, "Nephrology", "N18.30 N18.3 N18.3",
       "30:.5 45:1.5 60:5 70:11 80:20 90:28", "30:.6 45:2 60:6 70:13 80:23 90:30", "C",
       "Kidney function lastingly reduced to about half (stage 3)", DE=.8, VN=.7, GB=.7, FR=.8),
    _c("Gout", "any", (30, ALL), 1, "Rheumatology", "M10.9 M10.99 M10.9",
       "30:1.2 45:4 60:8 75:12 90:11", "30:.2 45:.9 60:3 75:6 90:7", "C",
       "Painful joints from uric acid crystals", DE=.5, VN=.5, GB=.6, FR=.3),
    _c("Asthma", "any", (2, ALL), 1, "Pulmonology", "J45.30 J45.99 J45.9",
       "2:3 5:6.5 12:8.5 18:6.5 40:5.3 90:5", "2:2.5 5:5.5 12:8 18:10 40:9.9 90:8.5", "B",
       "Airways that narrow in attacks", DE=1., VN=.45, GB=1., FR=.85),
    _c("COPD", "any", (18, ALL), 1, "Pulmonology", "J44.9 J44.99 J44.9",
       "18:.35 35:.7 45:2 55:4.5 65:8 80:10.5 90:10", "18:.45 35:1.2 45:2.8 55:5.6 65:8.5 80:10.5 90:9", "B",
       "Lastingly narrowed airways, mostly from smoking", DE=1.4, VN=.9, GB=.7, FR=.8),
    _c("Allergic Rhinitis", "any", (5, ALL), 1, "Allergy and Immunology", "J30.9 J30.4 J30.4",
       "5:9 12:13 25:15 45:13 65:9 90:5", "5:8 12:13 25:17 45:16 65:11 90:6", "C",
       "Hay fever and other allergies of the nose", DE=.95, VN=.8, GB=1.2, FR=1.1),
    _c("Obstructive Sleep Apnea", "any", (18, ALL), 1, "Pulmonology", "G47.33 G47.31 G47.3",
       "18:.8 30:3 45:8 60:12 75:11 90:6", "18:.4 30:1.2 45:3.5 60:6.5 75:6 90:4", "C",
       "Breathing that stops and starts during sleep", DE=.5, VN=.2, GB=.35, FR=.6),
    _c("Pneumonia", "any", (0, ALL), 0, "Pulmonology", "J18.9 J18.9 J18.9",
       "0:1.2 5:.4 18:.15 50:.3 70:.8 90:2.5", "", "E", "Infection of the lung tissue", VN=1.5),
    _c("Upper Respiratory Infection", "any", (0, ALL), 0, "Family Medicine", "J06.9 J06.9 J06.9",
       "0:7 5:4 18:2 50:1.5 90:1", "0:7 5:4 18:2.6 50:1.9 90:1.2", "E", "Common cold"),
    _c("Alzheimer's Disease", "any", (50, ALL), 1, "Neurology", "G30.9 G30.9 G30.9",
       "50:.03 60:.2 65:2 75:7 85:24 90:30", "50:.03 60:.25 65:2.5 75:9 85:30 90:37", "B",
       "Dementia with slowly growing loss of memory", DE=.72, VN=.55, GB=.6, FR=.7),
    _c("Parkinson's Disease", "any", (50, ALL), 1, "Neurology", "G20.A1 G20.90 G20",
       "50:.1 60:.5 70:1.3 80:2.4 90:2.8", "50:.07 60:.35 70:.85 80:1.7 90:2.1", "C",
       "Slow movement, stiffness and tremor from loss of dopamine cells", VN=.6),
    _c("Epilepsy", "any", (2, ALL), 1, "Neurology", "G40.909 G40.9 G40.9",
       "2:.4 18:.9 50:1.1 90:1.3", "", "C", "Repeated seizures", DE=.75, VN=.5, GB=.75, FR=.8),
    _c("Migraine", "any", (5, ALL), 1, "Neurology", "G43.909 G43.9 G43.9",
       "5:1.5 12:4 18:8 40:8 60:5 90:2", "5:1.5 12:7 18:19 40:21 60:10 90:4", "C",
       "Attacks of severe headache", DE=.9, VN=.7),
    _c("Multiple Sclerosis", "any", (18, ALL), 1, "Neurology", "G35.D G35.9 G35",
       "18:.02 30:.12 50:.22 65:.22 90:.1", "18:.06 30:.35 50:.65 65:.6 90:.25", "C",
       "Inflammation that damages nerve sheaths", DE=1.05, VN=.05),
    _c("Depression", "any", (12, ALL), 1, "Psychiatry", "F32.A F32.9 F32.9",
       "12:4 18:8 30:8 50:8 70:6 90:5", "12:9 18:15 30:13 50:13 70:10 90:8", "C",
       "Low mood and loss of interest for weeks or longer", DE=.9, VN=.35, GB=1.2),
    _c("Anxiety Disorder", "any", (5, ALL), 1, "Psychiatry", "F41.9 F41.9 F41.9",
       "5:3.5 12:7 18:9 45:8 65:5 90:3", "5:3.5 12:11 18:17 45:14 65:9 90:6", "C",
       "Worry or fear that is out of proportion and lasting", DE=.75, VN=.3, GB=.75),
    _c("ADHD", "any", (5, 64), 1, "Psychiatry", "F90.9 F90.0 F90.0",
       "5:11 12:15 18:7 30:5 64:2", "5:5 12:8.5 18:5.5 30:4.5 64:1.5", "C",
       "Lasting inattention, restlessness and impulsiveness since childhood", DE=.5, VN=.3, GB=.35, FR=.4),
    _c("Autism Spectrum Disorder", "any", (2, ALL), 1, "Psychiatry", "F84.0 F84.0 F84.0",
       "2:2.5 5:4.3 12:4 18:2.5 40:1.4 90:.4", "2:.7 5:1.1 12:1.1 18:.8 40:.5 90:.2", "C",
       "Difference in social communication with narrow, repeated interests", DE=.5, VN=.35, GB=.7, FR=.6),
    _c("Bipolar Disorder", "any", (18, ALL), 1, "Psychiatry", "F31.9 F31.9 F31.9",
       "18:1.8 40:1.8 65:.8 90:.3", "18:2 40:2 65:.9 90:.4", "C",
       "Episodes of mania and of depression", DE=.6, VN=.3, GB=.8, FR=.6),
    _c("Schizophrenia", "any", (18, ALL), 1, "Psychiatry", "F20.9 F20.9 F20.9",
       "18:.3 30:.6 60:.5 90:.2", "18:.2 30:.45 60:.45 90:.25", "C",
       "Psychosis with changed thinking and perception", VN=.8),
    _c("Alcohol Use Disorder", "any", (18, ALL), 1, "Psychiatry", "F10.20 F10.2 F10.2",
       "18:4 35:5 60:2.8 90:.5", "18:2.4 35:2.4 60:1.1 90:.2", "C", "Alcohol dependence", DE=.9, VN=.7),
    _c("Gastroesophageal Reflux Disease", "any", (18, ALL), 1, "Gastroenterology", "K21.9 K21.9 K21.9",
       "18:4 40:12 60:18 90:18", "18:4 40:13 60:20 90:21", "C",
       "Stomach acid that rises into the gullet", DE=.7, VN=.7, GB=.6, FR=.6),
    _c("Gastritis", "any", (18, ALL), 0, "Gastroenterology", "K29.70 K29.7 K29.7",
       "18:1 50:2 90:2.2", "18:1.2 50:2.3 90:2.4", "E", "Inflamed stomach lining", VN=3.5, DE=1.3),
    _c("Crohn's Disease", "any", (12, ALL), 1, "Gastroenterology", "K50.90 K50.9 K50.9",
       "12:.12 25:.3 60:.32 90:.2", "", "C", "Chronic inflammation of the gut wall", VN=.05),
    _c("Ulcerative Colitis", "any", (12, ALL), 1, "Gastroenterology", "K51.90 K51.9 K51.9",
       "12:.08 25:.3 60:.42 90:.3", "", "C", "Chronic inflammation of the large bowel's lining", VN=.08),
    _c("Chronic Hepatitis B", "any", (12, ALL), 1, "Infectious Disease", "B18.1 B18.19 B18.19",
       "12:.02 30:.4 60:.4 90:.2", "12:.02 30:.25 60:.25 90:.15", "C",
       "Lasting infection with the hepatitis B virus", VN=20., DE=1., FR=.8),
    _c("Cirrhosis of Liver", "any", (30, ALL), 1, "Gastroenterology", "K74.60 K74.6 K74.6",
       "30:.1 50:.6 65:.7 90:.4", "30:.06 50:.35 65:.5 90:.3", "C", "Scarred liver", VN=1.6),
    _c("Rheumatoid Arthritis", "any", (18, ALL), 1, "Rheumatology", "M06.9 M06.99 M06.9",
       "18:.08 40:.35 60:.9 90:1.2", "18:.2 40:.9 60:2 90:2.4", "C",
       "Autoimmune inflammation of the joints", DE=.9, VN=.4, GB=.85, FR=.5),
    _c("Osteoarthritis", "any", (40, ALL), 1, "Orthopedics", "M19.90 M19.99 M19.9",
       "40:6 55:16 65:26 75:33 90:38", "40:8 55:24 65:38 75:47 90:52", "C",
       "Worn joint cartilage with pain", DE=.85, VN=.6, GB=.7),
    _c("Osteoporosis", "any", (50, ALL), 1, "Endocrinology", "M81.0 M81.99 M81.9",
       "50:1.5 65:4 80:8 90:10", "50:7 65:20 80:30 90:34", "C",
       "Thin, easily broken bones", DE=.8, VN=.7, GB=.4, FR=.6),
    _c("Low Back Pain", "any", (18, ALL), 1, "Orthopedics", "M54.50 M54.5 M54.5",
       "18:6 40:12 60:14 90:13", "18:7 40:14 60:17 90:17", "C", "Lasting pain of the lower back"),
    _c("Hypothyroidism", "any", (5, ALL), 1, "Endocrinology", "E03.9 E03.9 E03.9",
       "5:.15 18:.4 50:2 70:4 90:5", "5:.3 18:2 35:5 50:9 70:13 90:14", "C",
       "Thyroid gland that makes too little hormone", DE=.85, VN=.3, GB=.75, FR=.7),
    _c("Iron Deficiency Anemia", "any", (0, ALL), 1, "Hematology and Oncology", "D50.9 D50.9 D50.9",
       "0:1 2:2.2 5:.8 18:.5 65:2 90:4", "0:1 2:2.2 5:1 12:3.2 30:6 50:3.5 65:2.4 90:4", "C",
       "Too little haemoglobin for lack of iron", VN=2., DE=.8),
    _c("Polycystic Ovary Syndrome", "female", (18, 49), 1, "Obstetrics and Gynecology", "E28.2 E28.2 E28.2",
       "", "18:4.5 30:5.5 49:2.5", "C", "Hormone disorder with irregular periods"),
    _c("Endometriosis", "female", (18, 54), 1, "Obstetrics and Gynecology", "N80.9 N80.9 N80.9",
       "", "18:1.2 32:5 45:4.5 54:2", "C", "Womb lining that grows outside the womb", VN=.7),
    _c("Uterine Fibroids", "female", (25, 54), 1, "Obstetrics and Gynecology", "D25.9 D25.9 D25.9",
       "", "25:1 40:8 50:10 54:7", "C", "Benign growths of the womb's muscle", DE=.7, VN=.7),
    _c("Pregnancy", "female", (18, 44), 0, "Obstetrics and Gynecology", "Z34.90 Z34 Z34.9",
       "", "18:4 23:5.5 28:7.6 33:7.4 38:3.6 44:.4", "C", "Supervised normal pregnancy", DE=.85, GB=.9, FR=1.),
    _c("Benign Prostatic Hyperplasia", "male", (45, ALL), 1, "Urology", "N40.1 N40 N40",
       "45:4 55:12 65:24 75:36 90:42", "", "C", "Enlarged prostate with voiding trouble", DE=.8, VN=.7, GB=.6),
    _c("Urinary Tract Infection", "any", (2, ALL), 0, "Urology", "N39.0 N39.0 N39.0",
       "2:.2 50:.3 75:1.5 90:3", "2:.8 18:2 50:2 75:3.5 90:5", "E", "Bacterial infection of the urinary tract"),
    _c("Psoriasis", "any", (12, ALL), 1, "Dermatology", "L40.0 L40.0 L40.0",
       "12:1 30:2.8 60:3.6 90:3", "", "C", "Scaly, inflamed skin plaques", DE=.85, VN=.4, GB=.8),
    _c("Atopic Dermatitis", "any", (0, ALL), 1, "Dermatology", "L20.9 L20.9 L20.9",
       "0:8 5:11 12:9 25:6 60:4 90:3", "0:8 5:11 12:10 25:8 60:6 90:3", "C", "Itchy, dry, inflamed skin", DE=.9, VN=.7),
    _c("Acne", "any", (12, 34), 0, "Dermatology", "L70.0 L70.0 L70.0",
       "12:20 17:24 25:7 34:2", "12:20 17:22 25:10 34:5", "E", "Blocked, inflamed hair follicles"),
    _c("Cataract", "any", (50, ALL), 1, "Ophthalmology", "H25.9 H25.9 H25.9",
       "50:3 60:10 70:24 80:42 90:55", "50:3.5 60:12 70:28 80:47 90:60", "C", "Clouded lens of the eye", DE=.8),
    _c("Glaucoma", "any", (40, ALL), 1, "Ophthalmology", "H40.9 H40.9 H40.9",
       "40:.5 60:1.8 75:4.2 90:7", "", "C", "Damage of the optic nerve, mostly from high eye pressure"),
    _c("Macular Degeneration", "any", (55, ALL), 1, "Ophthalmology", "H35.30 H35.31 H35.3",
       "55:.5 65:2 75:6 85:14 90:18", "55:.5 65:2.2 75:7 85:16 90:20", "C",
       "Loss of central vision with age", DE=.9, VN=.5),
    _c("Hearing Loss", "any", (50, ALL), 1, "Otolaryngology", "H91.90 H91.9 H91.9",
       "50:5 60:11 70:22 80:38 90:52", "50:3 60:6 70:13 80:28 90:44", "C", "Reduced hearing with age"),
    _c("Otitis Media", "any", (0, 11), 0, "Otolaryngology", "H66.90 H66.9 H66.9",
       "0:6 2:5 5:2 11:.6", "", "E", "Infection of the middle ear"),
    _c("Breast Cancer", "female", (30, ALL), 1, "Hematology and Oncology", "C50.919 C50.9 C50.9",
       "", "30:.1 45:1 60:3 75:5.5 90:6.5", "C", "Malignant tumour of the breast", VN=.35),
    _c("Prostate Cancer", "male", (45, ALL), 1, "Hematology and Oncology", "C61 C61 C61",
       "45:.1 60:2.5 70:7 80:11 90:12", "", "C", "Malignant tumour of the prostate", VN=.1, DE=.8),
    _c("Colorectal Cancer", "any", (40, ALL), 1, "Hematology and Oncology", "C18.9 C18.9 C18.9",
       "40:.1 60:.8 75:2 90:3", "40:.1 60:.65 75:1.6 90:2.6", "C", "Malignant tumour of the large bowel", VN=.5),
    _c("Lung Cancer", "any", (40, ALL), 1, "Hematology and Oncology", "C34.90 C34.9 C34.9",
       "40:.02 60:.35 75:.9 90:.7", "40:.02 60:.35 75:.85 90:.6", "C", "Malignant tumour of the lung", VN=.9),
    _c("Tuberculosis", "any", (18, ALL), 0, "Infectious Disease", "A15.0 A15.0 A15.0",
       "18:.002 60:.005 90:.006", "18:.001 60:.003 90:.004", "B", "Tuberculosis of the lung", VN=80., GB=2., DE=1.5),
    _c("Dengue Fever", "any", (2, ALL), 0, "Infectious Disease", "A90 A97.9 A97.9",
       "2:.15 30:.12 90:.05", "", "E", "Mosquito-borne virus infection", US=0., DE=0., GB=0., FR=0.),
    _c("HIV Infection", "any", (15, ALL), 1, "Infectious Disease", "B20 B24 B24",
       "15:.03 25:.35 35:.6 50:.95 65:.5 80:.12", "15:.01 25:.1 35:.22 50:.32 65:.15 80:.03", "E",
       "Infection with the human immunodeficiency virus", DE=.3, VN=.7, GB=.4, FR=.6),
]  # fmt: skip
