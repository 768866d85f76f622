import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findLibtorch, type LibtorchRequest } from "../../../vendor/lib/build/libtorch.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "libtorch ü "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ending = process.platform === "darwin" ? "dylib" : "so";

function write(path: string, text = ""): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function versionHeader(version: string): string {
  const [major, minor, patch] = version.split(".");
  return `#define TORCH_VERSION_MAJOR ${major}\n#define TORCH_VERSION_MINOR ${minor}\n#define TORCH_VERSION_PATCH ${patch}\n`;
}

/** A made-up libtorch: no real one is needed to find one. */
function libtorch(
  name: string,
  version = "2.6.0",
  layout: { cmake?: string; lib?: string; version?: string } = {},
): string {
  const prefix = join(folder, name);
  write(join(prefix, layout.cmake ?? "share/cmake/Torch", "TorchConfig.cmake"));
  for (const library of ["torch", "torch_cpu", "c10"])
    write(join(prefix, layout.lib ?? "lib", `lib${library}.${ending}`));
  write(join(prefix, "include/ATen/core/Tensor.h"));
  write(join(prefix, "include", layout.version ?? "torch/csrc/api/include/torch/version.h"), versionHeader(version));
  return prefix;
}

function find(request: Partial<LibtorchRequest> = {}) {
  const env = { TORCH_EXTENSION_CACHE: join(folder, "cache"), ...request.env };
  return findLibtorch({ named: null, systemPrefixes: [], pythonFolders: async () => [], ...request, env });
}

describe("the order", () => {
  it("is named, Python's, the system's, the cache", async () => {
    const cached = libtorch("cache/libtorch/2.8.0", "2.8.0");
    libtorch("cache/libtorch/2.10.0", "2.10.0");
    expect((await find()).found).toMatchObject({ version: "2.10.0", source: "cache" });
    const system = { systemPrefixes: [libtorch("usr", "1.13.0")] };
    expect((await find(system)).found).toMatchObject({ version: "1.13.0", source: "system" });
    const python = { ...system, pythonFolders: async () => [libtorch("site-packages/torch", "2.7.1")] };
    expect((await find(python)).found).toMatchObject({ version: "2.7.1", source: "python" });
    expect((await find({ ...python, env: { CMAKE_PREFIX_PATH: cached } })).found?.source).toBe("python");
    expect((await find({ ...python, named: cached })).found).toMatchObject({ version: "2.8.0", source: "named" });
    expect((await find({ ...python, env: { TORCH_EXTENSION_LIBTORCH: cached } })).found?.version).toBe("2.8.0");
    const torchDir = { Torch_DIR: join(cached, "share/cmake/Torch") };
    expect((await find({ ...python, env: torchDir })).found).toMatchObject({ version: "2.8.0", source: "named" });
  });

  it("takes CMAKE_PREFIX_PATH before the system's own prefixes", async () => {
    const env = { CMAKE_PREFIX_PATH: `${join(folder, "none")}:${libtorch("mine", "2.1.0")}` };
    const { found } = await find({ env, systemPrefixes: [libtorch("usr")] });
    expect(found?.version).toBe("2.1.0");
    expect(found?.why).toContain("CMAKE_PREFIX_PATH");
  });
});

