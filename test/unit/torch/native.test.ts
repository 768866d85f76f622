import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explainLoadError } from "../../../vendor/lib/node/torch/load-error.js";
import { findRoot, loadedFrom, loadNative, nativeFolders } from "../../../vendor/lib/node/torch/native.js";
import { libtorchFiles, readRecord, versionBeside } from "../../../vendor/lib/node/torch/record.js";

const record = {
  name: "myext",
  interface: "0123456789abcdef",
  libtorch: { version: "1.13.0", libDir: "/opt/lib", cuda: null },
  compiler: "GNU 12.2.0",
  shim: "0123456789abcdef",
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tx-native-"));
  await writeFile(join(root, "package.json"), "{}");
});
afterEach(() => rm(root, { recursive: true }));

const source = () => ({
  name: "myext",
  package: "my-ext",
  interface: "0123456789abcdef",
  url: pathToFileURL(join(root, "index.js")).href,
});

describe("the native part", () => {
  it("is looked for where the environment says, in the build folder, then among prebuilds", () => {
    const place = `${process.platform}-${process.arch}`;
    const own = [join(root, "build/node/out"), join(root, "prebuilds", place)];
    expect(nativeFolders(root, "myext", {})).toEqual(own);
    expect(nativeFolders(root, "myext", { TORCH_EXTENSION_NATIVE_MYEXT: "/else" })).toEqual(["/else", ...own]);
  });

  it("belongs to the nearest package above a module", async () => {
    await mkdir(join(root, "dist", "ts"), { recursive: true });
    expect(findRoot(pathToFileURL(join(root, "dist", "ts", "index.js")).href)).toBe(root);
  });

  it("is loaded at the first call only; where there is none, the one command that builds it is said", () => {
    const native = loadNative(source());
    expect(native).toThrow(new RegExp(`^my-ext has no native library for .*Run \`npm run build:native\` in ${root}$`));
  });

  it("is built with its TypeScript in a checkout, alone in a dependent's node_modules", async () => {
    await writeFile(join(root, "tsconfig.json"), "{}");
    expect(loadNative(source())).toThrow(/Run `npm run build` in /);
    await rm(join(root, "tsconfig.json"));
    expect(loadNative(source())).toThrow(/Run `npm run build:native` in /);
  });

  it.each([["fedcba9876543210"], [undefined]])(
    "of other signatures (%s) is refused before it is loaded",
    async (old) => {
      const out = join(root, "build", "node", "out");
      await mkdir(out, { recursive: true });
      await writeFile(join(out, "myext.json"), JSON.stringify({ ...record, interface: old }));
      expect(loadNative(source())).toThrow(
        `my-ext: the native library in ${out} was built from other C++ signatures than ts/generated.ts. Run \`npm run build:native\` in ${root}`,
      );
    },
  );

  it("has a record, unless a build was stopped while it wrote one", async () => {
    expect(readRecord(root, "myext")).toBe(null);
    await writeFile(join(root, "myext.json"), JSON.stringify(record));
    expect(readRecord(root, "myext")).toEqual(record);
    expect(readRecord(root, null)).toEqual(record);
    await writeFile(join(root, "myext.json"), '{"name": "my');
    expect(readRecord(root, "myext")).toBe(null);
  });

  it.each([["torch/headeronly"], ["torch/csrc/api/include/torch"]])(
    "finds libtorch's version in %s",
    async (folder) => {
      await mkdir(join(root, "include", folder), { recursive: true });
      const lines = ["MAJOR 2", "MINOR 10", "PATCH 1"].map((part) => `#define TORCH_VERSION_${part}`);
      await writeFile(join(root, "include", folder, "version.h"), lines.join("\n"));
      expect(versionBeside(join(root, "lib"))).toBe("2.10.1");
      expect(versionBeside(join(root, "lib", "x86_64-linux-gnu"))).toBe("2.10.1");
    },
  );
});

