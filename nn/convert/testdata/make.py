# Writes files as Keras 2.0, tf.keras 2 and Keras 3 do, with what their networks make of one picture,
# computed here: python3 make.py, with h5py.
import io
import json
import zipfile

import h5py
import numpy as np

rng = np.random.default_rng(1)
f4 = lambda *s: rng.normal(size=s).astype("f4")
kernel, bias = f4(3, 3, 3, 4), f4(4)
gamma, beta, mean, variance = f4(4), f4(4), f4(4), np.abs(f4(4)) + 0.5
kernel2, bias2 = f4(3, 3, 4, 4), f4(4)
dense, dense_bias = f4(4 * 4 * 4, 3), f4(3)
x = rng.integers(0, 256, (8, 8, 3))


def conv(x, k, b):  # same padding, stride 1
    p = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    h, w, _ = x.shape
    return np.array([[np.tensordot(p[i:i + 3, j:j + 3], k, 3) + b for j in range(w)] for i in range(h)])


def softmax(v):
    e = np.exp(v - v.max())
    return e / e.sum()


relu = lambda v: np.maximum(v, 0)
leaky = lambda v: np.where(v >= 0, v, 0.1 * v)
pool = lambda v: v.reshape(4, 2, 4, 2, 4).max((1, 3))
norm = lambda v: (v - mean) / np.sqrt(variance + 1e-3) * gamma + beta
scaled = x / 255 - 0.5


def layer_group(parent, name, weights, names):
    g = parent.create_group(name)
    g.attrs["weight_names"] = [n.encode() for n in names]
    for n, w in zip(names, weights):
        g.create_dataset(n, data=w)


def save(path, config, layers, old=False):
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"] = b"2.0.8" if old else "2.15.0"
        f.attrs["backend"] = b"tensorflow" if old else "tensorflow"
        text = json.dumps(config)
        f.attrs["model_config"] = text.encode() if old else text
        g = f.create_group("model_weights")
        g.attrs["layer_names"] = [n.encode() for n, _, _ in layers]
        for n, w, names in layers:
            layer_group(g, n, w, names)


init = {"class_name": "VarianceScaling", "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}}

# Keras 2.0: a list of layers, and names of weights with :0.
sequential = {"class_name": "Sequential", "config": [
    {"class_name": "Conv2D", "config": {"name": "conv2d_1", "trainable": True, "batch_input_shape": [None, 8, 8, 3], "dtype": "float32", "filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "same", "data_format": "channels_last", "dilation_rate": [1, 1], "activation": "relu", "use_bias": True, "kernel_initializer": init, "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None}},
    {"class_name": "LeakyReLU", "config": {"name": "leaky_re_lu_1", "trainable": True, "alpha": 0.10000000149011612}},
    {"class_name": "MaxPooling2D", "config": {"name": "max_pooling2d_1", "trainable": True, "pool_size": [2, 2], "padding": "valid", "strides": [2, 2], "data_format": "channels_last"}},
    {"class_name": "Dropout", "config": {"name": "dropout_1", "trainable": True, "rate": 0.25}},
    {"class_name": "Flatten", "config": {"name": "flatten_1", "trainable": True}},
    {"class_name": "Dense", "config": {"name": "dense_1", "trainable": True, "units": 3, "activation": "linear", "use_bias": True, "kernel_initializer": init, "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None}},
    {"class_name": "Activation", "config": {"name": "activation_1", "trainable": True, "activation": "softmax"}},
]}
save("keras20.h5", sequential, [("conv2d_1", [kernel, bias], ["conv2d_1/kernel:0", "conv2d_1/bias:0"]), ("leaky_re_lu_1", [], []), ("max_pooling2d_1", [], []), ("dropout_1", [], []), ("flatten_1", [], []), ("dense_1", [dense, dense_bias], ["dense_1/kernel:0", "dense_1/bias:0"]), ("activation_1", [], [])], old=True)
first = softmax(pool(leaky(relu(conv(scaled, kernel, bias)))).ravel() @ dense + dense_bias)


# tf.keras 2: functional, with two paths.
def layer2(cls, name, inputs, **config):
    return {"class_name": cls, "config": dict(name=name, trainable=True, dtype="float32", **config), "name": name, "inbound_nodes": [[[n, 0, 0, {}] for n in inputs]] if inputs else []}


def conv_config(**more):
    return dict(filters=4, kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="linear", use_bias=True, kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}}, bias_initializer={"class_name": "Zeros", "config": {}}, kernel_regularizer={"class_name": "L2", "config": {"l2": 0.0001}}, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **more)


functional = {"class_name": "Functional", "config": {"name": "toy", "trainable": True, "layers": [
    {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 8, 8, 3], "dtype": "float32", "sparse": False, "ragged": False, "name": "img"}, "name": "img", "inbound_nodes": []},
    layer2("Conv2D", "conv2d", ["img"], **conv_config()),
    layer2("BatchNormalization", "batch_normalization", ["conv2d"], axis=[3], momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer={"class_name": "Zeros", "config": {}}, gamma_initializer={"class_name": "Ones", "config": {}}, moving_mean_initializer={"class_name": "Zeros", "config": {}}, moving_variance_initializer={"class_name": "Ones", "config": {}}, beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None),
    layer2("ReLU", "re_lu", ["batch_normalization"], max_value=None, negative_slope=[0.0], threshold=0.0),
    layer2("Conv2D", "conv2d_1", ["re_lu"], **conv_config()),
    layer2("Add", "add", ["conv2d_1", "re_lu"]),
    layer2("MaxPooling2D", "max_pooling2d", ["add"], pool_size=[2, 2], padding="valid", strides=[2, 2], data_format="channels_last"),
    layer2("Flatten", "flatten", ["max_pooling2d"], data_format="channels_last"),
    layer2("Dense", "dense", ["flatten"], units=3, activation="softmax", use_bias=True, kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}}, bias_initializer={"class_name": "Zeros", "config": {}}, kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None),
], "input_layers": [["img", 0, 0]], "output_layers": [["dense", 0, 0]]}}
tf_layers = [("img", [], []), ("conv2d", [kernel, bias], ["conv2d/kernel:0", "conv2d/bias:0"]), ("batch_normalization", [gamma, beta, mean, variance], ["batch_normalization/" + n + ":0" for n in ("gamma", "beta", "moving_mean", "moving_variance")]), ("conv2d_1", [kernel2, bias2], ["conv2d_1/kernel:0", "conv2d_1/bias:0"]), ("dense", [dense, dense_bias], ["dense/kernel:0", "dense/bias:0"])]
save("keras2.h5", functional, tf_layers)
y = relu(norm(conv(scaled, kernel, bias)))
second = softmax(pool(conv(y, kernel2, bias2) + y).ravel() @ dense + dense_bias)

