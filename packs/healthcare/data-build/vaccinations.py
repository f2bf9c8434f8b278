"""vaccinations_<CC>: each country's schedule with its first and last years; influenza_<CC>: who is vaccinated every autumn.

Schedules are those of the CDC, STIKO, UKHSA, the French ministry of health and the Vietnamese programme of immunization, simplified
to one line for each dose; years are those of introduction. Codes are the CDC's CVX. Needs the standard library and datamimic.
"""

from __future__ import annotations

from body_size import DATA

from datamimic.tables.build import write_table

LAST = 9999
# What coverage is told by: WHO/UNICEF estimates (WUENIC) as the World Bank's indicators SH.IMM.IDPT and SH.IMM.MEAS have them, of 2023,
# for Viet Nam the median of 2015-2023; UKHSA COVER, October 2023 to March 2024; CDC NIS-Teen 2017 (MMWR 67:909); Sante publique France,
# bulletins of April 2023 and April 2024 (HPV: mean of girls and boys); RKI: school entry 2013 and KV-Impfsurveillance of the birth
# years 2014 and 2015; survey of 2,422 children in eight provinces of Viet Nam 2015 (VJPM 26:27), hepatitis B at birth 2020-2022 (VJPM 2023).
# "" is an estimate.
WUENIC, COVER, TEEN, SPF, RKI, VJPM, GUESS = "WUENIC", "COVER 2023-24", "NIS-Teen 2017", "SpF 2023", "RKI", "VJPM", "estimate"
# vaccine: CVX; CVX before a year, that year; first and last year; months of age at the doses; coverage with the first of them, and with
# later ones where it is lower; what tells it
Series = tuple[str, str, int, int, int, str, str, str]
SCHEDULES: dict[str, dict[str, Series]] = {
    "US": {
        "Hepatitis B": ("08", "", 0, 1991, LAST, "0 2 6", ".91", GUESS),
        "Diphtheria, Tetanus, Pertussis": ("20", "01", 1997, 1949, LAST, "2 4 6 16 54", ".94 .94 .94 .85", WUENIC),
        "Polio": ("10", "02", 2000, 1962, LAST, "2 4 12 54", ".92", GUESS),
        "Haemophilus influenzae type b": ("17", "", 0, 1991, LAST, "2 4 13", ".92", GUESS),
        "Pneumococcal conjugate": ("133", "100", 2010, 2000, LAST, "2 4 6 13", ".9", GUESS),
        "Rotavirus": ("116", "", 0, 2006, LAST, "2 4 6", ".76", GUESS), "Measles, Mumps, Rubella": ("03", "", 0, 1971, LAST, "13 54", ".92", WUENIC),
        "Varicella": ("21", "", 0, 1995, LAST, "13 54", ".9", GUESS), "Hepatitis A": ("83", "", 0, 2006, LAST, "13 20", ".8", GUESS),
        "HPV": ("165", "62", 2015, 2006, LAST, "132 138", ".655 .486", TEEN), "Tdap": ("115", "", 0, 2006, LAST, "132", ".887", TEEN),
        "Meningococcal ACWY": ("114", "", 0, 2005, LAST, "132", ".851", TEEN),
    },
    "DE": {
        "BCG": ("19", "", 0, 1955, 1998, "0", ".6", GUESS), "Hepatitis B": ("08", "", 0, 1995, LAST, "2 4 11", ".87", GUESS),
        "Diphtheria, Tetanus, Pertussis": ("20", "01", 1995, 1960, LAST, "2 4 11 66", ".91", WUENIC),
        "Polio": ("10", "02", 1998, 1962, LAST, "2 4 11", ".91", GUESS), "Haemophilus influenzae type b": ("17", "", 0, 1990, LAST, "2 4 11", ".91", GUESS),
        "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, "2 4 11", ".85 .85 .759", RKI), "Rotavirus": ("116", "", 0, 2013, LAST, "2 4", ".683", RKI),
        "Measles, Mumps, Rubella": ("03", "", 0, 1980, LAST, "11 16", ".967 .926", RKI), "Varicella": ("21", "", 0, 2004, LAST, "11 16", ".85", GUESS),
        "Meningococcal C": ("103", "", 0, 2006, LAST, "12", ".85", GUESS), "HPV": ("165", "62", 2016, 2007, LAST, "126 132", ".5", GUESS),
    },
    "GB": {
        "BCG": ("19", "", 0, 1953, 2005, "156", ".75", GUESS), "Diphtheria, Tetanus, Pertussis": ("20", "01", 2004, 1957, LAST, "2 3 4 40", ".932 .932 .932 .845", COVER),
        "Polio": ("10", "02", 2004, 1962, LAST, "2 3 4", ".932", COVER), "Haemophilus influenzae type b": ("17", "", 0, 1992, LAST, "2 3 4", ".932", COVER),
        "Hepatitis B": ("08", "", 0, 2017, LAST, "2 3 4", ".932", COVER), "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, "3 12", ".937 .888", COVER),
        "Rotavirus": ("119", "", 0, 2013, LAST, "2 3", ".893", COVER), "Meningococcal B": ("163", "", 0, 2015, LAST, "2 4 12", ".915 .915 .88", COVER),
        "Meningococcal C": ("103", "", 0, 1999, 2016, "3 12", ".892", COVER), "Measles, Mumps, Rubella": ("03", "", 0, 1988, LAST, "12 40", ".891 .852", COVER),
        "HPV": ("165", "62", 2021, 2008, LAST, "150", ".75", GUESS), "Meningococcal ACWY": ("114", "", 0, 2015, LAST, "168", ".8", GUESS),
    },
    "FR": {
        "BCG": ("19", "", 0, 1950, 2007, "1", ".85", GUESS), "Diphtheria, Tetanus, Pertussis": ("20", "01", 1998, 1959, LAST, "2 4 11 72", ".96", WUENIC),
        "Polio": ("10", "", 0, 1964, LAST, "2 4 11 72", ".95", GUESS), "Haemophilus influenzae type b": ("17", "", 0, 1992, LAST, "2 4 11", ".912", SPF),
        "Hepatitis B": ("08", "", 0, 1994, LAST, "2 4 11", ".8", GUESS), "Pneumococcal conjugate": ("133", "100", 2010, 2006, LAST, "2 4 11", ".912", GUESS),
        "Rotavirus": ("119", "", 0, 2023, LAST, "2 3", ".309", SPF), "Meningococcal B": ("163", "", 0, 2022, LAST, "3 5 12", ".747 .747 .351", SPF),
        "Meningococcal C": ("103", "", 0, 2010, LAST, "5 12", ".75", GUESS), "Measles, Mumps, Rubella": ("03", "", 0, 1986, LAST, "12 17", ".93 .857", SPF),
        "HPV": ("165", "62", 2017, 2007, LAST, "138 144", ".403 .303", SPF),
    },
    "VN": {
        "BCG": ("19", "", 0, 1985, LAST, "0", ".996", VJPM), "Hepatitis B at birth": ("08", "", 0, 2003, LAST, "0", ".832", VJPM),
        "Diphtheria, Tetanus, Pertussis": ("198", "01", 2010, 1985, LAST, "2 3 4 18", ".91 .91 .91 .85", WUENIC), "Polio": ("02", "", 0, 1985, LAST, "2 3 4", ".973", VJPM),
        "Polio, inactivated": ("10", "", 0, 2018, LAST, "5 9", ".88", GUESS), "Measles": ("05", "", 0, 1985, LAST, "9", ".97", WUENIC),
        "Measles, Rubella": ("04", "", 0, 2014, LAST, "18", ".93", GUESS), "Japanese encephalitis": ("39", "", 0, 1997, LAST, "12 13 24", ".85", GUESS),
    },
}  # fmt: skip
# vaccine: CVX, months at the doses, first year; per country the coverage of those who were old enough when it came: estimates
CATCH_UP = {
    "Zoster (recombinant)": ("187", "600 604", 2018, {"US": .35, "DE": .2, "GB": .3, "FR": .03}),
    "Pneumococcal polysaccharide": ("33", "780", 1983, {"US": .65, "DE": .25, "GB": .7, "FR": .15}),
    "COVID-19": ("213", "150 151", 2021, {"US": .75, "DE": .8, "GB": .85, "FR": .85, "VN": .92}),
}  # fmt: skip
# Share vaccinated against influenza in a season, by age: US CDC FluVaxView 2022-23 (children 57 %, adults 47 %, 65 and over 70 %);
# DE RKI 2022-23 (60 and over 43 %); GB UKHSA 2022-23 (65 and over 80 %); FR Santé publique France 2022-23 (65 and over 56.2 %).
INFLUENZA = {
    "US": {0: 55, 5: 57, 18: 34, 50: 50, 65: 70}, "DE": {0: 3, 18: 10, 60: 43}, "GB": {0: 5, 2: 45, 12: 10, 50: 30, 65: 80},
    "FR": {0: 3, 18: 8, 65: 56}, "VN": {0: 4, 18: 2, 60: 3},
}  # fmt: skip


