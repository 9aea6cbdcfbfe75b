# Writes the tutorial's network with the golden weights as Keras does, for TestTutorial: python3 tutorial.py
# FOLDER gets keras2.h5 and legacy.h5 (save_model of Keras 2 and 3), save_weights.h5, new.weights.h5 and
# new.keras (of Keras 3). The weights are drawn as nn/train's golden test says.
import io
import json
import os
import sys
import zipfile

import h5py
import numpy as np

layers = []


def add(cls, name, **config):
    layers.append((cls, name, config))


def conv(name, filters, **more):
    add("Conv2D", name, filters=filters, kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last", dilation_rate=[1, 1], groups=1, use_bias=True, **dict(dict(activation="linear"), **more))


def leaky(name):
    add("LeakyReLU", name, alpha=0.1)


def pool(n):
    add("MaxPooling2D", "max_pooling2d" + n, pool_size=[2, 2], padding="valid", strides=[2, 2], data_format="channels_last")


conv("conv2d", 16, activation="relu")
leaky("leaky_re_lu")
conv("conv2d_1", 32)
leaky("leaky_re_lu_1")
pool("")
add("Dropout", "dropout", rate=0.25, noise_shape=None, seed=None)
conv("conv2d_2", 32)
leaky("leaky_re_lu_2")
conv("conv2d_3", 64)
leaky("leaky_re_lu_3")
pool("_1")
add("Dropout", "dropout_1", rate=0.25, noise_shape=None, seed=None)
add("Flatten", "flatten", data_format="channels_last")
add("Dense", "dense", units=256, activation="linear", use_bias=True)
leaky("leaky_re_lu_4")
add("Dropout", "dropout_2", rate=0.5, noise_shape=None, seed=None)
add("Dense", "dense_1", units=10, activation="linear", use_bias=True)
leaky("leaky_re_lu_5")
add("Activation", "activation", activation="softmax")

state = 12345


def draws(n):
    global state
    out = np.empty(n)
    s = state
    for i in range(n):
        s = (s * 1664525 + 1013904223) & 0xFFFFFFFF
        out[i] = s / 4294967296
    state = s
    return out


weights = {}
for name, shape in (("conv2d", (3, 3, 3, 16)), ("conv2d_1", (3, 3, 16, 32)), ("conv2d_2", (3, 3, 32, 32)), ("conv2d_3", (3, 3, 32, 64)), ("dense", (4096, 256)), ("dense_1", (256, 10))):
    area = int(np.prod(shape[:-2]))
    limit = np.sqrt(6 / (area * (shape[-2] + shape[-1])))
    kernel = ((draws(int(np.prod(shape))) * 2 - 1) * limit).astype("f4").reshape(shape)
    bias = ((draws(shape[-1]) - 0.5) * 0.1).astype("f4")
    weights[name] = [kernel, bias]

folder = sys.argv[1]


def group_of(parent, name, named):
    g = parent.create_group(name)
    g.attrs["weight_names"] = [n.encode() for n, _ in named]
    for n, w in named:
        g.create_dataset(n, data=w)


def groups(g, naming):
    g.attrs["layer_names"] = [name.encode() for _, name, _ in layers]
    g.attrs["backend"] = b"tensorflow"
    for _, name, _ in layers:
        group_of(g, name, list(zip([naming(name, "kernel"), naming(name, "bias")], weights.get(name, []))))


def config2():
    all = [{"class_name": c, "config": dict(config, name=name, trainable=True, dtype="float32")} for c, name, config in layers]
    all[0]["config"]["batch_input_shape"] = [None, 32, 32, 3]
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": all}}


def config3():
    renamed = lambda c: {("negative_slope" if k == "alpha" else k): v for k, v in c.items()}
    all = [{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 32, 32, 3], "dtype": "float32", "name": "input_layer"}, "registered_name": None}]
    all += [{"module": "keras.layers", "class_name": c, "config": dict(renamed(config), name=name, trainable=True, dtype="float32"), "registered_name": None} for c, name, config in layers]
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "trainable": True, "layers": all}, "registered_name": None}


for path, config, naming in (("keras2.h5", config2(), lambda n, w: "%s/%s:0" % (n, w)), ("legacy.h5", config3(), lambda n, w: "sequential/%s/%s" % (n, w))):
    with h5py.File(os.path.join(folder, path), "w") as f:
        f.attrs["model_config"] = json.dumps(config)
        f.attrs["keras_version"] = "2.4.0"
        groups(f.create_group("model_weights"), naming)
with h5py.File(os.path.join(folder, "save_weights.h5"), "w") as f:
    groups(f, lambda n, w: "%s/%s:0" % (n, w))


def numbered(file):
    with h5py.File(file, "w") as f:
        for _, name, _ in layers:
            g = f.create_group("layers/" + name + "/vars")
            for i, w in enumerate(weights.get(name, [])):
                g.create_dataset(str(i), data=w)


numbered(os.path.join(folder, "new.weights.h5"))
held = io.BytesIO()
numbered(held)
with zipfile.ZipFile(os.path.join(folder, "new.keras"), "w") as z:
    z.writestr("metadata.json", json.dumps({"keras_version": "3.8.0"}))
    z.writestr("config.json", json.dumps(config3()))
    z.writestr("model.weights.h5", held.getvalue())
