# Exports many small networks in several versions of the operators, with fixed and open batches, into a
# folder, and writes what they say of eight pictures into want.json there: python3 more_torch.py FOLDER,
# with torch. What this PyTorch cannot export is left out.
import json
import pathlib
import sys
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
torch.manual_seed(3)
side = 16
byte = lambda p, i: (i * i * 31 + i * 17 + p * 101) % 251  # as in make_torch.py
bytes_ = torch.tensor([[byte(p, i) for i in range(side * side * 3)] for p in range(8)])
pictures = (bytes_ / 255 - 0.5).reshape(8, side, side, 3).permute(0, 3, 1, 2).contiguous()


class Of(nn.Module):
    """A function of a picture and of modules."""

    def __init__(self, f, *modules):
        super().__init__()
        self.f, self.m = f, nn.ModuleList(modules)

    def forward(self, x):
        return self.f(x, *self.m)


row, conv, linear, flat = nn.Sequential, nn.Conv2d, nn.Linear, nn.Flatten
end = lambda: (nn.Flatten(), nn.LazyLinear(5))

activations = {
    "gelu": nn.GELU(), "tanh_gelu": nn.GELU(approximate="tanh"), "silu": nn.SiLU(), "hard_swish": nn.Hardswish(), "hard_sigmoid": nn.Hardsigmoid(),
    "softplus": nn.Softplus(), "elu": nn.ELU(0.7), "selu": nn.SELU(), "celu": nn.CELU(0.6), "relu6": nn.ReLU6(), "mish": nn.Mish(),
    "leaky": nn.LeakyReLU(0.2), "prelu": nn.PReLU(), "prelu4": nn.PReLU(4), "softsign": nn.Softsign(), "tanh": nn.Tanh(), "hardtanh": nn.Hardtanh(-0.5, 2),
}


def size(x, c, l):
    y = c(x)
    return l(y.reshape(y.size(0), y.size(1) * y.size(2) * y.size(3)))


def convnext(x, c, d, n, a, b, l):
    x = c(x)
    y = d(x).permute(0, 2, 3, 1)
    return l((x + b(F.gelu(a(n(y)))).permute(0, 3, 1, 2)).mean((2, 3)))


def excite(x, c, a, b, l):
    y = c(x)
    return l((y * torch.sigmoid(b(F.relu(a(F.adaptive_avg_pool2d(y, 1)))))).flatten(1))


def excite_dense(x, c, a, b, l):
    y = c(x)
    n, channels, _, _ = y.size()
    s = F.adaptive_avg_pool2d(y, 1).view(n, channels)
    return l((y * torch.sigmoid(b(F.relu(a(s)))).view(n, channels, 1, 1).expand_as(y)).flatten(1))


