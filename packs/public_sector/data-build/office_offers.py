"""office_services_<CC>.csv, office_departments_<CC>.csv (with the share of the budget), office_leadership_<CC>.csv and
office_hours_<CC>.csv: what an office of a kind (`office_key` of office_types) does, how it is organised, who leads it, when
it is open.

`share` is the share of offices that have the item (1: every one). Hours are HH:MM-HH:MM, two spans joined by ", ", or closed.
"""

from __future__ import annotations

from pack_data import OWN, publish, shared_rows

TOWN_LEADERS = {
    "town NY": "Town Supervisor; Town Clerk", "town WI": "Town Chair; Town Clerk", "town New England": "Select Board Chair; Town Clerk", "township": "Township Supervisor; Township Clerk",
    "township board": "Township Board Chair; Township Clerk", "township trustee": "Township Trustee", "township OH": "Chair of the Board of Trustees; Fiscal Officer", "township PA": "Chair of the Board of Supervisors; Township Secretary", "township NJ": "Mayor; Township Clerk",
}  # fmt: skip
"""Of the governments between county and municipality, by the statutes of their states. Looked up: NY (bedfordny.gov, Town Law), WI
(tn.pacific.wi.gov, wisctowns.com), OH (ORC 505.01: lawserver.com; perrysburgtownship.us), PA (Second Class Township Code:
ebrandywine.org, faycopavotes.home.blog), NJ (NJSA 40A:63-1: njslom.org), IL (60 ILCS 1: elgintownship.com), MN (Minn. Stat. 367:
lutsentownship.com), IN (en.wikipedia.org, Township trustee). Of KS, MI and New England from the statutes as commonly told."""
TOWNS = list(TOWN_LEADERS)
SERVICES = {
    "US": {
        "city": "Building Permits; Business Licenses; Public Works Requests; Utility Billing; City Council Meetings; Zoning Applications; Parking Permits=.7; Parks and Recreation Programs=.85; Code Enforcement; Pet Licenses=.6; Public Records Requests; Street Maintenance=.9; Refuse Collection=.8",
        **dict.fromkeys(TOWNS, "Town Board Meetings; Road Maintenance; Zoning Permits=.8; Property Assessment=.6; Cemetery Maintenance=.5; General Assistance=.5; Dog Licenses=.6; Public Records Requests; Snow Removal=.6"),
        "county clerk": "Marriage Licenses; Vital Records; Voter Registration; Election Administration; Land Records; Notary Commissions=.8; Business Name Registration=.8; Public Records Requests; Passport Applications=.6; Board Minutes=.9",
        "county assessor": "Property Valuation; Assessment Appeals; Homestead Exemptions; Property Records; Parcel Maps; Senior Exemptions=.8; Personal Property Assessment=.6; Public Records Requests",
        "county": "Property Tax Collection; County Road Maintenance; Public Health; Emergency Management; Elections; Land Use Planning; Social Services=.9; Jail Administration=.8; County Parks=.7; Veterans Services=.85; Public Records Requests; Animal Control=.7",
        "school district": "Student Enrollment; School Bus Transportation; Special Education; School Meals; Transcript Requests; Substitute Teacher Applications; School Board Meetings; Before and After School Care=.6; Facility Rental=.7",
        "fire district": "Fire Suppression; Emergency Medical Services=.85; Fire Inspections; Burn Permits=.7; Smoke Alarm Installation=.6; CPR Classes=.6; Public Education",
        "water district": "Water Service Connections; Water Billing; Leak Reporting; Water Quality Reports; Backflow Testing=.7; Conservation Rebates=.5; Meter Reading; Hydrant Permits=.6",
        "conservation district": "Erosion Control Plans; Cost-Share Programs; Tree Seedling Sales=.6; Soil Testing=.7; Watershed Planning; Conservation Education; No-Till Drill Rental=.4",
        "housing authority": "Public Housing Applications; Housing Choice Vouchers; Waiting List Information; Landlord Registration; Rent Payments; Unit Inspections; Family Self-Sufficiency=.6",
        "library district": "Library Cards; Book Lending; Interlibrary Loan; Public Computers; Children's Story Time; Meeting Rooms=.8; E-Books; Job Search Help=.6",
        "park district": "Park Reservations; Swim Lessons=.7; Summer Camps; Youth Sports Leagues; Fitness Center=.6; Senior Programs=.6; Trail Maintenance; Golf Course=.35",
        "sanitary district": "Sewer Connections; Wastewater Treatment; Sewer Billing; Backup Reporting; Industrial Pretreatment=.5; Septage Disposal=.4; Inspection of Laterals",
        "cemetery district": "Burial Plot Sales; Interments; Grave Records; Grounds Maintenance; Columbarium Niches=.5",
        "motor vehicles": "Driver License Renewal; Vehicle Registration; Title Transfer; Road Tests; Identification Cards; REAL ID; License Plates; Commercial Driver License=.8; Voter Registration=.9; Disabled Parking Placards",
        "workforce": "Unemployment Insurance Claims; Job Placement; Resume Workshops; Career Counseling; Veterans Employment Services; Training Grants; Labor Market Information=.8; Vocational Rehabilitation=.6",
        "human services": "SNAP Applications; Medicaid Enrollment; Child Care Assistance; Cash Assistance (TANF); Child Protective Services=.8; Energy Assistance=.8; Foster Care=.6; Adult Protective Services=.7",
        "social security": "Social Security Cards; Retirement Benefits; Disability Claims; Survivor Benefits; Supplemental Security Income; Medicare Enrollment; Benefit Verification Letters",
        "usda": "Farm Loans; Crop Insurance Referral; Conservation Programs; Disaster Assistance; Farm Records; Rural Housing Loans=.7; Soil Surveys=.8",
        "irs": "Account Inquiries; Taxpayer Identification Numbers; Identity Verification; Payment Arrangements; Tax Forms; Transcript Requests; Tax Law Questions=.7",
    },
    "DE": {
        **dict.fromkeys(["Gemeinde", "Stadt"], "Personalausweis; Reisepass; An- und Abmeldung; Gewerbeanmeldung; Hundesteuer; Bauanträge=.8; Fundbüro; Wahlamt; Friedhofsverwaltung; Kindergartenanmeldung; Grundsteuer; Führungszeugnis; Straßenunterhaltung=.9"),
        "kreisfreie Stadt": "Personalausweis; Reisepass; An- und Abmeldung; Gewerbeanmeldung; Bauanträge; Kfz-Zulassung; Führerscheinstelle; Ausländerbehörde; Jugendamt; Sozialhilfe; Wohngeld; Gesundheitsamt; Hundesteuer; Standesamt; Wahlamt",
        "Bezirksamt": "Personalausweis; Reisepass; An- und Abmeldung; Wohngeld; Elterngeld; Baugenehmigungen; Jugendamt; Sozialhilfe; Standesamt; Ordnungsamt; Gewerbeanmeldung; Grünflächenpflege=.9",
        "Landratsamt": "Kfz-Zulassung; Führerscheinstelle; Bauaufsicht; Ausländerbehörde; Jugendamt; Sozialhilfe; Gesundheitsamt; Waffenbehörde; Naturschutz; Abfallwirtschaft; BAföG; Elterngeld=.7; Jagdscheine; Veterinäramt",
        "Kfz-Zulassung": "Neuzulassung; Umschreibung; Außerbetriebsetzung; Wunschkennzeichen; Kurzzeitkennzeichen; Ersatz der Zulassungsbescheinigung; Feinstaubplakette=.8; Saisonkennzeichen",
        "Gesundheitsamt": "Infektionsschutzbelehrung; Schuleingangsuntersuchung; Amtsärztliche Gutachten; Impfberatung; Trinkwasserüberwachung; Schwangerenberatung=.8; Sozialpsychiatrischer Dienst; Heilpraktikerprüfung=.5",
        "Jugendamt": "Unterhaltsvorschuss; Beistandschaft; Kinderschutz; Erziehungsberatung; Pflegekinderdienst; Adoptionsvermittlung=.7; Kindertagespflege; Jugendhilfe im Strafverfahren",
        "Bürgerbüro": "Personalausweis; Reisepass; An- und Abmeldung; Führungszeugnis; Beglaubigungen; Meldebescheinigung; Fundbüro=.8; Bewohnerparkausweis=.6; Fischereischein=.6",
        "Standesamt": "Eheschließung; Geburtsurkunden; Sterbeurkunden; Namensänderung; Kirchenaustritt=.8; Vaterschaftsanerkennung; Ehefähigkeitszeugnis; Beurkundung von Geburten",
        "Finanzamt": "Einkommensteuer; Umsatzsteuer; Lohnsteuer; Körperschaftsteuer=.8; Steuernummer; Grunderwerbsteuer=.7; Vereinsbesteuerung; ELStAM-Freibeträge; Betriebsprüfung",
        "Schulamt": "Schulaufsicht; Lehrkräfteeinstellung; Schulpsychologische Beratung; Sonderpädagogische Gutachten; Anerkennung von Abschlüssen=.6; Schulpflicht",
        "Katasteramt": "Liegenschaftskarte; Grenzvermessung; Bodenrichtwerte; Gebäudeeinmessung; Luftbilder=.8; Auszüge aus dem Liegenschaftskataster",
        "Agentur für Arbeit": "Arbeitslosengeld; Arbeitsvermittlung; Berufsberatung; Kurzarbeitergeld; Familienkasse=.6; Weiterbildungsförderung; Gründungszuschuss; Arbeitgeber-Service",
        "Zollamt": "Einfuhrabfertigung; Ausfuhrabfertigung; Postabfertigung=.7; Verbrauchsteuern=.6; Auskünfte zum Reiseverkehr; Übersiedlungsgut; Carnet ATA=.8",
    },
    "VN": {
        "UBND tỉnh": "Cấp giấy phép đầu tư; Quản lý quy hoạch; Tiếp công dân; Giải quyết khiếu nại, tố cáo; Giao đất, cho thuê đất; Phê duyệt dự án; Quản lý ngân sách; Cấp lý lịch tư pháp=.7",
        "UBND huyện": "Đăng ký hộ kinh doanh; Cấp giấy phép xây dựng; Cấp giấy chứng nhận quyền sử dụng đất; Tiếp công dân; Chứng thực; Giải quyết khiếu nại, tố cáo; Bảo trợ xã hội; Cải chính hộ tịch",
        **dict.fromkeys(["UBND xã", "UBND phường, xã"], "Đăng ký khai sinh; Đăng ký kết hôn; Đăng ký khai tử; Chứng thực bản sao; Chứng thực chữ ký; Xác nhận tình trạng hôn nhân; Tiếp công dân; Trợ cấp xã hội; Hòa giải cơ sở; Xác nhận đất đai=.9"),
        "Sở": "Lý lịch tư pháp; Công chứng; Đăng ký hoạt động luật sư; Trợ giúp pháp lý; Quốc tịch; Nuôi con nuôi có yếu tố nước ngoài; Đấu giá tài sản=.8",
        "Sở Y tế": "Cấp chứng chỉ hành nghề khám, chữa bệnh; Cấp phép cơ sở khám, chữa bệnh; Quản lý dược; An toàn thực phẩm=.8; Tiêm chủng mở rộng; Kiểm dịch y tế=.7",
        "Sở Giáo dục": "Cấp phép cơ sở giáo dục; Tuyển sinh lớp 10; Thi tốt nghiệp THPT; Cấp bản sao văn bằng; Công nhận văn bằng nước ngoài=.7; Quản lý giáo viên",
        "Hành chính công": "Tiếp nhận hồ sơ; Trả kết quả; Hướng dẫn dịch vụ công trực tuyến; Thu phí, lệ phí; Chứng thực điện tử; Đăng ký doanh nghiệp; Lý lịch tư pháp",
        **dict.fromkeys(["Chi cục Thuế", "Đội Thuế", "Thuế"], "Đăng ký thuế; Kê khai thuế; Hoàn thuế; Hóa đơn điện tử; Thuế thu nhập cá nhân; Thuế sử dụng đất phi nông nghiệp; Lệ phí trước bạ"),
        **dict.fromkeys(["BHXH huyện", "BHXH"], "Cấp thẻ bảo hiểm y tế; Cấp sổ bảo hiểm xã hội; Chế độ hưu trí; Chế độ thai sản; Chế độ ốm đau; Bảo hiểm thất nghiệp; Bảo hiểm xã hội tự nguyện"),
    },
    "GB": {
        "parish": "Allotments=.7; Community Hall Hire=.7; Parks and Play Areas; Burial Ground=.5; Council Meetings; Street Lighting=.4; Planning Comments; Community Grants=.7",
        "district council": "Council Tax; Housing Benefit; Planning Applications; Waste and Recycling; Housing Register; Electoral Registration; Licensing; Environmental Health; Parking Permits=.8; Leisure Centres=.8",
        "register office": "Birth Registration; Death Registration; Marriage and Civil Partnership; Notice of Marriage; Certificates; Citizenship Ceremonies=.8",
        "jobcentre": "Universal Credit; Jobseeker's Allowance; Work Coach Appointments; Employment and Support Allowance; Access to Work=.8; Vacancy Search",
        "court": "Fines Payment; Criminal Hearings; Family Hearings=.7; Jury Information=.5; Witness Service; Search Warrants Administration=.6",
    },
    "FR": {
        "mairie": "État civil; Carte nationale d'identité=.35; Urbanisme; Inscriptions scolaires; Listes électorales; Recensement citoyen; Cimetière; Célébration de mariages; Location de salles=.8; Police municipale=.4; CCAS=.8",
        "préfecture": "Titres de séjour; Associations; Armes; Permis de conduire (commission médicale); Naturalisations=.6; Élections; Contrôle de légalité",
        "caf": "Allocations familiales; Aide au logement; RSA; Prime d'activité; Allocation adultes handicapés; Prestation d'accueil du jeune enfant",
        "france travail": "Inscription des demandeurs d'emploi; Indemnisation; Offres d'emploi; Formation; Accompagnement; Services aux employeurs",
        "finances publiques": "Impôt sur le revenu; Taxe foncière; Paiement de proximité; Cadastre=.6; Fiscalité des entreprises; Amendes; Publicité foncière=.5",
    },
}  # fmt: skip
# department=share of the budget before normalising; all of a kind's departments exist
DEPARTMENTS = {
    "US": {
        "city": "Public Works=26; Police=22; Fire=13; Finance=6; Planning and Zoning=4; Parks and Recreation=9; Human Resources=3; City Clerk=3; Utilities=14", **dict.fromkeys(TOWNS, "Road Department=48; Clerk=14; Assessor=11; Finance=12; Parks=15"), "county clerk": "Elections=38; Recording=27; Vital Records=20; Administration=15", "county assessor": "Residential Appraisal=40; Commercial Appraisal=25; Mapping=17; Administration=18",
        "county": "Public Works=20; Health and Human Services=28; Sheriff Liaison=16; Finance=6; Planning=5; Human Resources=3; Information Technology=6; Courts=16", "school district": "Curriculum and Instruction=62; Transportation=8; Student Services=12; Food Services=6; Facilities=9; Business Office=3", "fire district": "Operations=78; Fire Prevention=9; Training=7; Administration=6", "water district": "Operations=52; Engineering=22; Customer Service=12; Finance=14", "conservation district": "Conservation Planning=55; Education=18; Administration=27",
        "housing authority": "Housing Choice Vouchers=55; Property Management=32; Finance=8; Resident Services=5", "library district": "Public Services=55; Collections=22; Youth Services=13; Administration=10", "park district": "Recreation=48; Park Maintenance=37; Finance=7; Marketing=8", "sanitary district": "Treatment Plant=58; Collection System=26; Administration=16", "cemetery district": "Grounds=70; Administration=30",
        "motor vehicles": "Driver Services=45; Vehicle Services=38; Examinations=17", "workforce": "Unemployment Insurance=40; Employment Services=42; Veterans Services=18", "human services": "Eligibility=52; Children and Family Services=33; Adult Services=15", "social security": "Claims=58; Customer Service=30; Management Support=12", "usda": "Farm Service Agency=46; Natural Resources Conservation Service=39; Rural Development=15", "irs": "Taxpayer Assistance=80; Management Support=20",
    },
    "DE": {
        "Gemeinde": "Hauptamt=16; Kämmerei=8; Bauamt=34; Ordnungsamt=10; Kita und Schule=32", "Stadt": "Hauptamt=13; Kämmerei=7; Bauamt=29; Ordnungsamt=9; Bürgerservice=6; Kultur und Sport=12; Kita und Schule=24", "kreisfreie Stadt": "Hauptamt=8; Kämmerei=4; Bau und Umwelt=21; Sicherheit und Ordnung=8; Bürgerservice=4; Soziales=26; Jugend=22; Kultur=7", "Bezirksamt": "Jugend und Familie=32; Soziales=30; Ordnung=8; Bauen=14; Umwelt und Grünflächen=12; Bürgerdienste=4",
        "Landratsamt": "Zentralabteilung=8; Kommunales=7; Verkehr=10; Bau und Umwelt=18; Jugend und Soziales=46; Gesundheit und Verbraucherschutz=11", "Kfz-Zulassung": "Zulassung=75; Fachverfahren=25", "Gesundheitsamt": "Amtsärztlicher Dienst=30; Infektionsschutz=30; Kinder- und Jugendgesundheit=25; Verwaltung=15", "Jugendamt": "Allgemeiner Sozialer Dienst=58; Wirtschaftliche Jugendhilfe=20; Kindertagesbetreuung=17; Verwaltung=5", "Bürgerbüro": "Meldewesen=70; Infothek=30", "Standesamt": "Eheschließungen=40; Urkundenstelle=60",
        "Finanzamt": "Veranlagung=46; Betriebsprüfung=22; Erhebung=12; Rechtsbehelfsstelle=6; Geschäftsstelle=8; Servicezentrum=6", "Schulamt": "Schulaufsicht=45; Personal=35; Schulpsychologie=20", "Katasteramt": "Liegenschaftskataster=42; Vermessung=40; Geoinformation=18", "Agentur für Arbeit": "Arbeitsvermittlung=35; Leistung=45; Berufsberatung=12; Arbeitgeber-Service=8", "Zollamt": "Abfertigung=65; Kontrolle=25; Geschäftsstelle=10",
    },
    "VN": {
        "UBND tỉnh": "Văn phòng Ủy ban nhân dân=6; Sở Tài chính=24; Sở Nội vụ=8; Sở Xây dựng=26; Sở Giáo dục và Đào tạo=22; Sở Y tế=14", "UBND huyện": "Văn phòng=8; Phòng Tài chính - Kế hoạch=16; Phòng Nội vụ=9; Phòng Tư pháp=5; Phòng Giáo dục và Đào tạo=44; Phòng Tài nguyên và Môi trường=18", "UBND xã": "Văn phòng - Thống kê=20; Địa chính - Xây dựng - Môi trường=24; Tài chính - Kế toán=16; Tư pháp - Hộ tịch=14; Văn hóa - Xã hội=16; Ban Chỉ huy Quân sự=10", "UBND phường, xã": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân=30; Phòng Kinh tế=28; Phòng Văn hóa - Xã hội=30; Trung tâm Phục vụ hành chính công=12",
        "Sở": "Văn phòng=25; Phòng Hành chính tư pháp=30; Phòng Bổ trợ tư pháp=25; Thanh tra=20", "Sở Y tế": "Văn phòng=15; Phòng Nghiệp vụ Y=40; Phòng Nghiệp vụ Dược=30; Thanh tra=15", "Sở Giáo dục": "Văn phòng=15; Phòng Giáo dục Trung học=35; Phòng Giáo dục Tiểu học=30; Phòng Khảo thí=20", "Hành chính công": "Bộ phận Tiếp nhận=60; Bộ phận Trả kết quả=40", **dict.fromkeys(["Chi cục Thuế", "Thuế"], "Đội Tuyên truyền - Hỗ trợ=22; Đội Kiểm tra=38; Đội Quản lý nợ=24; Đội Hành chính=16"), "Đội Thuế": "Bộ phận Tuyên truyền - Hỗ trợ=22; Bộ phận Kiểm tra=38; Bộ phận Quản lý nợ=24; Bộ phận Hành chính=16", **dict.fromkeys(["BHXH huyện", "BHXH"], "Bộ phận Chế độ=35; Bộ phận Thu=35; Bộ phận Một cửa=30"),
    },
    "GB": {"parish": "Clerk's Office=45; Grounds=55", "district council": "Revenues and Benefits=22; Planning=10; Housing=26; Environment=28; Corporate Services=14", "register office": "Registration=75; Ceremonies=25", "jobcentre": "Work Services=70; Customer Service=30", "court": "Listing=35; Enforcement=30; Court Support=35"},
    "FR": {"mairie": "Direction générale des services=14; État civil=8; Services techniques=38; Urbanisme=8; Éducation et jeunesse=24; Finances=8", "préfecture": "Cabinet=20; Réglementation=45; Collectivités locales=35", "caf": "Prestations=62; Action sociale=28; Accueil=10", "france travail": "Accompagnement=55; Indemnisation=30; Services aux entreprises=15", "finances publiques": "Particuliers=45; Professionnels=30; Recouvrement=25"},
}  # fmt: skip
LEADERSHIP = {
    "US": {
        "city": "Mayor; City Manager; City Clerk", **TOWN_LEADERS, "county clerk": "County Clerk; Chief Deputy Clerk", "county assessor": "County Assessor; Chief Deputy Assessor", "county": "County Commission Chair; County Administrator; County Treasurer", "school district": "Superintendent; School Board President; Chief Financial Officer", "fire district": "Fire Chief; Board Chair", "water district": "General Manager; Board President", "conservation district": "District Manager; Board Chair",
        "housing authority": "Executive Director; Board Chair", "library district": "Library Director; Board President", "park district": "Executive Director; Board President", "sanitary district": "District Manager; Board President", "cemetery district": "District Manager", "motor vehicles": "Office Manager; Assistant Manager", "workforce": "Center Manager; Veterans Representative", "human services": "District Director; Program Manager", "social security": "District Manager; Operations Supervisor", "usda": "County Executive Director; District Conservationist", "irs": "Group Manager",
    },
    "DE": {
        "Gemeinde": "Bürgermeister|Bürgermeisterin; Kämmerer|Kämmerin", "Stadt": "Bürgermeister|Bürgermeisterin; Erster Beigeordneter|Erste Beigeordnete; Kämmerer|Kämmerin", "kreisfreie Stadt": "Oberbürgermeister|Oberbürgermeisterin; Bürgermeister|Bürgermeisterin; Kämmerer|Kämmerin", "Bezirksamt": "Bezirksbürgermeister|Bezirksbürgermeisterin; Stellv. Bezirksbürgermeister|Stellv. Bezirksbürgermeisterin", "Landratsamt": "Landrat|Landrätin; Stellv. Landrat|Stellv. Landrätin; Kreiskämmerer|Kreiskämmerin", "Kfz-Zulassung": "Sachgebietsleitung", "Gesundheitsamt": "Amtsleitung; Stellv. Amtsleitung", "Jugendamt": "Jugendamtsleitung; Stellv. Jugendamtsleitung", "Bürgerbüro": "Leitung Bürgerbüro", "Standesamt": "Leitender Standesbeamter|Leitende Standesbeamtin",
        "Finanzamt": "Vorsteher|Vorsteherin; Ständige Vertretung", "Schulamt": "Leitender Schulamtsdirektor|Leitende Schulamtsdirektorin", "Katasteramt": "Amtsleitung; Stellv. Amtsleitung", "Agentur für Arbeit": "Vorsitzender der Geschäftsführung|Vorsitzende der Geschäftsführung; Geschäftsführer Operativ|Geschäftsführerin Operativ", "Zollamt": "Vorsteher|Vorsteherin",
    },
    "VN": {
        **dict.fromkeys(["UBND tỉnh", "UBND huyện", "UBND phường, xã"], "Chủ tịch; Phó Chủ tịch; Chánh Văn phòng"), "UBND xã": "Chủ tịch; Phó Chủ tịch; Chỉ huy trưởng Ban Chỉ huy Quân sự", **dict.fromkeys(["Sở", "Sở Y tế", "Sở Giáo dục", "Hành chính công", "BHXH huyện", "BHXH"], "Giám đốc; Phó Giám đốc"), "Chi cục Thuế": "Chi cục trưởng; Phó Chi cục trưởng", "Đội Thuế": "Đội trưởng; Phó Đội trưởng", "Thuế": "Trưởng Thuế cơ sở; Phó Trưởng Thuế cơ sở",
    },
    "GB": {"parish": "Chair of the Council; Clerk", "district council": "Leader of the Council; Chief Executive; Section 151 Officer", "register office": "Superintendent Registrar", "jobcentre": "Customer Service Leader", "court": "Delivery Manager"},
    "FR": {"mairie": "Maire; Premier adjoint|Première adjointe; Directeur général des services|Directrice générale des services", "préfecture": "Sous-préfet|Sous-préfète; Secrétaire général|Secrétaire générale", "caf": "Directeur|Directrice; Directeur adjoint|Directrice adjointe", "france travail": "Directeur d'agence|Directrice d'agence", "finances publiques": "Comptable responsable; Adjoint|Adjointe"},
}  # fmt: skip
CLOSED = "closed"
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def week(*spans: str) -> list[str]:
    return [*spans, *[CLOSED] * (7 - len(spans))]


