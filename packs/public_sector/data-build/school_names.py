"""school_names_<CC>.csv (how a school of a type and owner is called), namesakes_<CC>.csv (after whom or what).

A name is `before` + stem + `between` + stem_2 + `after`, a stem being one of city, state, district, person, place, saint,
number or none. `programs` is the set of school_programs that a school of this name offers. Namesakes are historical
persons dead for at least forty years and landscape words.
"""

from __future__ import annotations

from pack_data import OWN, publish

# (types "A|B", ownership "x|y" or "*", pattern with {stem}, programme set, weight)
US = [
    ("Preschool", "*", "{city} Early Learning Center", "Preschool", 5), ("Preschool", "*", "{place} Preschool", "Preschool", 4), ("Preschool", "*", "{person} Early Childhood Center", "Preschool", 2),
    ("Elementary School", "public", "{person} Elementary School", "Elementary School", 45), ("Elementary School", "public", "{place} Elementary School", "Elementary School", 36), ("Elementary School", "public", "{city} Elementary School", "Elementary School", 19),
    ("Elementary School", "charter", "{place} Charter Elementary School", "Elementary School", 5), ("Elementary School", "charter", "{city} Charter Elementary School", "Elementary School", 4),
    ("Elementary School", "private", "St. {saint} Elementary School", "Elementary School", 5), ("Elementary School", "private", "{place} Montessori School", "Elementary School", 2), ("Elementary School", "private", "{city} Christian Elementary School", "Elementary School", 3),
    ("Middle School", "public", "{person} Middle School", "Middle School", 44), ("Middle School", "public", "{place} Middle School", "Middle School", 26), ("Middle School", "public", "{city} Middle School", "Middle School", 30),
    ("Middle School", "charter", "{place} Charter Middle School", "Middle School", 1), ("Middle School", "charter", "{city} Preparatory Charter Middle School", "Middle School", 1), ("Middle School", "private", "St. {saint} Middle School", "Middle School", 1),
    ("High School", "public", "{city} High School", "High School", 52), ("High School", "public", "{person} High School", "High School", 30), ("High School", "public", "{place} High School", "High School", 18),
    ("High School", "charter", "{city} Preparatory Charter High School", "High School", 1), ("High School", "charter", "{place} Charter High School", "High School", 1), ("High School", "private", "St. {saint} High School", "High School", 4), ("High School", "private", "{city} Catholic High School", "High School", 2),
    ("K-12 School", "public", "{city} School", "K-12 School", 5), ("K-12 School", "public", "{place} K-12 School", "K-12 School", 5), ("K-12 School", "charter", "{city} Charter Academy", "K-12 School", 3), ("K-12 School", "charter", "{place} Charter Academy", "K-12 School", 3),
    ("K-12 School", "private", "{city} Christian School", "K-12 School", 4), ("K-12 School", "private", "{city} Country Day School", "K-12 School", 2), ("K-12 School", "private", "{place} Academy", "K-12 School", 3),
    ("Community College", "public", "{city} Community College", "Community College", 6), ("Community College", "public", "{district} Community College", "Community College", 3), ("Community College", "public", "{city} Technical College", "Technical College", 3), ("Community College", "private", "{city} Junior College", "Community College", 1),
    ("College", "private", "{person} College", "College", 5), ("College", "private", "St. {saint} College", "College", 3), ("College", "private", "{city} College", "College", 4),
    ("University", "public", "{city} State University", "University", 6), ("University", "public", "University of {city}", "University", 3), ("University", "private", "{city} University", "University", 3), ("University", "private", "{person} University", "University", 3), ("University", "private", "{city} Institute of Technology", "Institute of Technology", 1),
]
SEK = "Hauptschule|Mittelschule|Werkrealschule|Realschule|Realschule plus|Oberschule|Sekundarschule|Regelschule|Regionale Schule|Gemeinschaftsschule|Integrierte Sekundarschule|Stadtteilschule|Gesamtschule|Gymnasium"
DE = [
    ("Grundschule", "öffentlich", "Grundschule {city}", "Grundschule", 30), ("Grundschule", "öffentlich", "Grundschule am {place}", "Grundschule", 22), ("Grundschule", "öffentlich", "{person}-Grundschule {city}", "Grundschule", 26),
    ("Grundschule", "privat", "Freie Grundschule {city}", "Grundschule", 3), ("Grundschule", "privat", "Evangelische Grundschule {city}", "Grundschule", 3), ("Grundschule", "privat", "Montessori-Grundschule {city}", "Grundschule", 2),
    *[(kind, "öffentlich", "{person}-" + kind + " {city}" if " " not in kind else kind + " „{person}“ {city}", kind, 55) for kind in SEK.split("|")],
    *[(kind, "öffentlich", kind + " {city}", kind, 35) for kind in SEK.split("|")],
    *[(kind, "öffentlich", kind + " am {place}", kind, 10) for kind in SEK.split("|")],
    *[(kind, "privat", "Freie " + kind + " {city}", kind, 3) for kind in SEK.split("|") if kind != "Gymnasium"],
    *[(kind, "privat", "St.-{saint}-" + kind + " {city}", kind, 3) for kind in SEK.split("|") if " " not in kind],
    ("Gymnasium", "privat", "Evangelisches Gymnasium {city}", "Gymnasium", 3), ("Gymnasium", "privat", "Privatgymnasium {city}", "Gymnasium", 2),
    ("Förderschule", "öffentlich", "{person}-Schule {city}, Förderschule", "Förderschule", 3), ("Förderschule", "öffentlich", "Förderschule am {place}", "Förderschule", 2), ("Förderschule", "privat", "St.-{saint}-Förderschule {city}", "Förderschule", 1),
    ("Freie Waldorfschule", "privat", "Freie Waldorfschule {city}", "Freie Waldorfschule", 1),
    ("Berufsschule", "öffentlich", "Kaufmännische Berufsschule {city}", "Kaufmännische Berufsschule", 3), ("Berufsschule", "öffentlich", "Gewerbliche Berufsschule {city}", "Gewerbliche Berufsschule", 4), ("Berufsschule", "öffentlich", "Berufsschule {city}", "Berufsschule", 3), ("Berufsschule", "privat", "Private Berufsschule für Gesundheit und Pflege {city}", "Berufsschule für Pflege", 1),
    ("Fachhochschule", "öffentlich", "Technische Hochschule {city}", "Technische Hochschule", 4), ("Fachhochschule", "öffentlich", "Hochschule für angewandte Wissenschaften {city}", "Fachhochschule", 5), ("Fachhochschule", "öffentlich", "Hochschule {city}", "Fachhochschule", 5), ("Fachhochschule", "privat", "Private Hochschule für Wirtschaft {city}", "Hochschule für Wirtschaft", 1), ("Fachhochschule", "privat", "Evangelische Hochschule {city}", "Hochschule für Soziales", 1),
    ("Universität", "öffentlich", "Universität {city}", "Universität", 6), ("Universität", "öffentlich", "{person}-Universität {city}", "Universität", 4), ("Universität", "öffentlich", "Technische Universität {city}", "Technische Universität", 2), ("Universität", "privat", "Private Universität {city}", "Private Universität", 1),
]
VN = [
    ("Trường Mầm non", "công lập", "Trường Mầm non {place}", "Trường Mầm non", 4), ("Trường Mầm non", "công lập", "Trường Mầm non {number}", "Trường Mầm non", 1), ("Trường Mầm non", "tư thục", "Trường Mầm non tư thục {place}", "Trường Mầm non", 1),
    *[(kind, "công lập", kind + " {person}", kind, 72) for kind in ("Trường Tiểu học", "Trường THCS", "Trường THPT", "Trường Tiểu học và THCS", "Trường THCS và THPT")],
    *[(kind, "công lập", kind + " {ward}", kind, 28) for kind in ("Trường Tiểu học", "Trường THCS", "Trường Tiểu học và THCS", "Trường THCS và THPT")],
    ("Trường THPT", "công lập", "Trường THPT {city}", "Trường THPT", 20), ("Trường THPT", "công lập", "Trường THPT chuyên {person}", "Trường THPT chuyên", 3),
    *[(kind, "tư thục", kind + " tư thục {person}", kind, 1) for kind in ("Trường Tiểu học", "Trường THCS", "Trường THPT", "Trường Tiểu học và THCS", "Trường THCS và THPT")],
    ("Trường Cao đẳng", "công lập", "Trường Cao đẳng Y tế {state}", "Cao đẳng Y tế", 2), ("Trường Cao đẳng", "công lập", "Trường Cao đẳng Sư phạm {state}", "Cao đẳng Sư phạm", 2), ("Trường Cao đẳng", "công lập", "Trường Cao đẳng Nghề {state}", "Cao đẳng Nghề", 3), ("Trường Cao đẳng", "công lập", "Trường Cao đẳng Kinh tế - Kỹ thuật {state}", "Cao đẳng Kinh tế - Kỹ thuật", 3), ("Trường Cao đẳng", "tư thục", "Trường Cao đẳng tư thục {person}", "Cao đẳng Kinh tế - Kỹ thuật", 1),
    ("Trường Đại học", "công lập", "Trường Đại học {state}", "Trường Đại học", 4), ("Trường Đại học", "công lập", "Trường Đại học Sư phạm {state}", "Đại học Sư phạm", 2), ("Trường Đại học", "công lập", "Trường Đại học Kinh tế {state}", "Đại học Kinh tế", 2), ("Trường Đại học", "công lập", "Trường Đại học Y Dược {state}", "Đại học Y Dược", 2), ("Trường Đại học", "công lập", "Trường Đại học Bách khoa {state}", "Đại học Bách khoa", 2), ("Trường Đại học", "công lập", "Trường Đại học Nông Lâm {state}", "Đại học Nông Lâm", 1), ("Trường Đại học", "tư thục", "Trường Đại học tư thục {person}", "Trường Đại học", 1),
]
GB = [
    ("Nursery School", "*", "{city} Nursery School", "Nursery School", 2), ("Nursery School", "*", "{place} Nursery School", "Nursery School", 2),
    ("Primary School", "*", "{place} Primary School", "Primary School", 5), ("Primary School", "*", "St {saint}'s Church of England Primary School", "Primary School", 3), ("Primary School", "*", "St {saint}'s Catholic Primary School", "Primary School", 2), ("Primary School", "*", "{city} Primary School", "Primary School", 4),
    ("Preparatory School", "*", "{place} Preparatory School", "Preparatory School", 1), ("Secondary School", "*", "{city} School", "Secondary School", 2), ("Secondary School", "*", "St {saint}'s Catholic High School", "Secondary School", 1),
    ("Academy", "*", "{place} Academy", "Academy", 3), ("Academy", "*", "{city} Academy", "Academy", 3), ("Grammar School", "*", "{city} Grammar School", "Grammar School", 1), ("Independent School", "*", "{place} School", "Independent School", 1), ("Independent School", "*", "St {saint}'s School", "Independent School", 1),
    ("Special School", "*", "{place} Special School", "Special School", 1), ("Sixth Form College", "*", "{city} Sixth Form College", "Sixth Form College", 1), ("Further Education College", "*", "{city} College", "Further Education College", 1),
    ("University", "*", "University of {city}", "University", 4), ("University", "*", "{city} Metropolitan University", "University", 1),
]
FR = [
    ("École maternelle", "public", "École maternelle {person}", "École maternelle", 3), ("École maternelle", "public", "École maternelle {place}", "École maternelle", 2), ("École maternelle", "privé sous contrat", "École maternelle Saint-{saint}", "École maternelle", 1),
    ("École élémentaire", "public", "École élémentaire {person}", "École élémentaire", 3), ("École élémentaire", "public", "École élémentaire {place}", "École élémentaire", 2), ("École élémentaire", "privé sous contrat", "École Saint-{saint}", "École élémentaire", 1),
    *[(kind, "public", kind.split(" ")[0] + " {person}", kind, 1) for kind in ("Collège", "Lycée général et technologique")],
    *[(kind, "privé sous contrat", kind.split(" ")[0] + " Saint-{saint}", kind, 1) for kind in ("Collège", "Lycée général et technologique")],
    ("Lycée professionnel", "public", "Lycée professionnel {person}", "Lycée professionnel", 1), ("Lycée professionnel", "privé sous contrat", "Lycée professionnel Saint-{saint}", "Lycée professionnel", 1),
    ("Grande école", "*", "École supérieure d'ingénieurs {of_city}", "École d'ingénieurs", 2), ("Grande école", "*", "École supérieure de commerce {of_city}", "École de commerce", 2), ("Université", "*", "Université {of_city}", "Université", 3), ("Université", "*", "Université {city} – {person}", "Université", 1),
]
NAMES = {"US": US, "DE": DE, "VN": VN, "GB": GB, "FR": FR}
WARDS = (
    "Trần Phú;Lê Lợi;Quang Trung;Nguyễn Trãi;Trần Hưng Đạo;Lý Thường Kiệt;Lê Hồng Phong;Nguyễn Du;Hoàng Văn Thụ;Phan Bội Châu;"
    "Phan Chu Trinh;Ngô Quyền;Đinh Tiên Hoàng;Bạch Đằng;Thống Nhất;Hòa Bình;Tân An;Tân Lập;Tân Tiến;Tân Hòa;Tân Phú;Tân Bình;An Hòa;"
    "An Bình;An Phú;Phú Hòa;Phú Lợi;Phú Thọ;Bình Hòa;Bình An;Hưng Bình;Đông Sơn;Tây Sơn;Nam Sơn;Bắc Sơn;Nghĩa Lộ;Minh Khai;Tân Thành;"
    "Hòa Thuận;Phước Hải;Vĩnh Phước;Xuân An;Xuân Phú;Long Bình;Long Châu;Thạnh Xuân;Mỹ Phước;Mỹ Bình;Trung Sơn;Hải Tân"
).split(";")
NAMESAKES = {
    "US": {
        "person": "Washington=8;Lincoln=9;Jefferson=7;Roosevelt=6;Franklin=6;Madison=5;Jackson=4;Monroe=4;Adams=4;Hamilton=3;Grant=3;Wilson=4;Cleveland=2;Garfield=3;McKinley=3;Edison=3;Emerson=3;Longfellow=3;Whittier=3;Hawthorne=3;Audubon=2;Booker T. Washington=2;George Washington Carver=2;Frederick Douglass=2;Harriet Tubman=1;Susan B. Anthony=1;Clara Barton=2;Mark Twain=2;Martin Luther King Jr.=4;John F. Kennedy=4;Eisenhower=3;Eleanor Roosevelt=1;Amelia Earhart=1;Helen Keller=1;Thoreau=1;Horace Mann=3;Noah Webster=1;Whitman=2;Patrick Henry=2;Lafayette=2",
        "place": "Oak Grove=5;Riverside=6;Highland=5;Lakeview=6;Pine Ridge=3;Meadowbrook=3;Fairview=6;Hillcrest=5;Sunnyside=3;Northside=3;Southside=2;Westview=3;Eastside=2;Cedar Creek=3;Maple Avenue=2;Forest Hills=3;Valley View=5;Mountain View=4;Rolling Hills=2;Woodland=4;Spring Creek=3;Willow Creek=3;Oakwood=3;Brookside=3;Ridgewood=2;Clearwater=1;Stone Creek=2;Prairie View=2;Harbor View=1;Parkside=2",
        "township": "Washington=6;Jackson=5;Union=5;Center=5;Liberty=4;Jefferson=4;Franklin=4;Lincoln=4;Grant=3;Richland=3;Perry=3;Monroe=3;Madison=3;Salem=2;Clay=3;Harrison=2;Green=2;Pleasant=2;Marion=3;Adams=2;Sherman=2;Wayne=3;Logan=2;Fairview=2;Highland=2;Concord=1;Hamilton=2;Benton=2;Scott=2;Plainfield=1;Spring Creek=1;Prairie=2;Oakland=1;Bloomfield=1;Milton=1;Rome=1;Troy=1;Sheridan=1;Cedar=2;Elm Grove=1",
        "saint": "Mary=6;Joseph=6;John=5;Patrick=4;Peter=3;Paul=3;Anthony=3;Francis=4;Michael=3;Thomas=3;Catherine=2;Luke=2;Mark=2;Elizabeth=2;James=2;Rose=1;Agnes=1",
    },
    "DE": {
        "person": "Goethe=9;Schiller=9;Geschwister-Scholl=8;Albert-Einstein=5;Albert-Schweitzer=6;Astrid-Lindgren=4;Pestalozzi=6;Humboldt=4;Alexander-von-Humboldt=4;Käthe-Kollwitz=3;Erich-Kästner=5;Anne-Frank=5;Sophie-Scholl=3;Heinrich-Heine=3;Gottfried-Wilhelm-Leibniz=2;Max-Planck=3;Johannes-Kepler=3;Carl-Friedrich-Gauß=2;Friedrich-Fröbel=2;Lessing=4;Theodor-Heuss=4;Konrad-Adenauer=3;Martin-Luther=3;Philipp-Melanchthon=2;Brüder-Grimm=4;Johann-Sebastian-Bach=2;Ludwig-van-Beethoven=2;Robert-Koch=2;Werner-von-Siemens=2;Bertolt-Brecht=2;Dietrich-Bonhoeffer=4;Maria-Sibylla-Merian=2;Hans-Christian-Andersen=1;Joseph-von-Eichendorff=2;Theodor-Storm=2;Theodor-Fontane=2",
        "place": "Park=5;Wald=4;See=3;Berg=3;Stadtpark=3;Markt=2;Mühlenberg=2;Rosengarten=2;Sonnenhang=2;Weinberg=2;Lindenplatz=3;Kirchberg=2;Schlosspark=2;Hasenberg=1;Bahndamm=1;Eichenwald=2;Heideweg=1;Mühlbach=2;Ufer=1;Ring=1",
        "saint": "Ursula=4;Josef=4;Marien=3;Michael=3;Angela=2;Franziskus=3;Anna=2;Bonifatius=2;Elisabeth=3;Georg=2;Hildegard=2;Benedikt=2",
    },
    "VN": {
        "person": "Nguyễn Du=7;Trần Phú=6;Lê Lợi=6;Quang Trung=6;Trần Hưng Đạo=6;Nguyễn Trãi=6;Lý Thường Kiệt=5;Lê Hồng Phong=5;Chu Văn An=5;Ngô Quyền=5;Hai Bà Trưng=4;Phan Bội Châu=4;Phan Chu Trinh=4;Nguyễn Đình Chiểu=4;Nguyễn Bỉnh Khiêm=4;Lê Quý Đôn=5;Hoàng Hoa Thám=3;Võ Thị Sáu=4;Kim Đồng=4;Nguyễn Văn Trỗi=4;Đinh Tiên Hoàng=3;Lý Tự Trọng=3;Nguyễn Huệ=4;Nguyễn Thị Minh Khai=4;Lương Thế Vinh=4;Nguyễn Khuyến=3;Trần Quốc Toản=4;Bùi Thị Xuân=3;Phan Đình Phùng=3;Cao Bá Quát=2;Hùng Vương=3;Nguyễn Công Trứ=3;Lê Thánh Tông=2;Hồ Xuân Hương=1;Đoàn Thị Điểm=2",
        "ward": ";".join(f"{ward}=1" for ward in WARDS),
        "place": "Hoa Sen=6;Hoa Mai=5;Hoa Hồng=5;Sao Mai=4;Ánh Dương=3;Bình Minh=4;Măng Non=4;Hoa Phượng=3;Họa Mi=4;Sơn Ca=4;Vàng Anh=3;Tuổi Thơ=3;Hướng Dương=4;Rạng Đông=3;Mầm Xanh=2;Bông Sen=3;Tuổi Ngọc=2;Hoa Lan=2",
    },
    "GB": {
        "person": "Nelson=1", "place": "Oakwood=4;Manor=3;Greenfield=3;Hillside=4;Parkside=3;Woodlands=4;Meadow=3;Riverside=3;Beechwood=2;Highfield=4;Ashfield=2;Kingsway=2;Queensway=1;Northfield=2;Westfield=3;Brookfield=2;Fairfield=2;Abbey=2;Castle=2;Millbrook=1",
        "saint": "Mary=6;John=4;Peter=4;Joseph=4;Andrew=2;George=2;Thomas=3;Michael=3;Anne=2;Luke=2;Paul=3;James=3;Margaret=1;Edmund=1;Oswald=1",
    },
    "FR": {
        "person": "Victor Hugo=8;Jules Ferry=8;Jean Jaurès=7;Louis Pasteur=6;Jean Moulin=6;Marie Curie=5;Molière=3;Voltaire=4;Jean de La Fontaine=4;Paul Éluard=3;Émile Zola=4;Albert Camus=4;Antoine de Saint-Exupéry=4;Jules Verne=5;George Sand=3;Alphonse Daudet=3;Henri Matisse=2;Claude Monet=2;Jean Racine=2;René Descartes=3;Blaise Pascal=3;Denis Diderot=3;Louise Michel=3;Frédéric Mistral=2;Gustave Eiffel=2",
        "place": "des Tilleuls=3;du Parc=3;des Marronniers=2;du Centre=4;les Acacias=2;la Fontaine=2;des Prés=2;du Moulin=2;la Roseraie=1;du Château=2;les Érables=2;du Bourg=2",
        "saint": "Joseph=6;Michel=3;Louis=3;Charles=2;François=3;Pierre=2;Paul=2;Martin=2;Jean=3;Vincent=2",
    },
}  # fmt: skip
STEMS = ("city", "of_city", "state", "district", "person", "place", "saint", "number", "ward")


