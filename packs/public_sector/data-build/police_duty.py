"""police_units_<CC>.csv, police_shifts_<CC>.csv, police_certifications_<CC>.csv, police_languages_<CC>.csv: what an officer
does, when, and with which training.

`role` follows from the rank: `investigation` (detectives), `command` (from the rank on that leads a whole department),
`training` (those still in it), `beginner` (the first two years: the first general unit) and `general`. A unit exists from `size_from` officers of its department on; its `schedule`
says which shifts it works. A certification belongs to every officer (`unit` "*") or to those of one unit; `share` is held
by those with at least `minimum_years` of service; `valid_years` 0 means for life.
"""

from __future__ import annotations

from pack_data import OWN, publish

SIZES = (1, 5, 10, 25, 50, 100, 250, 500)
ROTATING, DAY, OFFICE = "rotating", "day and evening", "office"

# country -> family -> [(role, unit, schedule, from size, weight)]
US_CITY = [
    ("general", "Patrol Division", ROTATING, 1, 60), ("general", "Traffic Unit", ROTATING, 25, 7), ("general", "K-9 Unit", ROTATING, 25, 2),
    ("general", "Community Policing Unit", DAY, 10, 5), ("general", "School Resource Unit", OFFICE, 10, 4),
    ("general", "Crime Prevention Unit", OFFICE, 50, 2), ("general", "Special Weapons and Tactics (SWAT)", DAY, 100, 2),
    ("general", "Training Division", OFFICE, 50, 2), ("general", "Evidence and Records Unit", OFFICE, 25, 2),
    ("general", "Internal Affairs", OFFICE, 100, 1), ("general", "Aviation Unit", DAY, 500, 0.5),
    ("investigation", "Criminal Investigations Division", DAY, 25, 55), ("investigation", "Narcotics Unit", DAY, 50, 14),
    ("investigation", "Homicide Unit", DAY, 250, 8), ("investigation", "Special Victims Unit", DAY, 100, 10),
    ("investigation", "Financial Crimes Unit", OFFICE, 100, 7), ("investigation", "Cyber Crime Unit", OFFICE, 250, 5),
    ("command", "Office of the Chief", OFFICE, 1, 1),
]
US_COUNTY = [
    ("general", "Patrol Division", ROTATING, 1, 48), ("general", "Corrections Division", ROTATING, 5, 24), ("general", "Court Services Division", OFFICE, 5, 12),
    ("general", "Civil Process Unit", OFFICE, 10, 4), ("general", "K-9 Unit", ROTATING, 25, 2), ("general", "Search and Rescue Unit", DAY, 50, 2),
    ("general", "School Resource Unit", OFFICE, 25, 3), ("general", "Training Division", OFFICE, 50, 2),
    ("investigation", "Criminal Investigations Division", DAY, 25, 65), ("investigation", "Narcotics Task Force", DAY, 50, 20),
    ("investigation", "Special Victims Unit", DAY, 100, 15), ("command", "Office of the Sheriff", OFFICE, 1, 1),
]
US_STATE = [
    ("general", "Highway Patrol", ROTATING, 1, 66), ("general", "Commercial Vehicle Enforcement", DAY, 1, 12), ("general", "Executive Protection", ROTATING, 1, 4),
    ("general", "K-9 Unit", ROTATING, 1, 2), ("general", "Aviation Unit", DAY, 1, 2), ("general", "Training Academy", OFFICE, 1, 4),
    ("investigation", "Bureau of Investigation", DAY, 1, 70), ("investigation", "Crash Reconstruction Unit", DAY, 1, 30),
    ("command", "Office of the Superintendent", OFFICE, 1, 1),
]
DE = [
    ("general", "Streifendienst", ROTATING, 1, 52), ("general", "Ermittlungsdienst", DAY, 10, 14), ("general", "Kontaktbereichsdienst", OFFICE, 1, 6),
    ("general", "Verkehrsdienst", DAY, 25, 7), ("general", "Bereitschaftspolizei", DAY, 100, 7), ("general", "Hundestaffel", ROTATING, 100, 2),
    ("general", "Einsatzleitstelle", ROTATING, 100, 4), ("general", "Prävention und Opferschutz", OFFICE, 50, 2), ("general", "Wasserschutzpolizei", ROTATING, 250, 1),
    ("general", "Aus- und Fortbildung", OFFICE, 100, 2), ("general", "Kriminalkommissariat", DAY, 50, 12),
    ("training", "Ausbildung (Praktikum)", DAY, 1, 1), ("command", "Leitung", OFFICE, 1, 1),
]
VN = [
    ("general", "Cảnh sát khu vực", ROTATING, 1, 30), ("general", "Đội Cảnh sát trật tự", ROTATING, 5, 18), ("general", "Đội Phòng, chống tội phạm", DAY, 10, 14),
    ("general", "Đội Tổng hợp", OFFICE, 10, 7), ("general", "Đội Cảnh sát giao thông, trật tự", ROTATING, 25, 14),
    ("general", "Đội Cảnh sát quản lý hành chính về trật tự xã hội", OFFICE, 25, 8), ("general", "Đội Cảnh sát hình sự", DAY, 25, 8),
    ("general", "Đội Cảnh sát điều tra tội phạm về ma túy", DAY, 25, 5), ("general", "Phòng Cảnh sát giao thông", ROTATING, 250, 14),
    ("general", "Phòng Cảnh sát hình sự", DAY, 250, 10), ("general", "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ", ROTATING, 250, 10),
    ("general", "Phòng Quản lý xuất nhập cảnh", OFFICE, 250, 5), ("general", "Phòng Cảnh sát cơ động", ROTATING, 250, 8), ("general", "Phòng Tham mưu", OFFICE, 250, 4),
    ("command", "Ban Chỉ huy", OFFICE, 1, 1), ("command", "Ban Giám đốc", OFFICE, 250, 30),
]
GB = [
    ("general", "Response", ROTATING, 1, 46), ("general", "Neighbourhood Policing", DAY, 1, 22), ("general", "Roads Policing", ROTATING, 50, 6),
    ("general", "Dog Section", ROTATING, 100, 1), ("general", "Custody", ROTATING, 50, 5), ("general", "CID", DAY, 50, 14), ("general", "Firearms", ROTATING, 250, 3),
    ("general", "Public Protection", DAY, 100, 7), ("general", "Learning and Development", OFFICE, 100, 2), ("command", "Senior Leadership Team", OFFICE, 1, 1),
]
FR = [
    ("general", "Police secours", ROTATING, 1, 46), ("general", "Brigade anticriminalité (BAC)", ROTATING, 50, 9), ("general", "Brigade de proximité", DAY, 5, 12),
    ("general", "Brigade des accidents et délits routiers", DAY, 50, 5), ("general", "Sûreté urbaine", DAY, 25, 16), ("general", "Brigade de protection de la famille", DAY, 50, 4),
    ("general", "Unité cynophile", ROTATING, 250, 1), ("general", "Centre d'information et de commandement", ROTATING, 100, 4), ("general", "Bureau d'ordre et d'emploi", OFFICE, 25, 3),
    ("training", "Stage de formation initiale", DAY, 1, 1), ("command", "État-major", OFFICE, 1, 1),
]  # fmt: skip
UNITS = {
    "US": {"municipal": US_CITY, "sheriff": US_COUNTY, "state": US_STATE},
    "DE": {"dreigeteilt": DE, "zweigeteilt": DE},
    "VN": {"công an nhân dân": VN},
    "GB": {"territorial police": GB},
    "FR": {"police nationale": FR},
}
SHIFTS = {
    "US": [(ROTATING, "Day Shift", "07:00-15:00", 40), (ROTATING, "Evening Shift", "15:00-23:00", 34), (ROTATING, "Night Shift", "23:00-07:00", 26),
           (DAY, "Day Shift", "07:00-15:00", 65), (DAY, "Evening Shift", "15:00-23:00", 35), (OFFICE, "Administrative Shift", "08:00-16:00", 1)],
    "DE": [(ROTATING, "Frühdienst", "06:00-14:00", 36), (ROTATING, "Spätdienst", "14:00-22:00", 36), (ROTATING, "Nachtdienst", "22:00-06:00", 28),
           (DAY, "Frühdienst", "06:00-14:00", 65), (DAY, "Spätdienst", "14:00-22:00", 35), (OFFICE, "Tagesdienst", "07:30-16:00", 1)],
    "VN": [(ROTATING, "Ca sáng", "06:00-14:00", 38), (ROTATING, "Ca chiều", "14:00-22:00", 36), (ROTATING, "Ca đêm", "22:00-06:00", 26),
           (DAY, "Ca sáng", "06:00-14:00", 60), (DAY, "Ca chiều", "14:00-22:00", 40), (OFFICE, "Giờ hành chính", "07:30-16:30", 1)],
    "GB": [(ROTATING, "Early", "07:00-16:00", 36), (ROTATING, "Late", "14:00-23:00", 36), (ROTATING, "Night", "22:00-07:00", 28),
           (DAY, "Early", "07:00-16:00", 60), (DAY, "Late", "14:00-23:00", 40), (OFFICE, "Office hours", "08:00-16:00", 1)],
    "FR": [(ROTATING, "Matin", "05:00-13:10", 36), (ROTATING, "Après-midi", "12:50-21:00", 36), (ROTATING, "Nuit", "20:50-05:00", 28),
           (DAY, "Matin", "05:00-13:10", 45), (DAY, "Après-midi", "12:50-21:00", 55), (OFFICE, "Hebdomadaire", "09:00-18:00", 1)],
}  # fmt: skip

