"""Medical specialties: department, training, shares, and what certifies them in each country."""


from __future__ import annotations

from typing import NamedTuple


class Specialty(NamedTuple):
    name: str
    department: str
    training_years: int  # after medical school
    us: float  # active physicians, thousands
    de: float
    vn: float
    lanr: str  # KBV Arztgruppenschluessel: last two digits of a LANR
    us_board: str
    de_title: str
    vn_title: str
    extra: str  # courses that fit the specialty, separated by "|"


SPECIALTIES = [
    Specialty(*row)
    for row in [
        ("Family Medicine", "Family Medicine", 3, 118, 44, 20, "01", "American Board of Family Medicine",
         "Facharzt für Allgemeinmedizin", "Y học gia đình", "Basic Life Support|Chronic Care Management"),
        ("Internal Medicine", "Internal Medicine", 3, 120, 25, 18, "03", "American Board of Internal Medicine",
         "Facharzt für Innere Medizin", "Nội khoa", "Advanced Cardiac Life Support|Point-of-Care Ultrasound"),
        ("Pediatrics", "Pediatrics", 3, 60, 16.5, 9, "34", "American Board of Pediatrics",
         "Facharzt für Kinder- und Jugendmedizin", "Nhi khoa", "Pediatric Advanced Life Support|Neonatal Resuscitation"),
        ("Emergency Medicine", "Emergency", 3, 46, 3, 5, "23", "American Board of Emergency Medicine",
         "Zusatzbezeichnung Klinische Akut- und Notfallmedizin", "Hồi sức cấp cứu",
         "Advanced Trauma Life Support|Advanced Cardiac Life Support"),
        ("Obstetrics and Gynecology", "Obstetrics and Gynecology", 4, 43, 19.5, 8, "15",
         "American Board of Obstetrics and Gynecology", "Facharzt für Frauenheilkunde und Geburtshilfe", "Sản phụ khoa",
         "Neonatal Resuscitation|Fetal Monitoring"),
        ("Anesthesiology", "Anesthesiology", 4, 42, 27, 5, "04", "American Board of Anesthesiology",
         "Facharzt für Anästhesiologie", "Gây mê hồi sức", "Advanced Cardiac Life Support|Pain Management"),
        ("Psychiatry", "Psychiatry", 4, 39, 14.5, 2, "58", "American Board of Psychiatry and Neurology: Psychiatry",
         "Facharzt für Psychiatrie und Psychotherapie", "Tâm thần", "Cognitive Behavioral Therapy|Addiction Medicine"),
        ("Radiology", "Radiology", 5, 28, 9.5, 5, "62", "American Board of Radiology", "Facharzt für Radiologie",
         "Chẩn đoán hình ảnh", "Magnetic Resonance Safety|Radiation Protection"),
        ("General Surgery", "Surgery", 5, 25, 16, 8, "06", "American Board of Surgery", "Facharzt für Allgemeinchirurgie",
         "Ngoại tổng quát", "Advanced Trauma Life Support|Laparoscopic Surgery"),
        ("Cardiology", "Cardiology", 6, 22.5, 9, 4, "28", "American Board of Internal Medicine: Cardiovascular Disease",
         "Facharzt für Innere Medizin und Kardiologie", "Tim mạch", "Advanced Cardiac Life Support|Echocardiography"),
        ("Orthopedics", "Orthopedics", 5, 19, 20, 5, "10", "American Board of Orthopaedic Surgery",
         "Facharzt für Orthopädie und Unfallchirurgie", "Chấn thương chỉnh hình", "Arthroscopy|Advanced Trauma Life Support"),
        ("Ophthalmology", "Ophthalmology", 4, 19, 8, 3, "05", "American Board of Ophthalmology",
         "Facharzt für Augenheilkunde", "Nhãn khoa", "Phacoemulsification|Retinal Laser Therapy"),
        ("Gastroenterology", "Gastroenterology", 6, 15.7, 4.5, 3, "26",
         "American Board of Internal Medicine: Gastroenterology", "Facharzt für Innere Medizin und Gastroenterologie",
         "Tiêu hóa", "Endoscopy|Liver Elastography"),
        ("Hematology and Oncology", "Oncology", 6, 16, 4.5, 3, "27",
         "American Board of Internal Medicine: Hematology and Medical Oncology",
         "Facharzt für Innere Medizin und Hämatologie und Onkologie", "Ung bướu", "Chemotherapy Safety|Palliative Care"),
        ("Pulmonology", "Pulmonology", 6, 15, 3.2, 3, "30", "American Board of Internal Medicine: Pulmonary Disease",
         "Facharzt für Innere Medizin und Pneumologie", "Hô hấp", "Bronchoscopy|Sleep Medicine"),
        ("Neurology", "Neurology", 4, 14.5, 8.5, 3, "53", "American Board of Psychiatry and Neurology: Neurology",
         "Facharzt für Neurologie", "Thần kinh", "Electroencephalography|Stroke Care"),
        ("Dermatology", "Dermatology", 4, 12.8, 6.4, 2.5, "21", "American Board of Dermatology",
         "Facharzt für Haut- und Geschlechtskrankheiten", "Da liễu", "Dermoscopy|Phototherapy"),
        ("Nephrology", "Nephrology", 6, 11.5, 2.6, 2, "29", "American Board of Internal Medicine: Nephrology",
         "Facharzt für Innere Medizin und Nephrologie", "Thận - tiết niệu", "Hemodialysis|Renal Ultrasound"),
        ("Urology", "Urology", 5, 10, 6.3, 2, "67", "American Board of Urology", "Facharzt für Urologie",
         "Ngoại tiết niệu", "Cystoscopy|Robotic Surgery"),
        ("Otolaryngology", "Otolaryngology", 5, 9.8, 6.6, 3, "19", "American Board of Otolaryngology",
         "Facharzt für Hals-Nasen-Ohrenheilkunde", "Tai mũi họng", "Audiometry|Endoscopic Sinus Surgery"),
        ("Infectious Disease", "Infectious Disease", 5, 10, 1.2, 3, "23",
         "American Board of Internal Medicine: Infectious Disease", "Facharzt für Innere Medizin und Infektiologie",
         "Truyền nhiễm", "Antibiotic Stewardship|Travel Medicine"),
        ("Endocrinology", "Endocrinology", 5, 8.3, 1.4, 2, "25",
         "American Board of Internal Medicine: Endocrinology, Diabetes and Metabolism",
         "Facharzt für Innere Medizin und Endokrinologie und Diabetologie", "Nội tiết", "Diabetes Education|Thyroid Ultrasound"),
        ("Rheumatology", "Rheumatology", 5, 6.5, 1.2, 1.2, "31", "American Board of Internal Medicine: Rheumatology",
         "Facharzt für Innere Medizin und Rheumatologie", "Cơ xương khớp", "Joint Ultrasound|Infusion Therapy"),
        ("Allergy and Immunology", "Allergy and Immunology", 5, 5, 1, 1, "23",
         "American Board of Allergy and Immunology", "Zusatzbezeichnung Allergologie", "Dị ứng - miễn dịch lâm sàng",
         "Allergen Immunotherapy|Spirometry"),
        ("Geriatrics", "Geriatrics", 4, 6, 2.5, 1.5, "23", "American Board of Internal Medicine: Geriatric Medicine",
         "Facharzt für Innere Medizin und Geriatrie", "Lão khoa", "Palliative Care|Dementia Care"),
    ]
]  # fmt: skip
DEPARTMENT = {specialty.name: specialty.department for specialty in SPECIALTIES}
