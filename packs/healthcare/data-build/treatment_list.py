"""Lines of therapy, what is licensed and usual where, what rules a drug out, and how much of it is taken.

A regimen is one drug or several that are taken together, joined by " + ". Doses and contraindications are those of public drug
labels in short form; combinations for tuberculosis are those of the WHO guidelines (two months of isoniazid, rifampicin,
pyrazinamide and ethambutol, four months of the first two). Weights are estimates that keep to published orders of rank:
Arzneiverordnungs-Report (DE: ramipril more than 85 % of ACE inhibitors, pantoprazole more than 80 % of proton pump inhibitors),
Prescription Cost Analysis and OpenPrescribing (GB), CMS Part D (US); those of FR and VN are estimates throughout.
"""

from __future__ import annotations

HRZE = "Isoniazid + Rifampin + Pyrazinamide + Ethambutol"
HR = "Isoniazid + Rifampin"
BIC, DTG3TC = "Bictegravir/Emtricitabine/Tenofovir Alafenamide", "Dolutegravir/Lamivudine"
TLD, DARUNAVIR = "Dolutegravir/Lamivudine/Tenofovir", "Darunavir/Cobicistat/Emtricitabine/Tenofovir Alafenamide"
# condition: weights of the first regimen; then, for those who take two, of the second. Conditions that are not named take both from the
# list of medication_list.py.
FIRST: dict[str, dict[str, float]] = {
    "Type 1 Diabetes": {"Insulin Glargine + Insulin Lispro": 1},
    "Type 2 Diabetes": {"Metformin": 78, "Empagliflozin": 4, "Dapagliflozin": 3, "Semaglutide": 3, "Dulaglutide": 2, "Sitagliptin": 4, "Glipizide": 2, "Gliclazide": 3,
                        "Glimepiride": 3, "Insulin Glargine": 5},
    "Hypertension": {"Lisinopril": 26, "Ramipril": 1.2, "Enalapril": 1.5, "Perindopril": .2, "Losartan": 20, "Valsartan": 5, "Candesartan": .8, "Amlodipine": 22,
                     "Lercanidipine": 3, "Hydrochlorothiazide": 12, "Indapamide": 3, "Metoprolol": 8, "Bisoprolol": 4, "Labetalol": 1, "Nifedipine": 1},
    "Atrial Fibrillation": {"Apixaban": 60, "Rivaroxaban": 26, "Warfarin": 11, "Phenprocoumon": 5},
    "Coronary Artery Disease": {"Aspirin": 70, "Clopidogrel": 20, "Atorvastatin": 10},
    "Previous Myocardial Infarction": {"Aspirin": 75, "Clopidogrel": 25},
    "Previous Stroke": {"Aspirin": 50, "Clopidogrel": 45, "Atorvastatin": 5},
    "Heart Failure": {"Furosemide": 24, "Torsemide": 10, "Sacubitril/Valsartan": 14, "Lisinopril": 8, "Ramipril": 3, "Bisoprolol": 14, "Metoprolol": 14},
    "Gout": {"Allopurinol": 80, "Colchicine": 20},
    "Asthma": {"Albuterol": 40, "Budesonide": 10, "Beclometasone": 12, "Budesonide/Formoterol": 22, "Fluticasone/Salmeterol": 16},
    "Rheumatoid Arthritis": {"Methotrexate": 70, "Hydroxychloroquine": 24, "Adalimumab": 6},
    "Alzheimer's Disease": {"Donepezil": 70, "Rivastigmine": 14, "Memantine": 16},
    "Parkinson's Disease": {"Carbidopa/Levodopa": 85, "Pramipexole": 15},
    "Gastroesophageal Reflux Disease": {"Omeprazole": 45, "Pantoprazole": 38, "Esomeprazole": 10, "Lansoprazole": 5, "Famotidine": 12},
    "Gastritis": {"Omeprazole": 45, "Pantoprazole": 38, "Esomeprazole": 10, "Lansoprazole": 5, "Famotidine": 8},
    "Depression": {"Sertraline": 28, "Escitalopram": 22, "Citalopram": 12, "Fluoxetine": 13, "Venlafaxine": 12, "Mirtazapine": 13},
    "Low Back Pain": {"Ibuprofen": 34, "Naproxen": 18, "Acetaminophen": 30, "Metamizole": 10, "Cyclobenzaprine": 10, "Tramadol": 8},
    "Osteoarthritis": {"Acetaminophen": 32, "Ibuprofen": 25, "Naproxen": 18, "Diclofenac Gel": 20, "Metamizole": 10},
    "Pneumonia": {"Amoxicillin": 30, "Amoxicillin/Clavulanate": 15, "Azithromycin": 18, "Clarithromycin": 7, "Doxycycline": 12, "Levofloxacin": 10, "Ceftriaxone": 6},
    "Urinary Tract Infection": {"Nitrofurantoin": 40, "Trimethoprim/Sulfamethoxazole": 25, "Trimethoprim": 4, "Fosfomycin": 18, "Cefuroxime": 14},
    "Breast Cancer": {"Tamoxifen": 34, "Anastrozole": 26, "Letrozole": 24, "Paclitaxel + Trastuzumab": 7, "Letrozole + Palbociclib": 6},
    "Prostate Cancer": {"Leuprolide": 55, "Leuprolide + Bicalutamide": 15, "Leuprolide + Abiraterone + Prednisone": 18, "Leuprolide + Enzalutamide": 12},
    "Colorectal Cancer": {"Capecitabine + Oxaliplatin": 45, "Capecitabine": 30, "Irinotecan + Bevacizumab + Capecitabine": 15, "Capecitabine + Bevacizumab": 10},
    "Lung Cancer": {"Carboplatin + Pemetrexed + Pembrolizumab": 40, "Pembrolizumab": 25, "Osimertinib": 20, "Gefitinib": 3, "Carboplatin + Paclitaxel": 12},
    "HIV Infection": {BIC: 55, DTG3TC: 22, TLD: 13, DARUNAVIR: 10},
    "Tuberculosis": {HRZE: 1},
}  # fmt: skip
SECOND: dict[str, dict[str, float]] = {
    "Type 1 Diabetes": {},
    "Type 2 Diabetes": {"Empagliflozin": 18, "Dapagliflozin": 12, "Semaglutide": 14, "Dulaglutide": 10, "Sitagliptin": 14, "Glipizide": 10, "Gliclazide": 6, "Glimepiride": 10,
                        "Insulin Glargine": 16, "Metformin": 10},
    "Coronary Artery Disease": {"Atorvastatin": 52, "Rosuvastatin": 14, "Metoprolol": 20, "Bisoprolol": 8, "Nitroglycerin": 6},
    "Previous Myocardial Infarction": {"Atorvastatin": 45, "Rosuvastatin": 12, "Metoprolol": 28, "Bisoprolol": 15},
    "Previous Stroke": {"Atorvastatin": 75, "Rosuvastatin": 25},
    "Atrial Fibrillation": {"Metoprolol": 60, "Bisoprolol": 40},
    "Heart Failure": {"Spironolactone": 26, "Empagliflozin": 14, "Dapagliflozin": 12, "Bisoprolol": 16, "Metoprolol": 16, "Furosemide": 16},
    "Gout": {"Colchicine": 70, "Allopurinol": 30},
    "Asthma": {"Albuterol": 55, "Budesonide/Formoterol": 12, "Fluticasone/Salmeterol": 13, "Montelukast": 20},
    "Rheumatoid Arthritis": {"Adalimumab": 45, "Hydroxychloroquine": 35, "Methotrexate": 20},
    "Alzheimer's Disease": {"Memantine": 1},
    "Parkinson's Disease": {"Pramipexole": 80, "Carbidopa/Levodopa": 20},
    "Breast Cancer": {}, "Prostate Cancer": {}, "Colorectal Cancer": {}, "Lung Cancer": {}, "HIV Infection": {}, "Tuberculosis": {},
}  # fmt: skip
SHARES = {"Type 1 Diabetes": (1, 0), "Tuberculosis": (1, 0), "HIV Infection": (0.9, 0), "Rheumatoid Arthritis": (0.92, 0.4)}
# What a weight is multiplied with where the drug is less or more usual than in the US; 0 is not licensed or not used.
_EUROPE = {"Cyclobenzaprine": 0, "Lisdexamfetamine": .5, "Buspirone": .2, "Famotidine": .3, "Nitroglycerin": .8, "Hydrochlorothiazide": .7, "Glipizide": 0,
           TLD: .15, "Gliclazide": 1}  # fmt: skip
