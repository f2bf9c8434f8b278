"""Merchants: invented names by category, each with its merchant category code, channel and amounts; foreign merchants; employers.

# requires: iso18245==1.4.1

Codes and their descriptions come from iso18245 (MIT). Names are a country's stems joined with a noun of the category in
its language, so no real chain is named on purpose. Amounts are log-normal around medians chosen such that the mean of a US
debit card payment is the $49 of the Nilson report for 2022 (anchor `pay_us_amt`); other countries scale by price level.
"""

from __future__ import annotations

import iso18245
from quantiles import COUNTRIES, CURRENCY, DATA_DIR, KNOTS, PRICE_LEVEL, STEP, lognormal, mean, money

from datamimic.tables.build import write_table

# category: (mcc, channel, share of that channel's payments, median USD, sigma, merchants)
CATEGORIES = {
    "Groceries": ("5411", "pos", 21.0, 36.0, 0.85, 9), "Restaurants": ("5812", "pos", 12.0, 32.0, 0.70, 9),
    "Fast Food": ("5814", "pos", 15.0, 12.0, 0.50, 8), "Bakeries": ("5462", "pos", 5.0, 8.5, 0.45, 6), "Bars": ("5813", "pos", 2.0, 24.0, 0.60, 5),
    "Fuel": ("5541", "pos", 9.5, 41.0, 0.45, 7), "Pharmacies": ("5912", "pos", 5.0, 21.0, 0.80, 6), "Discount Stores": ("5310", "pos", 6.0, 38.0, 0.85, 6),
    "Department Stores": ("5311", "pos", 1.5, 58.0, 0.85, 4), "Clothing": ("5651", "pos", 3.5, 55.0, 0.70, 7), "Shoes": ("5661", "pos", 1.0, 70.0, 0.55, 4),
    "Electronics": ("5732", "pos", 1.6, 105.0, 1.05, 4), "Home Improvement": ("5200", "pos", 2.8, 55.0, 0.95, 5), "Furniture": ("5712", "pos", 0.6, 240.0, 0.90, 4),
    "Books": ("5942", "pos", 0.8, 21.0, 0.60, 4), "Sporting Goods": ("5941", "pos", 0.9, 56.0, 0.75, 4), "Toys and Games": ("5945", "pos", 0.8, 28.0, 0.70, 3),
    "Pet Supplies": ("5995", "pos", 1.3, 42.0, 0.65, 4), "Hair and Beauty": ("7230", "pos", 1.5, 46.0, 0.55, 5), "Car Repair": ("7538", "pos", 0.7, 290.0, 0.85, 4),
    "Taxis": ("4121", "pos", 2.0, 20.0, 0.55, 3), "Public Transport": ("4111", "pos", 2.6, 4.0, 0.60, 3), "Parking": ("7523", "pos", 1.6, 9.0, 0.65, 3),
    "Hotels": ("7011", "pos", 0.5, 175.0, 0.70, 5), "Cinemas": ("7832", "pos", 0.8, 26.0, 0.45, 3), "Fitness": ("7997", "pos", 0.8, 42.0, 0.40, 3),
    "Doctors": ("8011", "pos", 0.7, 65.0, 0.90, 4), "Dentists": ("8021", "pos", 0.3, 150.0, 0.80, 3), "Florists": ("5992", "pos", 0.5, 42.0, 0.45, 3),
    "Online Marketplaces": ("5999", "online", 38.0, 36.0, 0.90, 6), "Digital Media": ("5815", "online", 20.0, 13.0, 0.40, 5), "Online Games": ("5816", "online", 8.0, 14.0, 0.80, 4),
    "Software": ("5817", "online", 8.0, 15.0, 0.75, 4), "Mail Order": ("5964", "online", 16.0, 48.0, 0.80, 5), "Airlines": ("4511", "online", 2.0, 290.0, 0.60, 4),
    "Rail Travel": ("4112", "online", 4.0, 42.0, 0.70, 3), "Event Tickets": ("7922", "online", 4.0, 78.0, 0.65, 3),
    "Utilities": ("4900", "bill", 34.0, 105.0, 0.45, 5), "Telecommunication": ("4814", "bill", 30.0, 62.0, 0.45, 4), "Insurance": ("6300", "bill", 22.0, 95.0, 0.60, 4),
    "Television and Internet": ("4899", "bill", 14.0, 64.0, 0.35, 4),
}  # fmt: skip
NOUNS = {
    "US": "Market|Grill|Burger Shack|Bakery|Taproom|Fuel|Pharmacy|Dollar Depot|Department Store|Clothing Co.|Footwear|Electronics|Hardware & Home|Furniture|Books|Outfitters|Toy Chest|Pet Supply|Salon|Auto Care|Cab Company|Transit|Parking|Inn & Suites|Cinema|Fitness Club|Family Medicine|Dental|Flowers|Online|Streaming|Games|Apps|Catalog|Airways|Railways|Tickets|Energy & Water|Wireless|Insurance|Cable & Internet",
    "GB": "Foods|Kitchen|Chippy|Bakehouse|Arms|Petrol|Chemist|Bargains|Department Store|Clothing|Shoes|Electricals|DIY|Furnishings|Bookshop|Sports|Toys|Pets|Hair Studio|Motors|Taxis|Buses|Car Parks|Hotel|Picture House|Gym|Surgery|Dental Practice|Florist|Online|TV on Demand|Games|Apps|Home Shopping|Air|Trains|Tickets|Energy|Mobile|Insurance|Broadband",
    "DE": "Lebensmittelmarkt|Gasthaus|Imbiss|Bäckerei|Bar|Tankstelle|Apotheke|Sonderposten|Kaufhaus|Modehaus|Schuhhaus|Elektronik|Baumarkt|Möbelhaus|Buchhandlung|Sporthaus|Spielwaren|Tierbedarf|Friseursalon|Autowerkstatt|Taxi|Verkehrsbetriebe|Parkhaus|Hotel|Lichtspiele|Fitnessstudio|Hausarztpraxis|Zahnarztpraxis|Blumen|Onlineshop|Mediathek|Spiele|Apps|Versand|Airlines|Bahnreisen|Tickets|Stadtwerke|Mobilfunk|Versicherung|Kabel & Internet",
    "FR": "Supermarché|Bistrot|Sandwicherie|Boulangerie|Café-bar|Carburants|Pharmacie|Bazar|Grand Magasin|Prêt-à-porter|Chaussures|Électronique|Bricolage|Meubles|Librairie|Sports|Jouets|Animalerie|Coiffure|Garage|Taxis|Transports|Parking|Hôtel|Cinéma|Salle de sport|Cabinet médical|Cabinet dentaire|Fleuriste|Boutique en ligne|Vidéo|Jeux|Applications|Vente à distance|Aérien|Voyages ferroviaires|Billetterie|Énergie|Mobile|Assurances|Internet",
    "VN": "Siêu thị|Nhà hàng|Quán ăn nhanh|Tiệm bánh|Quán bia|Xăng dầu|Nhà thuốc|Cửa hàng giá rẻ|Trung tâm mua sắm|Thời trang|Giày dép|Điện máy|Vật liệu xây dựng|Nội thất|Nhà sách|Thể thao|Đồ chơi|Cửa hàng thú cưng|Salon tóc|Sửa chữa ô tô|Taxi|Xe buýt|Bãi đỗ xe|Khách sạn|Rạp chiếu phim|Phòng tập|Phòng khám|Nha khoa|Hoa tươi|Sàn trực tuyến|Phim trực tuyến|Trò chơi|Ứng dụng|Bán hàng qua mạng|Hàng không|Đường sắt|Vé sự kiện|Điện nước|Viễn thông|Bảo hiểm|Truyền hình cáp",
}  # fmt: skip
STEMS = {
    "US": "Harborview Cedarlane Bluebird Northgate Maplecrest Goldenfield Riverstone Oakhaven Sunnybrook Foxglove Ironbridge Lakewind Prairiehill Redfern Silverpine Willowmere Copperleaf Stonegate Brightwater Meadowlark Juniper Kestrel Larkspur",
    "GB": "Ashcombe Birchwick Thornbury Hartsmere Kingsley Oakfield Wrenford Millbrook Redmoor Silverdale Elmstead Foxley Greystone Hollins Larkfield Marlowe Netherby Pennard Quayside Ravenscar",
    "DE": "Sonnental Birkenhof Lindenau Rotfuchs Silbersee Kastanie Nordlicht Eichenhain Steinbrück Falkenberg Mühlental Wiesengrund Ahornhof Brunnenthal Herzogstein Königsaue Rabenfels Tannengrund Ulmenhof Weidenbach",
    "FR": "Bellerive Clairbois Montfleur Valdoré Rochebrune Beaucèdre Hautepierre Solenne Marivaux Fontclaire Boisjoli Grandval Lavandine Mirabeline Olivette Perceval Ruisselet Tilleuls Vertmont Aubépine",
    "VN": "Hoa Sen|Ánh Dương|Sao Mai|Bình Minh|Phương Nam|Thiên Hà|Đại Lộc|Hồng Hà|Minh Khang|An Phú|Trường Thịnh|Việt Xanh|Ngọc Lan|Kim Ngân|Tân Tiến|Hòa Bình Xanh|Lộc Phát|Thanh Trúc",
}  # fmt: skip
EMPLOYERS = {
    "US": ("{} Industries Inc.", "{} Health System", "{} Logistics LLC", "{} Software Inc.", "{} Unified School District"),
    "GB": ("{} Engineering Ltd", "{} NHS Trust", "{} Logistics Ltd", "{} Digital Ltd", "{} Borough Council"),
    "DE": ("{} Maschinenbau GmbH", "Klinikum {}", "{} Logistik GmbH", "{} Software AG", "Stadtverwaltung {}"),
    "FR": ("{} Industrie SA", "Centre hospitalier {}", "{} Logistique SARL", "{} Numérique SAS", "Mairie de {}"),
    "VN": ("Công ty TNHH {}", "Bệnh viện {}", "Công ty CP Vận tải {}", "Công ty CP Phần mềm {}", "Trường THPT {}"),
}  # fmt: skip
#: (who pays a pension, an allowance, benefits, a business's takings; the landlord; the own savings; the bank itself)
OTHERS = {
    "US": ("Retirement Benefit Fund", "Student Aid Office", "Benefits Office", "Customer Payments", "Homestead Property Management", "Own Savings"),
    "GB": ("State Pension Service", "Student Finance Office", "Benefits Office", "Customer Payments", "Homestead Lettings", "Own Savings"),
    "DE": ("Rentenkasse", "Amt für Ausbildungsförderung", "Agentur für Leistungen", "Kundenzahlungen", "Heimstatt Hausverwaltung", "Eigenes Sparkonto"),
    "FR": ("Caisse de retraite", "Bourse étudiante", "Caisse d'allocations", "Paiements clients", "Foncière Logis", "Épargne personnelle"),
    "VN": ("Quỹ hưu trí", "Trợ cấp sinh viên", "Trợ cấp xã hội", "Khách hàng thanh toán", "Quản lý nhà An Cư", "Tiết kiệm cá nhân"),
}  # fmt: skip
PAYEES = {
    "US": "A. Miller|J. Carter|M. Nguyen|S. Johnson|T. Brooks|L. Ramirez|K. Patel|D. Foster|R. Bennett|E. Collins|N. Price|C. Hughes",
    "GB": "A. Taylor|J. Clarke|M. Khan|S. Davies|T. Wright|L. Evans|K. Shah|D. Walker|R. Bennett|E. Morris|N. Price|C. Hughes",
    "DE": "A. Schneider|J. Weber|M. Yılmaz|S. Hoffmann|T. Becker|L. Schulz|K. Wagner|D. Krüger|R. Vogel|E. Braun|N. Lorenz|C. Peters",
    "FR": "A. Martin|J. Bernard|M. Benali|S. Dubois|T. Laurent|L. Moreau|K. Diallo|D. Girard|R. Lefèvre|E. Roux|N. Fontaine|C. Mercier",
    "VN": "Nguyễn A.|Trần B.|Lê C.|Phạm D.|Hoàng G.|Vũ H.|Đặng K.|Bùi L.|Đỗ M.|Hồ N.|Ngô P.|Dương Q.",
}  # fmt: skip
#: One unit of the currency in US dollars near the end of 2024, as central banks published (VND rounded).
DOLLARS = {"USD": 1.0, "EUR": 1.0389, "GBP": 1.2529, "VND": 1 / 25450}
CITIES = {"US": "New York", "GB": "London", "DE": "Berlin", "FR": "Paris", "VN": "Hà Nội"}


