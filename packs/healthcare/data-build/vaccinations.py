"""vaccinations_<CC>: each country's schedule with its first and last years; influenza_<CC>: who is vaccinated every autumn.

Schedules are those of the CDC, STIKO, UKHSA, the French ministry of health and the Vietnamese programme of immunization, simplified
to one line for each dose; years are those of introduction. Codes are the CDC's CVX. Needs the standard library and datamimic.
"""

from __future__ import annotations

from body_size import DATA

from datamimic.tables.build import write_table

LAST = 9999
# vaccine: CVX; CVX before a year, that year; first and last year; coverage; months of age at the doses, later ones from a year on
Series = tuple[str, str, int, int, int, float, str]
SCHEDULES: dict[str, dict[str, Series]] = {
    "US": {
        "Hepatitis B": ("08", "", 0, 1991, LAST, .91, "0 2 6"), "Diphtheria, Tetanus, Pertussis": ("20", "01", 1997, 1949, LAST, .92, "2 4 6 16 54"),
        "Polio": ("10", "02", 2000, 1962, LAST, .92, "2 4 12 54"), "Haemophilus influenzae type b": ("17", "", 0, 1991, LAST, .92, "2 4 13"),
        "Pneumococcal conjugate": ("133", "100", 2010, 2000, LAST, .9, "2 4 6 13"), "Rotavirus": ("116", "", 0, 2006, LAST, .76, "2 4 6"),
        "Measles, Mumps, Rubella": ("03", "", 0, 1971, LAST, .92, "13 54"), "Varicella": ("21", "", 0, 1995, LAST, .9, "13 54"),
        "Hepatitis A": ("83", "", 0, 2006, LAST, .8, "13 20"), "HPV": ("165", "62", 2015, 2006, LAST, .65, "132 138"),
        "Tdap": ("115", "", 0, 2006, LAST, .88, "132"), "Meningococcal ACWY": ("114", "", 0, 2005, LAST, .88, "132"),
    },
    "DE": {
        "BCG": ("19", "", 0, 1955, 1998, .6, "0"), "Hepatitis B": ("08", "", 0, 1995, LAST, .87, "2 4 11"),
        "Diphtheria, Tetanus, Pertussis": ("20", "01", 1995, 1960, LAST, .93, "2 4 11 66"), "Polio": ("10", "02", 1998, 1962, LAST, .93, "2 4 11"),
        "Haemophilus influenzae type b": ("17", "", 0, 1990, LAST, .92, "2 4 11"), "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, .85, "2 4 11"),
        "Rotavirus": ("116", "", 0, 2013, LAST, .68, "2 4"), "Measles, Mumps, Rubella": ("03", "", 0, 1980, LAST, .94, "11 16"),
        "Varicella": ("21", "", 0, 2004, LAST, .85, "11 16"), "Meningococcal C": ("103", "", 0, 2006, LAST, .85, "12"),
        "HPV": ("165", "62", 2016, 2007, LAST, .5, "126 132"),
    },
    "GB": {
        "BCG": ("19", "", 0, 1953, 2005, .75, "156"), "Diphtheria, Tetanus, Pertussis": ("20", "01", 2004, 1957, LAST, .93, "2 3 4 40"),
        "Polio": ("10", "02", 2004, 1962, LAST, .93, "2 3 4"), "Haemophilus influenzae type b": ("17", "", 0, 1992, LAST, .93, "2 3 4"),
        "Hepatitis B": ("08", "", 0, 2017, LAST, .92, "2 3 4"), "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, .92, "3 12"),
        "Rotavirus": ("119", "", 0, 2013, LAST, .89, "2 3"), "Meningococcal B": ("163", "", 0, 2015, LAST, .91, "2 4 12"), "Meningococcal C": ("103", "", 0, 1999, 2016, .92, "3 12"),
        "Measles, Mumps, Rubella": ("03", "", 0, 1988, LAST, .9, "12 40"), "HPV": ("165", "62", 2021, 2008, LAST, .75, "150"), "Meningococcal ACWY": ("114", "", 0, 2015, LAST, .8, "168"),
    },
    "FR": {
        "BCG": ("19", "", 0, 1950, 2007, .85, "1"), "Diphtheria, Tetanus, Pertussis": ("20", "01", 1998, 1959, LAST, .95, "2 4 11 72"), "Polio": ("10", "", 0, 1964, LAST, .95, "2 4 11 72"),
        "Haemophilus influenzae type b": ("17", "", 0, 1992, LAST, .95, "2 4 11"), "Hepatitis B": ("08", "", 0, 1994, LAST, .8, "2 4 11"),
        "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, .92, "2 4 11"), "Meningococcal C": ("103", "", 0, 2010, LAST, .75, "5 12"),
        "Measles, Mumps, Rubella": ("03", "", 0, 1986, LAST, .92, "12 17"), "HPV": ("165", "62", 2017, 2007, LAST, .4, "138 144"),
    },
    "VN": {
        "BCG": ("19", "", 0, 1985, LAST, .95, "0"), "Hepatitis B at birth": ("08", "", 0, 2003, LAST, .8, "0"),
        "Diphtheria, Tetanus, Pertussis": ("198", "01", 2010, 1985, LAST, .93, "2 3 4 18"), "Polio": ("02", "", 0, 1985, LAST, .93, "2 3 4"), "Polio, inactivated": ("10", "", 0, 2018, LAST, .88, "5 9"),
        "Measles": ("05", "", 0, 1985, LAST, .95, "9"), "Measles, Rubella": ("04", "", 0, 2014, LAST, .93, "18"), "Japanese encephalitis": ("39", "", 0, 1997, LAST, .85, "12 13 24"),
    },
}  # fmt: skip
# vaccine: CVX, months at the doses, first year; per country the coverage of those who were old enough when it came
CATCH_UP = {
    "Zoster (recombinant)": ("187", "600 604", 2018, {"US": .35, "DE": .2, "GB": .3, "FR": .03}),
    "Pneumococcal polysaccharide": ("33", "780", 1983, {"US": .65, "DE": .25, "GB": .7, "FR": .15}),
    "COVID-19": ("213", "150 151", 2021, {"US": .75, "DE": .8, "GB": .85, "FR": .85, "VN": .92}),
}  # fmt: skip
# Share vaccinated against influenza in a season, by age: US CDC FluVaxView 2022-23 (children 57 %, adults 47 %, 65 and over 70 %);
# DE RKI 2022-23 (60 and over 43 %); GB UKHSA 2022-23 (65 and over 80 %); FR Santé publique France (65 and over 56 %).
INFLUENZA = {
    "US": {0: 55, 5: 57, 18: 34, 50: 50, 65: 70}, "DE": {0: 3, 18: 10, 60: 43}, "GB": {0: 5, 2: 45, 12: 10, 50: 30, 65: 80},
    "FR": {0: 3, 18: 8, 65: 56}, "VN": {0: 4, 18: 2, 60: 3},
}  # fmt: skip


