"""streets_<CC>.csv: street names with weights, compiled by hand and from lists of names in use.

requires: mimesis==22.2.0 (street_tails.py)

For the United States (Census TIGER, by the National League of Cities) and Great Britain (Ordnance Survey) the counts of
the most common names are published; elsewhere the order of the most common names is published (Deutsche Post and ZEIT,
La Poste, INE, IBGE, press), the counts are not; their rarer names are in street_tails.py. What follows the published names is an estimate, with weights that fall
as 1 / (rank + 3), slower in lists that are not in order. In Canada the names depend on
the province: French ones in Quebec. Names that combine freely with a kind of way are multiplied out.
"""

from __future__ import annotations

import csv
from pathlib import Path

from street_tails import TAILS, by_settlement

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"


def names(text: str, separator: str = ",") -> list[str]:
    return [" ".join(name.split()) for name in text.split(separator) if name.strip()]


def ranked(listed: list[str], first: float = 100.0, offset: int = 3) -> list[tuple[str, float]]:
    """Weights that fall as 1 / (rank + offset), the first name's being `first`."""
    return [(name, first * (1 + offset) / (rank + offset)) for rank, name in enumerate(listed, 1)]


def combined(stems: list[tuple[str, float]], kinds: list[tuple[str, float]], pattern: str, cut: float) -> list[tuple[str, float]]:
    """Every stem with every kind, without the combinations that weigh less than `cut` of the whole."""
    whole = sum(weight for _, weight in stems) * sum(weight for _, weight in kinds)
    made = [
        (pattern.format(name=name, kind=kind), weight * share) for name, weight in stems for kind, share in kinds
        if name.split()[-1] != kind
    ]  # fmt: skip
    return [(name, weight) for name, weight in made if weight >= cut * whole]


US_COUNTS = {
    "Second": 10866, "Third": 10131, "First": 9898, "Fourth": 9190, "Park": 8926, "Fifth": 8186, "Main": 7644, "Sixth": 7283,
    "Oak": 6946, "Seventh": 6377, "Pine": 6170, "Maple": 6103, "Cedar": 5644, "Eighth": 5524, "Elm": 5233, "Valley View": 2600,
    "Washington": 4974, "Ninth": 4908, "Lake": 4901, "Hill": 4877,
}  # fmt: skip
US_MORE = names(
    "Walnut, Spring, North, Ridge, Lincoln, Church, Willow, Mill, Sunset, Railroad, Jackson, Cherry, West, South, Center, "
    "Highland, Johnson, Forest, River, Meadow, East, Chestnut, Hickory, Franklin, Jefferson, Adams, Madison, Dogwood, Sycamore, "
    "Birch, Poplar, Spruce, Laurel, Magnolia, Locust, Ash, Hillcrest, Lakeview, Fairview, Riverside, Woodland, College, School, "
    "Union, Grant, Monroe, Wilson, Smith, Davis, Prospect, Pleasant, Green, Broad, Market, Court, Front, Water, Mountain View, "
    "Country Club, Hillside, Meadowbrook, Greenwood, Sherwood, Colonial, Heritage, Cottage, Orchard, Vine, Holly, Rose, Ivy, "
    "Clover, Juniper, Aspen, Cypress, Redwood, Linden, Beech, Mulberry, Peach, Plum, Deer Run, Fox Run, Quail Run, Timber, "
    "Stone, Rock, Canyon, Mesa, Prairie, Garden, Summit, Crest, Bay, Harbor, Shore, Beach, Ocean, Island, Liberty, Freedom, "
    "Independence, Victory, Eagle, Hawk, Cardinal, Robin, Dove, Swan, Heron, Wildwood, Brookside, Creekside, Parkview, "
    "Westwood, Eastwood, Northwood, Oakwood, Pinewood, Cedarwood, Maplewood, Elmwood, Edgewood, Kings, Queens, Windsor, "
    "Cambridge, Oxford, Canterbury, Bristol, Essex, Sussex, Devon, Warwick, Lexington, Concord, Princeton, Yale, Harvard, "
    "Stanford, Cornell, Columbia, Dartmouth, Belmont, Arlington, Lee, Clay, Polk, Taylor, Tyler, Pierce, Cleveland, Roosevelt, "
    "Kennedy, Hamilton, Marshall, Henry, Charles, George, William, James, John, Mary, Elizabeth, Anna, Tenth, Eleventh, "
    "Twelfth, Thirteenth, Fourteenth, Fifteenth"
)
US_KINDS = [
    ("Street", 27.0), ("Avenue", 18.0), ("Road", 14.0), ("Drive", 14.0), ("Lane", 9.0), ("Court", 6.0), ("Way", 3.5),
    ("Place", 3.0), ("Circle", 3.0), ("Boulevard", 1.5), ("Trail", 0.8), ("Terrace", 0.7),
]  # fmt: skip