def parts(pattern: str) -> tuple[str, str, str, str, str]:
    """before, stem, between, stem_2, after of a pattern with one or two {stems}."""
    before, _, rest = pattern.partition("{")
    stem, _, rest = rest.partition("}")
    between, brace, rest = rest.partition("{")
    if not brace:
        return before, stem, between, "none", ""
    stem_2, _, after = rest.partition("}")
    if stem not in STEMS or stem_2 not in STEMS or "{" in after:
        raise ValueError(pattern)
    return before, stem, between, stem_2, after


OWNERS = {"US": ["public", "charter", "private"], "DE": ["öffentlich", "privat"], "VN": ["công lập", "tư thục"], "GB": ["state", "independent"], "FR": ["public", "privé sous contrat"]}
for country, names in NAMES.items():
    rows = [
        (kind, owner, *parts(pattern), programs, weight)
        for kinds, owners, pattern, programs, weight in names
        for kind in kinds.split("|")
        for owner in (OWNERS[country] if owners == "*" else owners.split("|"))
    ]
    publish(__file__, "school_names", country, ["school_type", "ownership", "before", "stem", "between", "stem_2", "after", "programs", "weight"], sorted(rows, key=lambda row: row[:2]), source=OWN + "; patterns of school names, their weights a choice", date="2026", grade="D")
    namesakes = [(kind, name, int(weight)) for kind, text in NAMESAKES[country].items() for name, _, weight in (entry.partition("=") for entry in text.split(";"))]
    publish(__file__, "namesakes", country, ["stem", "namesake", "weight"], namesakes, source=OWN + "; names that schools bear, their weights a choice", date="2026", grade="D")
