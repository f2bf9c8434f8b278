"""Drugs, what they treat, and what rules them out.

Doses and limits are those commonly stated in public drug labels; a class is named in plain words.
"""


from __future__ import annotations

from typing import NamedTuple


class Drug(NamedTuple):
    name: str  # United States adopted name
    inn: str  # international non-proprietary name
    drug_class: str
    route: str
    dose_form: str
    approved: int  # year of first approval in the US
    min_age: int
    pregnancy: bool  # may be taken in pregnancy
    allergy: str  # allergy that rules it out, or ""
    dose: str
    frequency: str


def _d(
    name: str, drug_class: str, route_form: str, approved: int, min_age: int, pregnancy: int, dose: str, frequency: str,
    inn: str = "", allergy: str = "",
) -> Drug:  # fmt: skip
    route, form = route_form.split("/")
    return Drug(
        name, inn or name, drug_class, route, form, approved, min_age, bool(pregnancy), allergy, dose, frequency
    )


ONCE, TWICE, THRICE, NEED = "once daily", "twice daily", "three times daily", "as needed"
TABLET, CAPSULE, INHALER, INJECTION = "oral/tablet", "oral/capsule", "inhaled/inhaler", "subcutaneous/injection"
INFUSION, CREAM, DROPS, SYRUP = "intravenous/infusion", "topical/cream", "ophthalmic/eye drops", "oral/suspension"
NSAID, PENICILLIN, SULFA = "Aspirin and NSAIDs", "Penicillin", "Sulfonamide Antibiotics"
CEPHALOSPORIN, MACROLIDE, QUINOLONE, OPIOID = "Cephalosporins", "Macrolide Antibiotics", "Fluoroquinolones", "Codeine"
DRUGS = [
    _d("Metformin", "biguanide", TABLET, 1995, 10, 1, "500 mg", TWICE),
    _d("Insulin Glargine", "long-acting insulin", INJECTION, 2000, 2, 1, "20 units", ONCE),
    _d("Insulin Lispro", "rapid-acting insulin", INJECTION, 1996, 2, 1, "6 units", "with meals"),
    _d("Empagliflozin", "SGLT2 inhibitor", TABLET, 2014, 18, 0, "10 mg", ONCE),
    _d("Semaglutide", "GLP-1 receptor agonist", INJECTION, 2017, 18, 0, "0.5 mg", "once weekly"),
    _d("Sitagliptin", "DPP-4 inhibitor", TABLET, 2006, 18, 0, "100 mg", ONCE),
    _d("Glipizide", "sulfonylurea", TABLET, 1984, 18, 0, "5 mg", ONCE),
    _d("Lisinopril", "ACE inhibitor", TABLET, 1987, 18, 0, "10 mg", ONCE),
    _d("Ramipril", "ACE inhibitor", CAPSULE, 1991, 18, 0, "5 mg", ONCE),
    _d("Losartan", "angiotensin receptor blocker", TABLET, 1995, 18, 0, "50 mg", ONCE),
    _d("Amlodipine", "calcium channel blocker", TABLET, 1992, 18, 1, "5 mg", ONCE),
    _d("Nifedipine", "calcium channel blocker", TABLET, 1981, 18, 1, "30 mg", ONCE),
    _d("Labetalol", "beta blocker", TABLET, 1984, 18, 1, "100 mg", TWICE),
    _d("Hydrochlorothiazide", "thiazide diuretic", TABLET, 1959, 18, 0, "12.5 mg", ONCE),
    _d("Metoprolol", "beta blocker", TABLET, 1978, 18, 1, "50 mg", ONCE),
    _d("Bisoprolol", "beta blocker", TABLET, 1992, 18, 0, "5 mg", ONCE),
    _d("Furosemide", "loop diuretic", TABLET, 1966, 18, 0, "40 mg", ONCE),
    _d("Spironolactone", "potassium-sparing diuretic", TABLET, 1960, 18, 0, "25 mg", ONCE),
    _d("Sacubitril/Valsartan", "neprilysin inhibitor with ARB", TABLET, 2015, 18, 0, "49/51 mg", TWICE),
    _d("Atorvastatin", "statin", TABLET, 1996, 18, 0, "20 mg", ONCE),
    _d("Rosuvastatin", "statin", TABLET, 2003, 18, 0, "10 mg", ONCE),
    _d("Simvastatin", "statin", TABLET, 1991, 18, 0, "20 mg", ONCE),
    _d("Ezetimibe", "cholesterol absorption inhibitor", TABLET, 2002, 18, 0, "10 mg", ONCE),
    _d("Aspirin", "antiplatelet", TABLET, 1950, 18, 0, "81 mg", ONCE, "Acetylsalicylic Acid", NSAID),
    _d("Clopidogrel", "antiplatelet", TABLET, 1997, 18, 0, "75 mg", ONCE),
    _d("Nitroglycerin", "nitrate", "sublingual/tablet", 1981, 18, 1, "0.4 mg", NEED, "Glyceryl Trinitrate"),
    _d("Apixaban", "direct oral anticoagulant", TABLET, 2012, 18, 0, "5 mg", TWICE),
    _d("Rivaroxaban", "direct oral anticoagulant", TABLET, 2011, 18, 0, "20 mg", ONCE),
    _d("Warfarin", "vitamin K antagonist", TABLET, 1954, 18, 0, "5 mg", ONCE),
    _d("Allopurinol", "xanthine oxidase inhibitor", TABLET, 1966, 18, 0, "300 mg", ONCE),
    _d("Colchicine", "anti-gout agent", TABLET, 1961, 18, 0, "0.6 mg", NEED),
    _d("Albuterol", "short-acting beta agonist", INHALER, 1981, 2, 1, "90 mcg", NEED, "Salbutamol"),
    _d("Budesonide", "inhaled corticosteroid", INHALER, 1997, 2, 1, "200 mcg", TWICE),
    _d("Fluticasone/Salmeterol", "inhaled corticosteroid with beta agonist", INHALER, 2000, 5, 1, "100/50 mcg", TWICE),
    _d("Montelukast", "leukotriene antagonist", TABLET, 1998, 5, 1, "5 mg", ONCE),
    _d("Tiotropium", "long-acting antimuscarinic", INHALER, 2004, 18, 0, "18 mcg", ONCE),
    _d("Umeclidinium/Vilanterol", "antimuscarinic with beta agonist", INHALER, 2013, 18, 0, "62.5/25 mcg", ONCE),
    _d("Cetirizine", "antihistamine", TABLET, 1995, 5, 1, "10 mg", ONCE),
    _d("Loratadine", "antihistamine", TABLET, 1993, 5, 1, "10 mg", ONCE),
    _d("Fluticasone Nasal Spray", "nasal corticosteroid", "nasal/spray", 1994, 5, 1, "50 mcg", ONCE),
    _d("Amoxicillin", "penicillin antibiotic", SYRUP, 1974, 0, 1, "40 mg/kg", TWICE, "", PENICILLIN),
    _d("Amoxicillin/Clavulanate", "penicillin antibiotic", TABLET, 1984, 12, 1, "875/125 mg", TWICE, "", PENICILLIN),
    _d("Azithromycin", "macrolide antibiotic", TABLET, 1991, 2, 1, "500 mg", ONCE, "", MACROLIDE),
    _d("Doxycycline", "tetracycline antibiotic", TABLET, 1967, 12, 0, "100 mg", TWICE),
    _d("Levofloxacin", "fluoroquinolone antibiotic", TABLET, 1996, 18, 0, "500 mg", ONCE, "", QUINOLONE),
    _d("Ceftriaxone", "cephalosporin antibiotic", "intravenous/injection", 1984, 2, 1, "1 g", ONCE, "", CEPHALOSPORIN),
    _d("Cefuroxime", "cephalosporin antibiotic", TABLET, 1987, 2, 1, "250 mg", TWICE, "", CEPHALOSPORIN),
    _d("Nitrofurantoin", "urinary antibiotic", CAPSULE, 1953, 12, 0, "100 mg", TWICE),
    _d("Trimethoprim/Sulfamethoxazole", "sulfonamide antibiotic", TABLET, 1973, 2, 0, "160/800 mg", TWICE, "", SULFA),
    _d("Fosfomycin", "urinary antibiotic", "oral/granules", 1996, 12, 1, "3 g", "single dose"),
    _d("Acetaminophen", "analgesic", SYRUP, 1955, 0, 1, "15 mg/kg", NEED, "Paracetamol"),
    _d("Ibuprofen", "non-steroidal anti-inflammatory", TABLET, 1974, 12, 0, "400 mg", NEED, "", NSAID),
    _d("Naproxen", "non-steroidal anti-inflammatory", TABLET, 1976, 18, 0, "500 mg", TWICE, "", NSAID),
    _d("Diclofenac Gel", "topical anti-inflammatory", CREAM, 2007, 18, 0, "4 g", "four times daily", "", NSAID),
    _d("Tramadol", "opioid analgesic", TABLET, 1995, 18, 0, "50 mg", NEED, "", OPIOID),
    _d("Cyclobenzaprine", "muscle relaxant", TABLET, 1977, 18, 0, "10 mg", "at night"),
    _d("Donepezil", "cholinesterase inhibitor", TABLET, 1996, 40, 0, "10 mg", "at night"),
    _d("Memantine", "NMDA antagonist", TABLET, 2003, 40, 0, "10 mg", TWICE),
    _d("Rivastigmine", "cholinesterase inhibitor", "transdermal/patch", 2000, 40, 0, "9.5 mg/24 h", ONCE),
    _d("Carbidopa/Levodopa", "dopamine precursor", TABLET, 1975, 30, 0, "25/100 mg", THRICE),
    _d("Pramipexole", "dopamine agonist", TABLET, 1997, 30, 0, "0.5 mg", THRICE),
    _d("Levetiracetam", "anticonvulsant", TABLET, 1999, 2, 1, "500 mg", TWICE),
    _d("Lamotrigine", "anticonvulsant", TABLET, 1994, 2, 1, "100 mg", TWICE),
    _d("Valproate", "anticonvulsant", TABLET, 1978, 18, 0, "500 mg", TWICE),
    _d("Sumatriptan", "triptan", TABLET, 1992, 18, 1, "50 mg", NEED),
    _d("Topiramate", "anticonvulsant", TABLET, 1996, 18, 0, "50 mg", TWICE),
    _d("Propranolol", "beta blocker", TABLET, 1967, 12, 1, "40 mg", TWICE),
    _d("Ocrelizumab", "CD20 antibody", INFUSION, 2017, 18, 0, "600 mg", "every 6 months"),
    _d("Glatiramer Acetate", "immunomodulator", INJECTION, 1996, 18, 1, "40 mg", "three times weekly"),
    _d("Sertraline", "SSRI antidepressant", TABLET, 1991, 12, 1, "50 mg", ONCE),
    _d("Fluoxetine", "SSRI antidepressant", CAPSULE, 1987, 8, 1, "20 mg", ONCE),
    _d("Escitalopram", "SSRI antidepressant", TABLET, 2002, 12, 1, "10 mg", ONCE),
    _d("Venlafaxine", "SNRI antidepressant", CAPSULE, 1993, 18, 0, "75 mg", ONCE),
    _d("Mirtazapine", "antidepressant", TABLET, 1996, 18, 0, "15 mg", "at night"),
    _d("Buspirone", "anxiolytic", TABLET, 1986, 18, 1, "10 mg", TWICE),
    _d("Methylphenidate", "stimulant", TABLET, 1955, 6, 0, "18 mg", ONCE),
    _d("Lisdexamfetamine", "stimulant", CAPSULE, 2007, 6, 0, "30 mg", ONCE),
    _d("Guanfacine", "alpha-2 agonist", TABLET, 2009, 6, 0, "2 mg", ONCE),
    _d("Lithium", "mood stabilizer", TABLET, 1970, 18, 0, "300 mg", TWICE),
    _d("Quetiapine", "atypical antipsychotic", TABLET, 1997, 18, 1, "100 mg", "at night"),
    _d("Olanzapine", "atypical antipsychotic", TABLET, 1996, 18, 1, "10 mg", "at night"),
    _d("Risperidone", "atypical antipsychotic", TABLET, 1993, 5, 0, "2 mg", ONCE),
    _d("Naltrexone", "opioid antagonist", TABLET, 1984, 18, 0, "50 mg", ONCE),
    _d("Omeprazole", "proton pump inhibitor", CAPSULE, 1989, 18, 1, "20 mg", ONCE),
    _d("Pantoprazole", "proton pump inhibitor", TABLET, 2000, 18, 1, "40 mg", ONCE),
    _d("Famotidine", "H2 blocker", TABLET, 1986, 18, 1, "20 mg", TWICE),
    _d("Adalimumab", "TNF inhibitor", INJECTION, 2002, 12, 1, "40 mg", "every 2 weeks"),
    _d("Mesalamine", "aminosalicylate", TABLET, 1987, 12, 1, "1.2 g", TWICE, "Mesalazine"),
    _d("Lactulose", "osmotic laxative", SYRUP, 1976, 18, 1, "20 g", TWICE),
    _d("Tenofovir", "nucleotide analogue", TABLET, 2001, 12, 1, "300 mg", ONCE),
    _d("Entecavir", "nucleoside analogue", TABLET, 2005, 16, 0, "0.5 mg", ONCE),
    _d("Methotrexate", "antimetabolite", TABLET, 1953, 18, 0, "15 mg", "once weekly"),
    _d("Hydroxychloroquine", "antirheumatic", TABLET, 1955, 18, 1, "200 mg", TWICE),
    _d("Alendronate", "bisphosphonate", TABLET, 1995, 40, 0, "70 mg", "once weekly"),
    _d("Denosumab", "RANKL antibody", INJECTION, 2010, 40, 0, "60 mg", "every 6 months"),
    _d("Levothyroxine", "thyroid hormone", TABLET, 1955, 0, 1, "75 mcg", ONCE),
    _d("Ferrous Sulfate", "iron supplement", TABLET, 1940, 0, 1, "325 mg", ONCE),
    _d("Ethinyl Estradiol/Norgestimate", "combined oral contraceptive", TABLET, 1989, 16, 0, "0.035/0.25 mg", ONCE),
    _d("Dienogest", "progestin", TABLET, 2010, 18, 0, "2 mg", ONCE),
    _d("Ulipristal", "progesterone receptor modulator", TABLET, 2010, 18, 0, "5 mg", ONCE),
    _d("Prenatal Vitamins", "vitamin supplement", TABLET, 1950, 12, 1, "1 tablet", ONCE),
    _d("Tamsulosin", "alpha blocker", CAPSULE, 1997, 18, 0, "0.4 mg", ONCE),
    _d("Finasteride", "5-alpha reductase inhibitor", TABLET, 1992, 18, 0, "5 mg", ONCE),
    _d("Calcipotriene/Betamethasone", "topical vitamin D with corticosteroid", CREAM, 2006, 12, 0, "1 application", ONCE,
       "Calcipotriol/Betamethasone"),
    _d("Hydrocortisone Cream", "topical corticosteroid", CREAM, 1952, 0, 1, "1 %", TWICE),
    _d("Dupilumab", "interleukin antibody", INJECTION, 2017, 6, 1, "300 mg", "every 2 weeks"),
    _d("Adapalene", "topical retinoid", CREAM, 1996, 12, 0, "0.1 %", ONCE),
    _d("Benzoyl Peroxide", "topical antiseptic", CREAM, 1960, 12, 1, "5 %", ONCE),
    _d("Latanoprost", "prostaglandin analogue", DROPS, 1996, 18, 0, "0.005 %", "at night"),
    _d("Timolol", "beta blocker eye drops", DROPS, 1978, 18, 1, "0.5 %", TWICE),
    _d("Aflibercept", "VEGF inhibitor", "intravitreal/injection", 2011, 40, 0, "2 mg", "every 8 weeks"),
    _d("Tamoxifen", "selective estrogen receptor modulator", TABLET, 1977, 18, 0, "20 mg", ONCE),
    _d("Anastrozole", "aromatase inhibitor", TABLET, 1995, 45, 0, "1 mg", ONCE),
    _d("Leuprolide", "GnRH agonist", INJECTION, 1985, 18, 0, "22.5 mg", "every 3 months", "Leuprorelin"),
    _d("Capecitabine", "antimetabolite", TABLET, 1998, 18, 0, "1500 mg", TWICE),
    _d("Pembrolizumab", "PD-1 inhibitor", INFUSION, 2014, 18, 0, "200 mg", "every 3 weeks"),
    _d("Isoniazid", "antituberculous drug", TABLET, 1952, 0, 1, "300 mg", ONCE),
    _d("Rifampin", "antituberculous drug", CAPSULE, 1971, 0, 1, "600 mg", ONCE, "Rifampicin"),
]  # fmt: skip

