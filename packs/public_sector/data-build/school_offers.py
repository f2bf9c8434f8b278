"""school_programs_<CC>.csv, school_facilities_<CC>.csv, school_accreditations_<CC>.csv and school_codes_<CC>.csv.

The first three hold sets: `set` (programs: the set named by school_names; the others: the school type), the item and the
share of institutions that have it (1: every one). `ownership` "*" holds for all owners.
"""

from __future__ import annotations

from pack_data import OWN, publish, shared_rows

US_PROGRAMS = {
    "Preschool": "Early Literacy; Social-Emotional Learning; Play-Based Learning=.8; Head Start=.25; Special Education Preschool=.3",
    "Elementary School": "English Language Arts; Mathematics; Science; Social Studies; Physical Education; Art=.85; Music=.88; English as a Second Language=.6; Gifted and Talented=.5; Special Education=.9; Dual Language Immersion=.08",
    "Middle School": "English Language Arts; Mathematics; Science; Social Studies; Physical Education; Band=.75; Chorus=.6; Algebra I=.7; World Languages=.6; Technology Education=.5; Gifted and Talented=.5; Special Education=.9",
    "High School": "English; Mathematics; Science; Social Studies; Physical Education; Advanced Placement=.7; Career and Technical Education=.75; Dual Enrollment=.8; World Languages=.85; Band=.75; Theater=.5; Special Education=.9; International Baccalaureate=.04",
    "K-12 School": "English Language Arts; Mathematics; Science; Social Studies; Physical Education; Art=.7; Music=.65; World Languages=.55; College Preparatory=.6; Special Education=.6",
    "Community College": "Associate of Arts; Associate of Science; Associate of Applied Science=.95; Nursing (ADN)=.7; Business Administration (AS)=.8; Welding Technology (Certificate)=.5; Automotive Technology (AAS)=.5; Early Childhood Education (AAS)=.6; Cybersecurity (AAS)=.45; Adult Basic Education=.7",
    "Technical College": "Associate of Applied Science; Welding Technology (Certificate); Automotive Technology (AAS)=.9; Nursing (ADN)=.7; Electrical Technology (AAS)=.8; HVAC Technology (Certificate)=.7; Machining (Certificate)=.6; Information Technology (AAS)=.85",
    "College": "Biology (BS); English (BA); History (BA)=.9; Psychology (BA); Economics (BA)=.75; Mathematics (BA)=.85; Political Science (BA)=.8; Chemistry (BS)=.8; Philosophy (BA)=.65; Education (BA)=.6; Business Administration (BBA)=.55; Studio Art (BA)=.5",
    "University": "Biology (BS); Business Administration (BBA); Psychology (BA); English (BA); Computer Science (BS)=.95; Mathematics (BS)=.95; Nursing (BSN)=.65; Education (MEd)=.75; Business Administration (MBA)=.8; Mechanical Engineering (BS)=.45; Law (JD)=.25; Public Health (MPH)=.3; Chemistry (PhD)=.35; Medicine (MD)=.12",
    "Institute of Technology": "Computer Science (BS); Mechanical Engineering (BS); Electrical Engineering (BS); Civil Engineering (BS)=.8; Mathematics (BS); Physics (BS)=.9; Materials Science (MS)=.6; Data Science (MS)=.7; Computer Science (PhD)=.7; Architecture (BArch)=.35",
}
SEK1 = "Deutsch; Mathematik; Englisch; Naturwissenschaften; Gesellschaftslehre; Sport; Wirtschaft/Arbeit/Technik=.8; Berufsorientierung=.95; Religion/Ethik=.95; Informatik=.6; Ganztagsangebot=.75; Schülerfirma=.25"
SEK2 = "Deutsch; Mathematik; Englisch; Naturwissenschaften; Gesellschaftslehre; Sport; Gymnasiale Oberstufe; Informatik=.7; Französisch=.6; Spanisch=.45; Berufsorientierung=.95; Ganztagsangebot=.9; Religion/Ethik=.95"
DE_PROGRAMS = {
    "Grundschule": "Deutsch; Mathematik; Sachunterricht; Sport; Musik; Kunst; Religion/Ethik=.95; Englisch=.8; Offener Ganztag=.7; Schwimmunterricht=.8; Sprachförderung=.6; Jahrgangsübergreifendes Lernen=.15",
    **dict.fromkeys(["Hauptschule", "Mittelschule", "Werkrealschule", "Regelschule"], SEK1),
    **dict.fromkeys(["Realschule", "Realschule plus", "Oberschule", "Sekundarschule", "Regionale Schule"], SEK1 + "; Französisch=.6"),
    **dict.fromkeys(["Gesamtschule", "Gemeinschaftsschule", "Stadtteilschule", "Integrierte Sekundarschule"], SEK2),
    "Gymnasium": "Deutsch; Mathematik; Englisch; Biologie; Chemie; Physik; Geschichte; Geografie; Sport; Gymnasiale Oberstufe; Latein=.75; Französisch=.9; Spanisch=.5; Informatik=.8; Bilingualer Zweig=.2; MINT-Profil=.3; Musikprofil=.2; Altgriechisch=.08",
    "Förderschule": "Deutsch; Mathematik; Sachunterricht; Sport; Lebenspraxis; Förderschwerpunkt Lernen=.5; Förderschwerpunkt geistige Entwicklung=.35; Förderschwerpunkt Sprache=.2; Berufsorientierung=.7; Werken=.8",
    "Freie Waldorfschule": "Eurythmie; Epochenunterricht; Handarbeit; Gartenbau=.8; Deutsch; Mathematik; Englisch; Französisch=.7; Russisch=.25; Klassenspiel=.9",
    "Berufsschule": "Duale Berufsausbildung; Berufsfachschule=.8; Berufsvorbereitungsjahr=.8; Fachoberschule=.6; Kaufmännische Berufe=.6; Metalltechnik=.5; Elektrotechnik=.5; Gastgewerbe=.35",
    "Kaufmännische Berufsschule": "Kaufleute für Büromanagement; Industriekaufleute=.9; Einzelhandel; Bankkaufleute=.6; Steuerfachangestellte=.5; Berufliches Gymnasium Wirtschaft=.7; Fachoberschule Wirtschaft=.6",
    "Gewerbliche Berufsschule": "Kraftfahrzeugmechatronik; Metalltechnik; Elektrotechnik; Industriemechanik=.8; Bautechnik=.6; Anlagenmechanik SHK=.6; Technisches Gymnasium=.6; Fachschule für Technik=.5",
    "Berufsschule für Pflege": "Pflegefachfrau/Pflegefachmann; Pflegeassistenz; Physiotherapie=.4; Heilerziehungspflege=.3; Medizinische Fachangestellte=.5",
    "Fachhochschule": "Betriebswirtschaftslehre (B.A.); Informatik (B.Sc.); Maschinenbau (B.Eng.)=.7; Soziale Arbeit (B.A.)=.6; Wirtschaftsingenieurwesen (B.Eng.)=.7; Elektrotechnik (B.Eng.)=.6; Wirtschaftsinformatik (B.Sc.)=.7; Bauingenieurwesen (B.Eng.)=.4; Betriebswirtschaft (M.A.)=.8; Informatik (M.Sc.)=.7",
    "Technische Hochschule": "Maschinenbau (B.Eng.); Elektrotechnik (B.Eng.); Informatik (B.Sc.); Mechatronik (B.Eng.)=.8; Wirtschaftsingenieurwesen (B.Eng.); Bauingenieurwesen (B.Eng.)=.6; Maschinenbau (M.Eng.)=.9; Informatik (M.Sc.)=.9",
    "Hochschule für Wirtschaft": "Betriebswirtschaftslehre (B.A.); Marketing (B.A.)=.8; Wirtschaftspsychologie (B.Sc.)=.7; International Management (M.A.)=.8; Finance (M.Sc.)=.5",
    "Hochschule für Soziales": "Soziale Arbeit (B.A.); Pflegepädagogik (B.A.)=.6; Kindheitspädagogik (B.A.)=.8; Diakonik (B.A.)=.5; Soziale Arbeit (M.A.)=.8",
    "Universität": "Rechtswissenschaft (Staatsexamen)=.6; Humanmedizin (Staatsexamen)=.45; Lehramt (M.Ed.)=.8; Germanistik (B.A.); Geschichte (B.A.); Mathematik (B.Sc.); Physik (B.Sc.)=.9; Biologie (B.Sc.)=.9; Wirtschaftswissenschaften (B.Sc.)=.85; Psychologie (B.Sc.)=.8; Informatik (B.Sc.)=.9; Soziologie (M.A.)=.6; Promotion",
    "Technische Universität": "Maschinenbau (B.Sc.); Elektrotechnik (B.Sc.); Informatik (B.Sc.); Physik (B.Sc.); Mathematik (B.Sc.); Bauingenieurwesen (B.Sc.)=.8; Architektur (B.Sc.)=.7; Verfahrenstechnik (M.Sc.)=.7; Luft- und Raumfahrttechnik (M.Sc.)=.3; Promotion",
    "Private Universität": "Betriebswirtschaftslehre (B.Sc.); Psychologie (B.Sc.)=.8; Humanmedizin (Staatsexamen)=.3; Management (M.Sc.); Promotion=.5",
}
THCS = "Toán; Ngữ văn; Ngoại ngữ (Tiếng Anh); Khoa học tự nhiên; Lịch sử và Địa lí; Giáo dục công dân; Tin học=.97; Công nghệ; Giáo dục thể chất; Nghệ thuật=.95; Câu lạc bộ STEM=.3"
THPT = "Toán; Ngữ văn; Ngoại ngữ (Tiếng Anh); Lịch sử; Vật lí=.95; Hóa học=.95; Sinh học=.9; Địa lí=.95; Tin học=.9; Giáo dục quốc phòng và an ninh; Giáo dục thể chất; Hướng nghiệp=.8; Giáo dục kinh tế và pháp luật=.7"
TIEU = "Toán; Tiếng Việt; Ngoại ngữ (Tiếng Anh)=.95; Đạo đức; Tự nhiên và Xã hội; Khoa học; Lịch sử và Địa lí; Tin học=.9; Giáo dục thể chất; Âm nhạc; Mĩ thuật; Hoạt động trải nghiệm; Bán trú=.5"
VN_PROGRAMS = {
    "Trường Mầm non": "Giáo dục mẫu giáo; Phát triển ngôn ngữ; Phát triển thể chất; Làm quen với toán; Làm quen Tiếng Anh=.4; Bán trú=.85",
    "Trường Tiểu học": TIEU, "Trường Tiểu học và THCS": TIEU + "; Ngữ văn; Khoa học tự nhiên; Công nghệ", "Trường THCS": THCS, "Trường THCS và THPT": THCS + "; Vật lí; Hóa học; Sinh học; Giáo dục quốc phòng và an ninh",
    "Trường THPT": THPT, "Trường THPT chuyên": THPT + "; Lớp chuyên Toán; Lớp chuyên Vật lí=.9; Lớp chuyên Hóa học=.9; Lớp chuyên Ngữ văn=.9; Lớp chuyên Tiếng Anh; Lớp chuyên Tin học=.7",
    "Cao đẳng Y tế": "Điều dưỡng (Cao đẳng); Dược (Cao đẳng); Hộ sinh (Cao đẳng)=.8; Kỹ thuật xét nghiệm y học (Cao đẳng)=.7; Y sỹ đa khoa (Trung cấp)=.7",
    "Cao đẳng Sư phạm": "Giáo dục Mầm non (Cao đẳng); Tiếng Anh (Cao đẳng)=.7; Công tác xã hội (Cao đẳng)=.5; Công nghệ thông tin (Cao đẳng)=.5",
    "Cao đẳng Nghề": "Công nghệ ô tô (Cao đẳng); Điện công nghiệp (Cao đẳng); Hàn (Cao đẳng); Cắt gọt kim loại (Cao đẳng)=.7; Kỹ thuật chế biến món ăn (Cao đẳng)=.6; Điện tử công nghiệp (Trung cấp)=.7",
    "Cao đẳng Kinh tế - Kỹ thuật": "Kế toán (Cao đẳng); Quản trị kinh doanh (Cao đẳng); Công nghệ thông tin (Cao đẳng); Công nghệ kỹ thuật điện (Cao đẳng)=.8; Du lịch (Cao đẳng)=.6; Xây dựng (Cao đẳng)=.5",
    "Trường Đại học": "Quản trị kinh doanh (Cử nhân); Công nghệ thông tin (Kỹ sư); Kế toán (Cử nhân); Ngôn ngữ Anh (Cử nhân)=.9; Luật (Cử nhân)=.6; Sư phạm Toán (Cử nhân)=.5; Kỹ thuật xây dựng (Kỹ sư)=.5; Quản trị kinh doanh (Thạc sĩ)=.7; Nông học (Kỹ sư)=.3",
    "Đại học Sư phạm": "Sư phạm Toán (Cử nhân); Sư phạm Ngữ văn (Cử nhân); Sư phạm Tiếng Anh (Cử nhân); Giáo dục Tiểu học (Cử nhân); Giáo dục Mầm non (Cử nhân); Sư phạm Vật lí (Cử nhân)=.8; Tâm lý học giáo dục (Cử nhân)=.6; Quản lý giáo dục (Thạc sĩ)=.8",
    "Đại học Kinh tế": "Kế toán (Cử nhân); Tài chính - Ngân hàng (Cử nhân); Quản trị kinh doanh (Cử nhân); Kinh tế quốc tế (Cử nhân)=.9; Marketing (Cử nhân)=.8; Kinh tế phát triển (Thạc sĩ)=.7; Kinh tế học (Tiến sĩ)=.4",
    "Đại học Y Dược": "Y khoa (Bác sĩ); Răng - Hàm - Mặt (Bác sĩ)=.8; Y học cổ truyền (Bác sĩ)=.7; Dược học (Dược sĩ); Điều dưỡng (Cử nhân); Y tế công cộng (Thạc sĩ)=.6",
    "Đại học Bách khoa": "Kỹ thuật cơ khí (Kỹ sư); Kỹ thuật điện (Kỹ sư); Khoa học máy tính (Kỹ sư); Kỹ thuật xây dựng (Kỹ sư); Kỹ thuật hóa học (Kỹ sư)=.9; Điều khiển và tự động hóa (Thạc sĩ)=.7; Khoa học máy tính (Tiến sĩ)=.5",
    "Đại học Nông Lâm": "Nông học (Kỹ sư); Lâm nghiệp (Kỹ sư); Thú y (Bác sĩ thú y); Chăn nuôi (Kỹ sư); Quản lý đất đai (Kỹ sư)=.9; Công nghệ thực phẩm (Kỹ sư)=.8; Khoa học cây trồng (Thạc sĩ)=.6",
}
GCSE = "English; Mathematics; Combined Science; History=.95; Geography=.95; French=.8; Spanish=.6; Computing=.8; Art and Design=.95; Drama=.7; Physical Education"
GB_PROGRAMS = {
    "Nursery School": "Early Years Foundation Stage; Forest School=.4; Wraparound Care=.6",
    "Primary School": "English; Mathematics; Science; Computing; History; Geography; Physical Education; Music=.95; Phonics; Breakfast Club=.8", "Preparatory School": "English; Mathematics; Science; French; Latin=.6; Games; Music",
    **dict.fromkeys(["Secondary School", "Academy"], GCSE + "; A Levels=.6; BTEC=.6"), "Grammar School": GCSE + "; A Levels; Latin=.5; Further Mathematics=.9", "Independent School": GCSE + "; A Levels; Latin=.7; Classics=.4",
    "Special School": "Communication and Language; Life Skills; English; Mathematics; Sensory Curriculum=.6; Vocational Skills=.6", "Sixth Form College": "A Levels; BTEC National=.9; T Levels=.4; GCSE Resits; Extended Project Qualification=.8",
    "Further Education College": "T Levels; BTEC National; Apprenticeships; Functional Skills; Access to Higher Education=.8; HNC/HND=.7; ESOL=.8", "University": "Business Management (BSc); English Literature (BA); Psychology (BSc); Computer Science (BSc); Law (LLB)=.85; Nursing (BSc)=.6; Mechanical Engineering (BEng)=.6; Medicine (MBBS)=.25; Business Administration (MBA)=.8; Doctor of Philosophy (PhD)",
}
FR_PROGRAMS = {
    "École maternelle": "Langage oral et écrit; Activité physique; Activités artistiques; Premiers outils mathématiques; Accueil périscolaire=.8", "École élémentaire": "Français; Mathématiques; Histoire et géographie; Sciences et technologie; Langue vivante; Éducation physique et sportive; Étude dirigée=.6",
    "Collège": "Français; Mathématiques; Histoire-géographie; Anglais; Sciences de la vie et de la Terre; Physique-chimie; Technologie; Latin=.6; Espagnol LV2=.9; Allemand LV2=.6; Section sportive=.2", "Lycée général et technologique": "Voie générale; Spécialité mathématiques; Spécialité physique-chimie; Spécialité SES=.9; Spécialité HGGSP=.9; Série STMG=.7; Série STI2D=.4; BTS=.5; Classe préparatoire=.15",
    "Lycée professionnel": "Baccalauréat professionnel; CAP; Métiers du commerce=.6; Métiers de l'électricité=.5; Accompagnement, soins et services à la personne=.5; Maintenance des véhicules=.4; BTS=.3",
    "École d'ingénieurs": "Diplôme d'ingénieur; Cycle préparatoire intégré=.5; Mastère spécialisé=.6; Doctorat=.4", "École de commerce": "Programme grande école (Master); Bachelor=.8; MBA=.7; Mastère spécialisé=.6", "Université": "Licence de droit=.7; Licence d'histoire=.8; Licence de mathématiques=.8; Licence d'économie et gestion=.8; Licence de psychologie=.6; Master MEEF=.8; Études de santé (PASS)=.45; Doctorat",
}  # fmt: skip
PROGRAMS = {"US": US_PROGRAMS, "DE": DE_PROGRAMS, "VN": VN_PROGRAMS, "GB": GB_PROGRAMS, "FR": FR_PROGRAMS}