GB_COUNTS = {
    "High Street": 5410, "Station Road": 3811, "Main Street": 2702, "Park Road": 2473, "Church Road": 2195,
    "Church Street": 2141, "London Road": 1976, "Victoria Road": 1942, "Green Lane": 1902, "Manor Road": 1797,
    "Church Lane": 1733, "Park Avenue": 1620, "The Avenue": 1556, "The Crescent": 1500, "Queens Road": 1465,
    "New Road": 1431, "Grange Road": 1383, "Kings Road": 1357, "Kingsway": 1300, "Windsor Road": 1281,
    "Highfield Road": 1263, "Mill Lane": 1259, "Alexander Road": 1100, "York Road": 1219, "St John's Road": 1219,
    "Main Road": 1207, "Broadway": 1190, "King Street": 1181, "The Green": 1172, "Springfield Road": 1167,
    "George Street": 1148, "Park Lane": 1141, "Victoria Street": 1095, "Albert Road": 1095, "Queensway": 1070,
    "New Street": 1040, "Queen Street": 1030, "West Street": 1022, "North Street": 1008, "Manchester Road": 1006,
    "The Grove": 1003, "Richmond Road": 998, "Grove Road": 974, "South Street": 962, "School Lane": 954, "The Drive": 946,
    "North Road": 941, "Stanley Road": 929, "Chester Road": 927, "Mill Road": 913,
}  # fmt: skip
GB_STEMS = names(
    "Albert, Albion, Alma, Ashfield, Balmoral, Beech, Belmont, Birch, Bridge, Brook, Cambridge, Castle, Cedar, Chapel, Chestnut, "
    "Clarence, Cliff, Coronation, Cromwell, Dale, Derby, Devonshire, Edward, Elm, Elmfield, Fairfield, Farm, Garden, George, "
    "Gladstone, Gloucester, Hall, Hawthorn, Heath, Henry, Hillside, Hilltop, Holly, Holmes, James, Jubilee, Laburnum, Lancaster, "
    "Larch, Laurel, Lime, Lincoln, Linden, Lodge, Maple, Marlborough, Meadow, Milton, Moor, Mount, Nelson, Norfolk, Oak, "
    "Oakfield, Orchard, Oxford, Poplar, Priory, Prospect, Queen, Rectory, Regent, Rose, Rowan, Russell, Salisbury, Shakespeare, "
    "Somerset, Spring, Stafford, Stanley, Station, Stratford, Sycamore, Tennyson, Vicarage, Victoria, Warwick, Waterloo, Well, "
    "Wellington, Westfield, William, Willow, Windmill, Wood, Woodland, Woodside, Wordsworth, York"
)
GB_KINDS = [
    ("Road", 30.0), ("Street", 18.0), ("Close", 16.0), ("Avenue", 10.0), ("Lane", 8.0), ("Drive", 7.0), ("Way", 4.0),
    ("Court", 2.5), ("Place", 2.5), ("Gardens", 2.5), ("Crescent", 2.5), ("Terrace", 2.0), ("Grove", 2.0),
]  # fmt: skip