FORMULARY: dict[str, dict[str, float]] = {
    "US": {"Lercanidipine": 0, "Gliclazide": 0, "Metamizole": 0, "Phenprocoumon": 0, "Dienogest": 0, "Ulipristal": 0, TLD: .2, "Gefitinib": .3, "Beclometasone": .4,
           "Perindopril": .3, "Indapamide": .1, "Trimethoprim": .5, "Clarithromycin": .5},
    "DE": {**_EUROPE, "Lisinopril": .08, "Ramipril": 26, "Enalapril": 1, "Losartan": .15, "Candesartan": 27, "Valsartan": 2, "Amlodipine": .9, "Metoprolol": 1.3,
           "Bisoprolol": 4, "Omeprazole": .22, "Pantoprazole": 2.3, "Esomeprazole": .5, "Lansoprazole": .2, "Famotidine": .05, "Torsemide": 3, "Metamizole": 4,
           "Phenprocoumon": 3, "Warfarin": .1, "Simvastatin": 1.2, "Gliclazide": 0, "Glimepiride": .8, "Naproxen": .25, "Acetaminophen": .5, "Citalopram": 1.8,
           "Mirtazapine": 1.8, "Trimethoprim/Sulfamethoxazole": .3, "Trimethoprim": 2, "Fosfomycin": 2.2, "Beclometasone": 1, "Labetalol": 0, "Sitagliptin": 1.6, "Ibuprofen": 1.6,
           "Adapalene": .8, "Loratadine": .5, "Guanfacine": .2, "Ulipristal": .2},
    "GB": {**_EUROPE, "Lisinopril": .35, "Ramipril": 17, "Candesartan": 9, "Losartan": .7, "Valsartan": .2, "Perindopril": 15, "Indapamide": 4, "Hydrochlorothiazide": .02,
           "Bisoprolol": 4, "Metoprolol": .1, "Lercanidipine": 1, "Omeprazole": 1, "Pantoprazole": .12, "Esomeprazole": .5, "Lansoprazole": 6, "Famotidine": .4,
           "Gliclazide": 4, "Glimepiride": .3, "Simvastatin": 1, "Rosuvastatin": .3, "Metamizole": 0, "Phenprocoumon": 0, "Citalopram": 2.4, "Escitalopram": .4, "Beclometasone": 3,
           "Budesonide": .3, "Trimethoprim": 8, "Trimethoprim/Sulfamethoxazole": .05, "Clarithromycin": 2, "Azithromycin": .1, "Dapagliflozin": 2, "Torsemide": 0, "Naproxen": 1.6,
           "Ibuprofen": .6, "Tramadol": .6, "Ulipristal": .1, "Cetirizine": 1.2, "Fosfomycin": .2, "Levofloxacin": .1, "Apixaban": 1.2},
    "FR": {**_EUROPE, "Lisinopril": .1, "Ramipril": 13, "Perindopril": 60, "Losartan": .15, "Candesartan": 16, "Valsartan": 1.4, "Lercanidipine": 3, "Bisoprolol": 4, "Metoprolol": .2,
           "Omeprazole": .35, "Pantoprazole": .8, "Esomeprazole": 4, "Lansoprazole": 2, "Famotidine": 0, "Gliclazide": 4, "Glimepiride": 1, "Metamizole": 0, "Phenprocoumon": 0,
           "Naproxen": .4, "Acetaminophen": 2, "Tramadol": 1.8, "Escitalopram": 1.3, "Sertraline": .8, "Indapamide": 2.5, "Torsemide": 0, "Fosfomycin": 2.5, "Ulipristal": .1,
           "Trimethoprim/Sulfamethoxazole": .3, "Labetalol": .4, "Rosuvastatin": .8, "Empagliflozin": .6, "Dapagliflozin": 1.5, "Dulaglutide": 2, "Lisdexamfetamine": 0, "Guanfacine": 0},
    "VN": {**_EUROPE, "Lisinopril": .2, "Ramipril": .5, "Enalapril": 5, "Perindopril": 70, "Losartan": 1, "Valsartan": 1.2, "Candesartan": 1, "Amlodipine": 1.4, "Nifedipine": 5,
           "Indapamide": 2, "Bisoprolol": 2.5, "Metoprolol": .4, "Gliclazide": 7, "Glimepiride": 1.5, "Semaglutide": .02, "Dulaglutide": .1, "Empagliflozin": .5, "Dapagliflozin": .9,
           "Esomeprazole": 4, "Omeprazole": 1, "Pantoprazole": .7, "Apixaban": .2, "Rivaroxaban": .9, "Warfarin": 1.6, "Phenprocoumon": 0, "Metamizole": 0, "Rosuvastatin": 1.2,
           "Lisdexamfetamine": 0, "Guanfacine": 0, "Naltrexone": .3, "Adalimumab": .15, "Dupilumab": .05, "Ocrelizumab": .05, TLD: 25, BIC: .05, DTG3TC: .05, DARUNAVIR: .05,
           "Osimertinib": .4, "Gefitinib": 6, "Pembrolizumab": .05, "Palbociclib": .3, "Fluticasone/Salmeterol": 1.3, "Amoxicillin/Clavulanate": 2, "Levofloxacin": 1.6, "Ulipristal": .2,
           "Clarithromycin": 1.3, "Cyclobenzaprine": .1, "Nitrofurantoin": .3, "Cefuroxime": 2, "Torsemide": .2, "Denosumab": .05, "Ezetimibe": .5, "Labetalol": .1,
           "Sacubitril/Valsartan": .4, "Buspirone": 0, "Citalopram": .3},
}  # fmt: skip

