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
#: where travellers pay
TRAVEL = {"Restaurants", "Hotels", "Fast Food", "Taxis", "Public Transport", "Clothing", "Groceries", "Bars"}
#: how many shops of a category somebody calls his own
OWN_SHOPS = {"Groceries": 3, "Restaurants": 8, "Fast Food": 5, "Bakeries": 2, "Bars": 4, "Fuel": 3, "Pharmacies": 2, "Clothing": 5, "Online Marketplaces": 3,
             "Mail Order": 5, "Digital Media": 2, "Hair and Beauty": 1, "Fitness": 1, "Public Transport": 1, "Doctors": 2, "Dentists": 1, "Car Repair": 1}  # fmt: skip
#: what is open on Sundays and public holidays: everywhere but in the countries named, and there
ALWAYS = {"Restaurants", "Fast Food", "Bakeries", "Bars", "Fuel", "Taxis", "Public Transport", "Parking", "Hotels", "Cinemas", "Fitness", "Florists"}
SHUT = {"DE": None, "FR": {"Doctors", "Dentists", "Car Repair", "Department Stores", "Home Improvement", "Furniture", "Clothing", "Shoes", "Electronics"}}
#: opening hours of categories that keep none of the usual ones
HOURS = {"Bars": (17, 24), "Restaurants": (11, 23), "Fast Food": (10, 24), "Bakeries": (6, 18), "Fuel": (5, 24), "Taxis": (0, 24), "Public Transport": (5, 24),
         "Parking": (6, 24), "Hotels": (6, 24), "Cinemas": (14, 24), "Fitness": (6, 22), "Doctors": (8, 18), "Dentists": (8, 18), "Car Repair": (7, 18), "Groceries": (7, 21)}  # fmt: skip
USUAL_HOURS = (9, 20)
POS_HOURS = (1, 0.5, 0.3, 0.2, 0.3, 1, 4, 14, 28, 36, 44, 56, 68, 58, 50, 52, 60, 72, 70, 50, 34, 20, 10, 4)
#: factors of women and men, and of the ages from 18, 30, 50 and 65, on the share of a category
BY_SEX = {"Clothing": (1.35, 0.7), "Shoes": (1.3, 0.75), "Hair and Beauty": (1.5, 0.6), "Groceries": (1.15, 0.87), "Pharmacies": (1.25, 0.8), "Florists": (1.2, 0.8),
          "Books": (1.2, 0.8), "Discount Stores": (1.2, 0.85), "Department Stores": (1.3, 0.7), "Toys and Games": (1.2, 0.8), "Fuel": (0.75, 1.25), "Electronics": (0.6, 1.4),
          "Home Improvement": (0.65, 1.35), "Car Repair": (0.7, 1.3), "Bars": (0.7, 1.3), "Online Games": (0.5, 1.5), "Sporting Goods": (0.75, 1.25), "Fast Food": (0.85, 1.15),
          "Software": (0.7, 1.3), "Mail Order": (1.2, 0.8), "Parking": (0.9, 1.1), "Pet Supplies": (1.2, 0.8)}  # fmt: skip
AGES = (18, 30, 50, 65)
BY_AGE = {"Fast Food": (1.6, 1.1, 0.8, 0.5), "Bars": (1.9, 1.1, 0.7, 0.4), "Groceries": (0.75, 1.0, 1.1, 1.3), "Pharmacies": (0.4, 0.8, 1.2, 2.2), "Doctors": (0.5, 0.8, 1.1, 1.9),
          "Dentists": (0.6, 0.9, 1.1, 1.5), "Clothing": (1.4, 1.1, 0.9, 0.6), "Shoes": (1.4, 1.1, 0.9, 0.6), "Bakeries": (0.7, 0.9, 1.1, 1.4), "Home Improvement": (0.4, 1.1, 1.3, 1.0),
          "Furniture": (0.9, 1.3, 1.0, 0.6), "Toys and Games": (0.6, 1.7, 0.8, 0.9), "Fitness": (1.5, 1.2, 0.8, 0.4), "Cinemas": (1.7, 1.1, 0.8, 0.5), "Taxis": (1.6, 1.1, 0.7, 0.6),
          "Public Transport": (1.8, 1.1, 0.8, 0.5), "Fuel": (0.8, 1.1, 1.1, 0.9), "Books": (0.8, 0.9, 1.1, 1.3), "Florists": (0.4, 0.8, 1.2, 1.6), "Restaurants": (1.0, 1.1, 1.0, 0.9),
          "Electronics": (1.4, 1.1, 0.9, 0.6), "Digital Media": (1.5, 1.1, 0.8, 0.5), "Online Games": (2.2, 1.1, 0.5, 0.2), "Software": (1.2, 1.1, 0.9, 0.7), "Mail Order": (0.7, 0.9, 1.1, 1.7),
          "Airlines": (0.9, 1.1, 1.1, 0.8), "Event Tickets": (1.4, 1.1, 0.9, 0.6)}  # fmt: skip
