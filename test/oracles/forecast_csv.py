"""Forecasts from a bundle and a table with ONNX Runtime alone: what someone else's program would do.

Reads from standard input

    {"onnx": path, "bundle": path of bundle.json, "table": path of a long CSV file, "columns": {"item", "time"},
     "batches": [[{"item": name, "end": row after the history's last, "length": rows of history}]]}

and writes to standard output what onnx's checker says of the model (null: nothing), its inputs and outputs, and the
forecasts of each batch. Histories of a batch are padded on the left with NaN to the longest.
"""

import csv
import json
import sys
from datetime import datetime, timezone

import numpy as np
import onnx
import onnxruntime

NUMBERS = {np.dtype("float64"): "float64", np.dtype("int64"): "int64"}


def checked(path):
    try:
        onnx.checker.check_model(onnx.load(path), full_check=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def read_table(path, columns):
    items = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            items.setdefault(row[columns["item"]], []).append(row)
    return items


def hour(text):
    """The period index of hourly data: hours since 1970."""
    moment = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) // 3600


def feed(batch, items, columns, bundle):
    horizon, channels, known = bundle["horizon"], bundle["channels"], bundle["covariates"]["known"]
    longest = max(one["length"] for one in batch)
    history = np.full((len(batch), longest, len(channels)), np.nan)
    covariates = np.full((len(batch), longest + horizon, len(known)), np.nan)
    start = np.zeros(len(batch), "int64")
    for i, one in enumerate(batch):
        rows, first = items[one["item"]], one["end"] - one["length"]
        lead = longest - one["length"]
        for t, row in enumerate(rows[first : one["end"]]):
            history[i, lead + t] = [float(row[name]) for name in channels]
        for t, row in enumerate(rows[first : one["end"] + horizon]):
            covariates[i, lead + t] = [float(row[name]) for name in known]
        start[i] = hour(rows[first][columns["time"]]) - lead
    return {"history": history, "start": start, "known": covariates}


def main():
    question = json.load(sys.stdin)
    with open(question["bundle"]) as file:
        bundle = json.load(file)
    items = read_table(question["table"], question["columns"])
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(question["onnx"], options, providers=["CPUExecutionProvider"])
    runs = []
    for batch in question["batches"]:
        answers = session.run(None, feed(batch, items, question["columns"], bundle))
        outputs = zip(session.get_outputs(), answers, strict=True)
        runs.append({
            output.name: {"dtype": NUMBERS[array.dtype], "shape": array.shape, "data": array.ravel().tolist()}
            for output, array in outputs
        })
    json.dump({
        "complaint": checked(question["onnx"]),
        "inputs": [[one.name, one.type, one.shape] for one in session.get_inputs()],
        "outputs": [[one.name, one.type, one.shape] for one in session.get_outputs()],
        "runs": runs,
    }, sys.stdout)


if __name__ == "__main__":
    main()
