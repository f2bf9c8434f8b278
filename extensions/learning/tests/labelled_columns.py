"""Columns of 60 values with what they are, made by Faker and by hand, and by nothing of this project; in two halves."""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zlib import crc32

from faker import Faker

ROWS = 60
LOCALES = {
    "US": "en_US", "DE": "de_DE", "FR": "fr_FR", "GB": "en_GB", "VN": "vi_VN", "ES": "es_ES", "BR": "pt_BR", "JP": "ja_JP",
}  # fmt: skip
HEADERS: dict[str, dict[str, str]] = {
    "given_name": {"": "first_name FirstName fname cust_first_nm", "DE": "vorname kunde_vorname", "FR": "prénom Prenom",
                   "VN": "ten Tên", "ES": "nombre_pila", "BR": "primeiro_nome", "JP": "mei 名"},
    "family_name": {"": "last_name LastName surname lname", "DE": "nachname Familienname", "FR": "nom_de_famille",
                    "VN": "ho Họ", "ES": "apellidos", "BR": "sobrenome", "JP": "sei 姓"},
    "full_name": {"": "full_name customer_name contactName name employee", "DE": "Name Ansprechpartner kundenname",
                  "FR": "nom_complet nom", "VN": "ho_ten", "ES": "nombre_completo nombre", "BR": "nome", "JP": "氏名 shimei"},
    "email": {"": "email e_mail contactEmail mail", "FR": "courriel", "ES": "correo_electronico", "JP": "メールアドレス"},
    "phone": {"": "phone phone_number tel mobile PhoneNo", "DE": "telefon Telefonnummer handy", "FR": "tel_portable",
              "VN": "so_dien_thoai sdt", "ES": "movil telefono", "BR": "celular", "JP": "電話番号"},
    "line": {"": "street address_line_1 street_address addr1", "DE": "strasse anschrift", "FR": "adresse rue",
             "VN": "dia_chi", "ES": "direccion", "BR": "logradouro endereco", "JP": "住所"},
    "full": {"": "full_address mailing_address", "DE": "adresse", "FR": "adresse", "VN": "dia_chi", "ES": "domicilio",
             "BR": "endereco", "JP": "住所"},
    "city": {"": "city town home_city", "DE": "ort wohnort", "FR": "ville", "VN": "thanh_pho", "ES": "ciudad",
             "BR": "cidade", "JP": "市区町村"},
    "birth_date": {"": "dob date_of_birth BirthDate", "DE": "geburtsdatum geb_dat", "FR": "date_naissance",
                   "VN": "ngay_sinh", "ES": "fecha_nacimiento", "BR": "data_nascimento", "JP": "生年月日"},
    "iban": {"": "iban IBAN account_iban"}, "card": {"": "credit_card card_number cc_no pan"},
    "national": {"": "ssn national_id", "DE": "sv_nummer", "FR": "num_secu nir", "GB": "nino", "VN": "cccd so_cccd",
                 "ES": "dni nif", "BR": "cpf", "JP": "マイナンバー"},
    "plate": {"": "license_plate plate_no vehicle_reg", "DE": "kennzeichen kfz_kennzeichen", "FR": "immatriculation",
              "VN": "bien_so_xe", "ES": "matricula", "BR": "placa"},
    "username": {"": "username user_name login", "DE": "benutzername", "FR": "nom_utilisateur", "VN": "ten_dang_nhap"},
    "passport": {"": "passport_no passport", "DE": "reisepassnummer", "FR": "num_passeport", "VN": "ho_chieu"},
    "gender": {"": "gender sex", "DE": "geschlecht", "FR": "sexe", "VN": "gioi_tinh", "ES": "sexo", "BR": "sexo"},
    "ip": {"": "ip_address client_ip remote_addr"}, "imei": {"": "imei device_imei"},
    "vin": {"": "vin chassis_no", "DE": "fin"}, "profile": {"": "linkedin profile_url"},
    "note": {"": "notes comment remarks", "DE": "bemerkung", "FR": "remarque", "VN": "ghi_chu"},
}  # fmt: skip
MOBILES = {
    "US": "212-5##-####;(415) 5##-####;+1 303 5##-####", "DE": "0170 #######;0151#######;+49 89 ######",
    "FR": "06 ## ## ## ##;07########;+33 1 ## ## ## ##", "GB": "07700 ######;074########;+44 20 7### ####",
    "VN": "090 ### ####;03########;+84 91 ### ####", "ES": "6## ### ###;7########;+34 91 ### ## ##",
    "BR": "(11) 9####-####;219########;+55 31 9####-####", "JP": "090-####-####;080########;+81 3-####-####",
}  # fmt: skip
SEXES = {
    "DE": "männlich weiblich divers",
    "FR": "Homme Femme",
    "VN": "Nam Nữ",
    "ES": "Hombre Mujer",
    "BR": "Masculino Feminino",
}
PASSPORTS = {"DE": "C###YX##K", "FR": "##AB#####", "VN": "B#######"}


