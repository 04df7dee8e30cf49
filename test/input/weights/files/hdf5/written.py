"""python test/input/weights/files/hdf5/written.py > test/input/weights/files/hdf5/written.json

HDF5 files as h5py writes them, in base64, with the numbers that h5py reads from them; what is refused has no numbers.
"""
import base64, json, os, sys, tempfile
import h5py, numpy as np

rng = np.random.default_rng(14)
matrix = (rng.integers(-4096, 4096, (7, 20)) / 64).astype("<f4")
small = rng.standard_normal((3, 4))
files = {}


def add(name, build, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "w.h5")
        with h5py.File(path, "w", **options) as file:
            build(file)
        tensors = {}
        with h5py.File(path) as file:
            file.visititems(lambda name, item: hold(tensors, name, item))
        with open(path, "rb") as file:
            files[name] = {"base64": base64.b64encode(file.read()).decode(), "tensors": tensors}


def hold(tensors, name, item):
    """Notes the numbers of a dataset; raw bytes are bfloat16, the upper half of a float."""
    if name in REFUSED or not isinstance(item, h5py.Dataset):
        return
    array = item[()]
    if array.dtype == "V2":
        array = (array.view("<u2").astype("<u4") << 16).view("<f4")
    tensors[name] = {"shape": list(array.shape), "values": np.asarray(array, dtype="f8").ravel().tolist()}


REFUSED = {"soft", "outside", "external", "virtual", "unwritten", "growing", "scaled", "quoted"}


def types(file):
    for kind in ("<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
        file["float" + kind.replace("<", "l").replace(">", "b")] = small.astype(kind)
    file["scalar"] = np.float32(3.5)
    file["empty"] = np.zeros((0, 3), "f4")


def chunks(file):
    filters = {
        "plain": {}, "deflate": {"compression": "gzip"}, "shuffled": {"compression": "gzip", "shuffle": True},
        "checked": {"fletcher32": True}, "all": {"compression": 9, "shuffle": True, "fletcher32": True},
        "lzf": {"compression": "lzf", "shuffle": True}, "grows": {"maxshape": (None, None), "compression": "gzip"},
    }
    for name, options in filters.items():
        file.create_dataset(name, data=matrix, chunks=(3, 7), **options)
    file.create_dataset("one", data=matrix, chunks=matrix.shape, compression="gzip")
    file.create_dataset("odd", data=np.arange(41.0), chunks=(5,), fletcher32=True)
    file.create_dataset("cube", data=np.arange(60, dtype=">f4").reshape(3, 4, 5), chunks=(2, 2, 2), compression="gzip")
    file.create_dataset("runs", data=np.ones((40, 40), "f4"), chunks=(30, 30), compression="lzf")


def pages(file):
    # more chunks than a page of their index has
    file.create_dataset("pages", data=np.arange(1030.0), chunks=(1,))


def many(file):
    for k in range(24):
        file[f"array_{k}_" + "x" * k] = small + k
    for k in range(12):
        file.attrs[f"text{k}"] = f"number {k}"
    file.attrs["list"] = ["a", "bc", ""]
    file.attrs["fixed"] = np.array([b"ab", b"c"], dtype="S3")
    file.attrs["number"] = 3


def early(file):
    for name, set_up in {
        "early": lambda p: (p.set_chunk((3, 7)), p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)),
        "compact": lambda p: p.set_layout(h5py.h5d.COMPACT),
    }.items():
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        set_up(plist)
        space = h5py.h5s.create_simple(matrix.shape)
        data = h5py.h5d.create(file.id, name.encode(), h5py.h5t.IEEE_F32LE, space, plist)
        data.write(h5py.h5s.ALL, h5py.h5s.ALL, matrix)


def bfloat(file):
    bits = (matrix.view("<u4") >> 16).astype("<u2")
    data = file.create_dataset("bfloat", data=bits.view("V2"))
    data.attrs["dtype"] = "bfloat16"


def elsewhere(file):
    file["plain"] = small
    file["soft"] = h5py.SoftLink("/plain")
    file["outside"] = h5py.ExternalLink("/etc/passwd", "/plain")
    file.create_dataset("external", (4,), "f4", external=[("/etc/passwd", 0, 16)])
    layout = h5py.VirtualLayout((3, 4), "f8")
    layout[...] = h5py.VirtualSource("other.h5", "plain", (3, 4))
    file.create_virtual_dataset("virtual", layout)
    file.create_dataset("unwritten", (2**40, 2**38), "f8", chunks=(1024, 1024))


def latest_elsewhere(file):
    elsewhere(file)
    file.create_dataset("growing", data=matrix, chunks=(3, 7), maxshape=(None, 20))


def scaled(file):
    file.create_dataset("scaled", data=matrix, chunks=(3, 7), scaleoffset=3)


def cyclic(file):
    file["a/b/kernel"] = small
    file["a/b/c"] = file["a"]
    file["d"] = file["a/b"]


for library in (None, "latest"):
    suffix = "" if library is None else ", latest"
    for build in (types, chunks, many, early, bfloat, scaled, cyclic):
        add(build.__name__ + suffix, build, libver=library)
add("pages, latest", pages, libver="latest")
add("elsewhere", elsewhere)
add("elsewhere, latest", latest_elsewhere, libver="latest")
add("behind a user block", types, userblock_size=512)
add("behind 4096 bytes, latest", early, userblock_size=4096, libver="latest")
source = f"h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}, numpy {np.__version__}"
json.dump({"source": source, "files": files}, sys.stdout, separators=(",", ":"))
