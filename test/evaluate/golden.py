"""Prints the numbers of golden.test.ts: published metrics on the series that both files make by one formula.

  python -m venv /somewhere/metrics && /somewhere/metrics/bin/pip install gluonts==0.17.0 utilsforecast==0.2.17
  /somewhere/metrics/bin/python test/evaluate/golden.py
"""

import gluonts.ev.metrics as ev
import numpy as np
import pandas as pd
import utilsforecast.losses as uf

ITEMS, SEASON, LEVELS = 5, 4, (0.1, 0.5, 0.9)


def value(k):
    return ((k * k * 7919 + k * 104729) % 1009) / 100 - 2


item = np.arange(ITEMS)[:, None]
training = value(100 * item + np.arange(20))
target = value(100 * item + 50 + np.arange(6))
target[1, 2] = np.nan
median = value(100 * item + 70 + np.arange(6))
width = 1 + value(100 * item + 90 + np.arange(6)) ** 2 / 10
low, high, mean = median - width, median + 2 * width, median + 0.3

pooled = {"label": np.ma.masked_invalid(target), "0.1": low, "0.5": median, "0.9": high, "mean": mean}
for metric in (
    ev.MeanWeightedSumQuantileLoss(LEVELS),
    *(ev.WeightedSumQuantileLoss(q) for q in LEVELS),
    ev.ND(),
    ev.RMSE(),
    ev.SMAPE(),
):
    evaluator = metric(axis=None)
    evaluator.update(pooled)
    print("gluonts", evaluator.name, float(evaluator.get()))


def frame(values, start):
    steps = values.shape[1]
    return pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(ITEMS), steps),
            "ds": np.tile(np.arange(steps) + start, ITEMS),
            "y": values.ravel(),
        }
    )


forecasts = frame(target, 20).assign(median=median.ravel(), mean=mean.ravel())
forecasts["median-lo-80"], forecasts["median-hi-80"] = low.ravel(), high.ravel()
forecasts = forecasts.dropna()
for name, table in {
    "smape": uf.smape(forecasts, ["median"]),
    "mase": uf.mase(forecasts, ["median"], SEASON, frame(training, 0)),
    "wape": uf.wape(forecasts, ["median"]),
    "rmse": uf.rmse(forecasts, ["mean"]),
    "coverage": uf.coverage(forecasts, ["median"], 80),
}.items():
    print("utilsforecast", name, table.iloc[:, 1].tolist(), "mean", float(table.iloc[:, 1].mean()))