describe("where things lie", () => {
  it("knows Debian's layout", async () => {
    const lib = "lib/x86_64-linux-gnu";
    const prefix = libtorch("usr", "1.13.0", { cmake: `${lib}/cmake/Torch`, lib });
    expect((await find({ systemPrefixes: [prefix] })).found).toMatchObject({
      cmakeDir: join(prefix, lib, "cmake/Torch"),
      libDir: join(prefix, lib),
      includeDir: join(prefix, "include"),
      cuda: null,
    });
  });

  it("knows an unpacked zip, its parent, its CMake folder, and a Python environment by name", async () => {
    const prefix = libtorch("download/libtorch");
    const expected = join(prefix, "share/cmake/Torch");
    for (const named of [prefix, dirname(prefix), expected])
      expect((await find({ named })).found?.cmakeDir).toBe(expected);
    const inside = libtorch("venv/lib/python3.12/site-packages/torch");
    expect((await find({ named: join(folder, "venv") })).found?.libDir).toBe(join(inside, "lib"));
  });

  it("reads the version where newer libtorch keeps it", async () => {
    const prefix = libtorch("new", "2.14.1", { version: "torch/headeronly/version.h" });
    write(join(prefix, "include/torch/csrc/api/include/torch/version.h"), "#include <torch/headeronly/version.h>\n");
    expect((await find({ named: prefix })).found?.version).toBe("2.14.1");
  });

  it("reads CUDA's version from Python's version.py, a zip's build-version, or the runtime library", async () => {
    const cuda = async (name: string, file: string, text: string) => {
      const prefix = libtorch(name);
      write(join(prefix, `lib/libtorch_cuda.${ending}`));
      write(join(prefix, file), text);
      return (await find({ named: prefix })).found?.cuda;
    };
    expect(await cuda("a", "version.py", "__version__ = '2.8.0+cu128'\ncuda: Optional[str] = '12.8'\n")).toBe("12.8");
    expect(await cuda("b", "build-version", "2.6.0+cu124\n")).toBe("12.4");
    expect(await cuda("c", "lib/libcudart-9335f6a2.so.12", "")).toBe("12");
    expect(await cuda("d", "README", "")).toBe("unknown");
  });
});

describe("what is refused", () => {
  it("is Debian's python3-torch, which only links to the system's; that one is found", async () => {
    const system = libtorch("usr", "1.13.0");
    const python = join(folder, "dist-packages/torch");
    mkdirSync(join(python, "lib"), { recursive: true });
    symlinkSync(join(system, `lib/libtorch_cpu.${ending}`), join(python, `lib/libtorch_cpu.${ending}`));
    const { found, refused } = await find({ systemPrefixes: [system], pythonFolders: async () => [python] });
    expect(found?.source).toBe("system");
    expect(refused).toEqual([
      { place: python, source: "python", why: expect.stringContaining("only links to the system's") },
    ]);
  });

  it.each([
    ["libraries", `lib/libc10.${ending}`, `no libc10.${ending}`],
    ["headers", "include/ATen/core/Tensor.h", "no ATen/core/Tensor.h"],
    ["a version", "include/torch/csrc/api/include/torch/version.h", "its version cannot be read"],
  ])("lacks %s", async (_, file, why) => {
    const prefix = libtorch("broken");
    rmSync(join(prefix, file));
    const { found, refused } = await find({ systemPrefixes: [prefix] });
    expect(found).toBeNull();
    expect(refused[0]).toMatchObject({ place: join(prefix, "share/cmake/Torch"), why: expect.stringContaining(why) });
  });

  it("is too old", async () => {
    const { refused } = await find({ systemPrefixes: [libtorch("old", "1.9.1")] });
    expect(refused[0]?.why).toBe("it is 1.9.1; the oldest that works is 1.13");
  });

  it("has libraries alone", async () => {
    write(join(folder, "usr/lib", `libtorch_cpu.${ending}.1.13`));
    expect((await find({ systemPrefixes: [join(folder, "usr")] })).refused[0]?.why).toContain("development files");
  });

  it("is the one that was named: nothing else is taken in its place", async () => {
    const { found, refused } = await find({ named: join(folder, "nowhere"), systemPrefixes: [libtorch("usr")] });
    expect(found).toBeNull();
    expect(refused).toEqual([{ place: join(folder, "nowhere"), source: "named", why: "there is no such folder" }]);
  });

  it("does not hold what has no trace of libtorch", async () => {
    mkdirSync(join(folder, "empty"));
    expect(await find({ systemPrefixes: [join(folder, "empty")] })).toEqual({ found: null, refused: [] });
  });
});
