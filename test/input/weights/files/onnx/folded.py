"""python test/input/weights/files/onnx/folded.py > test/input/weights/files/onnx/folded.json

Models whose LSTM has a computed W, and W as ONNX Runtime computes it of the same nodes. Each is one way of an operator, or
a few of them on one another; the numbers are random over all of their bits.
"""

import base64
import json

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

random = np.random.default_rng(14)
cases = {}


def array(*shape, dtype=np.float32):
    most = 10 if dtype == np.float16 else 30
    return np.ldexp(random.uniform(-1, 1, shape), random.integers(-most, most, shape)).astype(dtype)


def ints(*values, dtype=np.int64):
    return np.array(values, dtype)


def case(name, nodes, opset=20, **constants):
    """Nodes of (type, inputs, output or outputs, attributes); the output W is what is wanted."""
    outputs = lambda to: [to] if isinstance(to, str) else to
    made = [helper.make_node(kind, inputs, outputs(to), **attributes) for kind, inputs, to, attributes in nodes]
    held = [numpy_helper.from_array(value, key) for key, value in constants.items()]
    opsets = [helper.make_opsetid("", opset)]
    alone = helper.make_model(helper.make_graph(made, "g", [], [helper.make_empty_tensor_value_info("W")], held), opset_imports=opsets, ir_version=8)
    session = onnxruntime.InferenceSession(alone.SerializeToString(), providers=["CPUExecutionProvider"])
    (value,) = session.run(None, {})
    lstm = helper.make_node("LSTM", ["X", "W", "R"], ["Y"], name="lstm", hidden_size=1)
    x = helper.make_tensor_value_info("X", TensorProto.FLOAT, [1, 1, 1])
    graph = helper.make_graph([*made, lstm], "g", [x], [helper.make_empty_tensor_value_info("Y")], held)
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    cases[name] = {
        "base64": base64.b64encode(model.SerializeToString()).decode(),
        "shape": list(value.shape),
        "values": value.astype(np.float64).ravel().tolist(),
    }


one = lambda kind, inputs, **attributes: (kind, inputs, "W", attributes)
value = lambda output, **attributes: ("Constant", [], output, attributes)

