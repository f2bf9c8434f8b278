"""condition_names_<CC>: what the conditions are called in the country's language. Needs the standard library and datamimic."""

from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS

from datamimic.tables.build import write_table

# English | German | French | Vietnamese
NAMES = """
Obesity|Adipositas|Obésité|Béo phì
Type 1 Diabetes|Diabetes mellitus Typ 1|Diabète de type 1|Đái tháo đường type 1
Type 2 Diabetes|Diabetes mellitus Typ 2|Diabète de type 2|Đái tháo đường type 2
Hypertension|Arterielle Hypertonie|Hypertension artérielle|Tăng huyết áp
Hyperlipidemia|Hyperlipidämie|Hyperlipidémie|Rối loạn lipid máu
Coronary Artery Disease|Koronare Herzkrankheit|Maladie coronarienne|Bệnh động mạch vành
Previous Myocardial Infarction|Alter Myokardinfarkt|Infarctus du myocarde ancien|Nhồi máu cơ tim cũ
Atrial Fibrillation|Vorhofflimmern|Fibrillation auriculaire|Rung nhĩ
Heart Failure|Herzinsuffizienz|Insuffisance cardiaque|Suy tim
Previous Stroke|Schlaganfall in der Anamnese|Antécédent d'accident vasculaire cérébral|Tiền sử đột quỵ
Chronic Kidney Disease|Chronische Nierenkrankheit|Maladie rénale chronique|Bệnh thận mạn
Gout|Gicht|Goutte|Gút
Asthma|Asthma bronchiale|Asthme|Hen phế quản
COPD|Chronisch obstruktive Lungenkrankheit|Bronchopneumopathie chronique obstructive|Bệnh phổi tắc nghẽn mạn tính
Allergic Rhinitis|Allergische Rhinitis|Rhinite allergique|Viêm mũi dị ứng
Obstructive Sleep Apnea|Obstruktives Schlafapnoe-Syndrom|Apnée obstructive du sommeil|Ngưng thở tắc nghẽn khi ngủ
Pneumonia|Pneumonie|Pneumonie|Viêm phổi
Upper Respiratory Infection|Infektion der oberen Atemwege|Infection des voies respiratoires supérieures|Nhiễm trùng đường hô hấp trên
Alzheimer's Disease|Alzheimer-Krankheit|Maladie d'Alzheimer|Bệnh Alzheimer
Parkinson's Disease|Parkinson-Krankheit|Maladie de Parkinson|Bệnh Parkinson
Epilepsy|Epilepsie|Épilepsie|Động kinh
Migraine|Migräne|Migraine|Đau nửa đầu
Multiple Sclerosis|Multiple Sklerose|Sclérose en plaques|Xơ cứng rải rác
Depression|Depressive Episode|Dépression|Trầm cảm
Anxiety Disorder|Angststörung|Trouble anxieux|Rối loạn lo âu
ADHD|Aufmerksamkeitsdefizit-/Hyperaktivitätsstörung|Trouble déficit de l'attention avec hyperactivité|Rối loạn tăng động giảm chú ý
Autism Spectrum Disorder|Autismus-Spektrum-Störung|Trouble du spectre de l'autisme|Rối loạn phổ tự kỷ
Bipolar Disorder|Bipolare affektive Störung|Trouble bipolaire|Rối loạn lưỡng cực
Schizophrenia|Schizophrenie|Schizophrénie|Tâm thần phân liệt
Alcohol Use Disorder|Alkoholabhängigkeit|Dépendance à l'alcool|Nghiện rượu
Gastroesophageal Reflux Disease|Gastroösophageale Refluxkrankheit|Reflux gastro-œsophagien|Trào ngược dạ dày - thực quản
Gastritis|Gastritis|Gastrite|Viêm dạ dày
Crohn's Disease|Morbus Crohn|Maladie de Crohn|Bệnh Crohn
Ulcerative Colitis|Colitis ulcerosa|Rectocolite hémorragique|Viêm loét đại tràng
Chronic Hepatitis B|Chronische Hepatitis B|Hépatite B chronique|Viêm gan B mạn tính
Cirrhosis of Liver|Leberzirrhose|Cirrhose du foie|Xơ gan
Rheumatoid Arthritis|Rheumatoide Arthritis|Polyarthrite rhumatoïde|Viêm khớp dạng thấp
Osteoarthritis|Arthrose|Arthrose|Thoái hóa khớp
Osteoporosis|Osteoporose|Ostéoporose|Loãng xương
Low Back Pain|Kreuzschmerz|Lombalgie|Đau thắt lưng
Hypothyroidism|Hypothyreose|Hypothyroïdie|Suy giáp
Iron Deficiency Anemia|Eisenmangelanämie|Anémie ferriprive|Thiếu máu thiếu sắt
Polycystic Ovary Syndrome|Polyzystisches Ovarialsyndrom|Syndrome des ovaires polykystiques|Hội chứng buồng trứng đa nang
Endometriosis|Endometriose|Endométriose|Lạc nội mạc tử cung
Uterine Fibroids|Uterusmyome|Fibromes utérins|U xơ tử cung
Pregnancy|Schwangerschaft|Grossesse|Thai kỳ
Benign Prostatic Hyperplasia|Benigne Prostatahyperplasie|Hypertrophie bénigne de la prostate|Tăng sản lành tính tuyến tiền liệt
Urinary Tract Infection|Harnwegsinfektion|Infection urinaire|Nhiễm khuẩn đường tiết niệu
Psoriasis|Psoriasis|Psoriasis|Vảy nến
Atopic Dermatitis|Atopische Dermatitis|Dermatite atopique|Viêm da cơ địa
Acne|Akne|Acné|Trứng cá
Cataract|Katarakt|Cataracte|Đục thủy tinh thể
Glaucoma|Glaukom|Glaucome|Glôcôm
Macular Degeneration|Makuladegeneration|Dégénérescence maculaire|Thoái hóa hoàng điểm
Hearing Loss|Hörverlust|Perte auditive|Giảm thính lực
Otitis Media|Otitis media|Otite moyenne|Viêm tai giữa
Breast Cancer|Mammakarzinom|Cancer du sein|Ung thư vú
Prostate Cancer|Prostatakarzinom|Cancer de la prostate|Ung thư tuyến tiền liệt
Colorectal Cancer|Kolorektales Karzinom|Cancer colorectal|Ung thư đại trực tràng
Lung Cancer|Lungenkarzinom|Cancer du poumon|Ung thư phổi
Tuberculosis|Tuberkulose|Tuberculose|Lao phổi
Dengue Fever|Dengue-Fieber|Dengue|Sốt xuất huyết Dengue
HIV Infection|HIV-Infektion|Infection par le VIH|Nhiễm HIV
"""
COLUMN = {"US": 0, "GB": 0, "DE": 1, "FR": 2, "VN": 3}


def main() -> None:
    rows = [line.split("|") for line in NAMES.strip().splitlines()]
    assert [row[0] for row in rows] == [c.name for c in CONDITIONS]
    for country, column in COLUMN.items():
        write_table(
            DATA, "condition_names", country, ["condition", "name"], [[row[0], row[column]] for row in rows],
            source="terms in use", licence="MIT (own work)", date="2026-11", method="data-build/condition_names.py: hand-entered",
            grade="C",
        )  # fmt: skip


if __name__ == "__main__":
    main()