# Keras 3: histories in the place of inbound names, objects with modules, dtypes as policies.
policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def thing(cls, config, module="keras.initializers"):
    return {"module": module, "class_name": cls, "config": config, "registered_name": None}


def tensor(name):
    return {"class_name": "__keras_tensor__", "config": {"shape": [None, 8, 8, 4], "dtype": "float32", "keras_history": [name, 0, 0]}}


def layer3(cls, name, inputs, several=False, **config):
    args = [[tensor(n) for n in inputs]] if several else [tensor(n) for n in inputs]
    return {"module": "keras.layers", "class_name": cls, "config": dict(name=name, trainable=True, dtype=policy, **config), "registered_name": None, "build_config": {"input_shape": [None, 8, 8, 3]}, "name": name, "inbound_nodes": [{"args": args, "kwargs": {}}]}


def conv3(**more):
    return dict(filters=4, kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="linear", use_bias=True, kernel_initializer=thing("GlorotUniform", {"seed": None}), bias_initializer=thing("Zeros", {}), kernel_regularizer=thing("L2", {"l2": 0.0001}, "keras.regularizers"), bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **more)


new = {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional", "config": {"name": "toy3", "trainable": True, "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 8, 8, 3], "dtype": "float32", "sparse": False, "ragged": False, "name": "img"}, "registered_name": None, "name": "img", "inbound_nodes": []},
    layer3("Conv2D", "conv2d", ["img"], **conv3()),
    layer3("BatchNormalization", "batch_normalization", ["conv2d"], axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer=thing("Zeros", {}), gamma_initializer=thing("Ones", {}), moving_mean_initializer=thing("Zeros", {}), moving_variance_initializer=thing("Ones", {}), beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, synchronized=False),
    layer3("Activation", "activation", ["batch_normalization"], activation=thing("function", "relu", "builtins")),
    layer3("Conv2D", "conv2d_1", ["activation"], **conv3()),
    layer3("Add", "add", ["conv2d_1", "activation"], several=True),
    layer3("MaxPooling2D", "max_pooling2d", ["add"], pool_size=[2, 2], padding="valid", strides=[2, 2], data_format="channels_last"),
    layer3("Flatten", "flatten", ["max_pooling2d"], data_format="channels_last"),
    layer3("Dense", "dense", ["flatten"], units=3, activation="softmax", use_bias=True, kernel_initializer=thing("GlorotUniform", {"seed": None}), bias_initializer=thing("Zeros", {}), kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, quantization_config=None),
], "input_layers": [["img", 0, 0]], "output_layers": [["dense", 0, 0]]}}
save("keras3.h5", new, [(n, w, [s.split("/")[-1].split(":")[0] for s in names]) for n, w, names in tf_layers])