#: what banks take of a payment in another currency, per cent -> weight
FOREIGN_FEES = {"US": {0: 45, 1: 10, 3: 45}, "DE": {0: 30, 1: 10, 1.75: 50, 2: 10}, "GB": {0: 30, 2.75: 30, 2.99: 40}, "FR": {0: 20, 2: 40, 2.7: 40}, "VN": {2: 40, 3: 60}}
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
        ranks = [1 / (rank + 2) for rank in range(count if channel == "bill" else len(available))]
        for rank in ranks:
            name = named(country, available[place % len(available)], noun)
            rows.append((channel, name, category, mcc, round(share * rank / sum(ranks), 4)))
            place += 1
    return rows


def foreign(country: str) -> list[tuple[object, ...]]:
    """Merchants of the other countries: shops on the net, and those that travellers go to."""
    rows: list[tuple[object, ...]] = []
    for other in COUNTRIES:
        if other == country:
            continue
        # Travellers go to neighbours; shops on the net are where English is written.
        near = 3.0 if {country, other} <= {"DE", "FR", "GB"} else 0.3 if other == "VN" else 1.0
        for channel, name, category, mcc, share in merchants(other):
            online = channel == "online" and category not in ("Rail Travel", "Event Tickets")
            if online or (channel == "pos" and category in TRAVEL):
                rows.append((channel, name, category, mcc, other, CITIES[other], CURRENCY[other], round(near * float(str(share)), 4)))  # fmt: skip
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
            ["channel", "merchant_name", "merchant_category", "mcc", "country", "city", "currency", "weight"], foreign(country),
            source=codes, method="data-build/merchants.py", **invented,
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
        estimate = {"source": "datamimic estimate", **invented}
        shut = SHUT.get(country, set())
        write_table(
            DATA_DIR, "merchant_days", country, ["merchant_category", "own_shops", "sundays"],
            [
                (name, OWN_SHOPS.get(name, 3), int(channel != "pos" or name in ALWAYS or (shut is not None and name not in shut)))
                for name, (_, channel, *_) in CATEGORIES.items()
            ],
            method="data-build/merchants.py: closing days after the shop laws of the country", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "foreign_fees", country, ["percent", "weight"], list(FOREIGN_FEES[country].items()),
            method="data-build/merchants.py: as banks publish them in their lists of prices", **estimate,
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
    estimate = {"source": "datamimic estimate", **invented}
    write_table(
        DATA_DIR, "merchant_tastes", None, ["channel", "sex", "age_from", "merchant_category", "weight"],
        [
            (channel, sex, age, name, round(share * BY_SEX.get(name, (1, 1))[place] * BY_AGE.get(name, (1, 1, 1, 1))[band], 4))
            for channel in ("pos", "online")
            for place, sex in enumerate(("female", "male"))
            for band, age in enumerate(AGES)
            for name, (_, own, share, *_) in CATEGORIES.items()
            if own == channel
        ],
        method="data-build/merchants.py: shares of a channel, after surveys of consumer expenditure", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "merchant_hours", None, ["merchant_category", "hour", "weight"],
        [
            (name, hour, POS_HOURS[hour] * (3 if name == "Bars" and hour >= 20 else 1) * (4 if name == "Bakeries" and hour < 9 else 1))
            for name, (_, channel, *_) in CATEGORIES.items()
            if channel == "pos"
            for hour in range(*HOURS.get(name, USUAL_HOURS))
        ],
        method="data-build/merchants.py: hours of payments within usual opening hours", **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
