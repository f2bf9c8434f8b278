"""Insurers, products, policies priced by the risk of the insured, and claims that the policies cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_insurance.entities.catastrophe import Catastrophe as Catastrophe
    from datamimic_pack_insurance.entities.catastrophe import CatastropheService as CatastropheService
    from datamimic_pack_insurance.entities.claim import Claim as Claim
    from datamimic_pack_insurance.entities.claim import ClaimService as ClaimService
    from datamimic_pack_insurance.entities.claim_fraud import ClaimFraud as ClaimFraud
    from datamimic_pack_insurance.entities.claim_fraud import ClaimFraudService as ClaimFraudService
    from datamimic_pack_insurance.entities.claim_valuation import ClaimValuation as ClaimValuation
    from datamimic_pack_insurance.entities.claim_valuation import ClaimValuationService as ClaimValuationService
    from datamimic_pack_insurance.entities.endorsement import Endorsement as Endorsement
    from datamimic_pack_insurance.entities.endorsement import EndorsementService as EndorsementService
    from datamimic_pack_insurance.entities.insurance_company import InsuranceCompany as InsuranceCompany
    from datamimic_pack_insurance.entities.insurance_company import InsuranceCompanyService as InsuranceCompanyService
    from datamimic_pack_insurance.entities.insurance_coverage import InsuranceCoverage as InsuranceCoverage
    from datamimic_pack_insurance.entities.insurance_coverage import (
        InsuranceCoverageService as InsuranceCoverageService,
    )
    from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicy as InsurancePolicy
    from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicyService as InsurancePolicyService
    from datamimic_pack_insurance.entities.insurance_policy import Policy as Policy
    from datamimic_pack_insurance.entities.insurance_policy import PolicyService as PolicyService
    from datamimic_pack_insurance.entities.insurance_product import InsuranceProduct as InsuranceProduct
    from datamimic_pack_insurance.entities.insurance_product import InsuranceProductService as InsuranceProductService
    from datamimic_pack_insurance.entities.insured import Insured as Insured
    from datamimic_pack_insurance.entities.insured import InsuredService as InsuredService
    from datamimic_pack_insurance.entities.policy_term import PolicyTerm as PolicyTerm
    from datamimic_pack_insurance.entities.policy_term import PolicyTermService as PolicyTermService
    from datamimic_pack_insurance.entities.risk_profile import RiskProfile as RiskProfile
    from datamimic_pack_insurance.entities.risk_profile import RiskProfileService as RiskProfileService

_EXPORTS = {
    "Catastrophe": ".entities.catastrophe",
    "CatastropheService": ".entities.catastrophe",
    "Claim": ".entities.claim",
    "ClaimService": ".entities.claim",
    "ClaimFraud": ".entities.claim_fraud",
    "ClaimFraudService": ".entities.claim_fraud",
    "ClaimValuation": ".entities.claim_valuation",
    "ClaimValuationService": ".entities.claim_valuation",
    "Endorsement": ".entities.endorsement",
    "EndorsementService": ".entities.endorsement",
    "InsuranceCompany": ".entities.insurance_company",
    "InsuranceCompanyService": ".entities.insurance_company",
    "InsuranceCoverage": ".entities.insurance_coverage",
    "InsuranceCoverageService": ".entities.insurance_coverage",
    "InsurancePolicy": ".entities.insurance_policy",
    "InsurancePolicyService": ".entities.insurance_policy",
    "InsuranceProduct": ".entities.insurance_product",
    "InsuranceProductService": ".entities.insurance_product",
    "Insured": ".entities.insured",
    "InsuredService": ".entities.insured",
    "Policy": ".entities.insurance_policy",
    "PolicyService": ".entities.insurance_policy",
    "PolicyTerm": ".entities.policy_term",
    "PolicyTermService": ".entities.policy_term",
    "RiskProfile": ".entities.risk_profile",
    "RiskProfileService": ".entities.risk_profile",
}

__getattr__, __dir__, __all__ = lazy_exports(__name__, _EXPORTS)
