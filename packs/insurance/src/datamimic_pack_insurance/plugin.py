"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_PACKAGE = "datamimic_pack_insurance"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "insurance",
        version("datamimic-pack-insurance"),
        "Insurers, products, policies priced by risk, and their claims",
    )


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_PACKAGE}.entities.insurance_company:InsuranceCompany",
        f"{_PACKAGE}.entities.insurance_coverage:InsuranceCoverage",
        f"{_PACKAGE}.entities.insurance_product:InsuranceProduct",
        f"{_PACKAGE}.entities.insured:Insured",
        f"{_PACKAGE}.entities.risk_profile:RiskProfile",
        f"{_PACKAGE}.entities.insurance_policy:InsurancePolicy",
        f"policy = {_PACKAGE}.entities.insurance_policy:InsurancePolicy",
        f"{_PACKAGE}.entities.policy_term:PolicyTerm",
        f"{_PACKAGE}.entities.endorsement:Endorsement",
        f"{_PACKAGE}.entities.catastrophe:Catastrophe",
        f"{_PACKAGE}.entities.claim:Claim",
        f"{_PACKAGE}.entities.claim_fraud:ClaimFraud",
        f"{_PACKAGE}.entities.claim_valuation:ClaimValuation",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("insurance", _PACKAGE)]


@hookimpl
def datamimic_dues() -> list[str]:
    return [f"insurance_premiums = {_PACKAGE}.terms.payments:Premiums"]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings(_PACKAGE)