DE = names(
    "Hauptstraße, Dorfstraße, Schulstraße, Bahnhofstraße, Gartenstraße, Bergstraße, Lindenstraße, Birkenweg, Kirchstraße, "
    "Waldstraße, Ringstraße, Schillerstraße, Amselweg, Goethestraße, Jahnstraße, Wiesenweg, Buchenweg, Feldstraße, Mühlenweg, "
    "Friedhofstraße, Rosenweg, Ahornweg, Finkenweg, Lindenweg, Wiesenstraße, Industriestraße, Rosenstraße, Mozartstraße, Am Bahnhof, "
    "Kirchweg, Eichenweg, Drosselweg, Mittelstraße, Erlenweg, Mühlstraße, Lerchenweg, Poststraße, Fliederweg, Tannenweg, "
    "Beethovenstraße, Schulweg, Kirchplatz, Am Sportplatz, Meisenweg, Bachstraße, Neue Straße, Sonnenstraße, Blumenstraße, "
    "Marktplatz, Brunnenstraße, Uhlandstraße, Talstraße, Im Winkel, Heideweg, Lessingstraße, Nelkenweg, Tulpenweg, Eichendorffstraße, "
    "Parkstraße, Waldweg, Burgstraße, Mozartweg, Hochstraße, Fichtenweg, Wilhelmstraße, Dahlienweg, Schlossstraße, Bismarckstraße, "
    "Steinweg, Breslauer Straße, Königsberger Straße, Danziger Straße, Berliner Straße, Hohlweg, Kastanienweg, Friedrichstraße, "
    "Kiefernweg, Grüner Weg, Am Hang, Raiffeisenstraße, Ulmenweg, Siedlungsstraße, Karlstraße, Dieselstraße, Stettiner Straße, "
    "Am Anger, Alte Dorfstraße, Im Wiesengrund, Starenweg, Sudetenstraße, Eschenweg, Höhenweg, Schützenstraße, Robert-Koch-Straße, "
    "Friedrich-Ebert-Straße, Kapellenweg, Turmstraße, Am Berg, Wagnerstraße, Haydnstraße, Am Wald, Weinbergstraße, Südstraße, "
    "Nordstraße, Weststraße, Oststraße, Sandweg, Fasanenweg, Falkenweg, Habichtweg, Kornblumenweg, Veilchenweg, Asternweg, "
    "Ginsterweg, Lärchenweg, Lange Straße, Kurze Straße, Breite Straße, Kolpingstraße, Adalbert-Stifter-Straße, Gerhart-Hauptmann-Straße, "
    "Hermann-Löns-Straße, Thomas-Mann-Straße, Albert-Schweitzer-Straße, Albert-Einstein-Straße, Rudolf-Diesel-Straße, "
    "Werner-von-Siemens-Straße, Robert-Bosch-Straße, Max-Planck-Straße, Otto-Hahn-Straße, Röntgenstraße, Kantstraße, Hegelstraße, "
    "Humboldtstraße, Brahmsstraße, Schubertstraße, Händelstraße, Rückertstraße, Hölderlinstraße, Mörikestraße, Kleiststraße, "
    "Heinrich-Heine-Straße, Theodor-Storm-Straße, Fontanestraße, Fritz-Reuter-Straße, Gutenbergstraße, Dürerstraße, Lutherstraße, "
    "Pestalozzistraße, Kirchgasse, Schulgasse, Hintergasse, Mühlgasse, Obergasse, Untergasse, Neugasse, Pfarrgasse, Bachgasse, "
    "Brückenstraße, Uferstraße, Seestraße, Hafenstraße, Am Mühlbach, Am Bach, Am Teich, Am See, An der Mühle, Zum Sportplatz, "
    "Zur Mühle, In der Au, Auf der Höhe, Im Grund, Am Kirchberg, Am Friedhof, Am Park, Stadtplatz, Rathausplatz, Rathausstraße, "
    "Bürgerstraße, Königstraße, Kaiserstraße, Luisenstraße, Augustastraße, Charlottenstraße, Ludwigstraße, Maximilianstraße, "
    "Leopoldstraße, Moltkestraße, Hindenburgstraße, August-Bebel-Straße, Rosa-Luxemburg-Straße, Karl-Marx-Straße, Ernst-Thälmann-Straße, "
    "Thomas-Müntzer-Straße, Clara-Zetkin-Straße, Straße der Einheit, Platz der Einheit, Straße des Friedens, Käthe-Kollwitz-Straße, "
    "Geschwister-Scholl-Straße, Konrad-Adenauer-Straße, Theodor-Heuss-Straße, Kurt-Schumacher-Straße, Willy-Brandt-Straße, "
    "Münchner Straße, Frankfurter Straße, Hamburger Straße, Leipziger Straße, Dresdner Straße, Kölner Straße, Stuttgarter Straße, "
    "Nürnberger Straße, Augsburger Straße, Regensburger Straße, Ulmer Straße, Bremer Straße, Lübecker Straße, Magdeburger Straße"
)

