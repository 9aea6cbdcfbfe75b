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

# The indexes that chunks have in files of the newest kind; more than eight to a group lie in a fractal heap.
with h5py.File("indexes.h5", "w", libver="latest") as f:
    x = np.arange(5 * 7 * 3).reshape(5, 7, 3).astype("f4")
    f.create_dataset("a/single", data=x, chunks=(5, 7, 3))
    f.create_dataset("a/single_gzip", data=x, chunks=(5, 7, 3), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("a/fixed", data=x, chunks=(2, 3, 2))
    f.create_dataset("a/fixed_gzip", data=x, chunks=(2, 3, 2), compression="gzip")
    f.create_dataset("a/fixed_fletcher32", data=x, chunks=(2, 3, 2), fletcher32=True)
    f.create_dataset("a/fixed_larger", data=x, chunks=(2, 3, 2), maxshape=(9, 7, 8))
    f.create_dataset("a/fixed_pages", data=np.arange(3000).astype("f4"), chunks=(1,))
    f.create_dataset("b/fixed_pages_gzip", data=np.arange(2400).astype("f4"), chunks=(2,), compression="gzip")
    f.create_dataset("b/growing", data=x, chunks=(2, 3, 2), maxshape=(None, 7, 3))
    f.create_dataset("b/growing_gzip", data=x, chunks=(2, 3, 2), maxshape=(5, None, 3), compression="gzip")
    f.create_dataset("b/growing_long", data=np.arange(3000).astype("f4"), chunks=(1,), maxshape=(None,))
    f.create_dataset("b/growing_long_gzip", data=np.arange(2000).astype("f4"), chunks=(2,), maxshape=(None,), compression="gzip")
    d = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    d.set_chunk((2, 3, 2))
    d.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    h5py.h5d.create(f.id, b"implicit", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple(x.shape), d).write(h5py.h5s.ALL, h5py.h5s.ALL, x)
    f.create_dataset("unwritten", shape=(40, 40), dtype="f4", chunks=(3, 3), compression="gzip")

with h5py.File("trees.h5", "w", libver="latest") as f:
    f.create_dataset("x", data=np.arange(60).reshape(6, 10).astype("f4"), chunks=(2, 5), maxshape=(None, None))

with h5py.File("many.h5", "w", libver="latest") as f:
    for i in range(20):
        f.create_group("group_%d" % i)
