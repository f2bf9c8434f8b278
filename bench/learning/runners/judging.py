"""SDMetrics' quality report over all pairs, and classifiers: `judging.py LEARNED OTHER MADE ASKED`, Parquet files; prints JSON.

The classifier is trained once on the copy and once on the half that was learned, and asked of the other half.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from sdmetrics.reports.single_table import QualityReport
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import OrdinalEncoder

warnings.filterwarnings("ignore")


def plain(frame, real):
    """Columns as numbers with NaN, or as text."""
    made = {}
    for name in real.columns:
        numeric = pd.api.types.is_numeric_dtype(real[name]) and not pd.api.types.is_bool_dtype(real[name])
        made[name] = (
            frame[name].astype(float) if numeric else frame[name].astype(object).where(frame[name].notna(), None)
        )
        if not numeric:
            made[name] = made[name].map(lambda each: each if each is None else str(each))
    return pd.DataFrame(made)


def quality(real, copy):
    numeric = {name: pd.api.types.is_float_dtype(real[name]) for name in real.columns}
    columns = {name: {"sdtype": "numerical" if number else "categorical"} for name, number in numeric.items()}
    report = QualityReport()
    report.real_correlation_threshold = 0
    report.real_association_threshold = 0
    report.generate(real, copy, {"columns": columns}, verbose=False)
    usual = QualityReport()
    usual.generate(real, copy, {"columns": columns}, verbose=False)
    found = report.get_properties().set_index("Property")["Score"]
    return {
        "quality": report.get_score(),
        "shapes": float(found["Column Shapes"]),
        "pairs": float(found["Column Pair Trends"]),
        "usual": usual.get_score(),
    }


def area(train, judged, asked):
    """Under the curve of a classifier of `asked` that learned `train`."""
    target, wanted = train[asked], judged[asked]
    if pd.api.types.is_float_dtype(wanted):
        middle = wanted.median()
        there, kept = target.notna(), wanted.notna()
        target, wanted = target > middle, wanted > middle
    else:
        there, kept = target.notna(), wanted.notna()
        first = judged[asked].mode()[0]
        target, wanted = target == first, wanted == first
    own, theirs = train.drop(columns=[asked])[there], judged.drop(columns=[asked])[kept]
    texts = [name for name in own.columns if not pd.api.types.is_float_dtype(own[name])]
    encoder = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan, max_categories=60
    )
    if texts:
        own[texts] = encoder.fit_transform(own[texts])
        theirs[texts] = encoder.transform(theirs[texts])
    model = HistGradientBoostingClassifier(random_state=0, max_iter=100).fit(own, target[there])
    return float(roc_auc_score(wanted[kept], model.predict_proba(theirs)[:, 1]))


learned, other, made = (pd.read_parquet(each) for each in sys.argv[1:4])
learned, other, made = plain(learned, learned), plain(other, learned), plain(made, learned)
print(json.dumps({**quality(learned, made), "area": area(made, other, sys.argv[4])}))
