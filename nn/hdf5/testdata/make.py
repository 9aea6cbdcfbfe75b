# Writes the files of the tests: python3 make.py, with h5py.
import json

import h5py
import numpy as np

with h5py.File("kinds.h5", "w") as f:
    f.attrs["fixed"] = np.array([b"conv2d", b"dense_1"])
    f.attrs["variable"] = ["héllo", "", "猫"]
    f.attrs["one"] = "a single string"
    f.attrs["numbers"] = np.array([1, -2, 3], "i2")
    f.attrs["true"] = True
    for i in range(3):
        f.attrs["cut%d" % i] = np.array([b"part%d" % (2 * i), b"part%d" % (2 * i + 1)])
    f.attrs["empty"] = h5py.Empty("f")
    g = f.create_group("a/b/c")
    for i in range(40):  # more than one node of a group's tree
        g.create_group("group_%02d" % i)
    x = np.arange(5 * 7 * 3).reshape(5, 7, 3)
    for kind in ("<f2", "<f4", "<f8", ">f4", ">f8", "<i1", ">i2", "<i8", "<u4"):
        f.create_dataset("types/" + kind.replace("<", "little_").replace(">", "big_"), data=x.astype(kind) - (0 if "u" in kind else 20))
    f.create_dataset("packed/gzip", data=x.astype("f4"), chunks=(2, 3, 2), compression="gzip")
    f.create_dataset("packed/shuffle", data=x.astype("f8"), chunks=(4, 7, 1), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("packed/plain", data=x.astype(">f4"), chunks=(5, 7, 3))
    f.create_dataset("packed/large", data=np.arange(3000).astype("f4"), chunks=(7,))
    f.create_dataset("scalar", data=np.float32(1.5))
    f.create_dataset("unwritten", shape=(2, 2), dtype="f4")
    f.create_dataset("none", shape=(0, 4), dtype="f4")
    f.create_dataset("text", data=np.array([b"a", b"bc"]))

with h5py.File("latest.h5", "w", libver="latest") as f:
    f.attrs["name"] = "new"
    f.create_dataset("group/x", data=np.arange(6).astype("f4"))

with h5py.File("kept.h5", "w", libver="latest") as f:
    f.create_dataset("x", data=np.arange(60).reshape(6, 10).astype("f4"), chunks=(2, 5), compression="gzip")

with h5py.File("many.h5", "w", libver="latest") as f:
    for i in range(20):
        f.create_group("group_%d" % i)
