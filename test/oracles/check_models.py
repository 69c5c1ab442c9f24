"""Runs ONNX models with Python's tools, for the tests in this folder (see python.ts, which calls it).

Reads from standard input

    {"models": [{"onnx": base64, "runs": [{name: {"shape": [...], "data": base64}}]}]}

and writes to standard output, for each model: what onnx's checker says of it (null: nothing), its metadata, and
the outputs of every run by onnx's reference evaluator and by ONNX Runtime, or why there are none. Judging is
left to the tests. Tensors are float32, little-endian.
"""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator


def decode(tensor):
    return np.frombuffer(base64.b64decode(tensor["data"]), "<f4").reshape(tensor["shape"])


def encode(array):
    if array.dtype != np.float32:
        raise TypeError(f"an output must be float32, got {array.dtype}")
    return {"shape": list(array.shape), "data": base64.b64encode(array.astype("<f4").tobytes()).decode()}


def attempt(make, names, runs):
    """Outputs of every run by name, or the error of the first that fails."""
    try:
        run = make()
        return {"runs": [{name: encode(array) for name, array in zip(names, run(feeds), strict=True)} for feeds in runs]}
    except Exception as error:  # whatever a tool lacks is a result here
        return {"error": f"{type(error).__name__}: {error}"}


def reference(model):
    evaluator = ReferenceEvaluator(model)
    return lambda feeds: evaluator.run(None, feeds)


def runtime(content):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # it warns of every initializer that may be overridden, as ours are meant to be
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return lambda feeds: session.run(None, feeds)


def checked(model):
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def report(entry):
    content = base64.b64decode(entry["onnx"])
    model = onnx.load_from_string(content)
    names = [output.name for output in model.graph.output]
    runs = [{name: decode(tensor) for name, tensor in feeds.items()} for feeds in entry["runs"]]
    return {
        "complaint": checked(model),
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "reference": attempt(lambda: reference(model), names, runs),
        "runtime": attempt(lambda: runtime(content), names, runs),
    }


if __name__ == "__main__":
    json.dump([report(entry) for entry in json.load(sys.stdin)["models"]], sys.stdout)