def main() -> None:
    for country, schedule in SCHEDULES.items():
        rows: list[list[object]] = []
        for name, (cvx, before, changed, first, last, coverage, months) in schedule.items():
            rows += [
                [name, cvx, before or cvx, changed, dose, int(month), first, last, 0, coverage]
                for dose, month in enumerate(months.split(), 1)
            ]
        for name, (cvx, months, first, covered) in CATCH_UP.items():
            if country in covered:
                rows += [
                    [name, cvx, cvx, 0, dose, int(month), first, LAST, 1, covered[country]]
                    for dose, month in enumerate(months.split(), 1)
                ]
        write_table(
            DATA, "vaccinations", country,
            ["vaccine", "cvx", "cvx_before", "changed", "dose", "age_months", "first_year", "last_year", "catch_up", "coverage"], rows,
            source="schedules of CDC, STIKO, UKHSA, ministère de la Santé, Tiêm chủng mở rộng; CVX codes (CDC)",
            url="https://www2.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx", licence="public domain facts", date="2024",
            method="data-build/vaccinations.py: hand-entered, simplified; coverage after WHO/UNICEF, approximate", grade="E",
        )  # fmt: skip
        write_table(
            DATA, "influenza", country, ["age_from", "per_cent"], [*INFLUENZA[country].items()],
            source="national coverage figures of the season 2022-23; younger ages and VN estimated", licence="published facts",
            date="2023", method="data-build/vaccinations.py", grade="E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
