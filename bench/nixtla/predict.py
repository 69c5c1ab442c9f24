"""The peers of bench/predict.ts. Usage: predict.py TASK THREADS SAMPLE, TASK as for forecast.py.

Fits a NeuralForecast LSTM for a few steps (how well it is fitted does not change how fast it predicts), prints a line
`NeuralForecast VERSION LSTM | StatsForecast VERSION AutoTheta`, then answers lines: `predict TIMES` with the
milliseconds of one `predict` for all series, `autotheta` with the milliseconds of fitting and forecasting SAMPLE
series, evenly from all of them.
"""

import json
import logging
import os
import sys
import time
import warnings

os.environ.setdefault("NIXTLA_ID_AS_COL", "1")
import neuralforecast
import numpy as np
import pandas as pd
import statsforecast
import torch
from neuralforecast import NeuralForecast
from neuralforecast.losses.pytorch import MQLoss
from neuralforecast.models import LSTM
from statsforecast import StatsForecast
from statsforecast.models import AutoTheta

TASK, THREADS, SAMPLE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
LEVELS = [80, 95]
warnings.filterwarnings("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
torch.set_num_threads(THREADS)

# What the libraries print goes to standard error: standard output is for answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def say(line):
    print(line, file=answers, flush=True)


def frame(series, horizon):
    """What is known before the test part, as one long table."""
    parts = []
    for i, one in enumerate(series):
        values = np.array(one["target"][:-horizon], dtype=float)
        parts.append(pd.DataFrame({"unique_id": f"{i:06d}", "ds": np.arange(len(values)), "y": values}))
    return pd.concat(parts, ignore_index=True)


with open(TASK, encoding="utf8") as file:
    task = json.load(file)
h = task["horizon"]
network = LSTM(
    h=h,
    input_size=3 * h,
    loss=MQLoss(level=LEVELS),
    max_steps=5,
    start_padding_enabled=True,
    random_seed=1,
    accelerator="cpu",
    enable_progress_bar=False,
    enable_model_summary=False,
    logger=False,
    enable_checkpointing=False,
    **task.get("network", {}),
)
forecast = NeuralForecast(models=[network], freq=1)
forecast.fit(df=frame(task["series"], h))
every = max(1, len(task["series"]) // SAMPLE)
few = frame(task["series"][::every][:SAMPLE], h)
say(
    f"NeuralForecast {neuralforecast.__version__} LSTM"
    f" | StatsForecast {statsforecast.__version__} AutoTheta"
)
for line in sys.stdin:
    what, *more = line.split()
    times = int(more[0]) if more else 1
    began = time.perf_counter()
    for _ in range(times):
        if what == "predict":
            forecast.predict(verbose=False)
        else:
            StatsForecast(models=[AutoTheta(season_length=task["season"])], freq=1, n_jobs=THREADS).forecast(
                df=few, h=h, level=LEVELS
            )
    say(str(1000 * (time.perf_counter() - began) / times))
