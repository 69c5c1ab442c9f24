"""Writes test/golden/{rnn,gru,lstm}.json: PyTorch's recurrent layers on small cases, forward and backward.

Run from the root of the project, in an environment of your own (torch from PyPI is several gigabytes, so the
numbers are kept and torch is not):

    python -m venv /somewhere/torch && /somewhere/torch/bin/pip install torch==2.15.0
    /somewhere/torch/bin/python scripts/golden/pytorch.py && npx biome format --write test/golden

Made with Python 3.11.7 and torch 2.15.0 (CPU, one thread); each file repeats the versions it was made with.

What goes in (weights, input, states, the loss's weights) is rounded to 4 decimals *before* torch computes with
it in float64, so that whoever reads the file computes with the very same numbers. What comes out is printed
with 11 decimals: compare to 1e-11 at best.

Tensors are flat, row by row, in torch's layout: sequences [time, batch, channel], states [1, batch, hidden],
weights [gates * hidden, inputs or hidden] with the gates in torch's order (GRU r,z,n; LSTM i,f,g,o).
The loss is sum(output * a) + sum(h * b) [+ sum(c * d)], h and c being the states after the last step.
"""

import json
import platform
from pathlib import Path

import torch

SHAPES = [
    {"batch": 3, "time": 5, "inputs": 2, "hidden": 4},
    {"batch": 2, "time": 12, "inputs": 3, "hidden": 7},
]
# Name of the file: a layer for each shape. Both nonlinearities of RNN are covered.
LAYERS = {
    "rnn": [(torch.nn.RNN, {"nonlinearity": "tanh"}), (torch.nn.RNN, {"nonlinearity": "relu"})],
    "gru": [(torch.nn.GRU, {}), (torch.nn.GRU, {})],
    "lstm": [(torch.nn.LSTM, {}), (torch.nn.LSTM, {})],
}
WEIGHTS = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]


def rounded(tensor):
    """To 4 decimals, by way of text: the double nearest to the decimal, as a reader of the file gets it."""
    numbers = [float(f"{number:.4f}") for number in tensor.flatten().tolist()]
    return torch.tensor(numbers).reshape(tensor.shape)


def drawn(*shape):
    return rounded(torch.randn(*shape)).requires_grad_()


def written(tensor):
    return [float(f"{number:.11f}") for number in tensor.detach().flatten().tolist()]


def case(make, options, shape):
    layer = make(shape["inputs"], shape["hidden"], **options)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(rounded(parameter))
    weights = {name: getattr(layer, f"{name}_l0") for name in WEIGHTS}

    x = drawn(shape["time"], shape["batch"], shape["inputs"])
    names = ["h", "c"] if make is torch.nn.LSTM else ["h"]
    initial = {f"{name}0": drawn(1, shape["batch"], shape["hidden"]) for name in names}

    states = tuple(initial.values())
    output, last = layer(x, states if len(states) > 1 else states[0])
    outputs = {"output": output, **dict(zip(names, last if len(states) > 1 else (last,)))}
    loss_weights = {name: rounded(torch.randn_like(value)) for name, value in outputs.items()}
    loss = sum((value * loss_weights[name]).sum() for name, value in outputs.items())

    inputs = {"input": x, **initial, **weights}
    gradients = torch.autograd.grad(loss, list(inputs.values()))
    return {
        "layer": make.__name__,
        **options,
        **shape,
        "given": {name: written(value) for name, value in inputs.items()},
        "results": {name: written(value) for name, value in outputs.items()},
        "lossWeights": {name: written(value) for name, value in loss_weights.items()},
        "loss": loss.item(),
        "gradients": {name: written(value) for name, value in zip(inputs, gradients)},
    }


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    folder = Path(__file__).resolve().parents[2] / "test" / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    for name, layers in LAYERS.items():
        torch.manual_seed(1)
        content = {
            "madeBy": "scripts/golden/pytorch.py",
            "torch": torch.__version__.split("+")[0],
            "python": platform.python_version(),
            "cases": [case(make, options, shape) for (make, options), shape in zip(layers, SHAPES)],
        }
        (folder / f"{name}.json").write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
