"""Words of the logs of devices, and the sentences that are made of facts: English (US, GB), German, French, Vietnamese.

Names in braces are the facts that a sentence is made of; every language has the same ones.
"""

from __future__ import annotations

from label_list import Row

LOG_WORDS: list[Row] = [
    ("Routine patient care", "", "Patientenversorgung", "Soins courants", "Chăm sóc người bệnh thường quy"),
    ("Scheduled procedure", "", "Geplanter Eingriff", "Acte programmé", "Thủ thuật theo kế hoạch"),
    ("Emergency use", "", "Notfalleinsatz", "Utilisation en urgence", "Sử dụng cấp cứu"),
    ("Function check before use", "", "Funktionsprüfung vor Gebrauch", "Contrôle avant utilisation", "Kiểm tra trước khi dùng"),
    ("Staff training", "", "Einweisung des Personals", "Formation du personnel", "Đào tạo nhân viên"),
    ("Calibration run", "", "Kalibrierlauf", "Étalonnage", "Hiệu chuẩn"),
    ("passed", "", "bestanden", "conforme", "đạt"), ("passed after repair", "", "nach Reparatur bestanden", "conforme après réparation", "đạt sau sửa chữa"),
    ("sent to manufacturer", "", "an den Hersteller eingesandt", "renvoyé au fabricant", "gửi hãng sản xuất"),
    ("preventive", "", "vorbeugende Wartung", "maintenance préventive", "bảo trì dự phòng"),
    ("safety inspection", "", "sicherheitstechnische Kontrolle", "contrôle de sécurité", "kiểm tra an toàn"),
    ("corrective", "", "Instandsetzung", "maintenance corrective", "sửa chữa"),
    ("acceptance test", "", "Abnahmeprüfung", "contrôle à réception", "kiểm tra nghiệm thu"),
    ("none", "", "keine", "aucune", "không"), ("battery", "", "Akku", "batterie", "pin"), ("filter", "", "Filter", "filtre", "bộ lọc"),
    ("cable", "", "Kabel", "câble", "cáp"), ("seal kit", "", "Dichtungssatz", "kit de joints", "bộ gioăng"),
]  # fmt: skip
SENTENCES: dict[str, tuple[str, str, str, str]] = {
    # English, German, French, Vietnamese
    "location": ("{department}, room {room}", "{department}, Raum {room}", "{department}, salle {room}", "{department}, phòng {room}"),
    "team": ("{department} team", "Team {department}", "Équipe {department}", "Kíp {department}"),
    "first check": (
        "first check on site, leakage current {current} µA: {result}", "Erstprüfung vor Ort, Ableitstrom {current} µA: {result}",
        "premier contrôle sur site, courant de fuite {current} µA : {result}",
        "kiểm tra lần đầu tại chỗ, dòng rò {current} µA: {result}"),
    "check": (
        "check {number} since delivery, leakage current {current} µA: {result}",
        "Prüfung {number} seit Lieferung, Ableitstrom {current} µA: {result}",
        "contrôle {number} depuis la livraison, courant de fuite {current} µA : {result}",
        "kiểm tra lần {number} từ khi bàn giao, dòng rò {current} µA: {result}"),
    "replaced": (
        "{check}; replaced: {part}", "{check}; ersetzt: {part}", "{check} ; pièce remplacée : {part}", "{check}; đã thay: {part}"),
    "in use": ("{minutes} min, {reading}", "{minutes} Min., {reading}", "{minutes} min, {reading}", "{minutes} phút, {reading}"),
    "tested": (
        "self-test passed after {minutes} min", "Selbsttest nach {minutes} Min. bestanden", "autotest conforme après {minutes} min",
        "tự kiểm tra đạt sau {minutes} phút"),
    "trained": (
        "{people} people, {minutes} min", "{people} Personen, {minutes} Min.", "{people} personnes, {minutes} min",
        "{people} người, {minutes} phút"),
}  # fmt: skip
# device: reading in English, German, French, Vietnamese; least, most, step
READINGS: dict[str, tuple[str, str, str, str, int, int, int]] = {
    "Infusion Pump": ("{n} ml/h", "Förderrate {n} ml/h", "débit {n} ml/h", "tốc độ {n} ml/giờ", 5, 250, 5),
    "Syringe Pump": ("{n} ml in the syringe", "{n} ml in der Spritze", "seringue de {n} ml", "bơm tiêm {n} ml", 5, 60, 5),
    "Patient Monitor": ("heart rate {n}/min", "Herzfrequenz {n}/min", "fréquence cardiaque {n}/min", "nhịp tim {n}/phút", 48, 124, 1),
    "Ventilator": ("oxygen {n} %", "Sauerstoff {n} %", "oxygène {n} %", "oxy {n} %", 21, 80, 1),
    "Defibrillator": ("charged to {n} J", "auf {n} J geladen", "chargé à {n} J", "nạp {n} J", 100, 200, 10),
    "ECG Machine": ("rate {n}/min", "Frequenz {n}/min", "fréquence {n}/min", "tần số {n}/phút", 46, 128, 1),
    "Ultrasound System": ("{n} images stored", "{n} Bilder gespeichert", "{n} images enregistrées", "lưu {n} hình", 4, 60, 1),
    "X-Ray System": ("{n} kV", "{n} kV", "{n} kV", "{n} kV", 50, 125, 1),
    "CT Scanner": ("{n} mGy·cm", "Dosislängenprodukt {n} mGy·cm", "PDL {n} mGy·cm", "DLP {n} mGy·cm", 150, 900, 1),
    "MRI Scanner": ("{n} sequences", "{n} Sequenzen", "{n} séquences", "{n} chuỗi xung", 3, 12, 1),
    "Anesthesia Machine": ("fresh gas {n}00 ml/min", "Frischgas {n}00 ml/min", "gaz frais {n}00 ml/min", "khí mới {n}00 ml/phút", 5, 60, 1),
    "Surgical Light": ("{n} % intensity", "Helligkeit {n} %", "intensité {n} %", "cường độ {n} %", 40, 100, 1),
    "Electrosurgical Unit": ("coagulation {n} W", "Koagulation {n} W", "coagulation {n} W", "đốt cầm máu {n} W", 20, 80, 1),
    "Endoscope": ("advanced to {n} cm", "vorgeschoben bis {n} cm", "progression jusqu'à {n} cm", "đưa ống đến {n} cm", 30, 100, 1),
    "Dialysis Machine": ("blood flow {n} ml/min", "Blutfluss {n} ml/min", "débit sanguin {n} ml/min", "lưu lượng máu {n} ml/phút", 180, 300, 1),
    "Incubator": ("humidity {n} %", "Luftfeuchte {n} %", "humidité {n} %", "độ ẩm {n} %", 45, 85, 1),
    "Laboratory Centrifuge": ("{n} tubes", "{n} Röhrchen", "{n} tubes", "{n} ống", 2, 24, 1),
    "Hematology Analyzer": ("{n} samples", "{n} Proben", "{n} échantillons", "{n} mẫu", 1, 90, 1),
}  # fmt: skip