FR = names(
    "Rue de l'Église, Place de l'Église, Grande Rue, Rue du Moulin, Place de la Mairie, Rue du Château, Rue des Écoles, "
    "Rue de la Gare, Rue de la Mairie, Rue Principale, Rue du Stade, Rue de la Fontaine, Rue Pasteur, Rue des Jardins, "
    "Rue Victor Hugo, Rue Jean Jaurès, Rue Jules Ferry, Rue de la République, Rue de la Paix, Rue des Tilleuls, "
    "Rue du Général de Gaulle, Rue des Lilas, Rue du Lavoir, Rue des Acacias, Rue de Verdun, Rue Gambetta, Impasse des Lilas, "
    "Rue du Cimetière, Rue de la Forge, Rue Émile Zola, Rue des Vignes, Rue des Champs, Rue du 8 Mai 1945, Rue du 11 Novembre, "
    "Rue des Prés, Rue de la Poste, Rue du Pont, Rue Saint-Martin, Rue Haute, Rue Basse, Rue Neuve, Rue des Roses, "
    "Rue de la Liberté, Avenue de la Gare, Avenue du Général de Gaulle, Avenue Jean Jaurès, Avenue de la République, "
    "Place de la République, Place du Marché, Chemin des Vignes, Chemin du Moulin, Chemin de la Fontaine, Allée des Tilleuls, "
    "Allée des Acacias, Allée des Chênes, Boulevard de la République, Boulevard Victor Hugo, Route de Paris, Route de Lyon, "
    "Route Nationale, Impasse du Moulin, Impasse des Jardins, Ruelle de l'Église, Rue Saint-Pierre, Rue Saint-Jean, Rue Saint-Michel, "
    "Rue Notre-Dame, Rue de l'Hôtel de Ville, Rue de l'Abbaye, Rue du Presbytère, Rue du Puits, Rue du Four, Rue de la Croix, "
    "Rue du Bois, Rue de la Forêt, Rue des Chênes, Rue des Peupliers, Rue des Marronniers, Rue des Cerisiers, Rue des Bleuets, "
    "Rue des Coquelicots, Rue des Primevères, Rue des Violettes, Rue des Hirondelles, Rue des Alouettes, Rue des Rossignols, "
    "Rue du Soleil, Rue Voltaire, Rue Molière, Rue Jean Moulin, Rue Anatole France, Rue Marcel Pagnol, Rue Antoine de Saint-Exupéry, "
    "Rue Jacques Prévert, Rue George Sand, Rue Marie Curie, Rue Pierre et Marie Curie, Rue Louis Pasteur, Rue Claude Monet, "
    "Rue Georges Clemenceau, Rue du Maréchal Foch, Rue du Maréchal Leclerc, Rue Aristide Briand, Rue Léon Blum, Rue Paul Bert, "
    "Rue Denis Papin, Rue Ampère, Rue Lavoisier, Rue Descartes, Rue Montaigne, Rue Lamartine, Rue Alphonse Daudet, Rue Jules Verne, "
    "Rue Honoré de Balzac, Rue Paul Verlaine, Rue Arthur Rimbaud, Rue Charles Baudelaire, Rue de Bretagne, Rue de Normandie, "
    "Rue d'Alsace, Rue de Lorraine, Rue de Provence, Rue des Alpes, Rue des Pyrénées, Rue du Commerce, Rue des Artisans, "
    "Rue de l'Industrie, Rue de la Source, Rue du Ruisseau, Rue de la Rivière, Rue du Canal, Quai de la Loire, Rue du Port"
)

ES = names(
    "Calle Mayor, Calle Real, Calle Iglesia, Calle Nueva, Plaza Mayor, Calle Constitución, Plaza de España, Calle San José, "
    "Calle Fuente, Calle San Antonio, Calle Cervantes, Calle San Juan, Calle del Sol, Calle San Pedro, Calle Miguel de Cervantes, "
    "Calle San Sebastián, Calle Santa Ana, Calle San Roque, Calle Huertas, Calle Eras, Calle Ramón y Cajal, Calle La Paz, "
    "Avenida de la Constitución, Calle San Isidro, Calle Federico García Lorca, Calle Antonio Machado, Calle Goya, Calle Velázquez, "
    "Calle Colón, Calle Carretas, Calle Madrid, Calle Sevilla, Calle Granada, Calle Valencia, Calle Barcelona, Calle Zaragoza, "
    "Calle Toledo, Calle Córdoba, Calle Málaga, Calle Cádiz, Calle Extremadura, Calle Andalucía, Calle Galicia, Calle Asturias, "
    "Calle Navarra, Calle Aragón, Avenida de Andalucía, Avenida de España, Avenida de Madrid, Avenida de la Libertad, "
    "Avenida de Europa, Avenida del Mediterráneo, Avenida Juan Carlos I, Plaza de la Constitución, Plaza de la Iglesia, "
    "Plaza del Ayuntamiento, Paseo de la Estación, Paseo del Prado, Calle Estación, Calle Molino, Calle Olivo, Calle Rosales, "
    "Calle Jazmín, Calle Azahar, Calle Almendro, Calle Naranjo, Calle Pino, Calle Encina, Calle Castillo, Calle Cruz, Calle Ermita, "
    "Calle Hospital, Calle Escuelas, Calle Ancha, Calle Larga, Calle Corta, Calle Alta, Calle Baja, Calle Norte, Calle Sur, "
    "Calle Oriente, Calle Poniente, Calle Luna, Calle Estrella, Calle Libertad, Calle Esperanza, Calle Virgen del Carmen, "
    "Calle Virgen del Pilar, Calle Nuestra Señora del Rosario, Calle San Miguel, Calle San Francisco, Calle San Andrés, "
    "Calle San Vicente, Calle Santa María, Calle Santiago, Calle Santa Teresa, Calle Lope de Vega, Calle Calderón de la Barca, "
    "Calle Quevedo, Calle Góngora, Calle Pablo Picasso, Calle Murillo, Calle Juan Ramón Jiménez, Calle Miguel Hernández, "
    "Calle Rosalía de Castro, Calle Pío Baroja, Calle Benito Pérez Galdós, Calle Gran Vía, Calle Doctor Fleming, Calle Isaac Peral, "
    "Calle Hernán Cortés, Calle Pizarro, Calle Magallanes, Ronda Norte, Ronda Sur, Travesía Mayor, Calle Tejares, Calle Pozo"
)

