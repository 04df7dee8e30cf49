"""The peers of the promise: one LSTM step and its derivatives in numpy (the textbook formulas) and PyTorch (autograd).

Reads a native cell a line and answers with {"numpy": {quantity: rows}, "PyTorch": {...}}, null for what is not installed.
"""
import json
import sys

try:
    import numpy as np
except ImportError:
    np = None
try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None

GATES = "fiou"


def inputs(cell, array):
    H = len(cell["U_f"])
    I = len(cell["W_f"][0])
    W = {g: array(cell["W_" + g]) for g in GATES}
    U = {g: array(cell["U_" + g]) for g in GATES}
    b = {g: array(cell.get("b_" + g, [0.0] * H)) for g in GATES}
    x, h, c = (array(cell.get(key, [0.0] * n)) for key, n in (("x_t", I), ("h_prev", H), ("c_prev", H)))
    return W, U, b, x, h, c


def columns(v):
    return [[entry] for entry in v.tolist()]


def with_numpy(cell):
    W, U, b, x, h, c = inputs(cell, lambda a: np.array(a, dtype=float))
    z = {g: W[g] @ x + U[g] @ h + b[g] for g in GATES}
    a = {g: 1 / (1 + np.exp(-z[g])) for g in "fio"}
    a["u"] = np.tanh(z["u"])
    slope = {g: a[g] * (1 - a[g]) for g in "fio"}
    slope["u"] = 1 - a["u"] ** 2
    ct = a["f"] * c + a["i"] * a["u"]
    t = np.tanh(ct)
    through = {"f": c * slope["f"], "i": a["u"] * slope["i"], "u": a["i"] * slope["u"]}
    dc = sum(through[g][:, None] * U[g] for g in "fiu")
    dh = (t * slope["o"])[:, None] * U["o"] + (a["o"] * (1 - t * t))[:, None] * dc
    result = {"gates." + g: columns(a[g]) for g in GATES}
    result.update({f"jacobian.{g}.h_prev": (slope[g][:, None] * U[g]).tolist() for g in GATES})
    result.update({"c_t": columns(ct), "h_t": columns(a["o"] * t)})
    result.update({"jacobian.c_t.h_prev": dc.tolist(), "jacobian.h_t.h_prev": dh.tolist()})
    return result


def with_torch(cell):
    W, U, b, x, h, c = inputs(cell, lambda a: torch.tensor(a, dtype=torch.float64))

    def step(h):
        z = {g: W[g] @ x + U[g] @ h + b[g] for g in GATES}
        a = {g: torch.sigmoid(z[g]) for g in "fio"}
        a["u"] = torch.tanh(z["u"])
        ct = a["f"] * c + a["i"] * a["u"]
        return (*(a[g] for g in GATES), ct, a["o"] * torch.tanh(ct))

    names = ["gates." + g for g in GATES] + ["c_t", "h_t"]
    outputs = ["f", "i", "o", "u", "c_t", "h_t"]
    result = {name: columns(value) for name, value in zip(names, step(h))}
    jacobians = torch.autograd.functional.jacobian(step, h)
    result.update({f"jacobian.{of}.h_prev": J.tolist() for of, J in zip(outputs, jacobians)})
    return result


def main():
    if np is not None:
        np.seterr(all="ignore")
    print(f"PyTorch {torch.__version__ if torch else 'absent'}, numpy {np.__version__ if np else 'absent'}", flush=True)
    for line in sys.stdin:
        cell = json.loads(line)
        answer = {"numpy": with_numpy(cell) if np else None, "PyTorch": with_torch(cell) if torch else None}
        print(json.dumps(answer), flush=True)


main()