rgb = lambda *v: torch.tensor(v).view(1, 3, 1, 1)
nets = {"activation_" + name: row(conv(3, 4, 3, padding=1), f, conv(4, 2, 1), *end()) for name, f in activations.items()} | {
    "normed_vector": row(conv(3, 4, 3, 2, 1), flat(), nn.BatchNorm1d(256), nn.ReLU(), linear(256, 5), nn.BatchNorm1d(5)),
    "normed_layer": row(conv(3, 4, 3), flat(), nn.LayerNorm(784), linear(784, 5)),
    "ceil": row(conv(3, 4, 2), nn.ReLU(), nn.MaxPool2d(2, 2, ceil_mode=True), nn.AvgPool2d(3, 2, ceil_mode=True), *end()),
    "mean_without_pads": row(nn.AvgPool2d(3, 2, 1, count_include_pad=False), *end()),
    "mean_with_pads": row(nn.AvgPool2d(3, 1, 1), nn.AvgPool2d(2, 2, 1), *end()),
    "largest": row(conv(3, 4, 3), nn.AdaptiveMaxPool2d(1), flat(), linear(4, 5)),
    "adaptive": row(conv(3, 4, 3, padding=1), nn.AdaptiveAvgPool2d(2), *end()),
    "view_shape": Of(lambda x, c, l: l(c(x).view(x.shape[0], -1)), conv(3, 2, 3), linear(392, 5)),
    "view_rest": Of(lambda x, c, l: l(c(x).view(-1, 2 * 14 * 14)), conv(3, 2, 3), linear(392, 5)),
    "view_sizes": Of(size, conv(3, 2, 3), linear(392, 5)),
    "mean": Of(lambda x, c, l: l(c(x).mean(dim=[2, 3])), conv(3, 4, 3), linear(4, 5)),
    "mean_twice": Of(lambda x, c, l: l(c(x).mean(3).mean(2)), conv(3, 4, 3), linear(4, 5)),
    "squeeze": Of(lambda x, c, l: l(F.adaptive_avg_pool2d(c(x), 1).squeeze(-1).squeeze(-1)), conv(3, 4, 3), linear(4, 5)),
    "pad": Of(lambda x, c, l: l(F.pad(c(x), (1, 2, 0, 1)).flatten(1)), conv(3, 2, 3), linear(510, 5)),
    "permute": Of(lambda x, c, l: l(c(x).permute(0, 2, 3, 1).flatten(1)), conv(3, 2, 3), linear(392, 5)),
    "convnext": Of(convnext, conv(3, 4, 3), conv(4, 4, 7, padding=3, groups=4), nn.LayerNorm(4), linear(4, 8), linear(8, 4), linear(4, 5)),
    "normalised": Of(lambda x, c, l: l(c((x - rgb(0.1, 0.2, 0.3)) / rgb(0.5, 0.6, 0.7)).flatten(1)), conv(3, 2, 3), linear(392, 5)),
    "scaled": Of(lambda x, c, l: l(c(x * 2 - 0.5).flatten(1)) * 0.5, conv(3, 2, 3), linear(392, 5)),
    "excite": Of(excite, conv(3, 4, 3), conv(4, 2, 1), conv(2, 4, 1), linear(784, 5)),
    "excite_dense": Of(excite_dense, conv(3, 4, 3), linear(4, 2), linear(2, 4), linear(784, 5)),
    "side_by_side": Of(lambda x, a, b, n, l: l(n(torch.cat([x, a(x), b(x)], 1)).flatten(1)), conv(3, 4, 3, padding=1), conv(3, 2, 5, padding=2), nn.BatchNorm2d(9), linear(2304, 5)),
    "flat_side_by_side": Of(lambda x, a, b, l: l(torch.cat([a(x).flatten(1), b(x).flatten(1)], 1)), conv(3, 4, 3), conv(3, 2, 5), linear(1072, 5)),
    "dense": row(flat(), linear(768, 20), nn.ReLU(), nn.Dropout(), linear(20, 5), nn.Softmax(1)),
    "difference": Of(lambda x, a, b, l: l((a(x) - b(x)).flatten(1)), conv(3, 2, 3), conv(3, 2, 3), linear(392, 5)),
    "odd": row(nn.ZeroPad2d((0, 1, 0, 1)), conv(3, 4, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1), *end()),
    "dilated": row(conv(3, 4, 3, padding=2, dilation=2), conv(4, 4, 3, dilation=3), *end()),
    "gated": Of(lambda x, a, b, l: l((a(x) * torch.sigmoid(b(x))).flatten(1)), conv(3, 4, 3), conv(3, 1, 3), linear(784, 5)),
    "layer_scale": Of(lambda x, a, l: l((x + a(x) * torch.tensor([0.1, 0.2, 0.3]).view(3, 1, 1)).flatten(1)), conv(3, 3, 3, padding=1), linear(768, 5)),
    "product": Of(lambda x, l: torch.relu(x.flatten(1) @ l.weight.t() + l.bias), linear(768, 5)),
    "groups": row(conv(3, 4, 3), conv(4, 4, 3, groups=2), *end()),
    "upsample": row(conv(3, 4, 3), nn.Upsample(scale_factor=2), *end()),
    "transposed": row(nn.ConvTranspose2d(3, 4, 3), *end()),
    "instance_norm": row(conv(3, 4, 3), nn.InstanceNorm2d(4), *end()),
    "group_norm": row(conv(3, 4, 3), nn.GroupNorm(2, 4), *end()),
}
want = {}
for name, net in nets.items():
    net.eval()
    net(pictures[:1])
    for m in net.modules():
        if isinstance(m, (nn.BatchNorm2d, nn.BatchNorm1d)):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.5, 0.5)
            nn.init.uniform_(m.running_mean, -0.3, 0.3)
            nn.init.uniform_(m.running_var, 0.2, 1.2)
    with torch.no_grad():
        y = net(pictures).flatten().tolist()
    for version, fixed, fold in [(9, True, True), (11, False, True), (13, False, False), (17, False, True)]:
        key = f"{name}-{version}"
        try:
            torch.onnx.export(
                net, pictures[:1], folder / f"{key}.onnx", opset_version=version, do_constant_folding=fold, input_names=["pictures"], output_names=["answers"],
                training=torch.onnx.TrainingMode.EVAL if fold else torch.onnx.TrainingMode.PRESERVE,
                dynamic_axes=None if fixed else {"pictures": {0: "batch"}, "answers": {0: "batch"}})
            want[key] = y
        except Exception:
            pass
(folder / "want.json").write_text(json.dumps(want))