BR = names(
    "Rua São José, Rua Sete de Setembro, Rua Quinze de Novembro, Rua São Paulo, Rua Santos Dumont, Avenida Brasil, Rua Tiradentes, "
    "Rua Duque de Caxias, Rua Santa Catarina, Rua Rui Barbosa, Rua São João, Rua Minas Gerais, Rua Santo Antônio, Rua Paraná, "
    "Rua Bahia, Rua Amazonas, Rua Rio de Janeiro, Rua Pernambuco, Rua Ceará, Rua Goiás, Rua Mato Grosso, Rua Espírito Santo, "
    "Rua Maranhão, Rua Pará, Rua Rio Grande do Sul, Rua Rio Branco, Rua Barão do Rio Branco, Avenida Getúlio Vargas, "
    "Rua Marechal Deodoro, Rua Marechal Floriano, Rua Dom Pedro I, Rua Dom Pedro II, Rua Princesa Isabel, Rua José Bonifácio, "
    "Rua Castro Alves, Rua Machado de Assis, Rua Olavo Bilac, Rua Monteiro Lobato, Rua Carlos Gomes, Rua Joaquim Nabuco, "
    "Rua Osvaldo Cruz, Rua Benjamin Constant, Rua General Osório, Rua Almirante Barroso, Rua Treze de Maio, Rua Primeiro de Maio, "
    "Rua Vinte e Um de Abril, Rua Nove de Julho, Avenida Presidente Vargas, Avenida Independência, Avenida Paulista, "
    "Avenida São Paulo, Avenida Central, Avenida Beira Rio, Rua da Paz, Rua das Flores, Rua das Palmeiras, Rua das Acácias, "
    "Rua dos Ipês, Rua das Rosas, Rua dos Lírios, Rua das Orquídeas, Rua das Violetas, Rua dos Cravos, Rua Projetada, Rua Nova, "
    "Rua Boa Vista, Rua Bela Vista, Rua do Comércio, Rua da Matriz, Rua da Igreja, Rua do Rosário, Rua do Carmo, Rua da Liberdade, "
    "Rua São Francisco, Rua São Pedro, Rua São Sebastião, Rua São Luís, Rua São Vicente, Rua São Jorge, Rua São Miguel, Rua Santa Rita, "
    "Rua Santa Luzia, Rua Santa Cruz, Rua Santa Maria, Rua Nossa Senhora Aparecida, Rua Nossa Senhora de Fátima, Rua Padre Anchieta, "
    "Rua Padre Cícero, Rua Anita Garibaldi, Rua Bento Gonçalves, Rua Tamandaré, Rua Campos Sales, Rua Prudente de Morais, "
    "Rua Floriano Peixoto, Rua Juscelino Kubitschek, Rua Tancredo Neves, Rua Alagoas, Rua Sergipe, Rua Piauí, Rua Paraíba, "
    "Rua Argentina, Rua Uruguai, Rua Portugal, Rua Itália, Rua Alemanha, Rua Espanha, Travessa São José, Travessa da Paz, "
    "Praça da Matriz, Praça da República, Alameda dos Anjos, Alameda Santos"
)

