"""Titles of industries in the languages of the countries; a translation of the titles of ISIC revision 4, in the order of LANGUAGES.

Code|German|French|Spanish|Portuguese|Vietnamese|Japanese.
"""

LANGUAGES = ("de", "fr", "es", "pt", "vi", "ja")
TITLES = """
0111|Anbau von Getreide, Hülsenfrüchten und Ölsaaten|Culture de céréales, légumineuses et graines oléagineuses|Cultivo de cereales, leguminosas y semillas oleaginosas|Cultivo de cereais, leguminosas e oleaginosas|Trồng ngũ cốc, đậu và cây có hạt chứa dầu|穀類・豆類・油糧種子作農業
0141|Haltung von Rindern|Élevage de bovins|Explotación de ganado bovino|Criação de bovinos|Chăn nuôi trâu, bò|牛飼養業
0161|Dienstleistungen für den Pflanzenbau|Activités de soutien aux cultures|Actividades de apoyo a la agricultura|Atividades de apoio à agricultura|Hoạt động dịch vụ trồng trọt|耕種サービス業
1010|Schlachten und Fleischverarbeitung|Transformation et conservation de la viande|Procesado y conservación de carne|Abate e fabricação de produtos de carne|Chế biến và bảo quản thịt|食肉加工業
1071|Herstellung von Backwaren|Boulangerie et pâtisserie|Fabricación de pan y productos de panadería|Fabricação de produtos de panificação|Sản xuất các loại bánh|パン・菓子製造業
1410|Herstellung von Bekleidung|Fabrication de vêtements|Confección de prendas de vestir|Confecção de peças do vestuário|May trang phục|衣服製造業
1811|Drucken|Imprimerie|Artes gráficas|Impressão|In ấn|印刷業
2220|Herstellung von Kunststoffwaren|Fabrication de produits en plastique|Fabricación de productos de plástico|Fabricação de produtos de plástico|Sản xuất sản phẩm từ plastic|プラスチック製品製造業
2511|Stahl- und Leichtmetallbau|Fabrication de structures métalliques|Fabricación de estructuras metálicas|Fabricação de estruturas metálicas|Sản xuất các cấu kiện kim loại|建設用金属製品製造業
2592|Oberflächenveredlung und mechanische Bearbeitung von Metallen|Traitement et usinage des métaux|Tratamiento y mecanizado de metales|Tratamento e usinagem de metais|Gia công cơ khí; xử lý và tráng phủ kim loại|金属表面処理・機械加工業
2610|Herstellung von elektronischen Bauelementen und Leiterplatten|Fabrication de composants et cartes électroniques|Fabricación de componentes y circuitos electrónicos|Fabricação de componentes eletrônicos|Sản xuất linh kiện điện tử|電子部品製造業
2822|Herstellung von Werkzeugmaschinen|Fabrication de machines-outils|Fabricación de máquinas herramienta|Fabricação de máquinas-ferramenta|Sản xuất máy công cụ và máy tạo hình kim loại|金属加工機械製造業
3100|Herstellung von Möbeln|Fabrication de meubles|Fabricación de muebles|Fabricação de móveis|Sản xuất giường, tủ, bàn, ghế|家具製造業
3250|Herstellung von medizinischen und zahnmedizinischen Apparaten|Fabrication d'instruments médicaux et dentaires|Fabricación de instrumentos médicos y odontológicos|Fabricação de instrumentos médicos e odontológicos|Sản xuất thiết bị, dụng cụ y tế, nha khoa|医療・歯科用機器製造業
3510|Elektrizitätsversorgung|Production, transport et distribution d'électricité|Producción, transporte y distribución de energía eléctrica|Geração, transmissão e distribuição de energia elétrica|Sản xuất, truyền tải và phân phối điện|電気業
3600|Wasserversorgung|Captage, traitement et distribution d'eau|Captación, depuración y distribución de agua|Captação, tratamento e distribuição de água|Khai thác, xử lý và cung cấp nước|水道業
3811|Sammlung nicht gefährlicher Abfälle|Collecte des déchets non dangereux|Recogida de residuos no peligrosos|Coleta de resíduos não perigosos|Thu gom rác thải không độc hại|一般廃棄物収集業
4100|Bau von Gebäuden|Construction de bâtiments|Construcción de edificios|Construção de edifícios|Xây dựng nhà các loại|建築工事業
4290|Sonstiger Tiefbau|Construction d'autres ouvrages de génie civil|Construcción de otros proyectos de ingeniería civil|Construção de outras obras de infraestrutura|Xây dựng công trình kỹ thuật dân dụng khác|その他の土木工事業
4321|Elektroinstallation|Travaux d'installation électrique|Instalaciones eléctricas|Instalações elétricas|Lắp đặt hệ thống điện|電気工事業
4322|Gas-, Wasser-, Heizungs- und Klimainstallation|Plomberie, chauffage et climatisation|Fontanería, calefacción y aire acondicionado|Instalações hidráulicas, de aquecimento e ar condicionado|Lắp đặt hệ thống cấp, thoát nước, sưởi và điều hòa không khí|管工事業
4330|Sonstiger Ausbau|Travaux de finition|Acabado de edificios|Obras de acabamento|Hoàn thiện công trình xây dựng|建築仕上工事業
4520|Instandhaltung und Reparatur von Kraftwagen|Entretien et réparation de véhicules automobiles|Mantenimiento y reparación de vehículos de motor|Manutenção e reparação de veículos automotores|Bảo dưỡng, sửa chữa ô tô|自動車整備業
4630|Großhandel mit Nahrungsmitteln, Getränken und Tabakwaren|Commerce de gros de produits alimentaires, boissons et tabac|Comercio al por mayor de alimentos, bebidas y tabaco|Comércio atacadista de alimentos, bebidas e fumo|Bán buôn thực phẩm, đồ uống và thuốc lá|飲食料品卸売業
4649|Großhandel mit sonstigen Gebrauchsgütern|Commerce de gros d'autres biens domestiques|Comercio al por mayor de otros artículos de uso doméstico|Comércio atacadista de outros artigos domésticos|Bán buôn đồ dùng khác cho gia đình|その他の家庭用品卸売業
4659|Großhandel mit sonstigen Maschinen|Commerce de gros d'autres machines|Comercio al por mayor de otra maquinaria|Comércio atacadista de outras máquinas|Bán buôn máy móc, thiết bị khác|産業機械器具卸売業
4711|Einzelhandel mit Nahrungsmitteln in Verkaufsräumen|Commerce de détail alimentaire en magasin non spécialisé|Comercio al por menor con predominio de alimentos|Comércio varejista de mercadorias com predominância de alimentos|Bán lẻ lương thực, thực phẩm trong cửa hàng tổng hợp|各種食料品小売業
4752|Einzelhandel mit Metallwaren, Anstrichmitteln und Glas|Commerce de détail de quincaillerie, peintures et verre|Comercio al por menor de ferretería, pintura y vidrio|Comércio varejista de ferragens, tintas e vidros|Bán lẻ đồ ngũ kim, sơn, kính|金物・塗料・ガラス小売業
4771|Einzelhandel mit Bekleidung und Schuhen|Commerce de détail d'habillement et de chaussures|Comercio al por menor de prendas de vestir y calzado|Comércio varejista de vestuário e calçados|Bán lẻ hàng may mặc, giày dép|衣服・履物小売業
4791|Versand- und Internet-Einzelhandel|Vente à distance|Comercio al por menor por correspondencia o Internet|Comércio varejista por internet|Bán lẻ qua internet hoặc đặt hàng qua thư|通信販売小売業
4922|Sonstige Personenbeförderung im Landverkehr|Autres transports terrestres de voyageurs|Otro transporte terrestre de pasajeros|Outros transportes terrestres de passageiros|Vận tải hành khách đường bộ khác|その他の道路旅客運送業
4923|Güterbeförderung im Straßenverkehr|Transport routier de fret|Transporte de mercancías por carretera|Transporte rodoviário de carga|Vận tải hàng hóa bằng đường bộ|道路貨物運送業
5210|Lagerei|Entreposage et stockage|Depósito y almacenamiento|Armazenamento|Kho bãi và lưu giữ hàng hóa|倉庫業
5320|Kurierdienste|Activités de courrier|Actividades de mensajería|Atividades de entrega|Chuyển phát|宅配業
5510|Hotels und Pensionen|Hébergement touristique de courte durée|Servicios de alojamiento de corta duración|Hotéis e similares|Dịch vụ lưu trú ngắn ngày|宿泊業
5610|Restaurants und Gaststätten|Restaurants et restauration mobile|Restaurantes y puestos de comidas|Restaurantes e serviços móveis de alimentação|Nhà hàng và dịch vụ ăn uống lưu động|飲食店
5630|Ausschank von Getränken|Débits de boissons|Establecimientos de bebidas|Bares e serviços de bebidas|Dịch vụ phục vụ đồ uống|バー・酒場
5820|Verlegen von Software|Édition de logiciels|Edición de programas informáticos|Edição de software|Xuất bản phần mềm|ソフトウェア出版業
6110|Leitungsgebundene Telekommunikation|Télécommunications filaires|Telecomunicaciones por cable|Telecomunicações por fio|Hoạt động viễn thông có dây|固定電気通信業
6201|Programmierungstätigkeiten|Programmation informatique|Actividades de programación informática|Desenvolvimento de programas de computador|Lập trình máy vi tính|受託開発ソフトウェア業
6202|IT-Beratung und Betrieb von Datenverarbeitungsanlagen|Conseil et gestion d'installations informatiques|Consultoría y gestión de instalaciones informáticas|Consultoria e gestão em informática|Tư vấn máy vi tính và quản trị hệ thống|情報処理コンサルティング業
6311|Datenverarbeitung und Hosting|Traitement de données et hébergement|Proceso de datos y hosting|Tratamento de dados e hospedagem|Xử lý dữ liệu, cho thuê máy chủ|情報処理サービス業
6419|Kreditinstitute|Autres intermédiations monétaires|Otra intermediación monetaria|Outras intermediações monetárias|Hoạt động trung gian tiền tệ khác|その他の金融仲介業
6622|Versicherungsvertreter und -makler|Agents et courtiers d'assurances|Agentes y corredores de seguros|Corretores e agentes de seguros|Đại lý và môi giới bảo hiểm|保険代理・仲立業
6810|Vermietung und Verkauf eigener Immobilien|Activités immobilières sur biens propres ou loués|Actividades inmobiliarias por cuenta propia|Atividades imobiliárias de imóveis próprios|Kinh doanh bất động sản thuộc sở hữu hoặc đi thuê|不動産賃貸・売買業
6820|Vermittlung und Verwaltung von Immobilien|Activités immobilières pour compte de tiers|Actividades inmobiliarias por cuenta de terceros|Intermediação e gestão de imóveis|Tư vấn, môi giới bất động sản|不動産仲介・管理業
6910|Rechtsberatung|Activités juridiques|Actividades jurídicas|Atividades jurídicas|Hoạt động pháp luật|法律サービス業
6920|Wirtschaftsprüfung, Steuerberatung und Buchführung|Comptabilité, audit et conseil fiscal|Contabilidad, auditoría y asesoría fiscal|Contabilidade, auditoria e consultoria tributária|Kế toán, kiểm toán và tư vấn thuế|会計・監査・税務業
7020|Unternehmensberatung|Conseil de gestion|Consultoría de gestión empresarial|Consultoria em gestão empresarial|Tư vấn quản lý|経営コンサルタント業
7110|Architektur- und Ingenieurbüros|Architecture et ingénierie|Servicios técnicos de arquitectura e ingeniería|Serviços de arquitetura e engenharia|Hoạt động kiến trúc và tư vấn kỹ thuật|建築設計・エンジニアリング業
7310|Werbung|Publicité|Publicidad|Publicidade|Quảng cáo|広告業
7710|Vermietung von Kraftwagen|Location de véhicules automobiles|Alquiler de vehículos de motor|Locação de automóveis|Cho thuê xe có động cơ|自動車賃貸業
7820|Befristete Überlassung von Arbeitskräften|Agences de travail temporaire|Empresas de trabajo temporal|Locação de mão de obra temporária|Cung ứng lao động tạm thời|労働者派遣業
7911|Reisebüros|Agences de voyage|Agencias de viajes|Agências de viagens|Đại lý du lịch|旅行代理業
8121|Allgemeine Gebäudereinigung|Nettoyage général des bâtiments|Limpieza general de edificios|Limpeza em prédios|Vệ sinh chung nhà cửa|建物清掃業
8549|Sonstiger Unterricht|Autres enseignements|Otra educación|Outras atividades de ensino|Giáo dục khác|その他の教育業
8620|Arzt- und Zahnarztpraxen|Pratique médicale et dentaire|Actividades médicas y odontológicas|Atividades médicas e odontológicas|Hoạt động của các phòng khám đa khoa, chuyên khoa và nha khoa|医科・歯科診療所
8710|Pflegeheime|Établissements de soins pour personnes dépendantes|Asistencia en establecimientos residenciales con cuidados|Instituições de longa permanência com cuidados de saúde|Chăm sóc, điều dưỡng tập trung|介護施設業
9311|Betrieb von Sportanlagen|Exploitation d'installations sportives|Gestión de instalaciones deportivas|Gestão de instalações esportivas|Hoạt động của các cơ sở thể thao|スポーツ施設提供業
9000|Kreative und künstlerische Tätigkeiten|Activités créatives et artistiques|Actividades de creación artística|Atividades artísticas e criativas|Hoạt động sáng tác, nghệ thuật và giải trí|創作・芸術業
4772|Apotheken und Drogerien|Pharmacies et parfumeries|Farmacias y perfumerías|Farmácias e perfumarias|Bán lẻ thuốc, dụng cụ y tế, mỹ phẩm|医薬品・化粧品小売業
5110|Personenbeförderung in der Luftfahrt|Transports aériens de passagers|Transporte aéreo de pasajeros|Transporte aéreo de passageiros|Vận tải hành khách hàng không|航空旅客運送業
5813|Verlegen von Zeitungen und Zeitschriften|Édition de journaux et de revues|Edición de periódicos y revistas|Edição de jornais e revistas|Xuất bản báo, tạp chí|新聞・雑誌出版業
7210|Forschung und Entwicklung in Natur- und Ingenieurwissenschaften|Recherche-développement en sciences naturelles et ingénierie|Investigación y desarrollo en ciencias naturales e ingeniería|Pesquisa e desenvolvimento em ciências naturais e engenharia|Nghiên cứu khoa học tự nhiên và kỹ thuật|自然科学・工学研究開発業
8010|Private Wach- und Sicherheitsdienste|Activités de sécurité privée|Actividades de seguridad privada|Atividades de segurança privada|Hoạt động bảo vệ tư nhân|警備業
8130|Garten- und Landschaftsbau|Services d'aménagement paysager|Servicios de jardinería y paisajismo|Serviços de paisagismo|Dịch vụ chăm sóc cảnh quan|造園・緑地管理業
8510|Kindergärten und Grundschulen|Enseignement préprimaire et primaire|Educación preescolar y primaria|Educação infantil e ensino fundamental|Giáo dục mầm non và tiểu học|就学前・初等教育業
8521|Weiterführende allgemeinbildende Schulen|Enseignement secondaire général|Educación secundaria general|Ensino médio geral|Giáo dục trung học|中等教育業
8530|Hochschulen|Enseignement supérieur|Educación superior|Educação superior|Giáo dục đại học|高等教育業
8610|Krankenhäuser|Activités hospitalières|Actividades de hospitales|Atividades hospitalares|Hoạt động của các bệnh viện|病院
8890|Sonstiges Sozialwesen|Autre action sociale sans hébergement|Otros servicios sociales sin alojamiento|Outros serviços sociais sem alojamento|Hoạt động trợ giúp xã hội không tập trung khác|その他の社会福祉事業
9521|Reparatur von Geräten der Unterhaltungselektronik|Réparation de produits électroniques grand public|Reparación de electrónica de consumo|Reparação de eletrônicos de consumo|Sửa chữa thiết bị điện tử dân dụng|家庭用電子機器修理業
9601|Wäscherei und chemische Reinigung|Blanchisserie-teinturerie|Lavado y limpieza de prendas|Lavanderias e tinturarias|Giặt là, làm sạch các sản phẩm dệt và lông thú|洗濯業
9602|Friseur- und Kosmetiksalons|Coiffure et soins de beauté|Peluquería y otros tratamientos de belleza|Cabeleireiros e tratamentos de beleza|Cắt tóc, làm đầu, gội đầu|理容・美容業
"""


def titles(language: str) -> dict[str, str]:
    """Code to title; empty for English, which has those of ISIC."""
    if language not in LANGUAGES:
        return {}
    rows = [line.split("|") for line in TITLES.strip().splitlines()]
    assert all(len(row) == 1 + len(LANGUAGES) for row in rows)
    return {row[0]: row[1 + LANGUAGES.index(language)] for row in rows}