def main() -> None:
    for country, schedule in SCHEDULES.items():
        rows: list[list[object]] = []
        for name, (cvx, before, changed, first, last, months, coverage, basis) in schedule.items():
            covered = [float(share) for share in coverage.split()]
            rows += [
                [name, cvx, before or cvx, changed, dose, int(month), first, last, 0, covered[min(dose, len(covered)) - 1], basis]
                for dose, month in enumerate(months.split(), 1)
            ]
        for name, (cvx, months, first, shares) in CATCH_UP.items():
            if country in shares:
                rows += [
                    [name, cvx, cvx, 0, dose, int(month), first, LAST, 1, shares[country], GUESS]
                    for dose, month in enumerate(months.split(), 1)
                ]
        told = sum(float(str(row[9])) for row in rows if row[10] != GUESS) / sum(float(str(row[9])) for row in rows)
        write_table(
            DATA, "vaccinations", country,
            ["vaccine", "cvx", "cvx_before", "changed", "dose", "age_months", "first_year", "last_year", "catch_up", "coverage", "basis"],
            rows, source="schedules of CDC, STIKO, UKHSA, ministère de la Santé, Tiêm chủng mở rộng; CVX codes (CDC); coverage: see basis",
            url="https://www2.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx", licence="public domain facts", date="2024",
            method="data-build/vaccinations.py: hand-entered, simplified; one coverage for all birth years; estimates where basis says so",
            grade="C" if told > 0.5 else "E",
        )  # fmt: skip
        print(country, f"{told:.0%} of the doses by published coverage")
        write_table(
            DATA, "influenza", country, ["age_from", "per_cent"], [*INFLUENZA[country].items()],
            source="national coverage figures of the season 2022-23; younger ages and VN estimated", licence="published facts",
            date="2023", method="data-build/vaccinations.py", grade="E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