class Column(NamedTuple):
    """`locale` is empty for what is of no country."""

    locale: str
    kind: str
    header: str
    values: list[Any]
    personal: bool

    @property
    def half(self) -> int:
        """0 the half that was tuned on, 1 the other."""
        return crc32(f"{self.locale}{self.kind}{self.header}".encode()) % 2


def labelled(seed: int) -> list[Column]:
    return [*_personal(seed), *_others(seed)]


def _digits(draw: random.Random, form: str) -> str:
    return "".join(draw.choice(string.digits) if sign == "#" else sign for sign in form)


def _with_luhn(body: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def _personal(seed: int) -> Iterator[Column]:
    for country, locale in LOCALES.items():
        fake = Faker(locale)
        fake.seed_instance(seed * 100 + len(locale) + ord(country[0]))
        draw = random.Random(f"{seed} {country}")
        for kind, make in _makers(country, fake, draw):
            names = f"{HEADERS[kind].get(country, '')} {HEADERS[kind]['']}".split()
            yield Column(country, kind, draw.choice(names[:4]), [make() for _ in range(ROWS)], True)


def _makers(country: str, fake: Any, draw: random.Random) -> Iterator[tuple[str, Callable[[], str]]]:
    def two_names() -> str:
        names = fake.first_name(), fake.last_name()
        return " ".join(names[::-1] if country in ("VN", "JP") else names)

    def note() -> str:
        said = f" {two_names()}, {draw.choice((fake.email(), fake.phone_number()))}" if draw.random() < 0.4 else ""
        return f"{fake.sentence(8)}{said}"

    yield from (("given_name", fake.first_name), ("family_name", fake.last_name), ("full_name", fake.name))
    yield from (("full_name", two_names), ("full_name", lambda: two_names().upper()), ("email", fake.email))
    yield "phone", fake.phone_number
    for form in MOBILES[country].split(";"):
        yield "phone", lambda form=form: _digits(draw, form)
    yield from (
        ("line", fake.street_address),
        ("full", lambda: fake.address().replace("\n", ", ")),
        ("city", fake.city),
    )
    yield "birth_date", lambda: fake.date_of_birth(minimum_age=18, maximum_age=85).isoformat()
    yield "birth_date", lambda: fake.date_of_birth(minimum_age=0, maximum_age=95).strftime("%d.%m.%Y")
    if country in ("DE", "FR", "GB", "ES"):
        yield "iban", fake.iban
    yield from (("card", fake.credit_card_number), ("username", fake.user_name), ("ip", fake.ipv4), ("ip", fake.ipv6))
    yield "imei", lambda: _with_luhn(_digits(draw, "35############"))
    yield from (("vin", fake.vin), ("profile", lambda: f"https://www.linkedin.com/in/{fake.user_name()}"))
    yield "plate", fake.license_plate
    if country in PASSPORTS:
        yield "passport", lambda: _digits(draw, PASSPORTS[country])
    if country in ("US", "DE", "FR", "BR"):
        yield "national", fake.ssn
    if country == "ES":
        yield "national", fake.nif
    if country == "VN":
        yield "national", lambda: _digits(draw, f"0{draw.choice(('01', '79', '48', '31'))}{draw.choice('01')}########")
    yield "gender", lambda: draw.choice(SEXES.get(country, "Male Female").split())
    yield "gender", lambda: draw.choice("MF")
    if country != "JP":
        yield "note", note


def _others(seed: int) -> Iterator[Column]:
    fake, german, french = (Faker(locale) for locale in ("en_US", "de_DE", "fr_FR"))
    for each in (fake, german, french):
        each.seed_instance(seed)
    draw = random.Random(f"{seed} others")

    def word(text: str) -> Callable[[], str]:
        return lambda: draw.choice(text.split())

    def number(form: str) -> Callable[[], str]:
        return lambda: _digits(draw, form)

    def signs(count: int, of: str) -> Callable[[], str]:
        return lambda: "".join(draw.choices(of, k=count))

    def day(first: int, last: int) -> Callable[[], str]:
        return lambda: (date(2000, 1, 1) + timedelta(days=draw.randint(first, last))).isoformat()

    def pair(first: str, second: str) -> Callable[[], str]:
        return lambda: f"{draw.choice(first.split())} {draw.choice(second.split())}"

    upper, alphanumeric = string.ascii_uppercase, string.ascii_uppercase + string.digits
    made: tuple[tuple[str, str, Callable[[], Any]], ...] = (
        ("order", "order_no", lambda: str(draw.randint(10**9, 10**10 - 1))),
        ("order", "bestellnummer", number("##########")),
        ("order", "order_number", number("ORD-2024-######")),
        ("order", "id", number("45000#####")),
        ("order", "code", number("########")),
        ("order", "so_don_hang", number("DH########")),
        ("order", "num_commande", number("CMD#########")),
        ("order", "reference", number("############")),
        ("order", "number", number("###########")),
        ("invoice", "rechnungsnr", number("RE-####/23")),
        ("order", "txn", number("#############")),
        ("order", "transaction_id", number("################")),
        ("order", "order_id", number("1########")),
        ("sku", "sku", number("TX-#####")),
        ("sku", "item_code", lambda: f"{signs(3, upper)()}-{number('####')()}"),
        ("sku", "code", signs(8, alphanumeric)),
        ("sku", "artikelnummer", number("###.###.##")),
        ("sku", "product_code", lambda: f"{draw.choice('ABCDEFGH')}{number('#######')()}"),
        ("ean", "ean", fake.ean13),
        ("ean", "number", fake.ean13),
        ("ean", "ean8", fake.ean8),
        ("isbn", "isbn", fake.isbn13),
        ("isbn", "isbn10", fake.isbn10),
        ("isbn", "id", lambda: fake.isbn10().replace("-", "")),
        ("epoch", "created_at", lambda: draw.randint(15 * 10**8, 175 * 10**7)),
        ("epoch", "ts", lambda: draw.randint(15 * 10**11, 175 * 10**10)),
        ("epoch", "timestamp", lambda: str(draw.randint(13 * 10**8, 175 * 10**7))),
        ("version", "version", lambda: f"{draw.randint(0, 9)}.{draw.randint(0, 20)}.{draw.randint(0, 99)}"),
        ("version", "ver", number("v#.##")),
        (
            "version",
            "app_version",
            lambda: f"{draw.randint(1, 9)}.{draw.randint(0, 9)}.{draw.randint(0, 9)}.{draw.randint(0, 200)}",
        ),
        ("coordinates", "store_lat", lambda: round(draw.uniform(47, 55), 6)),
        ("coordinates", "lon", lambda: str(round(draw.uniform(-120, 15), 5))),
        ("coordinates", "store_location", lambda: f"{draw.uniform(47, 55):.5f},{draw.uniform(6, 15):.5f}"),
        ("hash", "hash", fake.md5),
        ("hash", "email_hash", fake.sha256),
        ("hash", "commit", lambda: fake.sha1()[:7]),
        ("hash", "checksum", fake.sha1),
        ("key", "id", lambda: str(UUID(int=draw.getrandbits(128)))),
        ("key", "user_id", fake.uuid4),
        ("card", "mac", fake.mac_address),
        ("card", "port_mac", lambda: fake.mac_address().upper().replace(":", "-")),
        ("card", "eui", lambda: ":".join(f"{draw.randrange(256):02x}" for _ in range(8))),
        ("meter", "meter_no", number("26201##########")),
        ("asset", "asset", number("AST######")),
        ("token", "token", signs(32, string.ascii_letters + string.digits)),
        ("token", "payload", lambda: base64.b64encode(draw.randbytes(24)).decode()),
        ("price", "amount", lambda: f"{draw.uniform(1, 999):.2f}"),
        ("price", "price", lambda: round(draw.uniform(1, 999), 2)),
        ("price", "preis", lambda: f"{draw.uniform(1, 999):.2f} €".replace(".", ",")),
        ("count", "quantity", lambda: draw.randint(1, 100)),
        ("count", "views", lambda: draw.randint(0, 100_000)),
        ("count", "code", lambda: draw.randint(10_000, 99_999)),
        ("count", "latency_ms", lambda: draw.randint(1, 2000)),
        ("year", "year", lambda: draw.randint(1990, 2024)),
        ("share", "rate", number("##%")),
        ("iso", "country_code", fake.country_code),
        ("iso", "currency", fake.currency_code),
        ("country", "country", fake.country),
        ("zone", "timezone", fake.timezone),
        ("enum", "status", word("pending shipped delivered cancelled")),
        ("enum", "log_level", word("DEBUG INFO WARN ERROR")),
        ("enum", "size", word("S M L XL")),
        ("enum", "flag", word("Y N")),
        ("enum", "payment_method", word("Visa PayPal Cash Mastercard")),
        ("day", "day", fake.day_of_week),
        ("month", "month", fake.month_name),
        ("enum", "event", word("PAGE_VIEW ADD_TO_CART CHECKOUT LOGIN_FAILED")),
        ("department", "department", word("Sales Marketing Finance HR IT Legal")),
        ("file", "filename", fake.file_name),
        ("file", "path", fake.file_path),
        ("media", "content_type", fake.mime_type),
        ("url", "url", fake.url),
        ("domain", "domain", fake.domain_name),
        ("agent", "user_agent", fake.user_agent),
        ("colour", "color", fake.hex_color),
        ("colour", "farbe", german.color_name),
        ("company", "company", fake.company),
        ("company", "name", german.company),
        ("company", "entreprise", french.company),
        ("company", "supplier", fake.company),
        (
            "product",
            "product_name",
            pair("Rustic Sleek Compact Vintage Organic Deluxe Smart", "Chair Table Lamp Mug Kettle Desk Sofa"),
        ),
        (
            "product",
            "name",
            pair("Bohrmaschine Schrank Regal Lampe Tisch Stuhl", "Basic Profi XL Eiche Weiß 2000 Komfort"),
        ),
        ("brand", "brand", word("Acme Globex Initech Umbrella Hooli Soylent Cyberdyne Nike Sony Bosch")),
        ("model", "model", word("Corolla Civic Golf Passat Focus Polo Clio Leaf")),
        ("slogan", "slogan", fake.catch_phrase),
        ("word", "tag", fake.word),
        ("text", "description", lambda: fake.sentence(10)),
        ("text", "notes", lambda: fake.paragraph(2)),
        ("date", "order_date", day(7300, 9300)),
        ("date", "hire_date", day(1500, 9000)),
        ("instant", "updated_at", lambda: f"{day(5000, 9300)()}T12:{number('0#')()}:00Z"),
        ("bank", "bic", fake.swift),
        ("bank", "routing", fake.aba),
        ("register", "siret", french.siret),
        ("register", "handelsregister", number("HRB #####")),
        ("measure", "weight", lambda: f"{draw.uniform(0.1, 50):.1f} kg"),
        ("measure", "temperature", lambda: round(draw.uniform(-10, 40), 1)),
        ("flight", "flight_no", number("LH###")),
        ("parcel", "tracking_no", lambda: f"1Z{signs(16, alphanumeric)()}"),
        ("batch", "batch", number("L######")),
        ("serial", "seriennummer", signs(12, alphanumeric)),
        ("host", "hostname", number("web-##.prod.internal")),
        ("shelf", "location", number("A-##-#")),
        ("error", "error_code", number("E####")),
        ("slug", "slug", lambda: "-".join(fake.words(3))),
        ("drug", "medication", word("Ibuprofen Metformin Aspirin Omeprazole")),
        ("species", "species", pair("Felis Canis Quercus Ursus Panthera", "catus lupus robur arctos leo")),
        ("empty", "empty", lambda: None),
    )
    for kind, header, make in made:
        yield Column("", kind, header, [make() for _ in range(ROWS)], False)
