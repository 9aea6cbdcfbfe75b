# Reads the optimiser's arrays of an .h5 and of a .keras file as Keras 3 does, and compares them with those
# of a .safetensors file whose tensors are called 0, 1, ... in the order in which they are to be, for
# TestStatesOut: python3 state.py H5 KERAS SAFETENSORS STEPS RATE.
import io
import json
import sys
import zipfile

import h5py
import numpy as np

b = open(sys.argv[3], "rb").read()
n = int.from_bytes(b[:8], "little")
header = json.loads(b[8:8 + n])
header.pop("__metadata__", None)
want = [np.frombuffer(b[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]], "<f4").reshape(v["shape"]) for k, v in sorted(header.items(), key=lambda e: int(e[0]))]
steps, rate = int(sys.argv[4]), np.float32(sys.argv[5])


def check(arrays):
    assert arrays[0].dtype == np.int64 and arrays[0].shape == () and arrays[0] == steps, arrays[0]
    assert arrays[1].dtype == np.float32 and arrays[1].shape == () and arrays[1] == rate, arrays[1]
    assert len(arrays) == 2 + len(want), (len(arrays), len(want))
    for i, (a, w) in enumerate(zip(arrays[2:], want)):
        assert a.dtype == np.float32 and a.shape == w.shape and a.tobytes() == w.tobytes(), i


with h5py.File(sys.argv[1]) as f:  # load_optimizer_weights_from_hdf5_group
    g = f["optimizer_weights"]
    check([g[name][()] for name in g.attrs["weight_names"]])
    assert json.loads(f.attrs["training_config"])["optimizer_config"]["class_name"]
with zipfile.ZipFile(sys.argv[2]) as z, h5py.File(io.BytesIO(z.read("model.weights.h5"))) as f:  # load_own_variables
    v = f["optimizer/vars"]
    check([v[str(i)][()] for i in range(len(v))])
    assert json.loads(z.read("config.json"))["compile_config"]["optimizer"]["class_name"]