# (certification, unit or "*", minimum years of service, share, years valid)
CERTIFICATIONS = {
    "US": [("Peace Officer Standards and Training (POST) Basic", "*", 0, 1, 0), ("First Aid/CPR/AED", "*", 0, 0.94, 2), ("Firearms Qualification", "*", 0, 1, 1),
           ("Crisis Intervention Team (CIT)", "*", 1, 0.35, 0), ("POST Intermediate", "*", 4, 0.45, 0), ("POST Advanced", "*", 8, 0.3, 0),
           ("Field Training Officer", "*", 3, 0.16, 3), ("Defensive Tactics Instructor", "*", 5, 0.07, 3), ("Standardized Field Sobriety Testing", "*", 1, 0.3, 0),
           ("Crash Reconstruction", "Traffic Unit", 2, 0.4, 0), ("Police Canine Handler", "K-9 Unit", 2, 1, 1), ("Special Weapons and Tactics Basic", "Special Weapons and Tactics (SWAT)", 2, 1, 3),
           ("School Resource Officer", "School Resource Unit", 1, 0.95, 0), ("Corrections Officer", "Corrections Division", 0, 1, 0),
           ("Criminal Investigation", "Criminal Investigations Division", 2, 0.9, 0), ("Commercial Vehicle Inspection Level I", "Commercial Vehicle Enforcement", 1, 1, 1)],
    "DE": [("Laufbahnprüfung Polizeivollzugsdienst", "*", 3, 1, 0), ("Erste-Hilfe-Ausbildung", "*", 0, 1, 2), ("Schießleistungsnachweis", "*", 1, 1, 1),
           ("Fahrberechtigung Sonder- und Wegerechte", "*", 2, 0.85, 0), ("Atemalkohol-Messbeamter", "*", 2, 0.4, 0), ("Einsatztrainer", "*", 5, 0.05, 3),
           ("Deeskalation und Kommunikation", "*", 1, 0.4, 0), ("Praxisanleiter", "*", 5, 0.15, 0), ("Diensthundführer", "Hundestaffel", 2, 1, 1),
           ("Verkehrsunfallaufnahme Aufbaulehrgang", "Verkehrsdienst", 2, 0.7, 0), ("Kriminalpolizeilicher Fachlehrgang", "Kriminalkommissariat", 3, 0.95, 0),
           ("Leitstellendisponent", "Einsatzleitstelle", 2, 1, 0), ("Schiffsführerzeugnis", "Wasserschutzpolizei", 2, 0.8, 0)],
    "VN": [("Chứng chỉ nghiệp vụ Công an cơ bản", "*", 0, 1, 0), ("Chứng nhận sử dụng vũ khí, công cụ hỗ trợ", "*", 1, 0.95, 5), ("Chứng chỉ võ thuật Công an nhân dân", "*", 1, 0.85, 0),
           ("Trung cấp lý luận chính trị", "*", 8, 0.55, 0), ("Cao cấp lý luận chính trị", "*", 18, 0.25, 0), ("Chứng chỉ ngoại ngữ", "*", 0, 0.4, 2), ("Chứng chỉ ứng dụng công nghệ thông tin", "*", 0, 0.6, 0),
           ("Chứng chỉ điều tra viên", "Phòng Cảnh sát hình sự", 5, 0.7, 5), ("Chứng chỉ điều tra viên sơ cấp", "Đội Cảnh sát hình sự", 4, 0.6, 5),
           ("Chứng nhận chỉ huy giao thông", "Phòng Cảnh sát giao thông", 1, 0.95, 0), ("Chứng nhận tuần tra, kiểm soát giao thông", "Đội Cảnh sát giao thông, trật tự", 1, 0.95, 0),
           ("Chứng nhận nghiệp vụ phòng cháy, chữa cháy", "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ", 0, 1, 5)],
    "GB": [("Initial Police Learning", "*", 2, 1, 0), ("Public and Personal Safety Training", "*", 0, 1, 1), ("First Aid Module 2", "*", 0, 1, 1), ("Response Driving", "*", 1, 0.5, 5),
           ("Taser (Conducted Energy Device)", "*", 2, 0.3, 1), ("Tutor Constable", "*", 3, 0.12, 0), ("PIP Level 2 Investigator", "CID", 2, 0.9, 0), ("Authorised Firearms Officer", "Firearms", 2, 1, 1),
           ("Dog Handler Licence", "Dog Section", 2, 1, 1), ("Advanced Driving", "Roads Policing", 2, 0.9, 5), ("Custody Officer", "Custody", 3, 0.6, 0)],
    "FR": [("Formation initiale de gardien de la paix", "*", 1, 1, 0), ("Habilitation au tir (trois séances annuelles)", "*", 0, 1, 1), ("Prévention et secours civiques (PSC1)", "*", 0, 0.9, 2), ("Qualification d'officier de police judiciaire", "*", 3, 0.35, 0),
           ("Formateur en techniques de sécurité en intervention", "*", 5, 0.05, 3), ("Permis de conduire administratif", "*", 0, 0.9, 0), ("Habilitation au lanceur de balles de défense", "*", 2, 0.3, 1),
           ("Conducteur de chien", "Unité cynophile", 2, 1, 1), ("Habilitation BAC", "Brigade anticriminalité (BAC)", 2, 1, 0)],
}  # fmt: skip
# Share of officers who speak a language at work; the first is everyone's.
LANGUAGES = {
    "US": [("English", 1), ("Spanish", 0.17), ("Chinese", 0.008), ("Vietnamese", 0.006), ("Tagalog", 0.005), ("Arabic", 0.006), ("French", 0.01), ("Russian", 0.005), ("Haitian Creole", 0.004), ("American Sign Language", 0.006)],
    "DE": [("Deutsch", 1), ("Englisch", 0.72), ("Französisch", 0.12), ("Türkisch", 0.035), ("Russisch", 0.045), ("Polnisch", 0.025), ("Spanisch", 0.04), ("Arabisch", 0.01), ("Italienisch", 0.015)],
    "VN": [("Tiếng Việt", 1), ("Tiếng Anh", 0.3), ("Tiếng Trung", 0.04), ("Tiếng Tày", 0.02), ("Tiếng Thái", 0.018), ("Tiếng Mông", 0.015), ("Tiếng Khmer", 0.014), ("Tiếng Nga", 0.008), ("Tiếng Lào", 0.005), ("Tiếng Ê Đê", 0.005)],
    "GB": [("English", 1), ("French", 0.08), ("Spanish", 0.04), ("German", 0.03), ("Urdu", 0.02), ("Punjabi", 0.02), ("Polish", 0.012), ("Welsh", 0.015), ("British Sign Language", 0.01)],
    "FR": [("Français", 1), ("Anglais", 0.45), ("Espagnol", 0.2), ("Arabe", 0.06), ("Allemand", 0.07), ("Italien", 0.05), ("Portugais", 0.03)],
}  # fmt: skip

