"""The peers of the kernel benchmarks, forward pass included: one ∂h_t/∂h_{t-1}, in PyTorch, numpy and JAX, the Hessian of Σ h_t by
(h_{t-1}, c_{t-1}, x_t), in PyTorch and JAX, and along 100 steps
∂(h_T, c_T)/∂(h_0, c_0), in PyTorch and numpy, and the gradients by all weights, in PyTorch.

Reads lines "PEER H RUNS" and answers each with the microseconds of one run (the median), "absent" where the peer is not
installed. The cell is random, H = I, float64, one thread, like the ones of kernel.ts and sequence.ts.
"""
import os
import statistics
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
try:
    import numpy as np
except ImportError:
    np = None
try:
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
except ImportError:
    torch = None

try:
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    import jax

    jax.config.update("jax_enable_x64", True)
except ImportError:
    jax = None


def numpy_closed_form(H):
    rng = np.random.default_rng(1)
    W, U = (rng.uniform(-1, 1, (4, H, H)) / np.sqrt(H) for _ in range(2))
    b, x, h, c = (rng.uniform(-1, 1, s) for s in ((4, H), H, H, H))

    def run():
        z = W @ x + U @ h + b
        f, i, o = 1 / (1 + np.exp(-z[:3]))
        u = np.tanh(z[3])
        ct = f * c + i * u
        t = np.tanh(ct)
        d = o * (1 - t * t)
        rows = (d * c * f * (1 - f), d * u * i * (1 - i), t * o * (1 - o), d * i * (1 - u * u))
        J = rows[0][:, None] * U[0]
        for k in range(1, 4):
            J += rows[k][:, None] * U[k]
        return J

    return run


def torch_closed_form(H):
    g = torch.Generator().manual_seed(1)
    rand = lambda *s: torch.rand(*s, generator=g) * 2 - 1
    W, U = (rand(4, H, H) / H**0.5 for _ in range(2))
    b, x, h, c = rand(4, H), rand(H), rand(H), rand(H)

    def run():
        z = W @ x + U @ h + b
        f, i, o = torch.sigmoid(z[:3])
        u = torch.tanh(z[3])
        ct = f * c + i * u
        t = torch.tanh(ct)
        d = o * (1 - t * t)
        rows = torch.stack((d * c * f * (1 - f), d * u * i * (1 - i), t * o * (1 - o), d * i * (1 - u * u)))
        return (rows[:, :, None] * U).sum(0)

    return run


def torch_jacobian(H, vectorize):
    torch.manual_seed(1)
    cell = torch.nn.LSTMCell(H, H)
    x, h, c = (torch.rand(1, H) * 2 - 1 for _ in range(3))
    return lambda: torch.autograd.functional.jacobian(lambda v: cell(x, (v, c))[0], h, vectorize=vectorize)


def jax_cell(H):
    key = jax.random.split(jax.random.PRNGKey(1), 6)
    rand = lambda k, *s: jax.random.uniform(key[k], s, minval=-1, maxval=1, dtype=jax.numpy.float64)
    W, U = rand(0, 4, H, H) / H**0.5, rand(1, 4, H, H) / H**0.5
    return W, U, rand(2, 4, H), rand(3, H), rand(4, H), rand(5, H)


def jax_step(W, U, b, x, h, c):
    z = W @ x + U @ h + b
    f, i, o = jax.nn.sigmoid(z[:3])
    u = jax.numpy.tanh(z[3])
    ct = f * c + i * u
    return f, i, o, u, jax.numpy.tanh(ct)


def jax_jacobian(H):
    W, U, b, x, h, c = jax_cell(H)

    def output(h):
        _, _, o, _, t = jax_step(W, U, b, x, h, c)
        return o * t

    jacobian = jax.jit(jax.jacfwd(output))
    return lambda: jacobian(h).block_until_ready()


def jax_closed_form(H):
    W, U, b, x, h, c = jax_cell(H)

    def jacobian(h):
        f, i, o, u, t = jax_step(W, U, b, x, h, c)
        d = o * (1 - t * t)
        rows = (d * c * f * (1 - f), d * u * i * (1 - i), t * o * (1 - o), d * i * (1 - u * u))
        return sum(rows[k][:, None] * U[k] for k in range(4))

    compiled = jax.jit(jacobian)
    return lambda: compiled(h).block_until_ready()


