// For which GPUs kernels are compiled: the part of the CMake code that decides it, run by itself.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import tmp from "tmp";
import { afterAll, describe, expect, it } from "vitest";
import { which } from "../../../vendor/lib/build/process.js";

const cmake = which("cmake", process.env);
if (cmake === null) console.warn("SKIPPED: CMake is not on this machine");
const file = fileURLToPath(new URL("../../../vendor/lib/cmake/TorchExtensionNvcc.cmake", import.meta.url));
const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());

/** A folder whose nvidia-smi prints that, or fails where there is no GPU. */
function machine(name: string, capabilities: string | null): string {
  const folder = join(scratch.name, name);
  mkdirSync(folder);
  const said = capabilities === null ? "echo No devices were found; exit 6" : `printf '${capabilities}'`;
  writeFileSync(join(folder, "nvidia-smi"), `#!/bin/sh\n${said}\n`);
  chmodSync(join(folder, "nvidia-smi"), 0o755);
  return folder;
}

const script = join(scratch.name, "choose.cmake");
writeFileSync(
  script,
  `cmake_minimum_required(VERSION 3.18)
include("${file}")
tx_choose_cuda_architectures()
message(STATUS "chosen: \${CMAKE_CUDA_ARCHITECTURES}")`,
);

async function chosen(path: string, env: Record<string, string> = {}, args: readonly string[] = []): Promise<string> {
  const { all } = await execa(cmake ?? "cmake", [...args, "-P", script], {
    all: true,
    reject: false,
    env: { CUDAARCHS: "", TORCH_CUDA_ARCH_LIST: "", ...env, PATH: `${path}:${process.env.PATH}` },
  });
  return /chosen: (.*)/.exec(all)?.[1] ?? all;
}

describe.skipIf(cmake === null || process.platform === "win32")("kernels are compiled", () => {
  const two = machine("two", "9.0\\n8.6\\n9.0\\n");

  it("for the GPUs that are here, once each", async () => {
    expect(await chosen(two)).toBe("90;86");
  });

  it("for every kind where none is here, as far as CMake knows of it", async () => {
    expect(await chosen(machine("none", null))).toMatch(/^(all-major)?$/);
  });

  it("for what PyTorch's variable names", async () => {
    expect(await chosen(two, { TORCH_CUDA_ARCH_LIST: "7.5 8.0;9.0a+PTX" })).toBe("75-real;80-real;90a");
    const wrong = await chosen(two, { TORCH_CUDA_ARCH_LIST: "Hopper" });
    expect(wrong.replace(/\s+/g, " ")).toContain(
      "of which Hopper is not understood. Name GPUs by their compute capability",
    );
  });

  it("for what CMake's own names, which it reads itself", async () => {
    expect(await chosen(two, { CUDAARCHS: "70" })).toBe("");
    expect(await chosen(two, {}, ["-DCMAKE_CUDA_ARCHITECTURES=75"])).toBe("75");
  });
});