# group -> [(seven days, weight)]; which kinds of office keep the hours of which group
HOURS = {
    "US": {
        "office": [(week(*["08:00-17:00"] * 5), 46), (week(*["08:00-16:30"] * 5), 20), (week(*["08:30-16:30"] * 5), 16), (week(*["07:30-17:30"] * 4), 10), (week(*["09:00-17:00"] * 5), 8)],
        "small": [(week("09:00-14:00", "closed", "09:00-14:00", "closed", "09:00-14:00"), 30), (week(*["09:00-15:00"] * 4), 25), (week(*["08:00-12:00, 13:00-16:00"] * 5), 45)],
        "library": [(week(*["10:00-20:00"] * 4, "10:00-18:00", "10:00-17:00", "13:00-17:00"), 60), (week(*["09:00-19:00"] * 4, "09:00-17:00", "09:00-15:00"), 40)],
        "front": [(week(*["08:00-17:00"] * 5), 50), (week(*["08:30-17:00"] * 5, "08:30-12:00"), 20), (week("08:00-17:00", "08:00-17:00", "09:00-17:00", "08:00-17:00", "08:00-17:00"), 30)],
        "federal": [(week(*["09:00-16:00"] * 5), 70), (week("09:00-16:00", "09:00-16:00", "09:00-12:00", "09:00-16:00", "09:00-16:00"), 30)],
    },
    "DE": {
        "office": [(week("08:00-12:00", "08:00-12:00, 14:00-16:00", "08:00-12:00", "08:00-12:00, 14:00-18:00", "08:00-12:00"), 45), (week("08:00-12:00", "08:00-12:00", "closed", "08:00-12:00, 14:00-18:00", "08:00-12:00"), 30), (week("08:30-12:30", "08:30-12:30, 14:00-17:00", "08:30-12:30", "08:30-12:30, 14:00-17:30", "08:30-12:00"), 25)],
        "front": [(week("08:00-16:00", "08:00-18:00", "08:00-13:00", "08:00-18:00", "08:00-13:00"), 60), (week("07:30-16:00", "07:30-16:00", "07:30-12:30", "07:30-18:00", "07:30-12:30", "09:00-12:00"), 40)],
        "tax": [(week("08:00-14:00", "08:00-14:00", "08:00-14:00", "08:00-18:00", "08:00-12:00"), 70), (week("07:30-13:00", "07:30-13:00", "07:30-13:00", "07:30-18:00", "07:30-12:00"), 30)],
        "federal": [(week("08:00-12:30", "08:00-12:30", "08:00-12:30", "08:00-12:30, 13:30-18:00", "08:00-12:30"), 60), (week(*["07:30-15:30"] * 4, "07:30-13:00"), 40)],
    },
    "VN": {"office": [(week(*["07:30-11:30, 13:30-17:00"] * 5), 55), (week(*["07:00-11:30, 13:30-17:00"] * 5), 25), (week(*["07:30-11:30, 13:30-17:00"] * 5, "07:30-11:30"), 20)]},
    "GB": {"office": [(week(*["09:00-17:00"] * 5), 60), (week(*["08:45-17:00"] * 4, "08:45-16:30"), 40)], "small": [(week(*["10:00-13:00"] * 5), 50), (week("10:00-14:00", "closed", "10:00-14:00", "closed", "10:00-14:00"), 50)]},
    "FR": {"office": [(week(*["08:30-12:00, 13:30-17:00"] * 5), 45), (week(*["09:00-12:00, 14:00-17:30"] * 5), 35), (week("08:30-12:00, 13:30-17:30", "08:30-12:00, 13:30-17:30", "08:30-12:00", "08:30-12:00, 13:30-17:30", "08:30-12:00, 13:30-17:00", "09:00-12:00"), 20)]},
}  # fmt: skip
KEEPS = {
    "US": {"small": {*TOWNS, "cemetery district", "conservation district"}, "library": {"library district"}, "front": {"motor vehicles", "workforce", "human services"}, "federal": {"social security", "usda", "irs"}},
    "DE": {"front": {"Bürgerbüro", "Kfz-Zulassung"}, "tax": {"Finanzamt"}, "federal": {"Agentur für Arbeit", "Zollamt"}},
    "VN": {}, "GB": {"small": {"parish"}}, "FR": {},
}  # fmt: skip

