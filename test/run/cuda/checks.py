# The package's library by Python's torch; prints what it saw, as JSON. `python3 checks.py <lib> [bench]`
import json
import statistics
import sys
import time

import torch

torch.ops.load_library(sys.argv[1])
ops = torch.ops.mylltm


def refused(call):
    try:
        call()
        return None
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def median(call):
    for _ in range(200):
        call()
    torch.cuda.synchronize()
    times = []
    for _ in range(2000):
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        times.append((time.perf_counter() - start) * 1e6)
    return round(statistics.median(times), 1)


def lltm(device):
    torch.manual_seed(0)
    batch, features, state = 16, 32, 128
    args = [torch.randn(s, device=device) for s in
            ((batch, features), (3 * state, state + features), (3 * state,), (batch, state), (batch, state))]
    h, cell, i, o, c, joined = ops.lltm_forward(*args)
    forward = lambda: ops.lltm_forward(*args)
    backward = lambda: ops.lltm_backward(h, cell, cell, i, o, c, joined, args[1])
    return {"forward": median(forward), "backward": median(backward)}


if len(sys.argv) > 2:
    print(json.dumps({device: lltm(device) for device in ("cpu", "cuda")}))
    sys.exit()

x = torch.randn(3, 4, dtype=torch.float64, device="cuda", requires_grad=True)
y = torch.randn(3, 4, dtype=torch.float64, device="cuda")
found = {
    "torch": torch.__version__,
    "cuda": torch.version.cuda,
    "schema": str(ops.scale_add.default._schema),
    "value": torch.allclose(ops.scale_add(x, 3), x * x * 3),
    "gradcheck": torch.autograd.gradcheck(lambda t: ops.scale_add(t, 3), (x,)),
    "gradgradcheck": torch.autograd.gradgradcheck(lambda t: ops.scale_add(t, 3), (x,)),
    "plain": torch.allclose(ops.plain_add(y, y, 3), 6 * y * y),
    "mixed": refused(lambda: ops.plain_add(y, y.cpu())),
}
opcheck = getattr(torch.library, "opcheck", None)
if opcheck is not None:
    tests = ("test_schema", "test_autograd_registration")
    found["opcheck"] = [opcheck(ops.scale_add.default, (t, 3), test_utils=tests) for t in (x, x.detach().cpu().requires_grad_())]
print(json.dumps(found))
