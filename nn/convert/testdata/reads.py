# Reads the weights of an .h5 and of a .keras file as Keras 3 does, and compares them with those of a
# .safetensors file of the same network, for TestKerasReads: python3 reads.py H5 KERAS SAFETENSORS; with
# another word behind them the layers of a class may have other numbers there.
import io
import json
import sys
import zipfile

import h5py
import numpy as np

b = open(sys.argv[3], "rb").read()
n = int.from_bytes(b[:8], "little")
header = json.loads(b[8:8 + n])
metadata = header.pop("__metadata__")
ours = {k: np.frombuffer(b[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]], "<f4").reshape(v["shape"]) for k, v in sorted(header.items(), key=lambda e: e[1]["data_offsets"])}


def names(group, attribute):  # load_attributes_from_hdf5_group
    if attribute in group.attrs:
        return [x.decode() if hasattr(x, "decode") else x for x in group.attrs[attribute]]
    found, i = [], 0
    while "%s%d" % (attribute, i) in group.attrs:
        found += [x.decode() for x in group.attrs["%s%d" % (attribute, i)]]
        i += 1
    return found


def layers_of(config):  # in the order of model.layers: by the distance to the output
    layers = config["config"]["layers"]
    if config["class_name"] == "Sequential":
        return [l["config"]["name"] for l in layers if l["class_name"] != "InputLayer"]
    inputs = {}
    for l in layers:
        node = l["inbound_nodes"][0] if l["inbound_nodes"] else []
        if isinstance(node, dict):
            flat = node["args"][0] if isinstance(node["args"][0], list) else node["args"]
            node = [t["config"]["keras_history"] for t in flat]
        inputs[l["name"]] = [t[0] for t in node]
    depth, found, order = {}, {}, []

    def visit(name):
        if name in found:
            return
        found[name] = len(found)
        for i in inputs[name]:
            visit(i)
        order.append(name)

    visit(config["config"]["output_layers"][0][0])
    for name in reversed(order):
        depth.setdefault(name, 0)
        for i in inputs[name]:
            depth[i] = max(depth.get(i, 0), depth[name] + 1)
    return sorted(order, key=lambda x: (-depth[x], found[x]))


sizes = {}
for k, v in ours.items():
    sizes.setdefault(k.split("/")[0], []).append(v)

with h5py.File(sys.argv[1]) as f:
    config = json.loads(f.attrs["model_config"])
    g = f["model_weights"]
    listed = [x for x in layers_of(config) if x != "input_layer"]
    assert [x for x in names(g, "layer_names") if x != "input_layer"] == listed, "the order of layer_names"
    read = {name: [g[name][w][()] for w in names(g[name], "weight_names")] for name in listed}
    assert list(names(f["model_weights/top_level_model_weights"], "weight_names")) == []
with zipfile.ZipFile(sys.argv[2]) as z:
    assert z.namelist() == ["metadata.json", "config.json", "model.weights.h5"] and all(i.compress_type == 0 for i in z.infolist())
    config3 = json.loads(z.read("config.json"))
    with h5py.File(io.BytesIO(z.read("model.weights.h5"))) as f:
        assert len(f["vars"]) == 0
        count = 0
        for name in [x for x in layers_of(config3) if x != "input_layer"]:
            v = f["layers"][name]["vars"]
            assert len(v) == len(read[name]) and all((v[str(i)][()] == w).all() for i, w in enumerate(read[name])), name
            count += len(v)
assert count == len(ours), (count, len(ours))
shapes = lambda all: sorted(tuple(a.shape) for values in all.values() for a in values)
assert shapes(sizes) == shapes(read)
for name, values in sizes.items() if len(sys.argv) == 4 else []:
    assert len(values) == len(read[name]) and all((a == b).all() for a, b in zip(values, read[name])), name