describe.runIf(process.platform === "linux")("the libtorch that the loader takes", () => {
  const holding = async (name: string, files: readonly string[]): Promise<string> => {
    const folder = join(root, name);
    await mkdir(folder, { recursive: true });
    for (const file of files) await writeFile(join(folder, file), "");
    return folder;
  };

  it("is the first on the search path with the file that was linked", async () => {
    const built = await holding("built", ["libtorch_cpu.so", "libtorch_cpu.so.2.6", "libtorch_cpu.so.2.6.0"]);
    const out = await holding("out", []);
    const plain = await holding("plain", ["libtorch_cpu.so"]);
    const other = await holding("other", ["libtorch_cpu.so.2.6"]);
    const from = (...searched: string[]) => loadedFrom(out, built, { LD_LIBRARY_PATH: searched.join(":") });
    expect(libtorchFiles(built)[0]).toBe("libtorch_cpu.so.2.6");
    expect([from(), from(plain), from("", "/nowhere", other, built)]).toEqual([built, built, other]);
    await holding("out", ["libtorch_cpu.so.2.6"]);
    expect([from(), from(other)]).toEqual([out, other]);
  });

  it("may be any where that of the build is gone, and there may be none", async () => {
    const plain = await holding("plain", ["libtorch_cpu.so"]);
    expect(loadedFrom(root, "/nowhere", { LD_LIBRARY_PATH: plain })).toBe(plain);
    expect(loadedFrom(root, "/nowhere", {})).toBe(null);
  });
});

describe("the loader's own words", () => {
  const explain = (text: string): string =>
    explainLoadError(new Error(text), { package: "my-ext", record, rebuild: "Run `npm run build` in /p" }).message;

  it.each([
    [
      "libtorch_cpu.so.2.8: cannot open shared object file: No such file or directory",
      "but its library libtorch_cpu.so.2.8 cannot be found",
    ],
    [
      "dlopen(/p/x.node, 0x1): Library not loaded: @rpath/libc10.dylib\n  Referenced from: /p",
      "but its library @rpath/libc10.dylib cannot be found",
    ],
    [
      "/p/libmyext.so: undefined symbol: _ZN3c105ErrorC1E",
      "and what was loaded is another libtorch, or another build of the package's own library (no _ZN3c105ErrorC1E in it)",
    ],
    [
      "The specified procedure could not be found.",
      "and what was loaded is another libtorch, or another build of the package's own library",
    ],
    [
      "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /p/x.so)",
      "on a system with a newer C or C++ library than this one (GLIBC_2.38 is missing)",
    ],
    ["/p/x.node: invalid ELF header", `for another kind of machine than ${process.platform}-${process.arch}`],
    [
      "/p/myext.node: undefined symbol: _ZN3c106detail14torchCheckFailEPKcS2_jS2_, version LIBTORCH_2",
      "and what was loaded is another libtorch, or another build of the package's own library (no _ZN3c106detail14torchCheckFailEPKcS2_jS2_ in it)",
    ],
    [
      "dlopen(/p/myext.node, 0x0001): symbol not found in flat namespace '__ZN3c105ErrorC1ENS_14SourceLocationE'",
      "and what was loaded is another libtorch, or another build of the package's own library (no _ZN3c105ErrorC1ENS_14SourceLocationE in it)",
    ],
    [
      "dlopen(/p/myext.node, 0x0001): symbol not found in flat namespace (_tx_tensor_delete)",
      "and what was loaded is another libtorch, or another build of the package's own library (no tx_tensor_delete in it)",
    ],
    [
      "dlopen(/p/myext.node, 0x0001): Symbol not found: __ZN2at6TensorD1Ev\n  Referenced from: <4C4C> /p/myext.node\n  Expected in:     <5D5D> /opt/lib/libtorch_cpu.dylib",
      "and what was loaded is another libtorch, or another build of the package's own library (no _ZN2at6TensorD1Ev in it)",
    ],
    [
      "dlopen(/p/myext.node, 0x0001): Library not loaded: @rpath/libc10.dylib\n  Referenced from: <4C4C> /p/myext.node\n  Reason: tried: '/opt/lib/libc10.dylib' (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))",
      `for another kind of machine than ${process.platform}-${process.arch}`,
    ],
    ["something new", "and cannot be loaded: something new"],
  ])("«%s» is translated, with what to do", (text, meaning) => {
    expect(explain(text)).toBe(
      `my-ext was built for libtorch 1.13.0 in /opt/lib, ${meaning}. Run \`npm run build\` in /p`,
    );
  });
});
