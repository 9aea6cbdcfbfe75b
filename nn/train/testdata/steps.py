"""Writes steps.json: five steps of each optimiser on a bias, a dense kernel, and two kernels of
convolutions, one higher than wide as a matrix and one wider than high, in float64.

    apt-get install python3-torch
    /usr/bin/python3 steps.py    # torch 1.13

The steps are those of torch.optim. Where Keras' conventions are others, PyTorch is given settings
with which both are the same:

- Keras' epsilon of Adam and AdamW is the paper's "epsilon hat", which is added to the root of v
  before its correction; PyTorch's is added behind it. So PyTorch is given epsilon/sqrt(1-beta2^t)
  in step t.
- Keras' epsilon of RMSprop is inside the root and PyTorch's outside. One case has none; another
  is by Keras' formula, on gradients so small that epsilon counts.
- Keras' velocity of SGD has the rate in it, PyTorch's has not. That is the same as long as the rate
  is; a case whose rate changes is by Keras' formula.
- AdamW and Muon shrink kernels alone, which PyTorch is told by groups of parameters. The defaults
  are Keras': beta2 0.999, rho 0.9, epsilon 1e-7, weight_decay 0.004.
- torch 1.13 has no Muon. Its reference, https://github.com/KellerJordan/Muon, has the momentum as
  an average and a convolution's kernel as [out, in*h*w]; so does muon() below. The factor of the
  rate is that of https://arxiv.org/abs/2502.16982, section 2.2, as in Keras (rms_rate=0.2). Keras'
  Muon leaves convolutions to AdamW and takes dense kernels; here it is the other way round, as in
  the networks that it was made for.
"""
import json
import math

import torch

STEPS = 5
WEIGHTS = [  # name, shape as Keras has it, size of the gradients
    ("dense/bias", (7,), 1e-6),
    ("dense/kernel", (5, 3), 1.0),
    ("conv2d/kernel", (2, 2, 2, 3), 0.1),
    ("conv2d_1/kernel", (1, 1, 3, 5), 3.0),
]
RATES = [0.01, 0.02, 0.03, 0.015, 0.005]

torch.manual_seed(16)
start = [torch.randn(s).double() for _, s, _ in WEIGHTS]
gradients = [[(torch.randn(s) * size).double() for _, s, size in WEIGHTS] for _ in range(STEPS)]


def by_torch(make, rates, epsilon=None):
    """The weights after each step of an optimiser of torch.optim, which make returns for a group of
    kernels and a group of all other weights."""
    params = [torch.nn.Parameter(w.clone()) for w in start]
    of = lambda kernels: [p for (name, _, _), p in zip(WEIGHTS, params) if name.endswith("kernel") == kernels]
    optimizer = make([{"params": of(True)}, {"params": of(False), "weight_decay": 0.0}])
    after = []
    for t, rate in enumerate(rates, 1):
        for group in optimizer.param_groups:
            group["lr"] = rate
            if epsilon is not None:
                group["eps"] = epsilon / math.sqrt(1 - 0.999**t)
        for p, g in zip(params, gradients[t - 1]):
            p.grad = g.clone()
        optimizer.step()
        after.append([p.detach().clone() for p in params])
    return after


def by_formula(step, rates):
    """The weights after each step of step(t, rate, name, weight, gradient, memory)."""
    weights, memory, after = [w.clone() for w in start], [{} for _ in start], []
    for t, rate in enumerate(rates, 1):
        weights = [step(t, rate, name, w, g, m) for (name, _, _), w, g, m in zip(WEIGHTS, weights, gradients[t - 1], memory)]
        after.append(weights)
    return after


def rmsprop(t, rate, name, w, g, memory):
    """https://keras.io/api/optimizers/rmsprop/: epsilon inside the root."""
    memory["v"] = 0.9 * memory.get("v", 0) + 0.1 * g**2
    return w - rate * g / (memory["v"] + 1e-7).sqrt()


def momentum(nesterov):
    """https://keras.io/api/optimizers/sgd/: velocity = momentum*velocity - rate*g."""

    def step(t, rate, name, w, g, memory):
        memory["v"] = 0.9 * memory.get("v", 0) - rate * g
        return w + (0.9 * memory["v"] - rate * g if nesterov else memory["v"])

    return step


