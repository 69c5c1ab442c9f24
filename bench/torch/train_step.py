"""PyTorch's side of bench/train-step.ts: makes training steps when told to, and prints how long they took.

Reads lines `run CELL BATCH STEPS INPUTS HIDDEN OUTPUTS COUNT`; answers each with milliseconds per training step.
The first line it prints names the versions. One thread, time-major, Adam in the faster of its variants.
"""

import math
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_num_interop_threads(1)


class Dual(nn.Module):
    """The dual cell by hand, since PyTorch has none: the input's products for all steps at once, then a loop."""

    def __init__(self, inputs, hidden):
        super().__init__()
        bound = 1 / math.sqrt(hidden)
        weight = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))
        self.hidden = hidden
        self.from_input = weight(inputs, 2 * hidden)  # for the candidate and for the context, side by side
        self.from_hidden = weight(hidden, 2 * hidden)
        self.bias = weight(2 * hidden)
        self.mix = weight(2 * hidden, hidden)
        self.mix_bias = weight(hidden)

    def forward(self, x):  # [time, batch, input]
        projected = (torch.matmul(x, self.from_input) + self.bias).unbind(0)
        h = x.new_zeros(x.shape[1], self.hidden)
        outputs = []
        for step in projected:
            candidate, context = torch.addmm(step, h, self.from_hidden).chunk(2, 1)
            joined = torch.cat([torch.tanh(candidate), torch.sigmoid(context)], 1)
            h = torch.tanh(torch.addmm(self.mix_bias, joined, self.mix))
            outputs.append(h)
        return torch.stack(outputs), h


LAYERS = {"lstm": nn.LSTM, "gru": nn.GRU, "elman": nn.RNN, "dual": Dual}


class Trainer:
    def __init__(self, cell, batch, steps, inputs, hidden, outputs, fused):
        torch.manual_seed(1)
        self.layer = LAYERS[cell](inputs, hidden)
        self.readout = nn.Linear(hidden, outputs)
        parameters = [*self.layer.parameters(), *self.readout.parameters()]
        self.optimiser = torch.optim.Adam(parameters, lr=0.001, fused=fused)
        self.x = torch.randn(steps, batch, inputs)
        self.y = torch.randn(steps, batch, outputs)

    def run(self, count):
        began = time.perf_counter()
        for _ in range(count):
            self.optimiser.zero_grad(set_to_none=True)
            hidden, _ = self.layer(self.x)
            loss = nn.functional.mse_loss(self.readout(hidden), self.y)
            loss.backward()
            self.optimiser.step()
            loss.item()  # ours returns the loss of each step too
        return 1000 * (time.perf_counter() - began) / count


def faster_trainer(case):
    """The trainer with fused Adam or with the default loop, whichever takes less time on this case."""
    trainers = [Trainer(*case, fused=True), Trainer(*case, fused=False)]
    for trainer in trainers:
        trainer.run(2)
    times = [[trainer.run(3) for trainer in trainers] for _ in range(3)]
    return trainers[0 if min(t[0] for t in times) <= min(t[1] for t in times) else 1]


def main():
    print(f"PyTorch {torch.__version__}", flush=True)
    case, trainer = None, None
    for line in sys.stdin:
        _, cell, *numbers = line.split()
        *sizes, count = map(int, numbers)
        if case != (cell, *sizes):
            case = (cell, *sizes)
            trainer = faster_trainer(case)
        print(trainer.run(count), flush=True)


main()
