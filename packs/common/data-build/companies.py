"""Companies: legal forms, sectors, industries, name parts, sizes, ages, departments.

Needs the standard library and datamimic only. Names are put together from invented syllables and trade words; no name of
a real company is in the tables (one may coincide, as any short word may).

Industries are classes of ISIC revision 4 under their official titles (United Nations; free to use). Shares of sectors
are estimates by country (sizes: company_sizes.py); shares of legal forms are estimates in the order of the national registers; minimum capital is that of the law.
"""

from __future__ import annotations

from pathlib import Path

from company_sizes import CLASSES
from company_titles import titles

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
DATE = "2026-11"

# section | label in the languages below | industries: ISIC class = title
LANGUAGES = ("en", "de", "fr", "es", "pt", "vi", "ja")
SECTIONS = """
A|Agriculture|Landwirtschaft|Agriculture|Agricultura|Agropecuária|Nông nghiệp|農業
C|Manufacturing|Verarbeitendes Gewerbe|Industrie manufacturière|Industria manufacturera|Indústria de transformação|Sản xuất|製造業
D|Energy supply|Energieversorgung|Énergie|Suministro de energía|Energia|Năng lượng|エネルギー供給業
E|Water and waste|Wasser und Entsorgung|Eau et déchets|Agua y residuos|Água e resíduos|Nước và môi trường|水道・廃棄物処理業
F|Construction|Baugewerbe|Construction|Construcción|Construção|Xây dựng|建設業
G|Wholesale and retail trade|Handel|Commerce|Comercio|Comércio|Thương mại|卸売業・小売業
H|Transport and logistics|Verkehr und Logistik|Transport et logistique|Transporte y logística|Transporte e logística|Vận tải và kho bãi|運輸業
I|Hotels and restaurants|Gastgewerbe|Hébergement et restauration|Hostelería|Alojamento e alimentação|Lưu trú và ăn uống|宿泊業・飲食サービス業
J|Information technology|Information und Kommunikation|Informatique et communication|Información y comunicaciones|Tecnologia da informação|Công nghệ thông tin|情報通信業
K|Finance and insurance|Finanz- und Versicherungsdienstleistungen|Finance et assurance|Finanzas y seguros|Finanças e seguros|Tài chính và bảo hiểm|金融業・保険業
L|Real estate|Immobilien|Immobilier|Actividades inmobiliarias|Atividades imobiliárias|Bất động sản|不動産業
M|Professional services|Freiberufliche Dienstleistungen|Activités spécialisées|Actividades profesionales|Serviços profissionais|Tư vấn chuyên môn|専門サービス業
N|Business services|Unternehmensdienstleistungen|Services aux entreprises|Servicios auxiliares|Serviços administrativos|Dịch vụ hỗ trợ|事業支援サービス業
P|Education|Bildung|Enseignement|Educación|Educação|Giáo dục|教育・学習支援業
Q|Health|Gesundheitswesen|Santé|Sanidad|Saúde|Y tế|医療・福祉
R|Culture and leisure|Kultur und Freizeit|Culture et loisirs|Cultura y ocio|Cultura e lazer|Văn hóa và giải trí|娯楽業
S|Other services|Sonstige Dienstleistungen|Autres services|Otros servicios|Outros serviços|Dịch vụ khác|生活関連サービス業
"""
INDUSTRIES = """
A|0111|Growing of cereals (except rice), leguminous crops and oil seeds|3
A|0141|Raising of cattle and buffaloes|2
A|0161|Support activities for crop production|1
C|1010|Processing and preserving of meat|2
C|1071|Manufacture of bakery products|4
C|1410|Manufacture of wearing apparel, except fur apparel|2
C|1811|Printing|2
C|2220|Manufacture of plastics products|3
C|2511|Manufacture of structural metal products|4
C|2592|Treatment and coating of metals; machining|3
C|2610|Manufacture of electronic components and boards|2
C|2822|Manufacture of metal-forming machinery and machine tools|2
C|3100|Manufacture of furniture|3
C|3250|Manufacture of medical and dental instruments and supplies|1
D|3510|Electric power generation, transmission and distribution|1
E|3600|Water collection, treatment and supply|1
E|3811|Collection of non-hazardous waste|1
F|4100|Construction of buildings|4
F|4290|Construction of other civil engineering projects|1
F|4321|Electrical installation|3
F|4322|Plumbing, heat and air-conditioning installation|3
F|4330|Building completion and finishing|4
G|4520|Maintenance and repair of motor vehicles|3
G|4630|Wholesale of food, beverages and tobacco|2
G|4649|Wholesale of other household goods|2
G|4659|Wholesale of other machinery and equipment|2
G|4711|Retail sale in non-specialized stores with food, beverages or tobacco predominating|3
G|4752|Retail sale of hardware, paints and glass in specialized stores|2
G|4771|Retail sale of clothing, footwear and leather articles in specialized stores|3
G|4772|Retail sale of pharmaceutical and medical goods, cosmetic and toilet articles in specialized stores|1
G|4791|Retail sale via mail order houses or via Internet|2
H|4922|Other passenger land transport|1
H|4923|Freight transport by road|4
H|5110|Passenger air transport|0.1
H|5210|Warehousing and storage|2
H|5320|Courier activities|1
I|5510|Short term accommodation activities|2
I|5610|Restaurants and mobile food service activities|6
I|5630|Beverage serving activities|2
J|5813|Publishing of newspapers, journals and periodicals|1
J|5820|Software publishing|2
J|6110|Wired telecommunications activities|1
J|6201|Computer programming activities|4
J|6202|Computer consultancy and computer facilities management activities|3
J|6311|Data processing, hosting and related activities|1
K|6419|Other monetary intermediation|1
K|6622|Activities of insurance agents and brokers|3
L|6810|Real estate activities with own or leased property|3
L|6820|Real estate activities on a fee or contract basis|2
M|6910|Legal activities|2
M|6920|Accounting, bookkeeping and auditing activities; tax consultancy|3
M|7020|Management consultancy activities|3
M|7110|Architectural and engineering activities and related technical consultancy|3
M|7210|Research and experimental development on natural sciences and engineering|0.5
M|7310|Advertising|2
N|7710|Renting and leasing of motor vehicles|1
N|7820|Temporary employment agency activities|1
N|7911|Travel agency activities|1
N|8010|Private security activities|0.7
N|8121|General cleaning of buildings|3
N|8130|Landscape care and maintenance service activities|1
P|8510|Pre-primary and primary education|0.6
P|8521|General secondary education|0.4
P|8530|Higher education|0.1
P|8549|Other education n.e.c.|2
Q|8610|Hospital activities|0.15
Q|8620|Medical and dental practice activities|3
Q|8710|Residential nursing care facilities|1
Q|8890|Other social work activities without accommodation|1
R|9311|Operation of sports facilities|1
R|9000|Creative, arts and entertainment activities|1
S|9521|Repair of consumer electronics|1
S|9601|Washing and (dry-), cleaning of textile and fur products|2
S|9602|Hairdressing and other beauty treatment|5
"""
# Trade words by section and language, in the order of LANGUAGES, words separated by commas.
WORDS = """
A|Farms,Agro|Agrar,Landtechnik|Agricole,Semences|Agraria,Semillas|Agropecuária,Sementes|Nông Sản,Nông Nghiệp|アグリ,農産
C|Manufacturing,Metalworks,Plastics,Tools|Maschinenbau,Metallbau,Kunststofftechnik,Werkzeuge|Industries,Mécanique,Plasturgie|Industrial,Metalúrgica,Plásticos|Indústria,Metalúrgica,Plásticos|Cơ Khí,Nhựa,Sản Xuất|製作所,工業,精機
D|Energy,Power|Energie,Stromversorgung|Énergie,Électricité|Energía,Eléctrica|Energia,Elétrica|Năng Lượng,Điện|エナジー,電力
E|Water,Recycling|Entsorgung,Wassertechnik|Environnement,Recyclage|Aguas,Reciclaje|Ambiental,Saneamento|Môi Trường,Cấp Nước|環境,リサイクル
F|Construction,Builders,Electrical|Bau,Haustechnik,Elektrotechnik|Bâtiment,Construction,Électricité|Construcciones,Instalaciones,Obras|Construções,Engenharia,Instalações|Xây Dựng,Cơ Điện|建設,電設,工務店
G|Trading,Supplies,Stores|Handel,Vertrieb,Markt|Distribution,Négoce,Fournitures|Comercial,Distribuciones,Suministros|Comércio,Distribuidora,Atacado|Thương Mại,Phân Phối|商事,販売,商店
H|Logistics,Freight,Transport|Logistik,Spedition,Transporte|Transports,Logistique|Transportes,Logística|Transportes,Logística|Vận Tải,Logistics|運輸,物流
I|Hospitality,Kitchens,Hotels|Gastronomie,Hotelbetriebe|Restauration,Hôtellerie|Hostelería,Restauración|Alimentação,Hotelaria|Nhà Hàng,Khách Sạn|フーズ,ホテル
J|Software,Systems,Data,Networks|Software,Systeme,Datentechnik|Logiciels,Systèmes,Numérique|Software,Sistemas,Informática|Sistemas,Software,Informática|Công Nghệ,Phần Mềm|システムズ,ソフト,情報
K|Capital,Brokers|Finanz,Versicherungsmakler|Finance,Courtage|Financiera,Correduría|Financeira,Corretora|Tài Chính,Bảo Hiểm|ファイナンス,保険
L|Properties,Realty|Immobilien,Hausverwaltung|Immobilier,Gestion|Inmobiliaria,Promociones|Imóveis,Imobiliária|Bất Động Sản,Địa Ốc|不動産,ハウジング
M|Consulting,Engineering,Design|Beratung,Ingenieure,Planung|Conseil,Ingénierie,Études|Consultores,Ingeniería,Asesores|Consultoria,Engenharia,Projetos|Tư Vấn,Thiết Kế|コンサルティング,設計
N|Services,Staffing,Travel|Dienstleistungen,Gebäudereinigung,Personal|Services,Propreté,Intérim|Servicios,Limpiezas,Viajes|Serviços,Limpeza,Turismo|Dịch Vụ,Du Lịch|サービス,クリーン
P|Learning,Academy|Akademie,Bildung|Formation,Académie|Formación,Academia|Educação,Cursos|Giáo Dục,Đào Tạo|教育,アカデミー
Q|Health,Care|Gesundheit,Pflege|Santé,Soins|Salud,Cuidados|Saúde,Cuidados|Y Tế,Dược|メディカル,ケア
R|Sports,Events|Sport,Veranstaltungen|Loisirs,Événements|Deportes,Eventos|Esportes,Eventos|Giải Trí,Sự Kiện|スポーツ,イベント
S|Salon,Laundry|Friseur,Reinigung|Coiffure,Pressing|Peluquería,Lavandería|Salão,Lavanderia|Thẩm Mỹ,Giặt Ủi|美容,クリーニング
"""
DEPARTMENTS = """
Accounting|Buchhaltung|Comptabilité|Contabilidad|Contabilidade|Kế toán|経理部
Finance|Finanzen|Finances|Finanzas|Finanças|Tài chính|財務部
Human Resources|Personal|Ressources humaines|Recursos humanos|Recursos humanos|Nhân sự|人事部
Sales|Vertrieb|Ventes|Ventas|Vendas|Kinh doanh|営業部
Marketing|Marketing|Marketing|Marketing|Marketing|Tiếp thị|マーケティング部
Customer Service|Kundenservice|Service client|Atención al cliente|Atendimento ao cliente|Chăm sóc khách hàng|カスタマーサービス部
Research and Development|Forschung und Entwicklung|Recherche et développement|Investigación y desarrollo|Pesquisa e desenvolvimento|Nghiên cứu và phát triển|研究開発部
Information Technology|Informationstechnik|Informatique|Informática|Tecnologia da informação|Công nghệ thông tin|情報システム部
Production|Produktion|Production|Producción|Produção|Sản xuất|製造部
Quality Assurance|Qualitätssicherung|Qualité|Calidad|Qualidade|Đảm bảo chất lượng|品質保証部
Purchasing|Einkauf|Achats|Compras|Compras|Mua hàng|購買部
Logistics|Logistik|Logistique|Logística|Logística|Hậu cần|物流部
Legal|Recht|Juridique|Asesoría jurídica|Jurídico|Pháp chế|法務部
Management|Geschäftsleitung|Direction|Dirección|Diretoria|Ban giám đốc|経営企画部
Engineering|Konstruktion|Ingénierie|Ingeniería|Engenharia|Kỹ thuật|技術部
Facilities|Gebäudemanagement|Services généraux|Servicios generales|Facilities|Hành chính|総務部
Public Relations|Öffentlichkeitsarbeit|Communication|Comunicación|Comunicação|Truyền thông|広報部
Internal Audit|Interne Revision|Audit interne|Auditoría interna|Auditoria interna|Kiểm toán nội bộ|内部監査室
Data Protection|Datenschutz|Protection des données|Protección de datos|Proteção de dados|Bảo vệ dữ liệu|個人情報保護室
Training|Aus- und Weiterbildung|Formation|Formación|Treinamento|Đào tạo|人材育成部
"""
LANGUAGE_OF = {"US": "en", "CA": "en", "GB": "en", "IN": "en", "DE": "de", "FR": "fr", "ES": "es", "BR": "pt", "VN": "vi", "JP": "ja"}
# Of companies with employees, per cent by section, in the order of SECTIONS: estimates after the sources of `SECTOR_SOURCES`.
SECTOR_SHARES = {
    "US": "A0.4 C4.1 D0.1 E0.3 F12.2 G15.5 H3.4 I9.1 J1.4 K4 L5.5 M13.8 N5.8 P1.6 Q11 R2.2 S11.5",
    "CA": "A4 C3.9 D0.2 E0.3 F11.8 G14.5 H5.8 I6.7 J1.8 K4 L5.2 M12.4 N5 P1.3 Q10.5 R1.7 S10",
    "DE": "A1 C6.3 D2.3 E0.4 F11.7 G16.6 H3.2 I6.6 J4.2 K2 L6.2 M15.4 N6.4 P2.6 Q7.1 R3.2 S6.2",
    "GB": "A3.9 C6 D0.2 E0.5 F14.5 G17.5 H5 I10.5 J5.8 K2.2 L4 M12.6 N8.6 P2 Q5 R2.2 S6",
    "FR": "A1.5 C5.6 D0.9 E0.3 F13.6 G17.5 H5 I7.5 J4.7 K4.4 L7 M14.5 N5.5 P3.5 Q5.5 R2.6 S6",
    "ES": "A1 C6.7 D0.5 E0.3 F12.9 G22.6 H5.6 I11 J2.3 K2 L4.5 M11.5 N5.5 P3.3 Q4.6 R2.6 S6",
    "BR": "A2 C8 D0.1 E0.3 F5.5 G36 H5 I7 J3 K2 L2 M7.5 N9 P3 Q5 R1.5 S4",
    "IN": "A3.5 C20 D1 E0.5 F9 G14 H2.5 I2 J8 K6 L5 M16 N6 P2.5 Q1.5 R1 S3",
    "JP": "A1.5 C10.5 D0.3 E0.5 F16 G21 H3 I7.5 J2.8 K1.5 L9 M7.5 N4 P1.6 Q6.5 R2 S6",
    "VN": "A1.6 C15.5 D0.4 E0.3 F13.5 G38 H5.5 I3.7 J2.5 K0.6 L3.5 M8.5 N5 P1.3 Q0.4 R0.8 S0.8",
}
SECTOR_SOURCES = {
    "US": "Census Bureau, Statistics of US Businesses", "CA": "Statistics Canada, Canadian Business Counts", "DE": "Destatis, Unternehmensregister",
    "GB": "Business population estimates (employers)", "FR": "Insee, Sirene and Ésane", "ES": "INE, DIRCE", "BR": "IBGE, Cadastro Central de Empresas",
    "IN": "Ministry of Corporate Affairs", "JP": "Economic Census", "VN": "General Statistics Office, White Book on enterprises",
}  # fmt: skip
# form | how the name is written | minimum share capital (national currency; empty without share capital) | smallest size class
# that uses it | weight | first and last day on which one could be founded | sections of ISIC that use it (empty: all). Size
# classes: micro, small, medium, large. Days: the commencement of the law that made the form, or made it as it is.
FORMS = {
    "US": ["LLC|{name} LLC||micro|48|1977-03-04||", "Inc.|{name}, Inc.|0|micro|34|1811-03-22||", "Corp.|{name} Corp.|0|small|10|1811-03-22||",
           "LP|{name} LP||micro|4|1822-04-17||K,L,F", "LLP|{name} LLP||micro|4|1991-08-26||M,Q"],
    "CA": ["Inc.|{name} Inc.|0.01|micro|62|1867-07-01||", "Ltd.|{name} Ltd.|0.01|micro|30|1867-07-01||", "Corp.|{name} Corp.|0.01|small|6|1867-07-01||",
           "LP|{name} LP||micro|2|1867-07-01||K,L"],
    "DE": ["GmbH|{name} GmbH|25000|micro|60|1892-05-10||", "UG (haftungsbeschränkt)|{name} UG (haftungsbeschränkt)|1|micro|11|2008-11-01||",
           "GmbH & Co. KG|{name} GmbH & Co. KG||micro|14|1922-07-04||", "AG|{name} AG|50000|small|2|1870-06-11||", "KG|{name} KG||micro|4|1861-05-31||",
           "OHG|{name} OHG||micro|3|1861-05-31||", "e.K.|{name} e.K.||micro|5|1998-07-01||C,F,G,H,I", "SE|{name} SE|120000|medium|0.3|2004-12-29||",
           "eG|{name} eG||small|0.7|1889-05-01||A,D,G,K,L"],
    "VN": ["Công ty TNHH|Công ty TNHH {name}|0|micro|70|1991-04-15||", "Công ty Cổ phần|Công ty Cổ phần {name}|0|micro|27|1991-04-15||",
           "Doanh nghiệp tư nhân|Doanh nghiệp tư nhân {name}||micro|3|1991-04-15||A,C,F,G,H,I"],
    "GB": ["Ltd|{name} Ltd|0.01|micro|92|1855-08-14||", "PLC|{name} PLC|50000|medium|1|1980-12-22||", "LLP|{name} LLP||micro|7|2001-04-06||K,L,M,Q"],
    "FR": ["SARL|{name} SARL|1|micro|40|1925-03-07||", "SAS|{name} SAS|1|micro|48|1994-01-03||", "SA|{name} SA|37000|small|3|1867-07-24||",
           "SCI|SCI {name}|1|micro|40|1978-07-01||L", "SNC|{name} SNC|1|micro|3|1807-09-15||G,I,L"],
    "ES": ["S.L.|{name} S.L.|1|micro|90|1953-07-17||", "S.A.|{name} S.A.|60000|small|7|1869-10-19||", "S.L.U.|{name} S.L.U.|1|micro|3|1995-06-01||"],
    "BR": ["Ltda.|{name} Ltda.|0.01|micro|62|1919-01-10||", "S.A.|{name} S.A.|0.01|small|4|1882-11-04||", "ME|{name} ME||micro|26|1984-11-27||",
           "EPP|{name} EPP||micro|8|1994-03-28||"],
    "IN": ["Pvt Ltd|{name} Pvt Ltd|0.01|micro|82|1914-04-01||", "Ltd|{name} Ltd|0.01|small|8|1857-07-13||", "LLP|{name} LLP||micro|10|2009-04-01||"],
    "JP": ["株式会社|株式会社{name}|1|micro|52|1899-06-16||", "合同会社|合同会社{name}|1|micro|14|2006-05-01||",
           "有限会社|有限会社{name}|3000000|micro|33|1940-01-01|2006-04-30|", "合資会社|合資会社{name}||micro|1|1899-06-16||"],
}  # fmt: skip
# Share capital that companies usually have where the law asks for less (national currency; estimates).
USUAL_CAPITAL = {
    "US": 10_000, "CA": 1_000, "DE": 25_000, "VN": 1_000_000_000, "GB": 100, "FR": 5_000, "ES": 3_000, "BR": 10_000, "IN": 100_000,
    "JP": 3_000_000,
}  # fmt: skip
# How stem and trade word make a name, with weights.
PATTERNS = {
    "en": [("{stem} {word}", 80.0), ("{stem}", 20.0)], "de": [("{stem} {word}", 80.0), ("{stem}", 20.0)],
    "fr": [("{stem} {word}", 75.0), ("{stem}", 25.0)], "es": [("{word} {stem}", 75.0), ("{stem}", 25.0)],
    "pt": [("{stem} {word}", 55.0), ("{word} {stem}", 30.0), ("{stem}", 15.0)], "vi": [("{word} {stem}", 85.0), ("{stem}", 15.0)],
    "ja": [("{stem}{word}", 80.0), ("{stem}", 20.0)],
}  # fmt: skip
STARTS = ["Aber", "Alda", "Amber", "Ander", "Arden", "Arla", "Ashen", "Aven", "Balden", "Baren", "Belden", "Berran", "Blay", "Boren", "Bran", "Brel", "Brin", "Calder", "Cando", "Carden", "Castan", "Cedra", "Celden", "Coran", "Corin", "Dalen", "Daran", "Delma", "Dorin", "Drayen", "Edra", "Elden", "Elmar", "Embry", "Enna", "Eran", "Esken", "Falden", "Faren", "Feldra", "Ferran", "Finla", "Folen", "Galden", "Garen", "Gelda", "Glen", "Goran", "Halden", "Haren", "Helma", "Holden", "Ilda", "Iven", "Jarla", "Jorden", "Kalda", "Karen", "Kelden", "Kester", "Kilda", "Lander", "Laren", "Leven", "Linda", "Loren", "Maren", "Melda", "Merrin", "Miren", "Moran", "Nalda", "Naren", "Nelden", "Norden", "Olden", "Orla", "Pelden", "Perran", "Pinda", "Quill", "Ralden", "Renda", "Rilla", "Rolden", "Salden", "Selma", "Silden", "Solen", "Talden", "Tarra", "Telma", "Toren", "Ulma", "Vanda", "Velden", "Verran", "Wilden", "Zelda"]
ENDS = ["vane", "mont", "wick", "tera", "lune", "mark", "ridge", "cor", "dale", "fern", "gate", "holm", "ista", "jora", "kin", "lix", "mere", "nor", "oria", "pex", "quin", "rand", "sted", "trix", "vex", "wyn"]
JP_STARTS = "アル:aru エル:eru オル:oru カル:karu クラ:kura ケル:keru コル:koru サラ:sara シル:shiru セラ:sera ソラ:sora タラ:tara テル:teru トル:toru ナル:naru ニル:niru ネオ:neo ノル:noru ハル:haru ヒラ:hira フル:furu ベル:beru マル:maru ミラ:mira メル:meru モル:moru ラン:ran リン:rin ルナ:runa レン:ren"
JP_ENDS = "ディア:dia ティス:tisu ネクス:nekusu ノア:noa フィス:fisu マーク:maku ミナ:mina ラス:rasu リア:ria ルクス:rukusu ンド:ndo ータ:ta ロン:ron セル:seru トラ:tora"
MIDDLES = [f"{consonant}{vowel}{end}" for consonant in ("d", "l", "m", "n", "r", "s", "t", "v") for vowel in "aeio" for end in ("", "l", "n")]
JP_MIDDLES = " ".join(f"{kana}:{roman}" for kana, roman in zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ", "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro".split(), strict=True))


def ages(median: float, old: float, oldest: float) -> list[tuple[float, float]]:
    """Quantiles of ages in years: the median, the age of one in twenty, and the oldest."""
    return [(0.0, 0), (0.1, round(median * 0.1, 1)), (0.25, round(median * 0.35, 1)), (0.5, median), (0.7, round(median * 1.9, 1)),
            (0.85, round((median * 2 + old) / 2, 1)), (0.95, old), (0.99, round((old + oldest) / 2, 1)), (1.0, oldest)]  # fmt: skip


AGES = {
    "US": ages(11, 50, 160), "CA": ages(12, 52, 140), "DE": ages(14, 68, 170), "GB": ages(9, 50, 150), "FR": ages(10, 52, 150),
    "ES": ages(13, 48, 130), "BR": ages(8, 40, 120), "VN": ages(6, 23, 34), "IN": ages(9, 42, 130), "JP": ages(30, 75, 150),
}  # fmt: skip


MAILBOXES = [("info", 50.0), ("contact", 18.0), ("office", 14.0), ("hello", 6.0), ("sales", 6.0), ("mail", 6.0)]


def rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


def main() -> None:
    own = {"licence": "own compilation (MIT)", "date": DATE, "grade": "E", "method": "data-build/companies.py: hand-entered"}
    words = own | {"grade": "D"}
    facts = own | {"licence": "public facts", "grade": "C"}
    for country, language in LANGUAGE_OF.items():
        column = LANGUAGES.index(language)
        share_of = {part[0]: float(part[1:]) for part in SECTOR_SHARES[country].split()}
        write_table(DATA, "sectors", country, ("section", "sector", "weight"),
                    [(line[0], line[1 + column], share_of[line[0]]) for line in rows(SECTIONS)],
                    source=f"ISIC revision 4 sections; shares: estimates after {SECTOR_SOURCES[country]}", **(facts | {"grade": "E"}))  # fmt: skip
        write_table(DATA, "company_words", country, ("section", "word", "weight"),
                    [(line[0], word, 1.0) for line in rows(WORDS) for word in line[1 + column].split(",")],
                    source="own list of trade words, all as frequent", **words)  # fmt: skip
        write_table(DATA, "company_name_patterns", country, ("pattern", "weight"), PATTERNS[language], source="estimate", **own)
        write_table(DATA, "departments", country, ("department", "weight"), [(line[column], 1.0) for line in rows(DEPARTMENTS)],
                    source="own list, all as frequent", **words)  # fmt: skip
        forms = []
        classes = [name for name, *_ in CLASSES]
        for text in FORMS[country]:
            form, pattern, capital, smallest, weight, begin, end, used_in = text.split("|")
            for size in classes[classes.index(smallest):]:
                # Small forms thin out among large companies: they have become something else.
                if form.startswith("UG") and size in ("medium", "large"):
                    continue  # with 25,000 euros and more it is a GmbH
                factor = 0.1 if size in ("medium", "large") and form in SMALL_FORMS else 1.0
                amount = 1000 if form.startswith("UG") else max(float(capital or 0), USUAL_CAPITAL[country])
                usual = f"{amount:.10g}" if capital else ""
                forms += [
                    (size, line[0], form, pattern, capital, usual, begin, end, float(weight) * factor)
                    for line in rows(SECTIONS) if not used_in or line[0] in used_in.split(",")
                ]  # fmt: skip
        write_table(DATA, "legal_forms", country,
                    ("size_class", "section", "legal_form", "pattern", "minimum_capital", "usual_capital", "valid_from", "valid_to", "weight"),
                    sorted(forms, key=lambda row: (classes.index(row[0]), row[1])),
                    source="company law of the country (forms, minimum capital, commencement); shares estimated", **(facts | {"grade": "E"}))  # fmt: skip
        table = titles(language)
        write_table(DATA, "industries", country, ("section", "industry_code", "industry", "title", "weight"),
                    [(section, code, title, table.get(code, title), float(weight)) for section, code, title, weight in rows(INDUSTRIES)],
                    source="ISIC revision 4, United Nations Statistics Division; own translation of the titles",
                    url="https://unstats.un.org/unsd/classifications", **(facts | {"grade": "B"}))  # fmt: skip
        write_table(DATA, "company_ages", country, ("probability", "value"), AGES[country],
                    source="estimate after business demography: Eurostat bd_9 and the Census Bureau's BDS (survival to five years about "
                    "half), company law (Viet Nam: since 1991), Teikoku Databank (Japan: median about 30 years)", **own)  # fmt: skip
    write_table(DATA, "company_starts", None, ("text", "roman", "weight"), [(text, text.lower(), 1.0) for text in STARTS],
                source="invented", **words)  # fmt: skip
    write_table(DATA, "company_ends", None, ("text", "roman", "weight"), [(text, text, 1.0) for text in ENDS],
                source="invented", **words)  # fmt: skip
    write_table(DATA, "company_middles", None, ("text", "roman", "weight"), [(text, text, 1.0) for text in MIDDLES],
                source="invented", **words)  # fmt: skip
    write_table(DATA, "company_middles", "JP", ("text", "roman", "weight"), [(*part.split(":"), 1.0) for part in JP_MIDDLES.split()],
                source="invented", **words)  # fmt: skip
    for name, text in (("company_starts", JP_STARTS), ("company_ends", JP_ENDS)):
        write_table(DATA, name, "JP", ("text", "roman", "weight"), [(*part.split(":"), 1.0) for part in text.split()],
                    source="invented", **words)  # fmt: skip
    write_table(DATA, "company_mailboxes", None, ("mailbox", "weight"), MAILBOXES, source="estimate", **own)


SMALL_FORMS = {"UG (haftungsbeschränkt)", "OHG", "e.K.", "SCI", "SNC", "ME", "EPP", "S.L.U.", "LLP", "LP", "有限会社", "合資会社",
               "Doanh nghiệp tư nhân"}  # fmt: skip

if __name__ == "__main__":
    main()
