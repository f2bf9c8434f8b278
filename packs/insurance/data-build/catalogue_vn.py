"""Việt Nam: bắt buộc TNDS xe máy và ô tô, vật chất xe, nhà tư nhân, tai nạn, sức khoẻ, nhân thọ.

Compulsory motor liability: Decree 67/2023/NĐ-CP (annex: 55,000 and 60,000 VND for motorcycles, 437,000 VND for cars under six
seats, before VAT; limits 150 million per person, 50 or 100 million for property). VAT 10 %; life, health and accident
covers of persons are not taxed (Law on Value Added Tax, article 5). Claim figures are estimates: none are published by cover.
"""

from __future__ import annotations

from catalogue import Cause, Country, Coverage, Product

MILLION = 1_000_000
PERSON = 150 * MILLION

PRODUCTS = (
    Product(
        "TNDS-XM", "motorcycle", "non_life", "tariff", "motorcycle", "NĐ 67/2023", "Bảo hiểm bắt buộc TNDS của chủ xe máy",
        "Trách nhiệm dân sự bắt buộc của chủ xe mô tô, xe gắn máy đối với bên thứ ba",
        60_000, 0.10, 34,
        (
            Coverage(
                "NG", "Thiệt hại về người", "Thiệt hại về sức khoẻ, tính mạng của bên thứ ba, mỗi người một vụ",
                0.70, (Cause("collision with injury", 3.2, 21.0 * MILLION, 0.9),), (PERSON, PERSON, PERSON), settles="injury",
            ),
            Coverage(
                "TS", "Thiệt hại về tài sản", "Thiệt hại về tài sản của bên thứ ba, mỗi vụ",
                0.30, (Cause("collision with property damage", 4.6, 4.8 * MILLION, 0.9),),
                (50 * MILLION, 50 * MILLION, 50 * MILLION), settles="vehicle",
            ),
        ),
        aging="motor", cancelled=0.01,
    ),
    Product(
        "TNDS-OTO", "auto", "non_life", "tariff", "vehicle", "NĐ 67/2023", "Bảo hiểm bắt buộc TNDS của chủ xe ô tô",
        "Trách nhiệm dân sự bắt buộc của chủ xe ô tô dưới 6 chỗ không kinh doanh vận tải đối với bên thứ ba",
        437_000, 0.10, 10,
        (
            Coverage(
                "NG", "Thiệt hại về người", "Thiệt hại về sức khoẻ, tính mạng của bên thứ ba, mỗi người một vụ",
                0.62, (Cause("collision with injury", 4.5, 31.0 * MILLION, 0.9),), (PERSON, PERSON, PERSON), settles="injury",
            ),
            Coverage(
                "TS", "Thiệt hại về tài sản", "Thiệt hại về tài sản của bên thứ ba, mỗi vụ",
                0.38, (Cause("collision with property damage", 17.0, 11.5 * MILLION, 0.9),),
                (100 * MILLION, 100 * MILLION, 100 * MILLION), settles="vehicle",
            ),
        ),
        aging="motor", cancelled=0.01,
    ),
    Product(
        "VCX-OTO", "auto", "non_life", "motor", "vehicle", "Quy tắc VCX", "Bảo hiểm vật chất xe ô tô",
        "Tổn thất của chính chiếc xe do tai nạn, cháy nổ, mất cắp và thiên tai",
        8_200_000, 0.10, 8,
        (
            Coverage(
                "DV", "Đâm va, lật đổ", "Tổn thất xe do đâm va, lật đổ, rơi chìm",
                0.66, (Cause("collision", 210.0, 9.6 * MILLION, 0.9),), (100, 100, 100), (500_000, 1_000_000, 2_000_000),
                basis="value", settles="vehicle",
            ),
            Coverage(
                "MC", "Cháy nổ, mất cắp, thiên tai", "Mất cắp toàn bộ, cháy nổ, mất cắp bộ phận",
                0.20,
                (
                    Cause("theft of parts", 9.0, 14.0 * MILLION, 0.8),
                    Cause("fire", 0.5, 180.0 * MILLION, 0.7),
                    Cause("theft", 0.3, 420.0 * MILLION, 0.4),
                ),
                (100, 100, 100), (500_000, 1_000_000, 2_000_000), basis="value", settles="vehicle",
            ),
            Coverage(
                "TK", "Thuỷ kích", "Hư hỏng động cơ do ngập nước",
                0.14, (Cause("flood", 5.5, 46.0 * MILLION, 0.8),), (100, 100, 100), (1_000_000, 2_000_000, 4_000_000),
                basis="value", settles="vehicle",
            ),
        ),
        aging="motor", cancelled=0.03,
    ),
    Product(
        "NTN", "home", "non_life", "home", "house", "Quy tắc NTN", "Bảo hiểm nhà tư nhân",
        "Ngôi nhà và tài sản bên trong trước cháy nổ, nước, bão lụt và trộm cướp",
        1_450_000, 0.10, 5,
        (
            Coverage(
                "CN", "Cháy nổ và sét đánh", "Hoả hoạn, nổ, sét đánh trực tiếp",
                0.48, (Cause("fire/lightning", 1.8, 62.0 * MILLION, 1.2),), (100, 100, 100),
                (1_000_000, 2_000_000, 5_000_000), basis="value",
            ),
            Coverage(
                "BL", "Bão, lụt và nước", "Giông bão, lũ lụt, vỡ tràn nước từ bể chứa và đường ống",
                0.34,
                (Cause("storm/hail", 6.0, 17.0 * MILLION, 1.0), Cause("water/freezing", 5.0, 11.0 * MILLION, 0.9)),
                (100, 100, 100), (1_000_000, 2_000_000, 5_000_000), basis="value",
            ),
            Coverage(
                "TC", "Trộm cướp tài sản", "Mất cắp tài sản bên trong có dấu vết đột nhập",
                0.18, (Cause("burglary", 2.2, 13.0 * MILLION, 0.9),), (10, 20, 30), (500_000, 1_000_000, 2_000_000),
                basis="value",
            ),
        ),
        sums=((600 * MILLION, 18.0), (1_000 * MILLION, 30.0), (1_500 * MILLION, 26.0), (2_500 * MILLION, 18.0),
        (4_000 * MILLION, 8.0)),
    ),
    Product(
        "TNCN", "accident", "non_life", "accident", "person", "Quy tắc TNCN", "Bảo hiểm tai nạn cá nhân",
        "Tử vong, thương tật và chi phí y tế do tai nạn",
        310_000, 0.0, 12,
        (
            Coverage(
                "TT", "Thương tật do tai nạn", "Quyền lợi theo tỷ lệ thương tật",
                0.70, (Cause("accident", 7.5, 12.0 * MILLION, 1.1),), (100, 100, 100), basis="value", settles="injury",
            ),
            Coverage(
                "YT", "Chi phí y tế", "Chi phí điều trị do tai nạn",
                0.30, (Cause("accident", 13.0, 3.6 * MILLION, 0.8),), (10, 20, 20), basis="value", settles="medical",
            ),
        ),
        sums=((50 * MILLION, 30.0), (100 * MILLION, 40.0), (200 * MILLION, 20.0), (500 * MILLION, 10.0)), cancelled=0.02,
    ),
    Product(
        "SK", "health", "non_life", "health", "person", "Quy tắc SK", "Bảo hiểm sức khoẻ cá nhân",
        "Điều trị nội trú, ngoại trú và nha khoa bổ sung cho bảo hiểm y tế",
        4_600_000, 0.0, 14,
        (
            Coverage(
                "NT", "Điều trị nội trú", "Nằm viện và phẫu thuật, mỗi đợt điều trị",
                0.58, (Cause("acute illness", 74.0, 9.2 * MILLION, 0.9), Cause("injury", 17.0, 8.1 * MILLION, 0.9)),
                (60 * MILLION, 120 * MILLION, 250 * MILLION), settles="medical",
            ),
            Coverage(
                "NGT", "Điều trị ngoại trú", "Khám bệnh, xét nghiệm và thuốc theo toa, mỗi lần khám",
                0.34, (Cause("acute illness", 310.0, 0.95 * MILLION, 0.7), Cause("chronic condition", 90.0,
                1.3 * MILLION, 0.8)),
                (6 * MILLION, 12 * MILLION, 25 * MILLION), settles="medical",
            ),
            Coverage(
                "NK", "Nha khoa", "Khám, nhổ răng, trám răng và điều trị tuỷ, mỗi lần điều trị",
                0.08, (Cause("dental treatment", 60.0, 1.1 * MILLION, 0.6),), (2 * MILLION, 5 * MILLION,
                10 * MILLION), settles="medical",
            ),
        ),
        issue_ages=(18, 90), aging="health", cancelled=0.04,
    ),
    Product(
        "TK-NT", "life", "life", "life", "person", "Tử kỳ", "Bảo hiểm nhân thọ tử kỳ",
        "Quyền lợi tử vong hoặc bệnh giai đoạn cuối trong thời hạn 10, 15 hoặc 20 năm",
        3_900_000, 0.0, 17,
        (
            Coverage(
                "TV", "Quyền lợi tử vong", "Chi trả cho người thụ hưởng khi tử vong trong thời hạn",
                0.96, (Cause("death", 0.0, 0, 0.0),), (100, 100, 100), basis="value", settles="life",
            ),
            Coverage(
                "GDC", "Bệnh giai đoạn cuối", "Trả trước một phần quyền lợi khi mắc bệnh giai đoạn cuối",
                0.04, (Cause("terminal illness", 0.5, 0, 0.0),), (50, 50, 50), basis="value", settles="life",
            ),
        ),
        terms=(120, 180, 240), issue_ages=(18, 64), max_end_age=75, aging="mortality", cancelled=0.30,
        sums=((200 * MILLION, 22.0), (500 * MILLION, 36.0), (1_000 * MILLION, 28.0), (2_000 * MILLION, 14.0)),
    ),
)  # fmt: skip

COUNTRY = Country(
    "VN", PRODUCTS,
    "Decree 67/2023/ND-CP for compulsory motor liability; VAT law; claim frequencies and severities estimated",
    (12.9, 22.2, 20.8, 16.7, 13.6, 9.0, 4.8), 0.88, unit=1_000,
)  # fmt: skip
