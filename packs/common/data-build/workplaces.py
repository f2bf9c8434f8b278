"""occupation_industries.csv, public_work.csv, public_employers_CC.csv and commuting.csv: for whom people work, and how far away.

occupation_industries  per occupation how its jobs at companies are shared among sections of ISIC: estimates after the
                       industry-occupation matrix of the Bureau of Labor Statistics
public_work            per occupation the share of the employed whom a public body or church employs, by country: that of the
                       United States (estimates after the same matrix), times a factor for the country's public sector
public_employers       how these bodies are called
commuting              kilometres at which half of all would work if jobs were spread evenly; people per company with employees
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
COUNTRIES = ("US", "CA", "DE", "GB", "FR", "ES", "BR", "IN", "JP", "VN")

# By occupation the shares of its jobs at companies: sections of ISIC, or the first digits of classes where not all of the section.
INDUSTRIES = {
    "11-1021": "C15 F8 G25 H6 I6 J6 K7 L3 M12 N8 Q4", "11-2022": "C18 G35 J10 K12 M10 L3 H3 I4", "11-3031": "K35 M15 C12 G8 J6 Q4 N8 F4",
    "11-9013": "01:100", "11-9021": "F85 L5 7110:10", "11-9051": "56:90 93:5 47:5", "13-1071": "7820:25 M18 C14 Q8 K7 G8 J8 H4",
    "13-1111": "7020:55 K12 62:12 N10 C8", "13-1161": "7310:30 7020:15 J18 K12 C10 G10", "13-2011": "6920:40 K12 C9 N9 G7 J6 F4 L4 Q4",
    "15-1232": "62:30 61:10 M10 N10 C7 K6 G8 P4 Q4", "15-1252": "58:15 62:40 M12 C12 K10 G4 N5", "15-2051": "62:25 63:10 K20 M20 C8 G6 N6 Q4",
    "17-1011": "7110:92 41:6 L2", "17-2051": "7110:65 41:10 42:20 E3 D2", "17-2071": "26:20 28:20 7110:30 D12 62:8 4321:8",
    "17-2141": "28:35 25:15 32:5 7110:35 43:5 D2", "19-1042": "7210:70 32:15 86:15", "21-1021": "8890:70 87:20 86:10", "21-2011": "8890:100",
    "23-1011": "6910:85 K5 C4 L2 J2", "23-2011": "6910:92 K5 L3", "25-1099": "8530:100", "25-2021": "8510:90 8549:10",
    "25-2031": "8521:85 8549:15", "25-9045": "8510:60 8521:25 8890:15", "27-1024": "7310:50 7110:10 J20 C10 G10", "27-3023": "5813:90 7310:10",
    "29-1021": "8620:100", "29-1051": "4772:75 8610:25", "29-1141": "8610:45 8620:25 8710:30", "29-1215": "8620:70 8610:30",
    "29-2061": "8710:55 8620:30 8610:15", "31-1120": "8890:60 8710:40", "31-1131": "8710:65 8610:25 8890:10", "33-2011": "8010:100",
    "33-3051": "8010:100", "33-9032": "8010:70 R8 55:8 47:6 L4 86:4", "35-2014": "56:75 55:12 87:9 85:4", "35-3023": "56:97 47:3",
    "35-3031": "56:80 55:12 93:5 87:3", "37-2011": "8121:45 55:12 86:7 87:7 L8 47:6 C5 85:6 93:4", "37-3011": "8130:65 93:12 L10 01:8 42:5",
    "39-5012": "9602:95 55:3 93:2", "39-9011": "8890:55 8510:45", "41-1011": "47:95 56:5", "41-2011": "47:85 56:10 93:5", "41-2031": "47:97 61:3",
    "41-3021": "6622:90 6419:10", "41-4012": "46:50 C25 J8 7310:6 N5 F3", "41-9022": "68:95 41:5", "41-9091": "47:100",
    "43-3031": "6920:20 G12 C10 F10 K6 Q8 L6 N6 I5 H5", "43-4051": "N20 K15 G18 61:6 62:4 H8 C8 M5", "43-5071": "46:25 47:10 49:10 52:20 C30 N5",
    "43-6014": "Q15 M20 P5 G10 C10 F8 K7 L5 N8 H3 S3", "43-9061": "Q14 M12 P4 G14 C12 F6 K9 L4 N10 H7 I3 J3 S3", "45-2092": "01:95 8130:5",
    "47-2031": "4330:55 4100:35 31:10", "47-2061": "4100:45 4290:35 4330:15 7820:5", "47-2111": "4321:80 28:10 D5 7820:5",
    "47-2152": "4322:92 36:3 7820:5", "49-3023": "4520:90 49:6 7710:4", "49-9071": "L18 C25 55:10 Q8 47:8 8121:10 93:5 43:8 E3 D2",
    "51-2090": "C88 7820:12", "51-3011": "1071:60 47:25 56:15", "51-4041": "25:60 28:35 7820:5", "51-4121": "25:55 28:15 4290:10 43:10 4520:5 7820:5",
    "51-6031": "1410:90 31:5 9601:5", "53-2011": "51:100", "53-3032": "4923:55 46:20 C12 F6 01:3 38:4", "53-3033": "5320:45 4923:10 47:20 46:15 56:10",
    "53-3052": "4922:95 7911:5", "53-7062": "52:35 4923:15 46:25 47:10 C10 7820:5", "53-7065": "52:40 46:25 47:15 C12 7820:8",
}  # fmt: skip
# occupation -> body and share in the United States; O administration, P schools and universities, Q hospitals, S churches.
PUBLIC = {
    "33-3051": "O1", "33-2011": "O1", "21-2011": "S1", "25-2021": "P.87", "25-2031": "P.86", "25-9045": "P.84", "25-1099": "P.98",
    "21-1021": "O.45", "29-1215": "Q.25", "29-1141": "Q.17", "29-2061": "Q.12", "31-1131": "Q.08", "31-1120": "Q.03", "29-1051": "Q.06",
    "29-1021": "Q.03", "19-1042": "P.35", "17-2051": "O.27", "13-1071": "O.14", "13-2011": "O.10", "13-1111": "O.17", "15-1232": "P.16",
    "15-1252": "O.04", "15-2051": "O.06", "11-1021": "O.08", "11-3031": "O.05", "11-9021": "O.03", "23-1011": "O.18", "23-2011": "O.10",
    "43-9061": "O.19", "43-6014": "P.18", "43-3031": "O.08", "43-4051": "O.04", "33-9032": "O.06", "37-2011": "P.13", "37-3011": "O.12",
    "49-9071": "O.11", "53-3052": "O.42", "39-9011": "P.16", "35-2014": "P.07", "47-2061": "O.06", "47-2111": "O.04", "17-1011": "O.03",
}  # fmt: skip
FACTOR = {  # of O, P and Q against the United States
    "US": (1.0, 1.0, 1.0), "CA": (1.2, 1.05, 5.0), "DE": (0.9, 1.08, 2.4), "GB": (1.0, 1.0, 5.0), "FR": (1.5, 0.95, 3.8),
    "ES": (1.1, 0.82, 4.4), "BR": (1.1, 0.92, 2.8), "IN": (1.0, 0.62, 2.4), "JP": (0.7, 0.85, 1.3), "VN": (1.1, 1.12, 5.0),
}  # fmt: skip
BODIES = {
    "US": {"O": {"City of {city}": 50, "{district}": 22, "State of {state}": 28},
           "P": {"{city} Public Schools": 60, "{city} Unified School District": 25, "{state} State University System": 15},
           "Q": {"{district} Hospital District": 50, "{city} Public Hospital": 50},
           "S": {"First Baptist Church of {city}": 40, "Trinity United Methodist Church, {city}": 30, "St. Mary's Parish, {city}": 30}},
    "CA": {"O": {"City of {city}": 50, "Government of {state}": 35, "Government of Canada": 15},
           "P": {"{city} School District": 75, "University of {city}": 25}, "Q": {"{city} General Hospital": 60, "{state} Health Authority": 40},
           "S": {"St. Andrew's Church, {city}": 50, "Parish of {city}": 50}},
    "GB": {"O": {"{city} Council": 70, "HM Civil Service": 30}, "P": {"{city} Council – Schools": 60, "{city} Learning Trust": 30, "University of {city}": 10},
           "Q": {"{city} Hospitals NHS Trust": 70, "{city} Community NHS Trust": 30}, "S": {"Parish of {city}": 70, "{city} Methodist Church": 30}},
    "DE": {"O": {"Stadtverwaltung {city}": 55, "Land {state}": 30, "Bundesverwaltung": 15}, "P": {"Land {state} – Schuldienst": 75, "Hochschulen des Landes {state}": 25},
           "Q": {"Klinikum {city}": 60, "Kliniken {city} gGmbH": 40}, "S": {"Evangelische Kirchengemeinde {city}": 50, "Katholische Pfarrei {city}": 50}},
    "FR": {"O": {"Mairie {of_city}": 50, "Conseil départemental – {district}": 25, "Préfecture – {district}": 25}, "P": {"Académie – {state}": 80, "Université – {state}": 20},
           "Q": {"Centre hospitalier {of_city}": 80, "Hôpitaux publics – {state}": 20}, "S": {"Paroisse {of_city}": 100}},
    "ES": {"O": {"Ayuntamiento de {city}": 50, "Comunidad Autónoma – {state}": 30, "Administración General del Estado": 20},
           "P": {"Consejería de Educación – {state}": 85, "Universidad pública – {state}": 15}, "Q": {"Servicio de Salud – {state}": 100}, "S": {"Parroquia de {city}": 100}},
    "BR": {"O": {"Prefeitura Municipal de {city}": 65, "Governo do Estado – {state}": 25, "Governo Federal": 10},
           "P": {"Secretaria Municipal de Educação de {city}": 55, "Secretaria de Educação – {state}": 45},
           "Q": {"Secretaria Municipal de Saúde de {city}": 60, "Hospital Estadual de {city}": 40}, "S": {"Paróquia de {city}": 60, "Igreja Evangélica de {city}": 40}},
    "IN": {"O": {"Municipal Corporation of {city}": 35, "Government of {state}": 50, "Government of India": 15},
           "P": {"Department of Education, {state}": 80, "{city} Government College": 20}, "Q": {"District Hospital, {city}": 60, "Department of Health, {state}": 40},
           "S": {"Temple Trust, {city}": 100}},
    "JP": {"O": {"{city}役所": 55, "{state}庁": 30, "国家公務員": 15}, "P": {"{city}教育委員会": 55, "{state}教育委員会": 45}, "Q": {"{city}立病院": 60, "{state}立病院": 40},
           "S": {"{city}の寺院": 100}},
    "VN": {"O": {"UBND {commune}": 60, "Sở Nội vụ {state}": 40}, "P": {"Sở Giáo dục và Đào tạo {state}": 100}, "Q": {"Sở Y tế {state}": 40, "Bệnh viện công lập {state}": 60},
           "S": {"Giáo xứ {city}": 100}},
}  # fmt: skip
# country, kilometres, people per company with employees, least companies, where the figures are from
COMMUTING = (
    ("US", 10.0, 53, 32_768), ("CA", 9.0, 30, 32_768), ("DE", 9.0, 26, 24_576), ("GB", 8.0, 47, 24_576), ("FR", 9.0, 40, 24_576),
    ("ES", 7.0, 35, 24_576), ("BR", 7.0, 80, 32_768), ("IN", 5.0, 120, 32_768), ("JP", 8.0, 70, 24_576), ("VN", 5.0, 110, 24_576),
)  # fmt: skip


def main() -> None:
    own = {"licence": "own compilation (MIT)", "date": "2026-11", "method": "data-build/workplaces.py: hand-entered", "grade": "E"}
    lines = []
    for code, text in INDUSTRIES.items():
        parts = [(part.partition(":")[0], part.partition(":")[2]) if ":" in part else (part[0], part[1:]) for part in text.split()]
        total = sum(float(share) for _, share in parts)
        lines += [(code, industry, round(float(share) / total, 4)) for industry, share in parts]
    write_table(DATA, "occupation_industries", None, ("soc_code", "industry", "share"), lines,
                source="estimate after the industry-occupation matrix of the U.S. Bureau of Labor Statistics", **own)  # fmt: skip
    public = []
    for code, text in PUBLIC.items():
        body, share = text[0], float(text[1:])
        factors = {country: (*factor, 1.0)["OPQS".index(body)] for country, factor in FACTOR.items()}
        public.append((code, body, *(share if share == 1 else round(min(share * factors[country], 0.98), 3) for country in COUNTRIES)))
    write_table(DATA, "public_work", None, ("soc_code", "section", *COUNTRIES), public,
                source="estimate after the industry-occupation matrix of the U.S. Bureau of Labor Statistics; other countries by their "
                "shares of public employment", **own)  # fmt: skip
    for country, bodies in BODIES.items():
        write_table(DATA, "public_employers", country, ("section", "pattern", "weight"),
                    [(body, pattern, float(weight)) for body, patterns in bodies.items() for pattern, weight in patterns.items()],
                    source="own list of how public bodies are called", **own)  # fmt: skip
    write_table(DATA, "commuting", None, ("country_code", "reach_km", "people_per_company", "least_companies"), COMMUTING,
                source="estimate: distances after INSEE Première 1948 (2023) for France, else own; companies per person after "
                "Eurostat SBS, Census SUSB and national registers", **own)  # fmt: skip


if __name__ == "__main__":
    main()
