"""What a reader of patient data objects to first: illnesses before their age or in the wrong sex, drugs for nothing.

Entered by hand from what patient leaflets and textbooks agree on, with generous limits; other names are not judged.
"""

from __future__ import annotations

APPROPRIATE: dict[str, tuple[int, str]] = {
    name.strip(): (age, sex)
    for age, sex, names in (
        (40, "", "alzheimer's disease|alzheimer|dementia|parkinson's disease|parkinson|macular degeneration"),
        (
            18,
            "",
            "copd|chronic obstructive pulmonary disease|coronary artery disease|heart failure|congestive heart failure",
        ),
        (18, "", "atrial fibrillation|osteoporosis|osteoarthritis|cataract|cataracts|gout|cirrhosis of liver|stroke"),
        (18, "", "previous myocardial infarction|previous stroke|chronic kidney disease|colorectal cancer"),
        (8, "", "type 2 diabetes|hypertension|hyperlipidemia|high cholesterol|rheumatoid arthritis"),
        (
            12,
            "female",
            "pregnancy|endometriosis|polycystic ovary syndrome|uterine fibroids|ovarian cancer|cervical cancer",
        ),
        (30, "male", "prostate cancer|benign prostatic hyperplasia|enlarged prostate"),
    )
    for name in names.split("|")
}
"""{condition in lower case: (youngest age that is not absurd, sex or "")}"""

_HYPERTENSION = [
    "hypertension",
    "high",
    "blood",
    "heart",
    "coronary",
    "infarction",
    "kidney",
    "angina",
    "stroke",
    "atrial",
]

INDICATIONS: dict[str, tuple[str, ...]] = {
    drug: tuple(words)
    for drugs, words in (
        ("metformin sitagliptin glipizide empagliflozin", ["diabet", "ovary", "heart", "kidney"]),
        ("insulin", ["diabet"]),
        ("levothyroxine", ["thyroid"]),
        ("atorvastatin simvastatin rosuvastatin pravastatin", ["lipid", "cholesterol", "coronary", "infarction", "stroke",
                                                               "diabet", "heart"]),
        ("lisinopril losartan amlodipine valsartan ramipril hydrochlorothiazide",
         [*_HYPERTENSION, "diabet", "pressure", "preeclampsia"]),
        ("albuterol salbutamol montelukast", ["asthma", "copd", "pulmonary", "bronch", "rhinitis", "allerg"]),
        ("donepezil memantine rivastigmine", ["alzheimer", "dementia", "parkinson"]),
        ("allopurinol colchicine", ["gout"]),
        ("tamsulosin finasteride", ["prosta"]),
        ("alendronate", ["osteopor"]),
        ("latanoprost", ["glaucoma"]),
        ("sumatriptan", ["migraine"]),
        ("warfarin apixaban rivaroxaban", ["atrial", "thromb", "embol", "stroke", "valve"]),
        ("lithium", ["bipolar", "depress"]),
        ("omeprazole pantoprazole", ["reflux", "gerd", "gastr", "ulcer", "acid"]),
        ("sertraline fluoxetine escitalopram", ["depress", "anxi", "panic", "obsessive", "stress"]),
        ("methylphenidate", ["adhd", "attention", "narcolepsy"]),
        ("tamoxifen anastrozole", ["breast"]),
    )
    for drug in drugs.split()
}  # fmt: skip
"""{first word of the drug: words of which one must occur in the conditions}"""