# condition: share treated with a drug, share of those on a second one, candidates with weights.
TREATMENTS: dict[str, tuple[float, float, dict[str, int]]] = {
    "Obesity": (.06, 0, {"Semaglutide": 1}),
    "Type 1 Diabetes": (1, 1, {"Insulin Glargine": 1, "Insulin Lispro": 1}),
    "Type 2 Diabetes": (.88, .45, {"Metformin": 60, "Empagliflozin": 12, "Semaglutide": 10, "Sitagliptin": 8, "Glipizide": 8, "Insulin Glargine": 12}),
    "Hypertension": (.76, .45, {"Lisinopril": 26, "Ramipril": 8, "Losartan": 20, "Amlodipine": 24, "Hydrochlorothiazide": 14, "Metoprolol": 10, "Labetalol": 1, "Nifedipine": 1}),
    "Hyperlipidemia": (.65, .08, {"Atorvastatin": 50, "Rosuvastatin": 22, "Simvastatin": 20, "Ezetimibe": 6}),
    "Coronary Artery Disease": (.95, .8, {"Aspirin": 40, "Atorvastatin": 30, "Metoprolol": 20, "Clopidogrel": 12, "Nitroglycerin": 8}),
    "Previous Myocardial Infarction": (.95, .7, {"Aspirin": 40, "Clopidogrel": 18, "Metoprolol": 25, "Atorvastatin": 25}),
    "Atrial Fibrillation": (.9, .55, {"Apixaban": 40, "Rivaroxaban": 22, "Warfarin": 10, "Metoprolol": 25, "Bisoprolol": 12}),
    "Heart Failure": (.95, .8, {"Furosemide": 30, "Sacubitril/Valsartan": 14, "Spironolactone": 18, "Bisoprolol": 14, "Metoprolol": 14, "Empagliflozin": 12}),
    "Previous Stroke": (.93, .6, {"Aspirin": 35, "Clopidogrel": 30, "Atorvastatin": 35}),
    "Chronic Kidney Disease": (.55, .1, {"Lisinopril": 20, "Losartan": 20, "Empagliflozin": 16}),
    "Gout": (.7, .25, {"Allopurinol": 75, "Colchicine": 20}),
    "Asthma": (.9, .5, {"Albuterol": 50, "Budesonide": 22, "Fluticasone/Salmeterol": 20, "Montelukast": 12}),
    "COPD": (.85, .5, {"Tiotropium": 35, "Umeclidinium/Vilanterol": 18, "Albuterol": 35, "Fluticasone/Salmeterol": 15}),
    "Allergic Rhinitis": (.65, .3, {"Cetirizine": 35, "Loratadine": 25, "Fluticasone Nasal Spray": 30}),
    "Pneumonia": (1, .15, {"Amoxicillin": 30, "Amoxicillin/Clavulanate": 15, "Azithromycin": 25, "Doxycycline": 12, "Levofloxacin": 12, "Ceftriaxone": 6}),
    "Upper Respiratory Infection": (.4, 0, {"Acetaminophen": 60, "Ibuprofen": 30}),
    "Alzheimer's Disease": (.65, .25, {"Donepezil": 60, "Memantine": 28, "Rivastigmine": 12}),
    "Parkinson's Disease": (.92, .3, {"Carbidopa/Levodopa": 75, "Pramipexole": 25}),
    "Epilepsy": (.9, .2, {"Levetiracetam": 50, "Lamotrigine": 32, "Valproate": 14}),
    "Migraine": (.6, .3, {"Sumatriptan": 45, "Topiramate": 18, "Propranolol": 18, "Acetaminophen": 12}),
    "Multiple Sclerosis": (.8, 0, {"Ocrelizumab": 50, "Glatiramer Acetate": 50}),
    "Depression": (.6, .12, {"Sertraline": 30, "Escitalopram": 26, "Fluoxetine": 16, "Venlafaxine": 14, "Mirtazapine": 12}),
    "Anxiety Disorder": (.45, .1, {"Sertraline": 30, "Escitalopram": 35, "Buspirone": 18, "Venlafaxine": 12, "Fluoxetine": 6}),
    "ADHD": (.6, .08, {"Methylphenidate": 50, "Lisdexamfetamine": 35, "Guanfacine": 12}),
    "Autism Spectrum Disorder": (.1, 0, {"Risperidone": 1}),
    "Bipolar Disorder": (.9, .5, {"Lithium": 35, "Quetiapine": 30, "Lamotrigine": 25, "Valproate": 14}),
    "Schizophrenia": (.92, .1, {"Olanzapine": 35, "Risperidone": 30, "Quetiapine": 30}),
    "Alcohol Use Disorder": (.08, 0, {"Naltrexone": 1}),
    "Gastroesophageal Reflux Disease": (.8, .05, {"Omeprazole": 45, "Pantoprazole": 38, "Famotidine": 16}),
    "Gastritis": (.9, 0, {"Omeprazole": 50, "Pantoprazole": 40, "Famotidine": 12}),
    "Crohn's Disease": (.85, 0, {"Adalimumab": 60, "Mesalamine": 30}),
    "Ulcerative Colitis": (.9, .15, {"Mesalamine": 75, "Adalimumab": 25}),
    "Cirrhosis of Liver": (.7, .4, {"Spironolactone": 45, "Lactulose": 35, "Furosemide": 25}),
    "Chronic Hepatitis B": (.35, 0, {"Tenofovir": 60, "Entecavir": 40}),
    "Rheumatoid Arthritis": (.92, .4, {"Methotrexate": 55, "Hydroxychloroquine": 28, "Adalimumab": 20}),
    "Osteoarthritis": (.6, .15, {"Acetaminophen": 30, "Ibuprofen": 25, "Naproxen": 18, "Diclofenac Gel": 20}),
    "Osteoporosis": (.5, 0, {"Alendronate": 65, "Denosumab": 30}),
    "Low Back Pain": (.6, .15, {"Ibuprofen": 35, "Naproxen": 18, "Acetaminophen": 28, "Cyclobenzaprine": 12, "Tramadol": 8}),
    "Hypothyroidism": (.95, 0, {"Levothyroxine": 1}),
    "Iron Deficiency Anemia": (.8, 0, {"Ferrous Sulfate": 1}),
    "Polycystic Ovary Syndrome": (.6, .2, {"Metformin": 40, "Ethinyl Estradiol/Norgestimate": 55}),
    "Endometriosis": (.6, 0, {"Dienogest": 55, "Ethinyl Estradiol/Norgestimate": 45}),
    "Uterine Fibroids": (.3, 0, {"Ulipristal": 30, "Ethinyl Estradiol/Norgestimate": 40}),
    "Pregnancy": (.85, .3, {"Prenatal Vitamins": 90, "Ferrous Sulfate": 25}),
    "Benign Prostatic Hyperplasia": (.55, .3, {"Tamsulosin": 70, "Finasteride": 28}),
    "Urinary Tract Infection": (1, 0, {"Nitrofurantoin": 40, "Trimethoprim/Sulfamethoxazole": 25, "Fosfomycin": 18, "Cefuroxime": 14}),
    "Psoriasis": (.7, .15, {"Calcipotriene/Betamethasone": 60, "Adalimumab": 15, "Methotrexate": 12}),
    "Atopic Dermatitis": (.65, .1, {"Hydrocortisone Cream": 75, "Dupilumab": 8}),
    "Acne": (.6, .35, {"Adapalene": 40, "Benzoyl Peroxide": 40, "Doxycycline": 12}),
    "Glaucoma": (.92, .25, {"Latanoprost": 65, "Timolol": 35}),
    "Macular Degeneration": (.15, 0, {"Aflibercept": 1}),
    "Otitis Media": (.9, .3, {"Amoxicillin": 70, "Acetaminophen": 20, "Azithromycin": 12}),
    "Breast Cancer": (.7, 0, {"Tamoxifen": 45, "Anastrozole": 50}),
    "Prostate Cancer": (.35, 0, {"Leuprolide": 1}),
    "Colorectal Cancer": (.35, 0, {"Capecitabine": 1}),
    "Lung Cancer": (.5, 0, {"Pembrolizumab": 1}),
    "Tuberculosis": (1, 1, {"Isoniazid": 50, "Rifampin": 50}),
    "Dengue Fever": (.9, 0, {"Acetaminophen": 1}),
}  # fmt: skip