def stems(country: str) -> list[str]:
    return STEMS[country].split("|") if "|" in STEMS[country] else STEMS[country].split()


def named(country: str, stem: str, noun: str) -> str:
    return f"{noun} {stem}" if country in ("FR", "VN") else f"{stem} {noun}"


def merchants(country: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    available = stems(country)
    place = 0
    for noun, (category, (mcc, channel, share, _, _, count)) in zip(
        NOUNS[country].split("|"), CATEGORIES.items(), strict=True
    ):
        iso18245.get_mcc(mcc)  # raises for a code that does not exist
        ranks = [1 / (rank + 2) for rank in range(count)]
        for rank in ranks:
            name = named(country, available[place % len(available)], noun)
            rows.append((channel, name, category, mcc, round(share * rank / sum(ranks), 4)))
            place += 1
    return rows


def foreign(country: str) -> list[tuple[object, ...]]:
    home = DOLLARS[CURRENCY[country]]
    rows: list[tuple[object, ...]] = []
    for other in COUNTRIES:
        if other == country or CURRENCY[other] == CURRENCY[country]:
            continue
        weight = 0.2 if other == "VN" else 1.0
        for channel, name, category, mcc, share in merchants(other):
            if channel == "online" and category not in ("Rail Travel", "Event Tickets"):
                rate = f"{DOLLARS[CURRENCY[other]] / home:.8g}"
                rows.append(
                    (
                        name,
                        category,
                        mcc,
                        other,
                        CITIES[other],
                        CURRENCY[other],
                        rate,
                        round(weight * float(str(share)), 4),
                    )
                )
    return rows


def check_means() -> None:
    """The mean of a US card payment (84 % in shops, 16 % online) must be the anchored $49 within 3 %."""
    total = {
        channel: sum(c[2] for c in CATEGORIES.values() if c[1] == channel) for channel in ("pos", "online", "bill")
    }
    means = {
        channel: sum(c[2] * mean(lognormal(c[3], c[4])) for c in CATEGORIES.values() if c[1] == channel)
        / total[channel]
        for channel in total
    }
    card = 0.84 * means["pos"] + 0.16 * means["online"]
    if abs(card / 49 - 1) > 0.03:
        raise ValueError(f"mean US debit payment is {card:.2f}, not 49 ({means})")


def main() -> None:
    check_means()
    invented = {"licence": "CC0-1.0", "date": "2026-11", "grade": "E"}
    for country in COUNTRIES:
        level = PRICE_LEVEL[country]
        codes = "iso18245 1.4.1 (MIT) for the codes; invented names"
        write_table(
            DATA_DIR, "merchants", country, ["channel", "merchant_name", "merchant_category", "mcc", "weight"], merchants(country),
            source=codes, method="data-build/merchants.py: stems x nouns; shares are estimates", **invented,
        )  # fmt: skip
        write_table(
            DATA_DIR, "foreign_merchants", country,
            ["merchant_name", "merchant_category", "mcc", "country", "city", "currency", "exchange_rate", "weight"], foreign(country),
            source=codes + "; central bank rates at the end of 2024, rounded", method="data-build/merchants.py", **invented,
        )  # fmt: skip
        write_table(
            DATA_DIR, "merchant_amounts", country, ["merchant_category", "probability", "value"],
            [
                (category, knot, money(max(value * level, STEP[country]), country))
                for category, (_, _, _, median, sigma, _) in CATEGORIES.items()
                for knot, value in zip(KNOTS, lognormal(median, sigma), strict=True)
            ],
            source="Nilson 2022 mean of a debit payment; medians by category are estimates", method="data-build/merchants.py", **invented,
        )  # fmt: skip
        payers = [
            ("salary", pattern.format(stem), round(1 / (place + 4), 4))
            for place, stem in enumerate(stems(country))
            for pattern in EMPLOYERS[country]
        ]
        pension, allowance, benefit, takings, landlord, own = OTHERS[country]
        write_table(
            DATA_DIR, "counterparties", country, ["role", "counterparty", "weight"],
            [*payers, ("pension", pension, 1), ("allowance", allowance, 1), ("benefit", benefit, 1), ("business", takings, 1)]
            + [("landlord", named(country, stem, landlord), 1) for stem in stems(country)]
            + [("savings", own, 1)] + [("payee", name, 1) for name in PAYEES[country].split("|")],
            source="invented names", method="data-build/merchants.py", **invented,
        )  # fmt: skip


if __name__ == "__main__":
    main()
