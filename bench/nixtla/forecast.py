"""The Python peers of bench/accuracy.ts: forecasts held-out windows with a method of NeuralForecast or StatsForecast.

Usage: forecast.py METHOD TASK OUT THREADS. TASK is JSON: `horizon`, `windows` (at the end of each series, one horizon
apart), `season`, `known` (names of covariates that are known ahead), `series` (each with `target` and `known`), and
maybe `network` (settings of an LSTM besides its defaults). OUT
gets a line `series,window,step,q0.025,q0.1,q0.5,q0.9,q0.975` for each step. Prints the method with its version, the
seconds of fitting and forecasting, and the processor seconds of this process as JSON.

The networks are trained once on what lies before all windows; the statistical methods are fitted anew at each origin.
"""

import json
import logging
import os
import sys
import time
import warnings

import numpy as np
import pandas as pd

METHOD, TASK, OUT, THREADS = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
LEVELS = [80, 95]
# More would take statistical methods hours on the longest series, and they weigh old values little.
MOST_HISTORY = 8 * 168

warnings.filterwarnings("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)


def frame(task, newest=None):
    """All series as one long table, the number of a row in its series as its time."""
    parts = []
    for i, series in enumerate(task["series"]):
        values = np.array(series["target"], dtype=float)
        part = pd.DataFrame({"unique_id": f"{i:06d}", "ds": np.arange(len(values)), "y": values})
        for name, column in zip(task["known"], series["known"]):
            part[name] = column[: len(values)]
        parts.append(part if newest is None else part.tail(newest))
    return pd.concat(parts, ignore_index=True)


def networks(task):
    import neuralforecast
    import torch
    from neuralforecast import NeuralForecast
    from neuralforecast.losses.pytorch import MQLoss
    from neuralforecast.models import LSTM, NHITS

    torch.set_num_threads(THREADS)
    h = task["horizon"]
    common = dict(
        h=h,
        input_size=INPUT_HORIZONS * h,
        loss=MQLoss(level=LEVELS),
        futr_exog_list=task["known"] or None,
        start_padding_enabled=True,
        random_seed=1,
        accelerator="cpu",
        enable_progress_bar=False,
        enable_model_summary=False,
        logger=False,
        enable_checkpointing=False,
    )
    model = {
        "nhits": lambda: NHITS(max_steps=500, scaler_type="robust", **common),
        "lstm": lambda: LSTM(max_steps=1000, **common, **task.get("network", {})),
    }[METHOD]()
    name = type(model).__name__
    forecast = NeuralForecast(models=[model], freq=1)
    began = time.perf_counter()
    table = forecast.cross_validation(
        df=frame(task), n_windows=task["windows"], step_size=h, refit=False, verbose=False
    )
    return f"NeuralForecast {neuralforecast.__version__} {name}", name, f"{name}-median", table, time.perf_counter() - began


def statistics(task):
    import statsforecast
    from statsforecast import StatsForecast
    from statsforecast.models import MSTL, AutoETS, AutoTheta, SeasonalNaive

    h, season, windows = task["horizon"], task["season"], task["windows"]
    model = {
        "mstl": lambda: MSTL(
            season_length=[24, 168] if season == 24 else season, trend_forecaster=AutoETS(model="ZZN")
        ),
        "autoets": lambda: AutoETS(season_length=season),
        "autotheta": lambda: AutoTheta(season_length=season),
        "seasonalnaive": lambda: SeasonalNaive(season_length=season),
    }[METHOD]()
    name = str(model)
    table = frame({**task, "known": []}, newest=MOST_HISTORY + windows * h if windows > 1 else None)
    forecast = StatsForecast(models=[model], freq=1, n_jobs=THREADS)
    began = time.perf_counter()
    if windows > 1:
        table = forecast.cross_validation(
            df=table, h=h, n_windows=windows, step_size=h, input_size=MOST_HISTORY, level=LEVELS
        )
    else:
        table = forecast.cross_validation(df=table, h=h, n_windows=1, step_size=h, level=LEVELS)
    return f"StatsForecast {statsforecast.__version__} {name}", name, name, table, time.perf_counter() - began


# Of the past that a network reads, in horizons; yearly and quarterly series are short.
INPUT_HORIZONS = 3


def main():
    with open(TASK, encoding="utf8") as file:
        task = json.load(file)
    run = networks if METHOD in ("nhits", "lstm") else statistics
    title, name, median, table, seconds = run(task)
    table = table.reset_index() if "unique_id" not in table else table
    lengths = np.array([len(series["target"]) for series in task["series"]])
    series = table["unique_id"].astype(int).to_numpy()
    # Each origin's position among the windows, which end with the series.
    first = lengths[series] - task["windows"] * task["horizon"]
    window = (table["cutoff"].to_numpy() + 1 - first) // task["horizon"]
    columns = [f"{name}-lo-95", f"{name}-lo-80", median, f"{name}-hi-80", f"{name}-hi-95"]
    columns = [column if column in table else column.replace("95", "95.0").replace("80", "80.0") for column in columns]
    out = pd.DataFrame({"series": series, "window": window, "step": table["ds"] - table["cutoff"] - 1})
    for level, column in zip(("q0.025", "q0.1", "q0.5", "q0.9", "q0.975"), columns):
        out[level] = table[column].to_numpy()
    out.to_csv(OUT, index=False)
    print(json.dumps({"name": title, "seconds": seconds, "cpu": time.process_time()}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("NIXTLA_ID_AS_COL", "1")
    main()