def torch_hessian(H, vectorize):
    torch.manual_seed(1)
    cell = torch.nn.LSTMCell(H, H)
    inputs = torch.rand(3 * H) * 2 - 1

    def loss(v):
        h, c, x = v.reshape(3, 1, H)
        return cell(x, (h, c))[0].sum()

    return lambda: torch.autograd.functional.hessian(loss, inputs, vectorize=vectorize)


def jax_hessian(H):
    W, U, b, x, h, c = jax_cell(H)

    def loss(v, W, U, b):
        h, c, x = v.reshape(3, H)
        _, _, o, _, t = jax_step(W, U, b, x, h, c)
        return jax.numpy.sum(o * t)

    hessian = jax.jit(jax.jacfwd(jax.jacrev(loss)))
    inputs = jax.numpy.concatenate((h, c, x))
    return lambda: hessian(inputs, W, U, b).block_until_ready()


STEPS = 100


def numpy_sequence_closed_form(H):
    rng = np.random.default_rng(1)
    W, U = (rng.uniform(-1, 1, (4, H, H)) / np.sqrt(H) for _ in range(2))
    b, xs = rng.uniform(-1, 1, (4, H)), rng.uniform(-1, 1, (STEPS, H))

    def run():
        h, c = np.zeros(H), np.zeros(H)
        product = np.eye(2 * H)
        for x in xs:
            z = W @ x + U @ h + b
            f, i, o = 1 / (1 + np.exp(-z[:3]))
            u = np.tanh(z[3])
            df, di, du = c * f * (1 - f), u * i * (1 - i), i * (1 - u * u)
            c = f * c + i * u
            t = np.tanh(c)
            d = o * (1 - t * t)
            by_h = df[:, None] * U[0] + di[:, None] * U[1] + du[:, None] * U[3]
            below = by_h @ product[:H] + f[:, None] * product[H:]
            above = ((t * o * (1 - o))[:, None] * U[2]) @ product[:H] + d[:, None] * below
            product = np.concatenate((above, below))
            h = o * t
        return product

    return run


def torch_lstm_backward(H):
    torch.manual_seed(1)
    lstm = torch.nn.LSTM(H, H)
    x = (torch.rand(STEPS, 1, H) * 2 - 1).requires_grad_()

    def run():
        lstm.zero_grad()
        lstm(x)[0][-1].sum().backward()

    return run


def torch_sequence_jacobian(H, vectorize):
    torch.manual_seed(1)
    cell = torch.nn.LSTMCell(H, H)
    x, h, c = torch.rand(STEPS, 1, H) * 2 - 1, *(torch.rand(1, H) * 2 - 1 for _ in range(2))

    def unrolled(h, c):
        for x_t in x:
            h, c = cell(x_t, (h, c))
        return h, c

    return lambda: torch.autograd.functional.jacobian(unrolled, (h, c), vectorize=vectorize)


PEERS = {
    "sequence-jacobian": (torch, lambda H: torch_sequence_jacobian(H, False)),
    "sequence-jacobian-vectorize": (torch, lambda H: torch_sequence_jacobian(H, True)),
    "jacobian": (torch, lambda H: torch_jacobian(H, False)),
    "jacobian-vectorize": (torch, lambda H: torch_jacobian(H, True)),
    "hessian": (torch, lambda H: torch_hessian(H, False)),
    "hessian-vectorize": (torch, lambda H: torch_hessian(H, True)),
    "hessian-jax": (jax, jax_hessian),
    "closed-form-pytorch": (torch, torch_closed_form),
    "closed-form-numpy": (np, numpy_closed_form),
    "jacfwd-jax": (jax, jax_jacobian),
    "closed-form-jax": (jax, jax_closed_form),
    "sequence-closed-form-numpy": (np, numpy_sequence_closed_form),
    "backward-lstm": (torch, torch_lstm_backward),
}


def main():
    runs = {}
    installed = (("PyTorch", torch), ("numpy", np), ("JAX", jax))
    print(", ".join(f"{name} {module.__version__ if module else 'absent'}" for name, module in installed), flush=True)
    for line in sys.stdin:
        peer, H, count = line.split()
        module, make = PEERS[peer]
        if module is None:
            print("absent", flush=True)
            continue
        if (peer, H) not in runs:
            runs[peer, H] = make(int(H))
            runs[peer, H]()
        times = []
        for _ in range(int(count)):
            start = time.perf_counter()
            runs[peer, H]()
            times.append(time.perf_counter() - start)
        print(statistics.median(times) * 1e6, flush=True)


main()