US_K = "Library; Cafeteria; Gymnasium; Playground; Computer Lab=.75; Music Room=.7; Art Room=.7; School Garden=.25"
US_S = "Library; Cafeteria; Gymnasium; Science Laboratories; Athletic Fields=.9; Computer Lab=.85; Auditorium=.7; Band Room=.75; Art Studio=.75"
DE_S = "Sporthalle; Fachräume Naturwissenschaften; Computerraum=.95; Mensa=.75; Schulbibliothek=.6; Aula=.7; Musikraum=.9; Werkraum=.7; Außensportanlage=.5"
VN_S = "Thư viện; Phòng tin học; Sân thể thao; Phòng thí nghiệm=.9; Phòng y tế; Phòng truyền thống=.6; Nhà đa năng=.5; Căng tin=.5; Phòng ngoại ngữ=.5"
FACILITIES = {
    "US": {
        "Preschool": "Playground; Nap Room=.8; Indoor Play Area=.8; Kitchen=.7", "Elementary School": US_K, "Middle School": US_S, "High School": US_S + "; Football Stadium=.6; Swimming Pool=.18; Career and Technical Workshop=.6", "K-12 School": US_K + "; Science Laboratories; Athletic Fields=.7",
        "Community College": "Library; Student Center; Computer Labs; Science Laboratories; Workshops=.85; Childcare Center=.35; Gymnasium=.55; Testing Center=.9", "College": "Library; Residence Halls; Dining Hall; Science Laboratories; Athletic Center=.95; Art Gallery=.5; Chapel=.5; Theater=.8", "University": "Main Library; Residence Halls; Dining Halls; Research Laboratories; Student Union; Recreation Center=.95; Stadium=.55; Concert Hall=.5; Student Health Center=.9; Observatory=.2; Museum=.3",
    },
    "DE": {
        "Grundschule": "Sporthalle; Schulhof; Bücherei=.6; Mensa=.65; Musikraum=.6; Werkraum=.5; Schulgarten=.45; Betreuungsräume=.8", **dict.fromkeys(SEK_TYPES := ("Hauptschule", "Mittelschule", "Werkrealschule", "Realschule", "Realschule plus", "Oberschule", "Sekundarschule", "Regelschule", "Regionale Schule", "Gemeinschaftsschule", "Integrierte Sekundarschule", "Stadtteilschule", "Gesamtschule", "Gymnasium"), DE_S),
        "Förderschule": "Sporthalle; Therapieräume; Snoezelenraum=.5; Lehrküche; Werkraum; Bewegungsbad=.2; Mensa=.7", "Freie Waldorfschule": "Eurythmiesaal; Werkstatt; Schulgarten; Sporthalle=.9; Mensa=.85; Bühne; Handarbeitsraum", "Berufsschule": "Werkstätten=.8; Computerräume; Mensa=.6; Sporthalle=.6; Bibliothek=.5; Übungsfirma=.4",
        "Fachhochschule": "Bibliothek; Mensa; Labore; Rechenzentrum; Hörsaalgebäude; Hochschulsport=.8; Gründerzentrum=.5", "Universität": "Universitätsbibliothek; Mensa; Hörsaalgebäude; Forschungslabore; Rechenzentrum; Hochschulsport; Botanischer Garten=.35; Sprachenzentrum=.9; Universitätsklinikum=.35; Studentenwohnheime=.95",
    },
    "VN": {
        "Trường Mầm non": "Sân chơi; Bếp ăn; Phòng y tế; Phòng nghệ thuật=.7; Vườn cổ tích=.5", "Trường Tiểu học": "Thư viện; Phòng tin học=.9; Sân chơi; Phòng y tế; Bếp ăn bán trú=.5; Phòng âm nhạc=.7; Nhà đa năng=.4", **dict.fromkeys(["Trường Tiểu học và THCS", "Trường THCS", "Trường THCS và THPT", "Trường THPT"], VN_S),
        "Trường Cao đẳng": "Thư viện; Xưởng thực hành; Phòng máy tính; Ký túc xá=.8; Sân thể thao; Căng tin", "Trường Đại học": "Thư viện trung tâm; Phòng thí nghiệm; Ký túc xá; Giảng đường; Nhà thi đấu=.8; Căng tin; Trung tâm ngoại ngữ=.9; Sân vận động=.4",
    },
    "GB": {
        "Nursery School": "Outdoor Play Area; Sensory Room=.6; Kitchen", "Primary School": "Hall; Playground; Library=.85; Playing Field=.8; Computing Suite=.5; Breakfast Club Room=.5", "Preparatory School": "Playing Fields; Library; Hall; Science Laboratory; Swimming Pool=.5; Music School=.6",
        **dict.fromkeys(["Secondary School", "Academy", "Grammar School", "Independent School"], "Library; Science Laboratories; Sports Hall; Dining Hall; Playing Fields=.9; Drama Studio=.8; Sixth Form Centre=.6; Astroturf Pitch=.5"), "Special School": "Sensory Room; Hydrotherapy Pool=.4; Life Skills Flat=.5; Playground; Hall",
        "Sixth Form College": "Library; Science Laboratories; Common Room; Sports Hall=.7; Theatre=.6", "Further Education College": "Library; Workshops; Training Restaurant=.7; Salon=.7; Sports Hall=.6", "University": "Library; Students' Union; Halls of Residence; Laboratories; Sports Centre; Lecture Theatres; Theatre=.5",
    },
    "FR": {
        "École maternelle": "Cour de récréation; Salle de motricité; Dortoir; Cantine=.9", "École élémentaire": "Cour de récréation; Cantine=.9; Bibliothèque=.8; Salle informatique=.6; Gymnase=.4", **dict.fromkeys(["Collège", "Lycée général et technologique", "Lycée professionnel"], "Centre de documentation et d'information (CDI); Gymnase=.8; Cantine; Salles de sciences; Salle informatique; Internat=.2; Foyer=.7"),
        "Grande école": "Bibliothèque; Laboratoires=.8; Résidence étudiante=.8; Amphithéâtre; Incubateur=.6", "Université": "Bibliothèque universitaire; Amphithéâtres; Restaurant universitaire; Laboratoires de recherche; SUAPS (sports); Résidences CROUS",
    },
}  # fmt: skip
ACCREDITATIONS = {
    "US": {
        "Preschool": "State Child Care License; NAEYC Accreditation=.15", **dict.fromkeys(["Elementary School", "Middle School", "High School", "K-12 School"], "State Department of Education; Cognia=.55; National Blue Ribbon School=.06"),
        **dict.fromkeys(["Community College", "College", "University"], "Regional Institutional Accreditation; ACBSP=.3; ACEN=.35"),
    },
    "DE": {**dict.fromkeys(["Grundschule", "Förderschule", "Freie Waldorfschule", "Berufsschule", *SEK_TYPES], "Staatlich anerkannt; Schule ohne Rassismus – Schule mit Courage=.2; Umweltschule in Europa=.08; MINT-freundliche Schule=.1"),
           "Fachhochschule": "Staatlich anerkannte Hochschule; Systemakkreditierung (Akkreditierungsrat)=.4; Programmakkreditierung (Akkreditierungsrat)=.8", "Universität": "Staatlich anerkannte Hochschule; Systemakkreditierung (Akkreditierungsrat)=.6; HRK-Mitglied=.9; AACSB=.08"},
    "VN": {**dict.fromkeys(["Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT", "Trường Tiểu học và THCS", "Trường THCS và THPT"], "Quyết định thành lập; Trường chuẩn quốc gia=.62; Kiểm định chất lượng giáo dục=.7"), "Trường Cao đẳng": "Giấy chứng nhận hoạt động giáo dục nghề nghiệp; Kiểm định chất lượng giáo dục nghề nghiệp=.4", "Trường Đại học": "Quyết định thành lập; Kiểm định chất lượng cơ sở giáo dục=.75; AUN-QA=.25"},
    "GB": {"*": "Ofsted registered"}, "FR": {"*": "Ministère de l'Éducation nationale"},
}  # fmt: skip

