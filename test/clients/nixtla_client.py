"""The nixtla client of PyPI against a server, beside ONNX Runtime on the bundle that is served.

JSON in: url, token, model, onnx (path), context, levels, starts (period index of each series), series (values).
JSON out: by name, columns as the client has them (found) and as the bundle makes them (expected); refusals.
Periods are hours that begin at a quarter past; the values must be the same in float32.
"""

import json
import logging
import sys
import warnings

import numpy as np
import onnxruntime
import pandas as pd
from nixtla import ApiError, NixtlaClient

warnings.filterwarnings("ignore")
logging.getLogger("nixtla").setLevel(logging.ERROR)
question = json.load(sys.stdin)
model, context, levels = question["model"], question["context"], question["levels"]
series = [np.array(values) for values in question["series"]]
starts = question["starts"]
session = onnxruntime.InferenceSession(question["onnx"])


def bundle(cuts):
    """Quantiles [cut, step, level] of series cut off after some observations: (series, rows)."""
    history = np.full((len(cuts), context, 1), np.nan)
    first = np.empty(len(cuts), dtype=np.int64)
    for row, (index, rows) in enumerate(cuts):
        newest = series[index][max(rows - context, 0) : rows]
        history[row, context - len(newest) :, 0] = newest
        first[row] = starts[index] + rows - context
    quantiles, _ = session.run(["quantiles", "mean"], {"history": history, "start": first})
    return quantiles[:, :, 0, :]


def table(index):
    times = pd.to_datetime((np.arange(len(series[index])) + starts[index]) * 3600 + 900, unit="s")
    return pd.DataFrame({"unique_id": f"series {index}", "ds": times, "y": series[index]})


# Neither sorted by name nor by time: the client sorts, and puts what is answered back into its place.
df = pd.concat([table(1), table(0)]).sample(frac=1, random_state=1)
client = NixtlaClient(api_key=question["token"], base_url=question["url"], max_retries=1)
compared = {}


def compare(name, found, expected):
    compared[name] = {
        column: {"found": found[column].tolist(), "expected": np.ravel(expected[column]).tolist()}
        for column in expected
    }


def columns(quantiles):
    low, middle, high = (levels.index(level) for level in (0.1, 0.5, 0.9))
    return {
        "TimeGPT-lo-80": quantiles[..., low],
        "TimeGPT": quantiles[..., middle],
        "TimeGPT-hi-80": quantiles[..., high],
    }


ends = [(index, len(values)) for index, values in enumerate(series)]
now = bundle(ends)

out = client.forecast(df, h=3, freq="h", model=model, level=[80])
compare("forecast", out, columns(now))
times = [str(time) for time in out["ds"]]

out = client.forecast(df, h=3, freq="h", model=model, level=[80], num_partitions=2)
compare("forecast in partitions", out, columns(now))

out = client.forecast(df, h=2, model=model, quantiles=[0.1, 0.5, 0.9])
compare(
    "quantiles, frequency inferred",
    out,
    {f"TimeGPT-q-{int(100 * level)}": now[:, :2, i] for i, level in enumerate(levels)},
)

out = client.forecast(df, h=3, freq="h", model=model, level=[80], add_history=True)
past = [(i, n - 3 * k) for i, n in ends for k in range((n - 24) // 3, 0, -1)]
whole = bundle(past).reshape(len(past) * 3, -1)
count = sum(3 for i, _ in past if i == 0)
compare(
    "forecast with history",
    out,
    columns(np.concatenate([whole[:count], now[0], whole[count:], now[1]])),
)

out = client.cross_validation(df, h=2, freq="h", model=model, n_windows=3, step_size=4, level=[80])
cuts = [(i, n - 2 - 4 * k) for i, n in ends for k in (2, 1, 0)]
seen = [float(starts[i] + rows <= question["lastPeriod"]) for i, rows in cuts for _ in range(2)]
compare(
    "cross-validation",
    out,
    {
        **columns(bundle(cuts)[:, :2]),
        "TimeGPT-in-training": np.array(seen),
        "y": np.array([series[i][rows + step] for i, rows in cuts for step in range(2)]),
    },
)
cutoffs = [str(time) for time in out["cutoff"]]
expected_cutoffs = [str(table(i)["ds"].iloc[rows - 1]) for i, rows in cuts for _ in range(2)]


def judged(cuts, steps=1):
    quantiles = bundle(cuts)[:, :steps].reshape(len(cuts) * steps, -1)
    values = np.array([series[i][rows + step] for i, rows in cuts for step in range(steps)])
    low, middle, high = columns(quantiles).values()
    outside = (values < low) | (values > high)
    score = np.where(values < middle, (middle - values) / (middle - low), (values - middle) / (high - middle))
    return {**columns(quantiles), "anomaly": outside.astype(float)}, score


out = client.detect_anomalies(df, freq="h", model=model, level=80)
expected, _ = judged([(i, rows) for i, n in ends for rows in range(24, n)])
compare("anomalies", out.assign(anomaly=out["anomaly"].astype(float)), expected)
anomalies = int(out["anomaly"].sum())

out = client.detect_anomalies_online(df, h=2, detection_size=6, freq="h", model=model, level=80)
expected, score = judged([(i, n - back) for i, n in ends for back in (6, 4, 2)], steps=2)
compare(
    "anomalies online",
    out.assign(anomaly=out["anomaly"].astype(float)),
    {**expected, "anomaly_score": score},
)

# More than 1 MB of JSON: the client compresses it.
series.append(np.tile(series[0], 6000)[:250_000])
starts.append(0)
out = client.detect_anomalies_online(table(2), h=1, detection_size=3, freq="h", model=model, level=80)
expected, _ = judged([(2, 250_000 - back) for back in (3, 2, 1)])
compare("a compressed body", out.assign(anomaly=out["anomaly"].astype(float)), expected)


def refusal(call):
    try:
        call()
    except ApiError as error:
        return [error.status_code, error.body["code"], error.body.get("path"), error.body["remedy"]]
    return None


refusals = {
    "unknown model": refusal(lambda: client.forecast(df, h=3, freq="h", model="timegpt-1")),
    "horizon": refusal(lambda: client.forecast(df, h=4, freq="h", model=model)),
    "level": refusal(lambda: client.detect_anomalies(df, freq="h", model=model)),
    "finetuning": refusal(lambda: client.forecast(df, h=3, freq="h", model=model, finetune_steps=3)),
    "covariates": refusal(lambda: client.forecast(df, h=3, freq="h", model=model, date_features=["hour"])),
}
stranger = NixtlaClient(api_key="tc_unknown", base_url=question["url"], max_retries=1)
json.dump(
    {
        "compared": compared,
        "times": times,
        "cutoffs": {"found": cutoffs, "expected": expected_cutoffs},
        "anomalies": anomalies,
        "refusals": refusals,
        "models": client.list_models(),
        "keys": [client.validate_api_key(log=False), stranger.validate_api_key(log=False)],
    },
    sys.stdout,
)
