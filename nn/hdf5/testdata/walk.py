# Prints all of a file as JSON, for TestPython: python3 walk.py FILE, with h5py.
import json
import sys

import h5py
import numpy as np

found = {}


def plain(v):
    if isinstance(v, bytes):
        return v.decode()
    if isinstance(v, (str, float)):
        return v
    if isinstance(v, np.ndarray):
        return [plain(x) for x in v.tolist()]
    return float(v)


def look(name, o):
    entry = {"attributes": {k: plain(v) for k, v in o.attrs.items()}}
    if isinstance(o, h5py.Dataset):
        entry["shape"] = list(o.shape)
        entry["type"] = o.dtype.str
        entry["bits"] = np.asarray(o[()], "<f4").ravel().view("<u4").tolist()
    else:
        entry["children"] = list(o.keys())
    found[name] = entry


with h5py.File(sys.argv[1], "r") as f:
    look("/", f)
    f.visititems(look)
json.dump(found, sys.stdout)