def near_orthogonal(x):
    """The quintic Newton-Schulz iteration, on the side that is not longer."""
    if x.shape[0] > x.shape[1]:
        return near_orthogonal(x.T).T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x


def muon(mu, decay):
    def step(t, rate, name, w, g, memory):
        if name.endswith("kernel"):
            w = w * (1 - rate * decay)
        if w.dim() != 4:  # AdamW, with Keras' epsilon
            memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
            memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g**2
            return w - rate * math.sqrt(1 - 0.999**t) / (1 - 0.9**t) * memory["m"] / (memory["v"].sqrt() + 1e-7)
        memory["m"] = mu * memory.get("m", 0) + (1 - mu) * g
        looking_ahead = (1 - mu) * g + mu * memory["m"]
        filters = looking_ahead.permute(3, 2, 0, 1)  # [out, in, h, w]
        matrix = filters.reshape(len(filters), -1)
        o = near_orthogonal(matrix) * 0.2 * math.sqrt(max(matrix.shape))
        return w - rate * o.reshape(filters.shape).permute(2, 3, 1, 0)

    return step


optim = torch.optim
constant = [0.02] * STEPS
CASES = [
    ("Adam", {"optimizer": "adam"}, 1e-7, RATES, by_torch(lambda p: optim.Adam(p, betas=(0.9, 0.999)), RATES, 1e-7)),
    ("AdamW", {"optimizer": "adamw"}, 1e-7, RATES, by_torch(lambda p: optim.AdamW(p, betas=(0.9, 0.999), weight_decay=0.004), RATES, 1e-7)),
    ("AdamW that decays faster", {"optimizer": "adamw", "weight_decay": 0.3}, 1e-7, RATES, by_torch(lambda p: optim.AdamW(p, weight_decay=0.3), RATES, 1e-7)),
    ("SGD", {"optimizer": "sgd"}, 1e-7, constant, by_torch(lambda p: optim.SGD(p, lr=0.02, momentum=0.9), constant)),
    ("SGD with little momentum", {"optimizer": "sgd", "momentum": 0.25}, 1e-7, constant, by_torch(lambda p: optim.SGD(p, lr=0.02, momentum=0.25), constant)),
    ("SGD with Nesterov's", {"optimizer": "sgd", "nesterov": True}, 1e-7, constant, by_torch(lambda p: optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True), constant)),
    ("SGD, the rate changes", {"optimizer": "sgd"}, 1e-7, RATES, by_formula(momentum(False), RATES)),
    ("SGD with Nesterov's, the rate changes", {"optimizer": "sgd", "nesterov": True}, 1e-7, RATES, by_formula(momentum(True), RATES)),
    ("RMSprop without epsilon", {"optimizer": "rmsprop"}, 0, RATES, by_torch(lambda p: optim.RMSprop(p, alpha=0.9, eps=0), RATES)),
    ("RMSprop", {"optimizer": "rmsprop"}, 1e-7, RATES, by_formula(rmsprop, RATES)),
    ("Muon", {"optimizer": "muon"}, 1e-7, RATES, by_formula(muon(0.95, 0.004), RATES)),
    ("Muon with less momentum, that decays faster", {"optimizer": "muon", "momentum": 0.6, "weight_decay": 0.2}, 1e-7, RATES, by_formula(muon(0.6, 0.2), RATES)),
]


def numbers(t, digits=9):
    return [float(f"%.{digits}g" % v) for v in t.flatten().tolist()]


with open("steps.json", "w") as f:
    json.dump({
        "weights": [
            {"name": name, "shape": shape, "start": numbers(w), "gradients": [numbers(g[i]) for g in gradients]}
            for i, ((name, shape, _), w) in enumerate(zip(WEIGHTS, start))
        ],
        "cases": [
            {"name": name, "recipe": recipe, "epsilon": epsilon, "rates": rates, "after": [[numbers(w, 8) for w in step] for step in after]}
            for name, recipe, epsilon, rates, after in CASES
        ],
    }, f, separators=(",", ":"))
    f.write("\n")
