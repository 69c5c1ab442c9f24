"""Times a first forecast with Python's ONNX Runtime, in a fresh process. Usage: cold_start.py BUNDLE

Prints milliseconds of importing, and of opening a session and running it once on a history of zeros, as JSON.
"""

import json
import sys
import time

began = time.perf_counter()
import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402

imported = time.perf_counter()
bundle = sys.argv[1]
with open(f"{bundle}/bundle.json", encoding="utf-8") as file:
    description = json.load(file)
options = onnxruntime.SessionOptions()
options.log_severity_level = 3
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(f"{bundle}/forecaster.onnx", options, ["CPUExecutionProvider"])
history = np.zeros((1, description["context"], len(description["channels"])))
session.run(["quantiles"], {"history": history, "start": np.zeros(1, np.int64)})
forecast = time.perf_counter()
print(
    json.dumps(
        {
            "name": f"onnxruntime {onnxruntime.__version__}, Python {sys.version.split()[0]}",
            "import": 1000 * (imported - began),
            "forecast": 1000 * (forecast - imported),
        }
    )
)
