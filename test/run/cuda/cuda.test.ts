// A package built with CUDA and run on a GPU, by Node and by Python. Skipped aloud where there is no GPU, nvcc or libtorch with CUDA.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";
import { needCuda } from "../../helpers/needs.js";
import { linkModules, run, torchExtension } from "../../helpers/published.js";

const none = await needCuda();
const here = fileURLToPath(new URL(".", import.meta.url));
const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = join(scratch.name, "my-lltm");
const log = () => readFileSync(join(root, "build/node/build.log"), "utf8");

const add = (name: string, ...args: readonly string[]) =>
  torchExtension(
    ["function", name, "--param", "x: torch::Tensor", ...args, "--param", "n: int64_t = 2"].concat(
      ["--returns", "out: torch::Tensor", "--backend", "cpu,cuda", "--no-build", "--yes"],
      name === "scale_add" ? ["--differentiable"] : [],
    ),
    { cwd: root },
  );

/** What checks.mjs sees. `env` may hide the GPU. */
async function checked(part: string, env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await run(["node", "checks.mjs", part], { cwd: root, env });
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(stdout);
}

describe.skipIf(none !== null)("a package with CUDA", () => {
  beforeAll(async () => {
    const made = await torchExtension(
      ["new", "my-lltm", "--start", "lltm", "--cuda", "on", "--yes", "--no-build", "--no-git"],
      { cwd: scratch.name },
    );
    expect(made.code, made.stderr).toBe(0);
    for (const added of [await add("scale_add"), await add("plain_add", "--param", "y: torch::Tensor")]) {
      expect(added.code, added.stdout + added.stderr).toBe(0);
    }
    cpSync(join(here, "device.cpp"), join(root, "csrc/src/device.cpp"));
    cpSync(join(here, "broken.cu"), join(root, "csrc/src/cuda/broken.cu"));
    for (const script of ["checks.mjs", "checks.py"]) cpSync(join(here, script), join(root, script));
    linkModules(root);
    const built = await torchExtension(["build", "--yes"], { cwd: root });
    expect(built.code, built.stdout + built.stderr).toBe(0);
  });

  it("is built by the nvcc that doctor shows, for the GPU that is here, without a warning", async () => {
    const { stdout } = await torchExtension(["doctor", "--json"], { cwd: root });
    const report = JSON.parse(stdout);
    const nvcc = report.checks.find(({ id }: { id: string }) => id === "cuda");
    expect(nvcc).toMatchObject({ status: "ok", note: ".cu files are built with it" });
    const record = JSON.parse(readFileSync(join(root, "build/node/out/mylltm.json"), "utf8"));
    expect(record.libtorch.cuda.startsWith(`${nvcc.version}.`)).toBe(true);
    expect(log()).toMatch(/CUDA ON \(\d[\d.]* for \S+\)/);
    expect(log()).not.toMatch(/warning/);
  });

  it("passes its tests as written", async () => {
    const tested = await run(["npx", "vitest", "run"], { cwd: root });
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
  });

  it("moves tensors to the GPU, reads them there and takes them back", async () => {
    expect(await checked("tensors")).toEqual({
      device: "cuda:0",
      shape: [2, 3],
      dtype: "float32",
      array: [
        [1, 2.5, -3],
        [4, 5, 6],
      ],
      back: "cpu",
      printed: true,
      half: [1, -2.5],
      item: 7,
      empty: [0, 3],
    });
  });

  it("computes lltm and its gradients as the CPU does", async () => {
    const { float64, float32 } = await checked("lltm");
    expect([float64.device, float32.device]).toEqual(["cuda:0", "cuda:0"]);
    expect(Math.max(float64.forward, float64.backward)).toBeLessThan(1e-12);
    expect(Math.max(float32.forward, float32.backward)).toBeLessThan(1e-3);
  });

  it("has kernels that agree with the CPU's, whatever the size", async () => {
    const { sizes, empty, device, backward, plain } = await checked("kernel");
    expect(Math.max(...sizes, backward, plain)).toBeLessThan(1e-12);
    expect([empty, device]).toEqual([[0, 3], "cuda:0"]);
  });

  it("says what is wrong with a call, and goes on", async () => {
    const { mixed, kernel, ordinal, integers, launch, after } = await checked("errors");
    expect(mixed).toMatch(/^Error: .*same device.*cuda:0/s);
    expect(kernel).toBe("Error: plain_add: all tensors must be on cuda:0, got cpu");
    expect(ordinal).toMatch(/^Error: .*invalid device ordinal/s);
    expect(integers).toBe("Error: scale_add: tensors must be floating point, got Long");
    expect(launch).toMatch(/^Error: CUDA error: invalid (configuration argument|argument)/);
    expect(after).toEqual([2, 3]);
  });

  it("reports a kernel's fault as an Error, then and later, and ends in order", async () => {
    const { fault, again } = await checked("fault");
    for (const said of [fault, again]) {
      expect(said).toMatch(/^Error: CUDA error: an illegal memory access/);
      expect(said).toBe(said.trimEnd());
    }
  });

  it("works in a worker and in the main thread at once", async () => {
    expect(await checked("worker")).toEqual({ worker: "cuda:0", main: "cuda:0" });
  });

  it("gives the GPU's memory back inside a synchronous loop", async () => {
    const { large, small, rss } = await checked("pressure");
    // 20,000 results of 4 MB are 84 GB.
    expect(large).toBeLessThan(8e9);
    expect(small).toBeLessThan(200e6);
    expect(rss).toBeLessThan(300e6);
  });

  it("loads where no GPU is visible: the CPU works, and what needs a GPU says so", async () => {
    const { host, move, after } = await checked("hidden", { CUDA_VISIBLE_DEVICES: "" });
    expect([host, after]).toEqual(["cpu", "cpu"]);
    expect(move).toMatch(/^Error: .*(No CUDA GPUs are available|no CUDA-capable device|NVIDIA driver)/s);
  });

  it("is an operator of Python's torch, which differentiates it on the GPU", async (context) => {
    const { found } = await findLibtorch({ named: null, env: process.env });
    if (found?.source !== "python") context.skip(`libtorch is not Python's: ${found?.why}`);
    const python = await run(["python3", "checks.py", join(root, "build/node/out/libmylltm.so")], { cwd: root });
    expect(python.code, python.stderr).toBe(0);
    const seen = JSON.parse(python.stdout);
    expect(seen).toMatchObject({ value: true, gradcheck: true, gradgradcheck: true, plain: true });
    expect(seen.mixed).toBe("RuntimeError: plain_add: all tensors must be on cuda:0, got cpu");
    for (const found of seen.opcheck ?? []) expect(new Set(Object.values(found))).toEqual(new Set(["SUCCESS"]));
  });
});
