// Runs inside a package that was built with CUDA; prints what it saw, as JSON. `node checks.mjs <part>`
import { performance } from "node:perf_hooks";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import * as torch from "./dist/lib/node/torch/index.js";
import * as ext from "./dist/ts/index.js";

const caught = (call) => {
  try {
    call();
    return null;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const onGpu = (x) => ext.toDevice(x, "cuda");
const random = seeded(7);
const filled = (shape, dtype = "float64") => {
  const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1);
  return torch.tensor(dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values), { shape });
};
const distance = (a, b) => {
  const [x, y] = [a.data(), b.data()];
  return x.length === y.length ? x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i])), 0) : Number.NaN;
};
const sizes = (batch, features, state) => [
  [batch, features],
  [3 * state, state + features],
  [3 * state],
  [batch, state],
  [batch, state],
];

const parts = {
  tensors() {
    const x = torch.tensor([
      [1, 2.5, -3],
      [4, 5, 6],
    ]);
    const there = onGpu(x);
    const half = onGpu(ext.toDevice(torch.tensor([1, -2.5], { dtype: "float16" }), "cpu"));
    return {
      device: there.device,
      shape: there.shape,
      dtype: there.dtype,
      array: there.toArray(),
      back: ext.toDevice(there, "cpu").device,
      printed: String(there).includes("CUDAFloatType"),
      half: half.toArray(),
      item: onGpu(torch.tensor([7n])).item(),
      empty: onGpu(torch.tensor([], { shape: [0, 3] })).shape,
    };
  },

  lltm() {
    const found = {};
    for (const [dtype, args] of [
      ["float64", sizes(5, 3, 4)],
      ["float32", sizes(16, 32, 128)],
    ]) {
      const host = args.map((shape) => filled(shape, dtype));
      const device = host.map(onGpu);
      const [here, there] = [ext.lltmForward(...host), ext.lltmForward(...device)];
      const state = args[3];
      const grads = [filled(state, dtype), filled(state, dtype)];
      const back = (step, weights, [h, c]) =>
        ext.lltmBackward(h, c, step.newCell, step.inputGate, step.outputGate, step.candidate, step.joined, weights);
      const [left, right] = [back(here, host[1], grads), back(there, device[1], grads.map(onGpu))];
      found[dtype] = {
        device: there.newH.device,
        forward: Math.max(...Object.keys(here).map((name) => distance(here[name], there[name]))),
        backward: Math.max(...Object.keys(left).map((name) => distance(left[name], right[name]))),
      };
    }
    return found;
  },

  kernel() {
    const largest = (count) => {
      const x = filled([count]);
      return distance(ext.scaleAdd(x, { n: 3 }), ext.scaleAdd(onGpu(x), { n: 3 }));
    };
    const x = filled([3, 4]);
    const grad = filled([3, 4]);
    return {
      sizes: [1, 255, 256, 257, 100_000].map(largest),
      empty: ext.scaleAdd(onGpu(torch.tensor([], { shape: [0, 3] }))).shape,
      device: ext.scaleAdd(onGpu(x)).device,
      backward: distance(ext.scaleAddBackward(grad, x, 3), ext.scaleAddBackward(onGpu(grad), onGpu(x), 3)),
      plain: distance(ext.plainAdd(x, grad), ext.plainAdd(onGpu(x), onGpu(grad))),
    };
  },

  errors() {
    const x = filled([2, 3], "float32");
    const there = onGpu(x);
    const [input, weights, bias, oldH, oldCell] = sizes(2, 3, 4).map((shape) => filled(shape));
    return {
      mixed: caught(() => ext.lltmForward(onGpu(input), weights, bias, oldH, oldCell)),
      kernel: caught(() => ext.plainAdd(there, x)),
      ordinal: caught(() => ext.toDevice(x, "cuda:77")),
      integers: caught(() => ext.scaleAdd(onGpu(torch.tensor([1n, 2n])))),
      launch: caught(() => ext.launchWrongly(there)),
      after: ext.scaleAdd(there).shape,
    };
  },

  fault() {
    const there = onGpu(torch.tensor([1, 2, 3]));
    return { fault: caught(() => ext.writeOutside(there)), again: caught(() => there.toArray()) };
  },

  async worker() {
    const worker = new Worker(new URL(import.meta.url), { argv: ["kernel"] });
    const said = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    return { worker: said.device, main: parts.kernel().device };
  },

  pressure() {
    const x = onGpu(filled([1024, 1024], "float32"));
    const start = ext.heldBytes();
    for (let i = 0; i < 20_000; i++) ext.scaleAdd(x);
    const large = ext.peakBytes() - start;
    const small = onGpu(torch.tensor([1, 2, 3, 4]));
    const before = process.memoryUsage().rss;
    let most = 0;
    for (let i = 0; i < 300_000; i++) {
      ext.scaleAdd(small);
      if (i % 1000 === 0) most = Math.max(most, ext.heldBytes() - start);
    }
    return { large, small: most, rss: process.memoryUsage().rss - before };
  },

  hidden() {
    const x = filled([3, 4]);
    return {
      host: ext.scaleAdd(x).device,
      move: caught(() => onGpu(x)),
      after: ext.scaleAdd(x).device,
    };
  },

  // Median microseconds of one step, and of its gradients: batch 16, 32 features, state 128.
  bench() {
    const found = {};
    for (const device of ["cpu", "cuda"]) {
      const args = sizes(16, 32, 128).map((shape) => ext.toDevice(filled(shape, "float32"), device));
      const step = ext.lltmForward(...args);
      const grads = [step.newH, step.newCell];
      const forward = () => ext.lltmForward(...args);
      const backward = () =>
        ext.lltmBackward(...grads, step.newCell, step.inputGate, step.outputGate, step.candidate, step.joined, args[1]);
      found[device] = { forward: median(forward), backward: median(backward) };
    }
    return found;
  },
};

function median(call) {
  for (let i = 0; i < 200; i++) call();
  ext.synchronize();
  const times = Array.from({ length: 2000 }, () => {
    const start = performance.now();
    call();
    ext.synchronize();
    return (performance.now() - start) * 1000;
  });
  return Number(times.sort((a, b) => a - b)[1000].toFixed(1));
}

/** Numbers in [0, 1), the same at each run. */
function seeded(last) {
  return () => {
    last = (Math.imul(last, 1664525) + 1013904223) >>> 0;
    return last / 2 ** 32;
  };
}

const found = await parts[process.argv[2]]();
if (isMainThread) console.log(JSON.stringify(found));
else parentPort.postMessage(found);
