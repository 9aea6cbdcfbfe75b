# Exports three networks with PyTorch 1.13, and what they say of eight pictures: python3 make_torch.py,
# with torch (Debian: python3-torch). The weights are drawn from a seed.
import json
import pathlib

import torch
from torch import nn

here = pathlib.Path(__file__).parent
torch.manual_seed(1)
side = 16

# The byte of picture p at place i, rows from the top, red, green and blue of each pixel.
byte = lambda p, i: (i * i * 31 + i * 17 + p * 101) % 251
bytes_ = torch.tensor([[byte(p, i) for i in range(side * side * 3)] for p in range(8)])
pictures = (bytes_ / 255 - 0.5).reshape(8, side, side, 3).permute(0, 3, 1, 2).contiguous()


def drawn(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.5, 0.5)
            nn.init.uniform_(m.running_mean, -0.3, 0.3)
            nn.init.uniform_(m.running_var, 0.2, 1.2)
    return model.eval()


class Tutorial(nn.Module):
    def __init__(self):
        super().__init__()
        leaky = lambda: nn.LeakyReLU(0.1)
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), leaky(), nn.Conv2d(4, 6, 3, padding=1), leaky(), nn.MaxPool2d(2), nn.Dropout(0.25),
            nn.Conv2d(6, 6, 3, padding=1), leaky(), nn.Conv2d(6, 8, 3, padding=1), leaky(), nn.MaxPool2d(2), nn.Dropout(0.25))
        self.hidden, self.out = nn.Linear(8 * 4 * 4, 12), nn.Linear(12, 10)

    def forward(self, x):
        x = self.features(x)
        x = x.view(x.size(0), -1)  # PyTorch works its sizes out in the graph
        x = nn.functional.leaky_relu(self.hidden(x), 0.1)
        return nn.functional.softmax(nn.functional.leaky_relu(self.out(x), 0.1), dim=1)


class Block(nn.Module):
    def __init__(self, inside, outside, stride):
        super().__init__()
        self.one = nn.Sequential(nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU())
        self.two = nn.Sequential(nn.Conv2d(outside, outside, 3, 1, 1, bias=False), nn.BatchNorm2d(outside))
        self.side = nn.Sequential(nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside)) if stride > 1 else nn.Identity()

    def forward(self, x):
        return torch.relu(self.two(self.one(x)) + self.side(x))


# A residual network without a softmax, whose first pooling has pads as torchvision's.
residual = nn.Sequential(
    nn.Conv2d(3, 6, 3, 1, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
    Block(6, 6, 1), Block(6, 10, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(10, 10))


class Mixed(nn.Module):
    """Depthwise convolutions, GELU in parts, SiLU, a squeeze-and-excitation block, a concatenation and a hard swish."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.GELU())
        self.deep = nn.Sequential(nn.Conv2d(8, 8, 3, 1, 2, dilation=2, groups=8), nn.BatchNorm2d(8), nn.GELU(), nn.Conv2d(8, 8, 1), nn.SiLU())
        self.squeeze, self.excite = nn.Linear(8, 4), nn.Linear(4, 8)
        self.other = nn.Sequential(nn.ZeroPad2d((1, 0, 1, 0)), nn.Conv2d(8, 4, 2), nn.PReLU(4), nn.Hardswish())
        self.norm, self.out = nn.BatchNorm2d(12), nn.Linear(12 * 4 * 4, 10)

    def forward(self, x):
        x = self.stem(x)
        y = self.deep(x)
        s = torch.relu(self.squeeze(y.mean((2, 3))))
        y = x + y * torch.sigmoid(self.excite(s)).view(-1, 8, 1, 1)
        x = nn.functional.relu6(self.norm(torch.cat([y, self.other(x)], 1)))
        x = nn.functional.avg_pool2d(x, 3, 2, 1)  # in which pads count
        return nn.functional.log_softmax(self.out(torch.flatten(x, 1)), dim=1)


want = {}
for name, model, preserve, answers in [
        ("tutorial", Tutorial(), False, lambda y: y), ("residual", residual, False, lambda y: y.softmax(1)), ("mixed", Mixed(), True, lambda y: y.exp())]:
    drawn(model)
    mode = torch.onnx.TrainingMode.PRESERVE if preserve else torch.onnx.TrainingMode.EVAL  # which joins a normalisation with the convolution
    torch.onnx.export(model, pictures[:1], here / f"torch_{name}.onnx", opset_version=14, training=mode, do_constant_folding=not preserve,
                      input_names=["pictures"], output_names=["classes"], dynamic_axes={"pictures": {0: "batch"}, "classes": {0: "batch"}})
    with torch.no_grad():
        want[name] = answers(model(pictures)).tolist()
text = json.dumps(want)
(here / "torch.json").write_text(text.replace("]], ", "]],\n").replace("], [", "],\n["))