case("Identity", [one("Identity", ["a"])], a=array(2, 3))
case("Constant of a tensor", [value("W", value=numpy_helper.from_array(array(2, 3)))])
case("Constant of floats", [value("W", value_floats=[0.1, -2.5, 1e-30])])
case("Constant of a float", [value("W", value_float=0.1)])
case("Slice of rows", [one("Slice", ["a", "s", "e", "x"])], a=array(6, 3), s=ints(2), e=ints(5), x=ints(0))
case("Slice of columns", [one("Slice", ["a", "s", "e", "x"])], a=array(3, 6), s=ints(1), e=ints(-1), x=ints(-1))
case("Slice of two axes", [one("Slice", ["a", "s", "e"])], a=array(5, 6), s=ints(1, 2), e=ints(4, 9), )
case("Slice with steps", [one("Slice", ["a", "s", "e", "x", "t"])], a=array(5, 7), s=ints(0, 1), e=ints(5, 7), x=ints(0, 1), t=ints(2, 3))
case("Slice backwards", [one("Slice", ["a", "s", "e", "x", "t"])], a=array(5, 2), s=ints(-1), e=ints(-(2**63)), x=ints(0), t=ints(-2))
case("Slice to the end", [one("Slice", ["a", "s", "e", "x"])], a=array(5, 2), s=ints(3), e=ints(2**63 - 1), x=ints(0))
case("Slice by int32", [one("Slice", ["a", "s", "e"])], a=array(5, 2), s=ints(1, dtype=np.int32), e=ints(3, dtype=np.int32))
case("Slice of opset 9", [one("Slice", ["a"], starts=[1, 0], ends=[3, 2], axes=[1, 0])], opset=9, a=array(4, 4))
case("Concat of rows", [one("Concat", ["a", "b"], axis=0)], a=array(2, 3), b=array(4, 3))
case("Concat of columns", [one("Concat", ["a", "b", "a"], axis=-1)], a=array(2, 1), b=array(2, 3))
case("Concat in the middle", [one("Concat", ["a", "b"], axis=1)], a=array(2, 1, 3), b=array(2, 2, 3))
case("Unsqueeze", [one("Unsqueeze", ["a", "x"])], a=array(2, 3), x=ints(0, -1))
case("Unsqueeze of opset 11", [one("Unsqueeze", ["a"], axes=[0, 2])], opset=11, a=array(2, 3))
case("Squeeze", [one("Squeeze", ["a", "x"])], a=array(1, 2, 1, 3), x=ints(0))
case("Squeeze of all", [one("Squeeze", ["a"])], a=array(1, 2, 1, 3))
case("Squeeze of opset 11", [one("Squeeze", ["a"], axes=[2])], opset=11, a=array(1, 2, 1, 3))
case("Reshape", [one("Reshape", ["a", "s"])], a=array(2, 3, 4), s=ints(0, -1))
case("Reshape to nothing", [one("Reshape", ["a", "s"], allowzero=1)], a=array(0, 3), s=ints(3, 0))
case("Transpose", [one("Transpose", ["a"])], a=array(2, 3, 4))
case("Transpose in an order", [one("Transpose", ["a"], perm=[2, 0, 1])], a=array(2, 3, 4))
case("Cast of float16", [one("Cast", ["a"], to=TensorProto.FLOAT)], a=array(2, 3, dtype=np.float16))
case("Cast of float64", [one("Cast", ["a"], to=TensorProto.FLOAT)], a=array(4, 5, dtype=np.float64))
case("Cast to float64", [one("Cast", ["a"], to=TensorProto.DOUBLE)], a=array(2, 3))
case("Expand", [one("Expand", ["a", "s"])], a=array(3, 1), s=ints(2, 1, 4))
case("Expand of a number", [one("Expand", ["a", "s"])], a=array(), s=ints(2, 3))
case("Expand of outer axes", [one("Expand", ["a", "s"])], a=array(1, 2, 3), s=ints(2, 2, 2, 1))
case("Mul", [one("Mul", ["a", "b"])], a=array(20, 10), b=array(20, 10))
case("Mul by a row", [one("Mul", ["a", "b"])], a=array(2, 3, dtype=np.float64), b=array(3, dtype=np.float64))
case("Gather of rows", [one("Gather", ["a", "k"])], a=array(4, 3), k=ints(3, 0, -2))
case("Gather of one column", [one("Gather", ["a", "k"], axis=1)], a=array(4, 3), k=np.array(1))
case("Gather into a matrix", [one("Gather", ["a", "k"], axis=1)], a=array(2, 3, 2), k=np.array([[0, 2], [1, 1]], np.int32))
case("Add", [one("Add", ["a", "b"])], a=array(20, 10), b=array(20, 10))
case("Add of a column", [one("Add", ["a", "b"])], a=array(4, 3, dtype=np.float64), b=array(4, 1, dtype=np.float64))
case("Sub", [one("Sub", ["a", "b"])], a=array(20, 10), b=array(20, 10))
case("Split in halves", [("Split", ["a"], ["V", "W"], {})], opset=13, a=array(4, 3))
case("Split of columns", [("Split", ["a", "n"], ["V", "W", "U"], {"axis": -1})], a=array(2, 6), n=ints(1, 3, 2))
case("Split of opset 11", [("Split", ["a"], ["V", "W"], {"split": [1, 3], "axis": 0})], opset=11, a=array(4, 3))
case("Split in uneven parts", [("Split", ["a"], ["U", "V", "W"], {"num_outputs": 3})], a=array(7, 2))
case("Split, gates in another order", [
    ("Split", ["a"], ["i", "f", "g", "o"], {"num_outputs": 4}),
    ("Concat", ["i", "o", "f", "g"], "c", {"axis": 0}),
    one("Unsqueeze", ["c", "0"]),
], a=array(8, 3), **{"0": ints(0)})
case("ConstantOfShape", [one("ConstantOfShape", ["s"])], s=ints(2, 3))
case("ConstantOfShape of a value", [one("ConstantOfShape", ["s"], value=numpy_helper.from_array(array(1)))], s=ints(3, 2))
case("ConstantOfShape of no axis", [one("ConstantOfShape", ["s"])], s=ints())
case("ConstantOfShape of integers", [
    ("ConstantOfShape", ["n"], "s", {"value": numpy_helper.from_array(ints(2))}),
    one("Expand", ["a", "s"]),
], a=array(1, 1), n=ints(2))
case("Flatten", [one("Flatten", ["a"], axis=-1)], a=array(2, 3, 4))
case(
    "bounds that are computed",
    [
        ("Shape", ["a"], "shape", {"start": -1}),
        value("two", value_int=2),
        ("Mul", ["shape", "two"], "end", {}),
        ("Concat", ["shape", "end"], "both", {"axis": 0}),
        ("Gather", ["both", "first"], "start", {}),
        ("Cast", ["end"], "narrow", {"to": TensorProto.INT32}),
        ("Cast", ["narrow"], "stop", {"to": TensorProto.INT64}),
        one("Slice", ["a", "start", "stop"]),
    ],
    a=array(9, 2), first=ints(0),
)
case(
    "gates in another order, of a kernel that is transposed",
    [
        ("Transpose", ["a"], "t", {}),
        *[("Slice", ["t", str(k), str(k + 1), "0"], f"g{k}", {}) for k in range(4)],
        ("Concat", ["g0", "g3", "g1", "g2"], "c", {"axis": 0}),
        one("Unsqueeze", ["c", "0"]),
    ],
    a=array(3, 4), **{str(k): ints(k) for k in range(5)},
)
print(json.dumps({"source": f"ONNX Runtime {onnxruntime.__version__}, onnx {onnx.__version__}", "cases": cases}))
