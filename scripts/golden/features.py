"""Golden files of the causal features, from the recipe's reference: `python features.py REFERENCE.py > features.json`.

Needs numpy. The reference's network part is not used, so PyTorch is replaced by a stand-in.
"""

import importlib.util
import json
import sys
from unittest.mock import MagicMock

import numpy as np

for name in ("torch", "torch.nn", "numba"):
    sys.modules[name] = MagicMock()
sys.modules["numba"].njit = lambda **_: lambda function: function
spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)


def series(seed: int, length: int, season: int) -> np.ndarray:
    """Logarithms of a positive series with trend, season and noise."""
    random = np.random.default_rng(seed)
    time = np.arange(length)
    wave = 0.3 * np.sin(2 * np.pi * time / season) if season > 1 else 0
    return 3 + 0.01 * time + wave + 0.1 * np.cumsum(random.normal(size=length)) + 0.05 * random.normal(size=length)


cases = []
for seed, (length, season, horizon) in enumerate([(60, 4, 5), (61, 7, 4), (80, 12, 6), (20, 12, 3), (30, 1, 4), (7, 1, 3)]):
    z = series(seed, length, season)
    index = reference.season(z, season)
    theta = reference.theta_features(z, index, season, horizon)
    cases.append(
        {"season": season, "horizon": horizon, "z": z.tolist(), "index": index.tolist(), "theta": theta.tolist()}
    )
json.dump(cases, sys.stdout)