VN = names(
    "Trần Hưng Đạo, Lê Lợi, Nguyễn Trãi, Lý Thường Kiệt, Hùng Vương, Quang Trung, Nguyễn Huệ, Lê Duẩn, Hai Bà Trưng, Lê Hồng Phong, "
    "Nguyễn Văn Cừ, Trần Phú, Điện Biên Phủ, Nguyễn Thị Minh Khai, Phan Đình Phùng, Phan Bội Châu, Phan Chu Trinh, Bà Triệu, "
    "Ngô Quyền, Lê Thánh Tông, Nguyễn Du, Nguyễn Tri Phương, Hoàng Văn Thụ, Trường Chinh, Cách Mạng Tháng Tám, Lê Lai, Đinh Tiên Hoàng, "
    "Hoàng Diệu, Nguyễn Công Trứ, Tôn Đức Thắng, Võ Thị Sáu, Nguyễn Đình Chiểu, Lý Thái Tổ, Lê Đại Hành, Nguyễn Thái Học, "
    "Phạm Ngũ Lão, Nguyễn Bỉnh Khiêm, Lê Quý Đôn, Ngô Gia Tự, Hoàng Hoa Thám, Trần Quang Khải, Trần Quốc Toản, Yết Kiêu, Bạch Đằng, "
    "Lê Văn Lương, Phạm Văn Đồng, Võ Nguyên Giáp, Nguyễn Văn Linh, Võ Văn Kiệt, Nguyễn Hữu Thọ, Huỳnh Thúc Kháng, Nguyễn Khuyến, "
    "Tô Hiến Thành, Chu Văn An, Mạc Đĩnh Chi, Cao Thắng, Tô Hiệu, Lạc Long Quân, Âu Cơ, Thống Nhất, Giải Phóng, Độc Lập, "
    "Hòa Bình, Đống Đa, Tây Sơn, Xô Viết Nghệ Tĩnh, Nam Kỳ Khởi Nghĩa, Ba Tháng Hai, Ba Mươi Tháng Tư, Mười Chín Tháng Tám, Đồng Khởi, "
    "Pasteur, Alexandre de Rhodes, Nguyễn Văn Trỗi, Trần Nhân Tông, Trần Thái Tông, Nguyễn Chí Thanh, Nguyễn Lương Bằng, "
    "Phùng Hưng, Mai Hắc Đế, Triệu Việt Vương, Bùi Thị Xuân, Cao Bá Quát, Đặng Văn Ngữ, Đào Duy Anh, Hàn Thuyên, Kim Mã, "
    "Láng Hạ, Lương Thế Vinh, Ngọc Hồi, Nguyễn Phong Sắc, Nguyễn Sơn, Phan Đăng Lưu, Tạ Quang Bửu, Thái Phiên, Thanh Niên, "
    "Tôn Thất Tùng, Trần Cao Vân, Trần Đại Nghĩa, Trần Khánh Dư, Trần Khát Chân, Xuân Thủy, Hồ Xuân Hương, Đoàn Thị Điểm, "
    "Lê Thanh Nghị, Nguyễn Thượng Hiền, Nguyễn Trường Tộ, Phan Kế Bính, Tăng Bạt Hổ, Tuệ Tĩnh, Vạn Kiếp, Hàm Nghi, Duy Tân, Thành Thái"
)

CA_STEMS = names(
    "King, Queen, Main, Victoria, Church, Albert, Wellington, Park, Maple, Elm, Oak, Pine, Cedar, Birch, Spruce, Ontario, "
    "Simcoe, George, William, John, James, Mary, Elizabeth, Charles, Edward, Alexander, Duke, Princess, Prince, Regent, "
    "Station, Railway, Mill, River, Lake, Lakeshore, Hill, Hillcrest, Highland, Mountain, Valley, Forest, Meadow, Orchard, "
    "Garden, Spring, Sunset, Centre, Market, Front, Water, Bay, Bridge, Union, Dominion, Confederation, Macdonald, Laurier, "
    "Mackenzie, Borden, Dufferin, Wilson, Campbell, Cameron, Stewart, Robertson, Fraser, Murray, Douglas, Thompson, College, "
    "School, University, Pleasant, Willow, Poplar, Chestnut, Walnut, Ash, Beech, Cherry, Rose, Heather, Thistle, Windsor, York, "
    "Lancaster, Kent, Sussex, Essex, Durham, Northumberland, Cartier, Champlain, Cabot, Hudson, Beaver, Moose, Eagle, Heron, "
    "Pioneer, Heritage, Colonial, Loyalist, Concession, Town Line, First, Second, Third, Fourth, Fifth"
)
CA_KINDS = [("Street", 34.0), ("Avenue", 22.0), ("Road", 16.0), ("Drive", 12.0), ("Crescent", 8.0), ("Lane", 4.0), ("Court", 4.0)]
QUEBEC = names(
    "Rue Principale, Rue Notre-Dame, Rue Saint-Joseph, Rue de l'Église, Rue Saint-Jean, Rue Saint-Pierre, Rue Sainte-Anne, "
    "Rue Saint-Louis, Rue du Moulin, Rue Saint-Charles, Rue Sainte-Marie, Rue Saint-Antoine, Rue des Érables, Rue des Pins, "
    "Rue des Bouleaux, Rue Papineau, Rue Laurier, Rue Cartier, Rue Champlain, Rue Frontenac, Rue Montcalm, Rue Lafontaine, "
    "Rue de la Gare, Rue du Parc, Rue Victoria, Rue Saint-Paul, Rue Saint-Jacques, Rue Saint-François, Rue Saint-Georges, "
    "Rue Saint-Michel, Rue de la Montagne, Rue du Lac, Rue de la Rivière, Rue des Cèdres, Rue des Lilas, Rue des Rosiers, "
    "Avenue du Parc, Avenue Laurier, Avenue Royale, Avenue des Pins, Boulevard Saint-Laurent, Boulevard René-Lévesque, "
    "Boulevard Laurier, Boulevard des Laurentides, Chemin du Lac, Chemin de la Montagne, Chemin Saint-Louis, Rang Saint-Joseph, "
    "Montée Sainte-Marie, Place du Marché"
)

