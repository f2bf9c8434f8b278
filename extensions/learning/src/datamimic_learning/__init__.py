"""Tables that exist: what they hold, tables like them, safe copies of them, and what these give away.

samples    opens files, folders, databases and data frames as tables of typed Arrow batches
profiling  measures them: columns, keys, dependencies, quality
finding    finds personal data in columns and text
learning   writes tables, conditional on others, from which the engine generates; other learners plug in
privacy    noise under a budget, and what rows give away of the originals
quality    how much a copy resembles its originals
masking    replaces values by those of a keyed world
commands   `dm profile`, `dm learn`, `dm mask`, `dm privacy`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_learning.finding.finding import find_personal as find_personal
    from datamimic_learning.finding.found import PersonalColumn as PersonalColumn
    from datamimic_learning.finding.found import PersonalData as PersonalData
    from datamimic_learning.finding.spans import personal_spans as personal_spans
    from datamimic_learning.learners.learner import Learner as Learner
    from datamimic_learning.learners.learner import Sampler as Sampler
    from datamimic_learning.learning.learn import Learned as Learned
    from datamimic_learning.learning.learn import learn as learn
    from datamimic_learning.masking.keys import MaskingKey as MaskingKey
    from datamimic_learning.masking.keys import key_of_file as key_of_file
    from datamimic_learning.masking.keys import new_key as new_key
    from datamimic_learning.masking.masking import Masking as Masking
    from datamimic_learning.masking.plans.plan import Plan as Plan
    from datamimic_learning.masking.plans.reading import BadPlan as BadPlan
    from datamimic_learning.masking.plans.reading import parse_plan as parse_plan
    from datamimic_learning.masking.plans.reading import read_plan as read_plan
    from datamimic_learning.masking.plans.schema import plan_schema as plan_schema
    from datamimic_learning.masking.reports import MaskReport as MaskReport
    from datamimic_learning.masking.running import mask as mask
    from datamimic_learning.masking.running import propose_plan as propose_plan
    from datamimic_learning.privacy.assessment import PrivacyOptions as PrivacyOptions
    from datamimic_learning.privacy.assessment import measure_privacy as measure_privacy
    from datamimic_learning.privacy.noise.domains import Domain as Domain
    from datamimic_learning.privacy.noise.private_sample import private_sample as private_sample
    from datamimic_learning.privacy.page import render_privacy as render_privacy
    from datamimic_learning.profiling.profile import Profile as Profile
    from datamimic_learning.profiling.profile import schema_of_profiles as schema_of_profiles
    from datamimic_learning.profiling.profiling import profile as profile
    from datamimic_learning.quality.budgets import utility_curve as utility_curve
    from datamimic_learning.quality.resemblance import resemblance as resemblance
    from datamimic_learning.quality.sequences import sequence_resemblance as sequence_resemblance
    from datamimic_learning.samples.opening import open_sample as open_sample
    from datamimic_learning.samples.sample import Declared as Declared
    from datamimic_learning.samples.sample import DeclaredReference as DeclaredReference
    from datamimic_learning.samples.sample import Sample as Sample
    from datamimic_learning.samples.sample import SampleTable as SampleTable

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "BadPlan": ".masking.plans.reading",
        "Declared": ".samples.sample",
        "DeclaredReference": ".samples.sample",
        "MaskReport": ".masking.reports",
        "Masking": ".masking.masking",
        "MaskingKey": ".masking.keys",
        "PersonalColumn": ".finding.found",
        "PersonalData": ".finding.found",
        "Plan": ".masking.plans.plan",
        "PrivacyOptions": ".privacy.assessment",
        "Profile": ".profiling.profile",
        "Sample": ".samples.sample",
        "SampleTable": ".samples.sample",
        "find_personal": ".finding.finding",
        "key_of_file": ".masking.keys",
        "mask": ".masking.running",
        "measure_privacy": ".privacy.assessment",
        "new_key": ".masking.keys",
        "Learned": ".learning.learn",
        "Learner": ".learners.learner",
        "Sampler": ".learners.learner",
        "learn": ".learning.learn",
        "Domain": ".privacy.noise.domains",
        "private_sample": ".privacy.noise.private_sample",
        "resemblance": ".quality.resemblance",
        "utility_curve": ".quality.budgets",
        "open_sample": ".samples.opening",
        "parse_plan": ".masking.plans.reading",
        "personal_spans": ".finding.spans",
        "plan_schema": ".masking.plans.schema",
        "profile": ".profiling.profiling",
        "propose_plan": ".masking.running",
        "read_plan": ".masking.plans.reading",
        "render_privacy": ".privacy.page",
        "schema_of_profiles": ".profiling.profile",
        "sequence_resemblance": ".quality.sequences",
    },
)
