"""The peers of the promise: one LSTM step and its derivatives in numpy (the textbook formulas), PyTorch and JAX (autograd).

Reads a native cell a line and answers with {"numpy": {quantity: flat values}, "PyTorch": {...}, "JAX": {...}}, null for what is
not installed.
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
try:
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
except ImportError:
    jax = None

GATES = "fiou"
STATE = ("x_t", "h_prev", "c_prev")
WEIGHTS = tuple(letter + "_" + g for letter in "WUb" for g in GATES)


def flat(v):
    return np.asarray(v).reshape(-1).tolist()


def with_numpy(cell):
    q = {key: np.array(value, dtype=float) for key, value in cell.items()}
    z = {g: q["W_" + g] @ q["x_t"] + q["U_" + g] @ q["h_prev"] + q["b_" + g] for g in GATES}
    a = {g: 1 / (1 + np.exp(-z[g])) for g in "fio"}
    a["u"] = np.tanh(z["u"])
    slope = {g: a[g] * (1 - a[g]) for g in "fio"}
    slope["u"] = 1 - a["u"] ** 2
    ct = a["f"] * q["c_prev"] + a["i"] * a["u"]
    t = np.tanh(ct)
    through = {"f": q["c_prev"] * slope["f"], "i": a["u"] * slope["i"], "u": a["i"] * slope["u"]}
    result = {"gates." + g: a[g] for g in GATES}
    result.update({"c_t": ct, "h_t": a["o"] * t})
    for letter, wrt in (("U", "h_prev"), ("W", "x_t")):
        M = {g: q[letter + "_" + g] for g in GATES}
        dc = sum(through[g][:, None] * M[g] for g in "fiu")
        result.update({f"jacobian.{g}.{wrt}": slope[g][:, None] * M[g] for g in GATES})
        result["jacobian.c_t." + wrt] = dc
        result["jacobian.h_t." + wrt] = (t * slope["o"])[:, None] * M["o"] + (a["o"] * (1 - t * t))[:, None] * dc
    dc = q["dc_t"] + q["dh_t"] * a["o"] * (1 - t * t)
    dz = {g: dc * through[g] for g in through}
    dz["o"] = q["dh_t"] * t * slope["o"]
    result["loss"] = q["dh_t"] @ (a["o"] * t) + q["dc_t"] @ ct
    result["gradient.c_prev"] = dc * a["f"]
    result["gradient.h_prev"] = sum(q["U_" + g].T @ dz[g] for g in GATES)
    result["gradient.x_t"] = sum(q["W_" + g].T @ dz[g] for g in GATES)
    for g in GATES:
        result["gradient.b_" + g] = dz[g]
        result["gradient.U_" + g] = np.outer(dz[g], q["h_prev"])
        result["gradient.W_" + g] = np.outer(dz[g], q["x_t"])
    return {key: flat(value) for key, value in result.items()}


def step(q, sigmoid, tanh):
    z = {g: q["W_" + g] @ q["x_t"] + q["U_" + g] @ q["h_prev"] + q["b_" + g] for g in GATES}
    a = {g: sigmoid(z[g]) for g in "fio"}
    a["u"] = tanh(z["u"])
    ct = a["f"] * q["c_prev"] + a["i"] * a["u"]
    return (*(a[g] for g in GATES), ct, a["o"] * tanh(ct))


NAMES = [*GATES, "c_t", "h_t"]


def named(values, jacobians, loss, gradient):
    result = {("gates." + n if n in GATES else n): v for n, v in zip(NAMES, values)}
    for wrt, of in jacobians.items():
        result.update({f"jacobian.{n}.{wrt}": J for n, J in zip(NAMES, of)})
    result["loss"] = loss
    result.update({"gradient." + key: value for key, value in gradient.items()})
    return {key: flat(value) for key, value in result.items()}


def with_torch(cell):
    q = {key: torch.tensor(value, dtype=torch.float64) for key, value in cell.items()}
    run = lambda p: step(p, torch.sigmoid, torch.tanh)  # noqa: E731
    jacobians = {
        wrt: torch.autograd.functional.jacobian(lambda v, wrt=wrt: run({**q, wrt: v}), q[wrt]) for wrt in ("h_prev", "x_t")
    }
    keys = STATE + WEIGHTS
    leaves = {key: q[key].clone().requires_grad_() for key in keys}
    *_, ct, ht = run({**q, **leaves})
    loss = q["dh_t"] @ ht + q["dc_t"] @ ct
    gradient = dict(zip(keys, torch.autograd.grad(loss, [leaves[key] for key in keys])))
    return named(run(q), jacobians, loss.detach(), gradient)


def with_jax(cell):
    q = {key: jnp.array(value, dtype=jnp.float64) for key, value in cell.items()}
    run = lambda p: step(p, jax.nn.sigmoid, jnp.tanh)  # noqa: E731
    jacobians = {wrt: jax.jacrev(lambda v, wrt=wrt: run({**q, wrt: v}))(q[wrt]) for wrt in ("h_prev", "x_t")}

    def loss(leaves):
        *_, ct, ht = run({**q, **leaves})
        return q["dh_t"] @ ht + q["dc_t"] @ ct

    leaves = {key: q[key] for key in STATE + WEIGHTS}
    return named(run(q), jacobians, loss(leaves), jax.grad(loss)(leaves))


def main():
    if np is not None:
        np.seterr(all="ignore")
    version = lambda module: module.__version__ if module else "absent"  # noqa: E731
    print(f"numpy {version(np)}, PyTorch {version(torch)}, JAX {version(jax)}", flush=True)
    for line in sys.stdin:
        cell = json.loads(line)
        run = lambda module, of: of(cell) if module and np is not None else None  # noqa: E731
        answer = {"numpy": run(np, with_numpy), "PyTorch": run(torch, with_torch), "JAX": run(jax, with_jax)}
        print(json.dumps(answer), flush=True)


main()