ESTIMATE = {"source": OWN, "date": "2026", "grade": "E"}
for country, families in UNITS.items():
    rows = [
        (family, role, size, unit, schedule, weight)
        for family, units in families.items()
        for role in ("general", "beginner", "investigation", "training", "command")
        for size in SIZES
        for kind, unit, schedule, least, weight in (
            units[:1]
            if role == "beginner"
            else [entry for entry in units if entry[0] == role and entry[3] <= size]
            # A role without a unit of its own at that size serves in the general ones.
            or [entry for entry in units if entry[0] == "general" and entry[3] <= size]
        )
    ]
    publish(__file__, "police_units", country, ["family", "role", "size_from", "unit", "schedule", "weight"], rows, **ESTIMATE)
    publish(__file__, "police_shifts", country, ["schedule", "shift", "shift_hours", "weight"], SHIFTS[country], **ESTIMATE)
    certifications = CERTIFICATIONS[country]
    known = {entry[1] for units in families.values() for entry in units} | {"*"}
    if not {entry[1] for entry in certifications} <= known:
        raise ValueError(f"{country}: certification of an unknown unit: {({entry[1] for entry in certifications} - known)}")
    publish(
        __file__, "police_certifications", country, ["certification", "unit", "minimum_years", "share", "valid_years"], certifications,
        **ESTIMATE,
    )  # fmt: skip
    publish(__file__, "police_languages", country, ["language", "share"], LANGUAGES[country], **ESTIMATE)