# Keras 3's own format: a .zip of the config and of weights that are numbered by class, or by name.
def archive(path, by_name):
    held = io.BytesIO()
    with h5py.File(held, "w") as f:
        f.create_group("optimizer")
        weights = {n: w for n, w, _ in tf_layers}
        count = {}
        for layer in new["config"]["layers"]:
            stem = {"InputLayer": "input_layer", "Conv2D": "conv2d", "BatchNormalization": "batch_normalization", "Activation": "activation", "Add": "add", "MaxPooling2D": "max_pooling2d", "Flatten": "flatten", "Dense": "dense"}[layer["class_name"]]
            n = count.get(stem, 0)
            count[stem] = n + 1
            name = layer["name"] if by_name else stem + ("_%d" % n if n else "")
            g = f.create_group("layers/" + name + "/vars")
            for i, w in enumerate(weights.get(layer["name"], [])):
                g.create_dataset(str(i), data=w)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("metadata.json", json.dumps({"keras_version": "3.6.0"}))
        z.writestr("config.json", json.dumps(new).replace('"dense"', '"dense"' if by_name else '"probs"'))
        z.writestr("model.weights.h5", held.getvalue())


archive("keras3.keras", False)
archive("keras3_names.keras", True)

with h5py.File("weights.h5", "w") as f:  # of save_weights
    f.attrs["layer_names"] = [b"dense_1"]
    layer_group(f, "dense_1", [dense], ["dense_1/kernel:0"])

json.dump({"picture": x.ravel().tolist(), "keras20": first.tolist(), "keras2": second.tolist(), "keras3": second.tolist()}, open("want.json", "w"))

# Weights alone of the network with two paths: as Keras 2 saves them, as Keras 3 does into .h5, where
# names have the model's in front, and as Keras 3 does into .weights.h5, by class or by name.
weighted = [(n, w, names) for n, w, names in tf_layers]
other = {"conv2d": "conv2d_7", "conv2d_1": "conv2d_8", "batch_normalization": "batch_normalization_3", "dense": "dense_2"}


def weights_alone(path, rename, legacy):
    with h5py.File(path, "w") as f:
        named = [(rename(n), w, [s.split("/")[-1] for s in names]) for n, w, names in weighted]
        named.insert(1, ("rescaling", [], []))
        f.attrs["layer_names"] = [n.encode() for n, _, _ in named]
        f.attrs["backend"] = b"tensorflow"
        f.attrs["keras_version"] = b"3.8.0" if legacy else b"2.15.0"
        for n, w, names in named:
            layer_group(f, n, w, [("toy3/%s/%s" % (n, s[:-2]) if legacy else "%s/%s" % (n, s)) for s in names])
        layer_group(f, "top_level_model_weights", [], [])


weights_alone("save_weights2.h5", lambda n: other.get(n, n), False)
weights_alone("save_weights3.h5", lambda n: n, True)

with h5py.File("keras3.weights.h5", "w") as f:
    f.create_group("vars")
    f.create_group("optimizer/vars").create_dataset("0", data=np.int64(7))
    for n, w, _ in tf_layers:
        g = f.create_group("layers/" + n.replace("img", "input_layer") + "/vars")
        for i, v in enumerate(w):
            g.create_dataset(str(i), data=v)


# The same as safetensors: with names like Keras', and as PyTorch has it, whose kernels have other
# orders of their axes, and whose dense layer takes in channels first.
def safetensors(path, tensors):
    header, data = {}, b""
    for n, v in sorted(tensors.items()):
        kind = {"float32": "F32", "float16": "F16", "float64": "F64", "int64": "I64"}[v.dtype.name]
        header[n] = {"dtype": kind, "shape": list(v.shape), "data_offsets": [len(data), len(data) + v.nbytes]}
        data += np.ascontiguousarray(v).tobytes()
    text = json.dumps(header).encode()
    open(path, "wb").write(len(text).to_bytes(8, "little") + text + data)


by_name = {s: v for _, w, names in tf_layers for s, v in zip(names, w)}
safetensors("colons.safetensors", by_name)
safetensors("dots.safetensors", {"functional_1." + s.replace("conv2d/", "conv2d_4/").replace("conv2d_1/", "conv2d_5/")[:-2].replace("/", "."): v.astype("f8") for s, v in by_name.items()})
safetensors("torch.safetensors", {
    "conv1.weight": kernel.transpose(3, 2, 0, 1), "conv1.bias": bias,
    "bn1.weight": gamma, "bn1.bias": beta, "bn1.running_mean": mean, "bn1.running_var": variance, "bn1.num_batches_tracked": np.array(3),
    "conv2.weight": kernel2.transpose(3, 2, 0, 1), "conv2.bias": bias2,
    "fc1.weight": dense.reshape(4, 4, 4, 3).transpose(3, 2, 0, 1).reshape(3, 64), "fc1.bias": dense_bias,
})