IN_STEMS = names(
    "Station, Gandhi, Nehru, Mahatma Gandhi, Market, Temple, Church, Main, Ring, Park, College, Hospital, School, Lake, Bazaar, "
    "Subhash, Tilak, Patel, Sardar Patel, Ambedkar, Rajiv Gandhi, Indira Gandhi, Jawahar, Lajpat, Azad, Shivaji, Tagore, "
    "Vivekananda, Netaji, Bose, Bhagat Singh, Rana Pratap, Ashok, Akbar, Shahjahan, Rajendra Prasad, Radhakrishnan, Nanak, "
    "Civil Lines, Cantonment, Residency, Fort, Palace, Garden, Garden View, River, Canal, Hill, Mill, Industrial, Bank, Court, "
    "Library, Museum, Stadium, Airport, Old Delhi, Bombay, Calcutta, Madras, Agra, Kanpur, Jaipur, Lucknow, Pune, Mysore, "
    "Laxmi, Ganesh, Krishna, Ram, Shiv, Durga, Hanuman, Sai, Gurudwara, Masjid, Dargah, Vinayak, Balaji, Ashram"
)
IN_KINDS = [("Road", 46.0), ("Nagar", 15.0), ("Street", 13.0), ("Marg", 10.0), ("Colony", 8.0), ("Lane", 5.0), ("Chowk", 3.0)]

JP = [(f"{number}丁目", weight) for number, weight in ((1, 34.0), (2, 28.0), (3, 18.0), (4, 10.0), (5, 6.0), (6, 3.0), (7, 1.0))]

# Bands of house numbers: from, to, weight. Streets are mostly short; American numbers count by blocks of a hundred.
EUROPE = [(1, 9, 30.0), (10, 19, 22.0), (20, 39, 24.0), (40, 79, 15.0), (80, 159, 7.0), (160, 399, 2.0)]
NUMBERS = {
    "US": [(1, 99, 7.0), (100, 999, 37.0), (1000, 1999, 16.0), (2000, 4999, 20.0), (5000, 9999, 11.0), (10000, 19999, 9.0)],
    "CA": [(1, 99, 22.0), (100, 999, 43.0), (1000, 1999, 14.0), (2000, 4999, 14.0), (5000, 12999, 7.0)],
    "DE": EUROPE, "FR": [(1, 9, 27.0), (10, 19, 21.0), (20, 49, 27.0), (50, 99, 13.0), (100, 299, 8.0), (300, 999, 3.0), (1000, 2500, 1.0)],
    "ES": [(1, 9, 32.0), (10, 19, 22.0), (20, 39, 21.0), (40, 79, 14.0), (80, 149, 7.0), (150, 320, 4.0)],
    "GB": [(1, 9, 26.0), (10, 19, 20.0), (20, 49, 29.0), (50, 99, 15.0), (100, 199, 7.0), (200, 499, 3.0)],
    "BR": [(1, 99, 14.0), (100, 999, 60.0), (1000, 1999, 17.0), (2000, 4999, 9.0)],
    "VN": [(1, 49, 34.0), (50, 149, 34.0), (150, 399, 24.0), (400, 1200, 8.0)],
    "IN": [(1, 99, 50.0), (100, 399, 32.0), (400, 999, 18.0)],
    "JP": [(1, 9, 52.0), (10, 19, 31.0), (20, 39, 17.0)],
}  # fmt: skip
# What may stand after the number, by local custom.
SUFFIXES = {
    "US": [("", 100.0)], "CA": [("", 100.0)], "DE": [("", 88.0), ("a", 6.0), ("b", 3.5), ("c", 1.7), ("d", 0.8)],
    "FR": [("", 95.0), (" bis", 4.2), (" ter", 0.8)], "ES": [("", 100.0)], "GB": [("", 95.5), ("A", 3.2), ("B", 1.3)],
    "BR": [("", 100.0)], "VN": [("", 92.0), ("A", 3.5), ("B", 2.5), ("C", 2.0)],
    "IN": [("", 84.0), ("-A", 8.0), ("-B", 5.0), ("-C", 3.0)],
    "JP": [(f"-{number}", 100 / (number + 3)) for number in range(1, 21)],
}  # fmt: skip


