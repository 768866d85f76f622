"""The peer: PyTorch's own route to a native operator, torch.utils.cpp_extension.load.

peer.py build SOURCE FOLDER [FLAG ...]     builds SOURCE and loads it; prints the seconds from call to loaded
peer.py call SOURCE FOLDER [FLAG ...]      builds, then prints the microseconds of one add(a, b) on 4-element tensors
"""

import json
import os
import sys
import time

import torch
from torch.utils.cpp_extension import load

job, source, folder, *flags = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
start = time.perf_counter()
extension = load(
    name="tx_peer", sources=[source], build_directory=folder, extra_cflags=flags
)
seconds = time.perf_counter() - start

if job == "build":
    print(json.dumps({"seconds": seconds}))
else:
    torch.set_num_threads(1)
    a, b = torch.randn(4), torch.randn(4)
    rounds, calls = [], 200_000
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(calls):
            extension.add(a, b)
        rounds.append((time.perf_counter() - start) / calls * 1e6)
    print(json.dumps({"microseconds": sorted(rounds)[len(rounds) // 2]}))
