"""python test/input/weights/files/written.py > test/input/weights/files/written.json

Files as the real writers write them, in base64, with the numbers that they hold. Every value is exact in its type.
"""
import base64, io, json, sys, zipfile
import ml_dtypes, numpy as np, onnx, safetensors, safetensors.numpy, safetensors.torch, torch
from onnx import helper, numpy_helper, TensorProto

exact = np.array([[1.0, -2.5, 0.0], [0.15625, 65504.0, -(2.0**-14)]])
deep = np.arange(24, dtype=np.float64).reshape(2, 3, 4) - 7.5
files = {}


def add(name, data, **arrays):
    tensors = {
        k.replace("__", "."): {"type": t, "shape": list(np.shape(v)), "values": np.asarray(v, dtype=np.float64).ravel().tolist()}
        for k, (t, v) in arrays.items()
    }
    files[name] = {"base64": base64.b64encode(data).decode(), "tensors": tensors}


def npy(array, **options):
    out = io.BytesIO()
    if options:
        np.lib.format.write_array(out, array, **options)
    else:
        np.save(out, array)
    return out.getvalue()


def npz(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


bf16 = exact.copy()
bf16[1, 1] = 65280.0
add(
    "safetensors",
    safetensors.torch.save(
        {
            "cell.double": torch.tensor(exact),
            "cell.float": torch.tensor(exact, dtype=torch.float32),
            "cell.half": torch.tensor(exact, dtype=torch.float16),
            "cell.bfloat": torch.tensor(bf16, dtype=torch.bfloat16),
            "scalar": torch.tensor(3.0),
            "empty": torch.zeros(0, 4),
        },
        metadata={"format": "pt"},
    ),
    cell__double=("F64", exact), cell__float=("F32", exact), cell__half=("F16", exact), cell__bfloat=("BF16", bf16),
    scalar=("F32", 3.0), empty=("F32", np.zeros((0, 4))),
)
named = {
    "double": exact, "float": exact.astype("<f4"), "half": exact.astype("<f2"), "big": exact.astype(">f4"),
    "fortran": np.asfortranarray(deep), "transposed": exact.astype("<f4").T, "scalar": np.float64(3.0), "empty": np.zeros((0, 4)),
}
held = dict(
    double=("F64", exact), float=("F32", exact), half=("F16", exact), big=("F32", exact),
    fortran=("F64", deep), transposed=("F32", exact.T), scalar=("F64", 3.0), empty=("F64", np.zeros((0, 4))),
)
add("npz stored", npz(np.savez, **named), **held)
add("npz deflated", npz(np.savez_compressed, **named), **held)
add("npz of zeros, deflated", npz(np.savez_compressed, zero=np.zeros((40, 50))), zero=("F64", np.zeros((40, 50))))
add("npy 1.0", npy(exact), array=("F64", exact))
add("npy 2.0", npy(exact, version=(2, 0)), array=("F64", exact))
add("npy 3.0", npy(exact, version=(3, 0)), array=("F64", exact))
add("npy fortran", npy(np.asfortranarray(deep)), array=("F64", deep))
add("npy big-endian half", npy(exact.astype(">f2")), array=("F16", exact))


def lstm(raw):
    rng = np.random.default_rng(5)
    arrays = {"W": (1, 8, 3), "R": (1, 8, 2), "B": (1, 16)}
    arrays = {k: np.round(rng.normal(size=s) * 64) / 64 for k, s in arrays.items()}
    kinds = {"W": TensorProto.FLOAT, "R": TensorProto.DOUBLE, "B": TensorProto.FLOAT16}
    types = {"W": np.float32, "R": np.float64, "B": np.float16}
    tensors = [
        numpy_helper.from_array(a.astype(types[k]), k) if raw else helper.make_tensor(k, kinds[k], a.shape, a.ravel())
        for k, a in arrays.items()
    ]
    bias = helper.make_tensor("bf", TensorProto.BFLOAT16, (2, 3), bf16.ravel())
    constant = helper.make_node("Constant", [], ["from_node"], value=numpy_helper.from_array(exact, "inner"))
    node = helper.make_node(
        "LSTM", ["X", "W", "R", "B", "", "h", "c"], ["Y"], name="lstm", hidden_size=2, direction="reverse",
        activations=["Sigmoid", "Tanh", "Tanh"], activation_alpha=[0.5], clip=3.0, input_forget=0, layout=1,
    )
    graph = helper.make_graph([constant, node, helper.make_node("Identity", ["Y"], ["Z"])], "g", [], [], [*tensors, bias])
    model = helper.make_model(graph)
    types = {"W": "F32", "R": "F64", "B": "F16"}
    return model.SerializeToString(), {
        **{k: (types[k], a) for k, a in arrays.items()}, "bf": ("BF16", bf16), "from_node": ("F64", exact)
    }


for raw in (True, False):
    data, arrays = lstm(raw)
    add("onnx raw" if raw else "onnx lists", data, **arrays)

add("npz of what is no float", npz(np.savez, I8=np.arange(3, dtype="i1"), BOOL=np.array([True]), C128=np.array([1j]),
    O=np.array([None, "a"], dtype=object), V2=exact.astype(ml_dtypes.bfloat16), U=np.array(["ab"]),
    record=np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")])))
add("safetensors of integers", safetensors.numpy.save({"q": np.arange(4, dtype=np.int8)}))
out = io.BytesIO()
torch.save({"weight_ih": torch.zeros(2)}, out)
add("torch.save", out.getvalue())
out = io.BytesIO()
torch.save({"weight_ih": torch.zeros(2)}, out, _use_new_zipfile_serialization=False)
add("torch.save before 1.6", out.getvalue())
external = TensorProto(name="W", data_type=TensorProto.FLOAT, dims=[2], data_location=TensorProto.EXTERNAL)
external.external_data.add(key="location", value="w.bin")
add("onnx with external data", helper.make_model(helper.make_graph([], "g", [], [], [external])).SerializeToString())

json.dump({"source": f"numpy {np.__version__}, torch {torch.__version__}, safetensors {safetensors.__version__}, onnx {onnx.__version__}",
           "files": files}, sys.stdout, indent=1)
print()