def streets() -> dict[str, tuple[list[tuple[str, float]], str, str]]:
    """By country: names with weights, source, grade."""
    us = [*((name, float(count)) for name, count in US_COUNTS.items()), *ranked(US_MORE, 4_800, 60)]
    gb = [(name, float(count)) for name, count in GB_COUNTS.items()]
    more = [pair for pair in combined(ranked(GB_STEMS, 100, 100), GB_KINDS, "{name} {kind}", 2e-4) if pair[0] not in GB_COUNTS]
    scale = 160_000 / sum(weight for _, weight in more)
    return {
        "US": (combined(us, US_KINDS, "{name} {kind}", 1e-4), "US Census Bureau TIGER counts of the 20 most common names "
               "(National League of Cities, 1993); the rest estimated", "C"),
        "GB": (gb + [(name, weight * scale) for name, weight in more], "Ordnance Survey, most common street names; the rest "
               "estimated", "C"),
        "DE": (ranked(DE), "Deutsche Post Direkt and ZEIT ONLINE (2018): order of the most common names; weights estimated", "E"),
        "FR": (ranked(FR), "La Poste: order of the most common names; weights estimated", "E"),
        "ES": (ranked(ES), "INE, callejero del censo electoral: order of the most common names; weights estimated", "E"),
        "BR": (ranked(BR), "IBGE (CNEFE): common names; weights estimated", "E"),
        "VN": (ranked(VN), "names found in most Vietnamese cities; weights estimated", "E"),
        "IN": (combined(ranked(IN_STEMS, 100, 30), IN_KINDS, "{name} {kind}", 3e-4), "common elements of street names; weights "
               "estimated", "E"),
        "JP": (JP, "numbers of chome; weights estimated", "E"),
    }  # fmt: skip


def canadian() -> list[tuple[str, str, float]]:
    """English names in all provinces but Quebec, French ones there; each province's weights add up to its population."""
    with open(DATA / "states_CA.csv", encoding="utf-8", newline="") as file:
        people = {row["state_code"]: float(row["weight"]) for row in csv.DictReader(file)}
    english = combined(ranked(CA_STEMS, 100, 40), CA_KINDS, "{name} {kind}", 7e-4)
    rows = []
    for code, population in people.items():
        listed = ranked(QUEBEC, 100, 10) if code == "CA-QC" else english
        scale = population / sum(weight for _, weight in listed)
        rows += [(code, name, weight * scale) for name, weight in listed]
    return rows


def main() -> None:
    write_table(DATA, "streets", "CA", ("state_code", "street", "weight"), [(c, s, round(w, 3)) for c, s, w in canadian()],
                source="names found in most Canadian towns; weights estimated", grade="E", licence="own compilation (MIT)",
                date="2026-11", method="data-build/streets.py: hand-entered")  # fmt: skip
    for country in NUMBERS:
        write_table(DATA, "house_numbers", country, ("low", "high", "weight"), NUMBERS[country], source="estimate", grade="E",
                    method="data-build/streets.py: hand-entered bands", licence="own compilation (MIT)", date="2026-11")  # fmt: skip
        write_table(DATA, "house_suffixes", country, ("suffix", "weight"), [(t, round(w, 3)) for t, w in SUFFIXES[country]],
                    source="estimate", grade="E", method="data-build/streets.py: hand-entered",
                    licence="own compilation (MIT)", date="2026-11")  # fmt: skip
    common = {"licence": "public facts; own compilation (MIT)", "date": "2026-11"}
    for country, (rows, source, grade) in streets().items():
        if country in TAILS:
            settled = by_settlement(country, rows)
            write_table(DATA, "streets", country, ("settlement", "street", "weight"), settled, grade="E",
                        source=f"{source}; names in use: mimesis 22.2.0", licence="public facts; MIT (mimesis)", date="2026-11",
                        method="data-build/street_tails.py: published order, rarer names in use, weights estimated by settlement")  # fmt: skip
            print(country, len({street for _, street, _ in settled}), len(settled))
            continue
        table = [(name, round(weight, 3)) for name, weight in rows]
        assert len({name for name, _ in table}) == len(table), country
        write_table(DATA, "streets", country, ("street", "weight"), table, source=source, grade=grade,
                    method="data-build/streets.py: hand-entered", **common)  # fmt: skip
        print(country, len(table))


if __name__ == "__main__":
    main()
