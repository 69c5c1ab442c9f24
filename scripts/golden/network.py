"""Writes test/golden/network.json: forecasts of the recipe's reference with weights that are given.

Run from the root of the project, with torch and numpy in an environment of your own (see pytorch.py):

    python scripts/golden/network.py REFERENCE.py && npx biome format --write test/golden/network.json

The reference's own `fit` is asked, with a learning rate of 0: it makes the steps, runs its network along them and goes
the way back, and its weights stay what they are. Weights and series are rounded to 4 decimals before it computes with
them, so that whoever reads the file computes with the very same numbers.

Weights are flat, row by row, under PyTorch's names and in its layout (gates i,f,g,o). Biases keep the three quantiles
apart, as in a trained network, but for the last member of each case.
"""

import importlib.util
import json
import platform
import sys
from pathlib import Path

import numpy as np
import torch

spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
Network = reference.Net

UNITS, HORIZON = 3, 3
# Season, lengths of series, and what else than the rule says about steps.
CASES = [
    (1, [30, 70, 12, 3], {}),
    (4, [40, 70, 11, 5], {}),
    (4, [40, 70, 11, 5], {"stride": 2, "first": 5}),
]


def series(random, length, season, zero):
    """Positive, with trend, season and noise; one has a zero."""
    time = np.arange(length)
    wave = 0.3 * np.sin(2 * np.pi * time / season) if season > 1 else 0
    z = random.normal(3, 2) + 0.01 * time + wave + 0.1 * np.cumsum(random.normal(size=length))
    y = np.exp(z + 0.05 * random.normal(size=length)).round(4)
    if zero:
        y[length // 2] = 0
    return y


def network(inputs, crossing):
    """The reference's network with weights that all matter."""
    net = Network(inputs, HORIZON, UNITS)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(0.4 * torch.randn_like(parameter))
        net.skip.weight.mul_(0.25)
        net.out.bias.view(HORIZON, 3).add_(torch.tensor([0.0, 0.0, 0.0] if crossing else [-3.0, 0.0, 3.0]))
        for parameter in net.parameters():
            parameter.copy_(torch.tensor([float(f"{x:.4f}") for x in parameter.flatten().tolist()]).view_as(parameter))
    return net


def member(ys, season, rule, seed, crossing):
    made = []

    def make(inputs, horizon):
        torch.manual_seed(100 + seed)
        made.append(network(inputs, crossing))
        return made[0]

    reference.Net = make
    forecasts = reference.fit(ys, HORIZON, season, rule, seed, steps=1, lr=0.0)[1]
    return {
        "rule": rule,
        "weights": {
            name: [float(f"{x:.4f}") for x in value.flatten().tolist()] for name, value in made[0].named_parameters()
        },
        "forecasts": [forecast.tolist() for forecast in forecasts],
    }


def case(number, season, lengths, change):
    random = np.random.default_rng(number)
    ys = [series(random, length, season, zero=i == 1) for i, length in enumerate(lengths)]
    rules = [{**rule, **change} for rule in reference.members(HORIZON, season)]
    members = [member(ys, season, rule, 10 * number + i, i == len(rules) - 1) for i, rule in enumerate(rules)]
    apart = [[np.array(forecast) for forecast in one["forecasts"]] for one in members[:-1]]
    return {
        "season": season,
        "horizon": HORIZON,
        "units": UNITS,
        "series": [y.tolist() for y in ys],
        "members": members,
        # Of all members but the last, whose quantiles cross.
        "together": [forecast.tolist() for forecast in reference.combine(apart)],
    }


def main():
    content = {
        "madeBy": "scripts/golden/network.py",
        "torch": torch.__version__.split("+")[0],
        "python": platform.python_version(),
        "cases": [case(number, *one) for number, one in enumerate(CASES)],
    }
    folder = Path(__file__).resolve().parents[2] / "test" / "golden"
    (folder / "network.json").write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
