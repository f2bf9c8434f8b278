"""languages.csv: the main written language of a country, and whether the country is the language's main one.

Both after Unicode CLDR's likely subtags (Babel), but for the countries where most people write another language.
Source: Unicode CLDR, Unicode-3.0; grade B.

requires: Babel==2.18.0
"""

from __future__ import annotations

from pathlib import Path

from babel.core import get_global

OUT = Path(__file__).parents[1] / "src" / "datamimic" / "base" / "languages.csv"
COUNTRIES = (
    "AR AT AU BE BR CA CH CL CN CO CZ DE DK ES FI FR GB GR HU ID IE IL IN IT JP KR"
    " MX NL NO NZ PE PH PL PT RO RU SE SG SI SK TH TR TW UA US VN ZA"
).split()
# The language in which most people write, where CLDR's likely subtag is another one, or a macrolanguage.
WRITTEN = {"IN": "en", "NO": "nb", "PH": "en", "SG": "en", "ZA": "en"}
MAIN_COUNTRIES = {"nb": "NO"}


def main() -> None:
    likely = get_global("likely_subtags")
    lines = ["country_code,language,main"]
    for country in COUNTRIES:
        language = WRITTEN.get(country) or likely.get(f"und_{country}", "en").split("_")[0]
        at_home = MAIN_COUNTRIES.get(language) or likely[language].split("_")[-1]
        lines.append(f"{country},{language},{'yes' if at_home == country else 'no'}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
