"""PyTorch natively: a request a line on the standard input, an answer a line on the standard
output. Arguments: description, weights, pictures, threads."""
import json
import sys
import time

import torch
import torch.nn.functional as F


# What an operation does with x, what it takes in, its settings and its weights.
def batch_norm(x, w, eps, momentum, net):
    return F.batch_norm(x, w["moving_mean"], w["moving_variance"], w.get("gamma"), w.get("beta"), net.training, momentum, eps)


FUNCTIONS = {
    "conv2d": lambda x, w, net, **s: F.conv2d(x, w["kernel"], w.get("bias"), **s),
    "linear": lambda x, w, net: F.linear(x, w["kernel"], w.get("bias")),
    "flatten": lambda x, w, net: torch.flatten(x, 1),
    "max_pool2d": lambda x, w, net, size, stride, padding: F.max_pool2d(x, size, stride, padding),
    "avg_pool2d": lambda x, w, net, size, stride, padding: F.avg_pool2d(x, size, stride, padding, count_include_pad=False),
    "mean": lambda x, w, net, keepdim: x.mean((2, 3), keepdim),
    "batch_norm": lambda x, w, net, **s: batch_norm(x, w, net=net, **s),
    "identity": lambda x, w, net: x,
    "relu": lambda x, w, net: F.relu(x),
    "tanh": lambda x, w, net: torch.tanh(x),
    "sigmoid": lambda x, w, net: torch.sigmoid(x),
    "gelu": lambda x, w, net: F.gelu(x, approximate="tanh"),
    "silu": lambda x, w, net: F.silu(x),
    "softmax": lambda x, w, net: F.softmax(x, 1),
    "leaky_relu": lambda x, w, net, slope: F.leaky_relu(x, slope),
    "dropout": lambda x, w, net, rate: F.dropout(x, rate, net.training and net.drops),
}


class Network(torch.nn.Module):
    drops = True

    def __init__(self, ops, values):
        super().__init__()
        self.ops = ops
        self.tensors = []
        for op in ops:
            named = {}
            for w in op.get("weights", []):
                size = 1
                for d in w["shape"]:
                    size *= d
                t = values[w["at"]:w["at"] + size].reshape(w["shape"]).clone()
                name = op["name"] + "/" + w["name"]
                if w.get("still"):
                    self.register_buffer(name, t)
                else:
                    t = torch.nn.Parameter(t)
                    self.register_parameter(name, t)
                named[w["name"]] = t
            self.tensors.append(named)

    def forward(self, x):
        """The probabilities, and the logits that the last operation makes them of."""
        outputs = []
        for op, w in zip(self.ops, self.tensors):
            y = [x if i < 0 else outputs[i] for i in op["in"]]
            if op["do"] == "add":
                outputs.append(sum(y[1:], y[0]))
            else:
                outputs.append(FUNCTIONS[op["do"]](y[0], w, self, **op.get("with", {})))
        return outputs[-1], outputs[self.ops[-1]["in"][0]]


def repeat(times, f):
    each = []
    for _ in range(times):
        start = time.perf_counter()
        f()
        each.append((time.perf_counter() - start) * 1000)
    return {"median": sorted(each)[times // 2], "mean": sum(each) / times}


def main(description, weights, pictures, threads):
    torch.set_num_threads(int(threads))
    with open(description) as f:
        ops = json.load(f)
    if ops[-1]["do"] != "softmax":
        raise SystemExit("the network ends in %s, want a softmax" % ops[-1]["do"])
    values = torch.frombuffer(bytearray(open(weights, "rb").read()), dtype=torch.float32)
    x = torch.frombuffer(bytearray(open(pictures, "rb").read()), dtype=torch.float32)
    x = x.reshape(-1, 32, 32, 3).permute(0, 3, 1, 2).contiguous()
    net, trained = Network(ops, values).eval(), Network(ops, values).train()
    adamax = torch.optim.Adamax(trained.parameters(), lr=5e-3)

    def labels(batch):
        return torch.arange(batch) % 10

    def infer(batch):
        with torch.inference_mode():
            return net(x[:batch])[0]

    def loss(of, batch):
        return F.cross_entropy(of(x[:batch])[1], labels(batch))

    def gradients(batch):
        fresh = Network(ops, values).train()
        fresh.drops = False
        loss(fresh, batch).backward()
        return {name: float(p.grad.norm()) for name, p in fresh.named_parameters()}

    def step(batch):
        adamax.zero_grad(set_to_none=True)
        loss(trained, batch).backward()
        adamax.step()

    answers = {
        "about": lambda r: {"kernel": "PyTorch %s%s" % (torch.__version__, ", oneDNN" if torch.backends.mkldnn.is_available() else "")},
        "probs": lambda r: {"probs": infer(r["batch"]).flatten().tolist()},
        "gradients": lambda r: {"gradients": gradients(r["batch"])},
        "infer": lambda r: repeat(r["times"], lambda: infer(r["batch"])),
        "train": lambda r: repeat(r["times"], lambda: step(r["batch"])),
    }
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = answers[request["do"]](request)
        except Exception as error:  # whatever it is, the bench prints it
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)


main(*sys.argv[1:])