ESTIMATE = {"source": OWN, "date": "2026", "grade": "E"}
for country, services in SERVICES.items():
    kinds = list(services)
    for name, sets in (("departments", DEPARTMENTS), ("leadership", LEADERSHIP)):
        if set(sets[country]) != set(kinds):
            raise ValueError(f"{country} {name}: {set(sets[country]) ^ set(kinds)}")
    publish(__file__, "office_services", country, ["office_key", "item", "share"], shared_rows(services), **ESTIMATE)
    publish(__file__, "office_departments", country, ["office_key", "department", "budget_share"], shared_rows(DEPARTMENTS[country]), **ESTIMATE)
    publish(__file__, "office_leadership", country, ["office_key", "position", "title", "title_female"], [(kind, n, title.strip().partition("|")[0], title.strip().rpartition("|")[2]) for kind, text in LEADERSHIP[country].items() for n, title in enumerate(text.split(";"), 1)], **ESTIMATE)
    rows = []
    for kind in kinds:
        group = next((group for group, members in KEEPS[country].items() if kind in members), "office")
        rows += [(kind, *days, weight) for days, weight in HOURS[country][group]]
    publish(__file__, "office_hours", country, ["office_key", *[day.lower() for day in DAYS], "weight"], rows, **ESTIMATE)