WOMAN, SMOKER = "woman who may become pregnant", "smoker of 35 or more"
_HEART = ("Coronary Artery Disease", "Previous Myocardial Infarction", "Previous Stroke")
# drug or class: conditions (and kinds of people) with which it is not given
CONTRAINDICATED: dict[str, tuple[str, ...]] = {
    "triptan": _HEART,
    "non-steroidal anti-inflammatory": ("Chronic Kidney Disease", "Heart Failure", *_HEART, "Cirrhosis of Liver", "Gastritis"),
    "pyrazolone analgesic": ("Cirrhosis of Liver",),
    "biguanide": ("Cirrhosis of Liver", "Alcohol Use Disorder"),
    "SGLT2 inhibitor": ("Type 1 Diabetes",), "GLP-1 receptor agonist": ("Type 1 Diabetes",), "DPP-4 inhibitor": ("Type 1 Diabetes",),
    "sulfonylurea": ("Type 1 Diabetes",),
    "Propranolol": ("Asthma", "COPD"), "Labetalol": ("Asthma", "COPD"), "beta blocker eye drops": ("Asthma", "COPD"),
    "Metoprolol": ("Asthma",), "Bisoprolol": ("Asthma",),
    "Nifedipine": ("Heart Failure", "Coronary Artery Disease"), "thiazide diuretic": ("Gout",),
    "statin": ("Cirrhosis of Liver",), "direct oral anticoagulant": ("Cirrhosis of Liver",),
    "Nitrofurantoin": ("Chronic Kidney Disease",), "fluoroquinolone antibiotic": ("Epilepsy",),
    "Tramadol": ("Epilepsy", "Alcohol Use Disorder"),
    "Cyclobenzaprine": ("Atrial Fibrillation", "Heart Failure", *_HEART, "Glaucoma"),
    "dopamine agonist": ("Schizophrenia", "Bipolar Disorder"), "Olanzapine": ("Parkinson's Disease",), "Risperidone": ("Parkinson's Disease",),
    "Valproate": ("Cirrhosis of Liver", "Chronic Hepatitis B", WOMAN), "Topiramate": ("Glaucoma",),
    "stimulant": (*_HEART, "Atrial Fibrillation", "Heart Failure", "Glaucoma", "Schizophrenia", "Bipolar Disorder"),
    "mood stabilizer": ("Chronic Kidney Disease", "Heart Failure"), "opioid antagonist": ("Cirrhosis of Liver",),
    "TNF inhibitor": ("Tuberculosis", "Heart Failure", "Multiple Sclerosis", "Chronic Hepatitis B"),
    "Methotrexate": ("Chronic Kidney Disease", "Cirrhosis of Liver", "Alcohol Use Disorder", "Chronic Hepatitis B", "Tuberculosis"),
    "combined oral contraceptive": ("Migraine", "Hypertension", *_HEART, "Breast Cancer", "Cirrhosis of Liver", SMOKER),
    "progestin": ("Breast Cancer",), "Ulipristal": ("Cirrhosis of Liver", "Breast Cancer"), "nucleotide analogue": ("Chronic Kidney Disease",),
    "antirheumatic": ("Macular Degeneration",), "bisphosphonate": ("Chronic Kidney Disease",),
    "Dolutegravir/Lamivudine": ("Chronic Hepatitis B",), "Dolutegravir/Lamivudine/Tenofovir": ("Chronic Kidney Disease",),
    "Trastuzumab": ("Heart Failure",), "Abiraterone": ("Cirrhosis of Liver",), "Bevacizumab": ("Previous Stroke", "Previous Myocardial Infarction"),
    "Memantine": ("Epilepsy",),
}  # fmt: skip
# (drug or class that is stopped, drug or class with which it is not taken)
INTERACTIONS = [
    ("non-steroidal anti-inflammatory", "direct oral anticoagulant"), ("non-steroidal anti-inflammatory", "vitamin K antagonist"),
    ("antiplatelet", "direct oral anticoagulant"), ("antiplatelet", "vitamin K antagonist"),
    ("non-steroidal anti-inflammatory", "mood stabilizer"), ("thiazide diuretic", "mood stabilizer"), ("ACE inhibitor", "mood stabilizer"),
    ("angiotensin receptor blocker", "mood stabilizer"), ("neprilysin inhibitor with ARB", "mood stabilizer"),
    ("opioid analgesic", "opioid antagonist"), ("opioid analgesic", "SSRI antidepressant"), ("opioid analgesic", "SNRI antidepressant"),
    ("Omeprazole", "Clopidogrel"), ("Esomeprazole", "Clopidogrel"),
    ("combined oral contraceptive", "Rifampin"), ("direct oral anticoagulant", "Rifampin"), ("vitamin K antagonist", "Rifampin"),
    ("vitamin K antagonist", "Capecitabine"), ("vitamin K antagonist", "selective estrogen receptor modulator"),
    ("Simvastatin", "Clarithromycin"), ("Atorvastatin", "Clarithromycin"), ("Colchicine", "Clarithromycin"), ("Simvastatin", "antiretroviral combination"),
    ("Trimethoprim/Sulfamethoxazole", "Methotrexate"), ("Trimethoprim", "Methotrexate"), ("Fluoxetine", "selective estrogen receptor modulator"),
    ("Topiramate", "Valproate"), ("Spironolactone", "Trimethoprim/Sulfamethoxazole"), ("combined oral contraceptive", "Topiramate"),
]  # fmt: skip
