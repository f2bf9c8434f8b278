"""Services with their documented parameters, and the two names of a policy."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

import datamimic_pack_insurance as insurance
from datamimic.errors import DatamimicError
from datamimic_pack_common import DemographicConfig, DemographicSampler

SERVICES = (
    "InsuranceCompanyService", "InsuranceCoverageService", "InsuranceProductService", "InsuredService", "RiskProfileService",
    "InsurancePolicyService", "PolicyService", "ClaimService",
)  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
def test_services_support_the_declared_datasets(name: str) -> None:
    service = getattr(insurance, name)
    assert {"US", "DE", "VN"} <= set(service.supported_datasets())
    made = service(dataset="DE", rng=Random(42)).generate_batch(count=5)
    assert [each.to_dict() for each in made] == [
        each.to_dict() for each in service("DE", rng=Random(42)).generate_batch(5)
    ]
    assert made[0] == service(dataset="DE", rng=Random(42)).generate()


def test_a_policy_has_two_names() -> None:
    assert insurance.Policy is insurance.InsurancePolicy
    assert insurance.PolicyService is insurance.InsurancePolicyService


@pytest.mark.parametrize("name", ["InsurancePolicyService", "ClaimService", "RiskProfileService"])
def test_demographics_choose_the_policy_holders(name: str) -> None:
    config = DemographicConfig(age_min=70, age_max=80)
    service = getattr(insurance, name)(dataset="US", demographic_config=config, seed="older")
    for each in service.generate_batch(40):
        policy = each.policy if name == "ClaimService" else each
        holder = policy.insured if name == "RiskProfileService" else policy.policy_holder
        assert 70 <= holder.age <= 80


@pytest.mark.thorough
def test_policy_holders_are_adults_of_all_ages_unless_asked_otherwise() -> None:
    holders = [
        policy.policy_holder for policy in insurance.InsurancePolicyService("DE", seed="ages").generate_batch(200)
    ]
    assert all(18 <= holder.age <= 90 for holder in holders)
    assert max(holder.age for holder in holders) > 70
    sampler = DemographicSampler({(20, 24): 1, (60, 64): 1})
    ages = [
        insured.age
        for insured in insurance.InsuredService("DE", demographic_sampler=sampler, seed="ages").generate_batch(200)
    ]
    assert set(ages) <= {*range(20, 25), *range(60, 65)}
    seniors = DemographicSampler.from_profile("seniors", dataset="DE")
    old = insurance.InsurancePolicyService("DE", demographic_sampler=seniors, seed="ages").generate_batch(50)
    assert {policy.policy_holder.age >= 65 for policy in old} == {True}
    assert len({policy.policy_holder.age for policy in old}) > 5


def test_minors_are_refused() -> None:
    with pytest.raises(DatamimicError):
        insurance.InsuredService("US", demographic_config=DemographicConfig(age_min=10, age_max=12))


def test_the_clock_decides_what_is_in_force() -> None:
    for policy in insurance.InsurancePolicyService("US", seed="clock", clock="2023-06-30").generate_batch(100):
        today = date(2023, 6, 30)
        assert policy.created_date.date() <= today
        if policy.status == "active":
            assert policy.start_date <= today < policy.end_date
        if policy.status == "expired":
            assert policy.end_date <= today
