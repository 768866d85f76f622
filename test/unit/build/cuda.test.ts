import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, describe, expect, it } from "vitest";
import { renderReport, report } from "../../../src/machine/tools/doctor.js";
import { newStamp, settle, staleReason } from "../../../vendor/lib/build/configure.js";
import type { Libtorch } from "../../../vendor/lib/build/libtorch.js";
import { type Cuda, type Machine, missingFrom } from "../../../vendor/lib/build/missing.js";
import { buildFolder } from "../../../vendor/lib/build/places.js";
import { writeStamp } from "../../../vendor/lib/build/stamp.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = realpathSync(scratch.name);
mkdirSync(join(root, "csrc"));

const tool = (path: string, version: string) => ({ path, version });
const torch = (cuda: string | null): Libtorch => ({
  ...{ cmakeDir: "/t/share/cmake/Torch", libDir: "/t/lib", includeDir: "/t/include", version: "2.11.0" },
  ...{ cuda, source: "python", why: "Python's, in /t" },
});
const machine = (cuda: string | null, nvcc: string | null): Machine => ({
  libtorch: { found: torch(cuda), refused: [] },
  tools: {
    cmake: tool("/usr/bin/cmake", "4.4.3"),
    ninja: tool("/usr/bin/ninja", "1.13.2"),
    make: null,
    compiler: { ...tool("/usr/bin/c++", "13.3.0"), family: "gcc" },
    nodeHeaders: { ...tool("/usr/include/node", "20.20.2"), from: "node" },
    compilerCache: null,
    nvcc: nvcc === null ? null : tool("/usr/local/cuda/bin/nvcc", nvcc),
  },
});
const others = { npm: null, git: null, r: null, cache: { path: "/c", note: null } };
const stamp = (cuda: Cuda, has: Machine) =>
  newStamp(
    root,
    buildFolder(root),
    { named: null, cuda, debug: false },
    { libtorch: has.libtorch.found ?? torch(null), tools: has.tools, env: {} },
  );
const told = (cuda: Cuda, has: Machine) => {
  const { TX_CUDA, CMAKE_CUDA_COMPILER } = stamp(cuda, has).variables;
  return [TX_CUDA, CMAKE_CUDA_COMPILER];
};
const note = (has: Machine) => report(has, others, {}).checks.find(({ id }) => id === "cuda")?.note;

describe("CMake is told of CUDA", () => {
  it("the nvcc that was found, where libtorch has CUDA and it is not forbidden", () => {
    const nvcc = "/usr/local/cuda/bin/nvcc";
    expect(told("auto", machine("13.0", "13.0"))).toEqual(["AUTO", nvcc]);
    expect(told("on", machine("13.0", "13.2"))).toEqual(["ON", nvcc]);
    expect(told("auto", machine("unknown", "12.4"))).toEqual(["AUTO", nvcc]);
    expect(told("off", machine("13.0", "13.0"))).toEqual(["OFF", undefined]);
    expect(told("auto", machine(null, "13.0"))).toEqual(["AUTO", undefined]);
    expect(told("auto", machine("13.0", null))).toEqual(["AUTO", undefined]);
  });

  it("nothing of an nvcc of another major version", () => {
    expect(told("auto", machine("12.8", "13.0"))).toEqual(["OFF", undefined]);
  });

  it("to start again where the nvcc is another one", () => {
    const folder = buildFolder(root);
    const before = stamp("auto", machine("13.0", "13.0"));
    writeFileSync(
      join(folder, "CMakeCache.txt"),
      `CMAKE_GENERATOR:INTERNAL=Ninja\nTorch_DIR:PATH=${torch("13.0").cmakeDir}\n`,
    );
    writeStamp(folder, before);
    expect(staleReason(folder, before)).toBeNull();
    expect(staleReason(folder, stamp("off", machine("13.0", "13.0")))).toBe("another compiler is used now");
  });
});

describe("an nvcc of another major version", () => {
  const mixed = machine("12.8", "13.0");

  it("is missing where CUDA must be", () => {
    expect(missingFrom(mixed, "auto", {})).toEqual([]);
    expect(missingFrom(mixed, "on", {})).toEqual([
      {
        what: "cuda",
        message:
          "CUDA was asked for, but nvcc is 13.0 (/usr/local/cuda/bin/nvcc) and libtorch was built with CUDA 12.8.",
        installable: false,
      },
    ]);
  });

  it("is what doctor says of it", () => {
    expect(note(mixed)).toBe(
      "nvcc is 13.0 (/usr/local/cuda/bin/nvcc) and libtorch was built with CUDA 12.8: .cu files are not built",
    );
    expect(note(machine("13.0", "13.0"))).toBe(".cu files are built with it");
    expect(note(machine("13.0", null))).toBe("libtorch has CUDA, but there is no nvcc: .cu files are not built");
    expect(note(machine(null, "13.0"))).toBe("libtorch has no CUDA: .cu files are not built");
    expect(renderReport(report(machine("13.0", "13.0"), others, {})).join("\n")).toContain(
      "13.0  /usr/local/cuda/bin/nvcc",
    );
  });
});

describe("whether there is CUDA", () => {
  const open = { named: null, cuda: null, debug: false } as const;

  it("is what the presets say, until a build is told otherwise", () => {
    const other = join(root, "package");
    mkdirSync(join(other, "csrc"), { recursive: true });
    const presets = (cuda: string) =>
      writeFileSync(
        join(other, "csrc/CMakePresets.json"),
        JSON.stringify({ configurePresets: [{ name: "release", cacheVariables: { TX_HOST: "node", TX_CUDA: cuda } }] }),
      );
    expect(settle(open, other, {}).cuda).toBe("auto");
    presets("ON");
    expect(settle(open, other, {}).cuda).toBe("on");
    presets("whatever");
    expect(settle(open, other, {}).cuda).toBe("auto");
    presets("ON");
    expect(settle({ ...open, cuda: "off" }, other, {}).cuda).toBe("off");
  });
});