FIPS = "AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 KY21 LA22 ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 NE31 NV32 NH33 NJ34 NM35 NY36 NC37 ND38 OH39 OK40 OR41 PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56"
# A code is a prefix, digits and letters; Berlin's own letter in the middle is left out.
SCHULNUMMER = {"BW": ("04", 6), "BY": ("", 4), "BE": ("", 5), "BB": ("1", 5), "HB": ("", 3), "HH": ("5", 3), "HE": ("", 4), "MV": ("75", 6), "NI": ("", 5), "NW": ("1", 5), "RP": ("", 5), "SL": ("", 5), "SN": ("4", 6), "ST": ("", 6), "SH": ("07", 5), "TH": ("", 5)}
Code = tuple[str, str, str, str, int, int]
CODES: dict[str, list[Code]] = {
    "US": [row for state in FIPS.split() for row in (("US-" + state[:2], "school", "NCES school ID", state[2:], 10, 0), ("US-" + state[:2], "private", "PSS school ID", "A9", 6, 0), ("US-" + state[:2], "university", "IPEDS unit ID", "9", 5, 0))],
    "DE": [row for land, (prefix, count) in sorted(SCHULNUMMER.items()) for row in (("DE-" + land, "school", "Schulnummer", prefix, count, 0), ("DE-" + land, "university", "Hochschulnummer", "", 4, 0))],
    "VN": [("*", "school", "Mã trường", "", 10, 0), ("*", "university", "Mã trường", "", 0, 3)],
    "GB": [("*", "school", "URN", "9", 5, 0), ("*", "university", "UKPRN", "1000", 4, 0)],
    "FR": [("*", "school", "UAI", "9", 6, 1), ("*", "university", "UAI", "9", 6, 1)],
}  # fmt: skip

for country, sets in PROGRAMS.items():
    publish(__file__, "school_programs", country, ["set", "item", "share"], shared_rows(sets), source=OWN + "; school laws and usual curricula", date="2026", grade="E")
    publish(__file__, "school_facilities", country, ["set", "item", "share"], shared_rows(FACILITIES[country]), source=OWN, date="2026", grade="E")
    publish(__file__, "school_accreditations", country, ["set", "item", "share"], shared_rows(ACCREDITATIONS[country]), source=OWN, date="2026", grade="E")
    publish(__file__, "school_codes", country, ["state_code", "sector", "scheme", "prefix", "digits", "letters"], CODES[country], source=OWN + "; formats of NCES, IPEDS, Länder, GIAS, UAI", date="2026", grade="C")