# The same with models within the model, as transfer learning has it: the convolutions are a frozen base, and
# what follows is a head. Of the base all weights stand in one list: those that learn first, or as they
# come where none does.
base_layers = ["img", "conv2d", "batch_normalization", "re_lu", "conv2d_1", "add"]
flat = {l["name"]: l for l in functional["config"]["layers"]}
base = {"class_name": "Functional", "name": "base", "config": {"name": "base", "trainable": False, "layers": [flat[n] for n in base_layers], "input_layers": [["img", 0, 0]], "output_layers": [["add", 0, 0]]}, "inbound_nodes": [[["pictures", 0, 0, {"training": False}]]]}
head = {"class_name": "Sequential", "name": "head", "config": {"name": "head", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [None, 4, 4, 4], "dtype": "float32", "name": "flatten_input"}}] + [{k: flat[n][k] for k in ("class_name", "config")} for n in ("flatten", "dense")]}, "inbound_nodes": [[["pool", 0, 0, {}]]]}
nested2 = {"class_name": "Functional", "config": {"name": "whole", "trainable": True, "layers": [
    {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 8, 8, 3], "dtype": "float32", "sparse": False, "ragged": False, "name": "pictures"}, "name": "pictures", "inbound_nodes": []},
    base,
    dict(flat["max_pooling2d"], name="pool", config=dict(flat["max_pooling2d"]["config"], name="pool"), inbound_nodes=[[["base", 1, 0, {}]]]),
    head,
], "input_layers": [["pictures", 0, 0]], "output_layers": [["head", 1, 0]]}}
weights_of = {n: list(zip(w, names)) for n, w, names in tf_layers}
frozen = [e for n in base_layers for e in weights_of.get(n, [])]
learning = [e for e in frozen if "moving" not in e[1]] + [e for e in frozen if "moving" in e[1]]
for path, entries in (("nested_frozen.h5", frozen), ("nested_learning.h5", learning)):
    save(path, nested2, [("pictures", [], []), ("base", [w for w, _ in entries], [n for _, n in entries]), ("pool", [], []), ("head", [dense, dense_bias], ["dense/kernel:0", "dense/bias:0"])])

flat3 = {l["name"]: l for l in new["config"]["layers"]}
base3 = {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional", "name": "base", "build_config": {"input_shape": None}, "config": {"name": "base", "trainable": False, "layers": [flat3[n] for n in ("img", "conv2d", "batch_normalization", "activation", "conv2d_1", "add")], "input_layers": [["img", 0, 0]], "output_layers": [["add", 0, 0]]}}
nested3 = {"module": "keras", "class_name": "Sequential", "registered_name": None, "build_config": {"input_shape": [None, 8, 8, 3]}, "config": {"name": "whole", "trainable": True, "dtype": policy, "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 8, 8, 3], "dtype": "float32", "sparse": False, "ragged": False, "name": "pictures"}, "registered_name": None},
    base3, {k: v for k, v in flat3["max_pooling2d"].items() if k not in ("name", "inbound_nodes")},
    {"module": "keras", "class_name": "Sequential", "registered_name": None, "config": {"name": "head", "trainable": True, "dtype": policy, "layers": [{k: v for k, v in flat3[n].items() if k not in ("name", "inbound_nodes")} for n in ("flatten", "dense")]}},
]}}
for path, at in (("nested.keras", {"conv2d": "functional/layers/conv2d", "batch_normalization": "functional/layers/batch_normalization", "conv2d_1": "functional/layers/conv2d_1", "dense": "sequential/layers/dense"}), ("nested_names.keras", {"conv2d": "base/layers/conv2d", "batch_normalization": "base/layers/batch_normalization", "conv2d_1": "base/layers/conv2d_1", "dense": "head/layers/dense"})):
    held = io.BytesIO()
    with h5py.File(held, "w") as f:
        for n, w, _ in tf_layers:
            if n in at:
                g = f.create_group("layers/" + at[n] + "/vars")
                for i, v in enumerate(w):
                    g.create_dataset(str(i), data=v)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("metadata.json", json.dumps({"keras_version": "3.8.0"}))
        z.writestr("config.json", json.dumps(nested3))
        z.writestr("model.weights.h5", held.getvalue())