# allergy: class it is of, per cent of persons by age (0-1, 2-17, 18 and over) in the US; share among hay fever patients.
ALLERGIES: dict[str, tuple[str, float, float, float, float]] = {
    "Penicillin": ("drug", .5, 4.5, 9.0, 0),
    "Cephalosporins": ("drug", .1, .6, 1.3, 0),
    "Sulfonamide Antibiotics": ("drug", 0, 1.2, 4.0, 0),
    "Macrolide Antibiotics": ("drug", 0, .6, 1.2, 0),
    "Fluoroquinolones": ("drug", 0, 0, 1.0, 0),
    "Aspirin and NSAIDs": ("drug", 0, .4, 2.2, 0),
    "Codeine": ("drug", 0, .2, 2.3, 0),
    "Iodinated Contrast Media": ("drug", 0, .1, 1.1, 0),
    "Latex": ("environment", 0, .3, .8, 0),
    "Peanut": ("food", .8, 2.2, 1.2, 0),
    "Tree Nuts": ("food", .3, 1.2, .9, 0),
    "Shellfish": ("food", .1, 1.2, 2.6, 0),
    "Cow's Milk": ("food", 2.5, 1.6, 1.2, 0),
    "Egg": ("food", 1.6, .9, .5, 0),
    "Pollen": ("environment", 0, 2.0, 3.0, 55),
    "House Dust Mites": ("environment", 0, 1.5, 2.0, 35),
    "Animal Dander": ("environment", .1, 1.0, 1.5, 18),
    "Insect Venom": ("environment", 0, .5, 2.4, 0),
}  # fmt: skip
ALLERGY_FACTOR = {
    "US": {}, "GB": {"Penicillin": .7}, "FR": {"Penicillin": .65},
    "DE": {"Penicillin": .6, "Sulfonamide Antibiotics": .4, "Codeine": .4},
    "VN": {"Penicillin": .35, "Sulfonamide Antibiotics": .5, "Peanut": .25, "Tree Nuts": .3, "Codeine": .2, "Pollen": .5,
           "Insect Venom": .5, "Latex": .5},
}  # fmt: skip
