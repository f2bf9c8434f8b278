"""Which patients a world has: options of people, and conditions that all or none of them have."""

from __future__ import annotations

from datamimic import option, options
from datamimic.errors import InvalidOption
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_healthcare.clinical.conditions import OBESITY, known_conditions, limits


@options
class PatientOptions(PersonOptions):
    """Options of people, and which conditions patients have."""

    conditions_include: frozenset[str] = option(
        frozenset(),
        doc="conditions that every patient has; ages and sex are narrowed to those who can",
        values_in="conditions.condition",
    )
    conditions_exclude: frozenset[str] = option(
        frozenset(), doc="conditions that no patient has", values_in="conditions.condition"
    )

    ages: str = option(
        "care",
        doc="care: of each sex and age as many as see a doctor within a year; population: everybody",
        choices=("care", "population"),
    )

    def __attrs_post_init__(self) -> None:
        included = known_conditions(self.conditions_include, "conditions_include")
        excluded = known_conditions(self.conditions_exclude, "conditions_exclude")
        low, high = self.min_age, self.max_age
        for name in sorted(included):
            limit = limits()[name]
            low, high = max(low or 0, limit.min_age), min(115 if high is None else high, limit.max_age)
            if low > high:
                asked = {"min_age": self.min_age, "max_age": self.max_age}
                limits_given = " and ".join(f"{option} {value}" for option, value in asked.items() if value is not None)
                ages = f"people of {limit.min_age} to {limit.max_age} years have {name}"
                raise ValueError(
                    f"{limits_given}: {ages}" if limits_given else f"{ages}, and nobody all that is asked for"
                )
            self._need_sex(name, limit.sex)
        if included & excluded:
            raise InvalidOption(
                "impossible_constraint", f"{', '.join(sorted(included & excluded))}: both included and excluded"
            )
        for name, value in (
            ("conditions_include", included),
            ("conditions_exclude", excluded),
            ("min_age", low),
            ("max_age", high),
        ):
            object.__setattr__(self, name, value)
        super().__attrs_post_init__()

    def _need_sex(self, condition: str, sex: str) -> None:
        quota = {"female": 1.0, "male": 0.0}.get(sex)
        if quota is None:
            return
        if self.other_gender_quota or self.female_quota not in (None, quota):
            raise ValueError(f"only {sex} patients have {condition}: female_quota must be {quota:g}")
        object.__setattr__(self, "female_quota", quota)


def shares(options: PatientOptions) -> str | float:
    """Which people are patients; nobody where obesity is asked for or barred, since bodies are those of the people."""
    if OBESITY in options.conditions_include | options.conditions_exclude:
        return 0.0
    return "patient_shares" if options.ages == "care" else 1.0
