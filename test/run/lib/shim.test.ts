import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";
import { libtorchFiles } from "../../../vendor/lib/node/torch/record.js";
import { makePackage, type Package, whyNot } from "./package.js";

const reason = await whyNot();
if (reason !== null) console.warn(`SKIPPED: the lib shim is not built or tested: ${reason}`);

const prelude = `
import { add, convert, echo, fail, leakyStep, maybe, scaleAll, view } from "./index.mjs";
import { tensor, Tensor, tidy } from "./dist/lib/node/torch/index.js";
const caught = (f) => { try { f(); return null; } catch (error) { return error.name + ": " + error.message; } };
`;

describe.skipIf(reason !== null)("the lib shim, built against libtorch", () => {
  let cache: string;
  let first: Package;
  let log: string;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "tx-cache-"));
    first = await makePackage();
    log = await first.build({ TX_SHIM_CACHE: cache, TX_CUDA: "OFF", CMAKE_CXX_FLAGS: "-Werror" });
  });

  afterAll(async () => {
    await first?.remove();
    if (cache !== undefined) await rm(cache, { recursive: true, force: true });
  });

  const run = (script: string, options?: readonly string[]): Promise<unknown> => first.run(prelude + script, options);

  it("compiles without a warning, into one folder, with a record of what for", async () => {
    expect(log).not.toMatch(/warning:/);
    const out = join(first.root, "build", "node", "out");
    const record = JSON.parse(await readFile(join(out, "probe.json"), "utf8"));
    expect(record).toMatchObject({
      name: "probe",
      interface: "0123456789abcdef",
      buildType: "Release",
      libtorch: { cuda: null },
    });
    expect(record.libtorch.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(existsSync(record.libtorch.libDir)).toBe(true);
    expect(await readdir(out)).toEqual(expect.arrayContaining(["probe.node", "tx_addon.node", "probe.json"]));
    expect(await readdir(join(cache, record.shim))).toHaveLength(2);
    const commands = JSON.parse(await readFile(join(first.root, "build", "node", "compile_commands.json"), "utf8"));
    const own = commands.find(({ file }: { file: string }) => file.endsWith("probe.cpp"));
    expect(own.command).toContain(`-include ${join(first.root, "build/node/prefix/torch_extension_prefix.h")}`);
  });

  it("makes tensors from arrays and reads them back", async () => {
    const got = await run(`
      const x = tensor([[1, 2.5, -3], [4, 5, 6]]);
      const wide = tensor([1n, -(2n ** 62n)]);
      console.log(JSON.stringify({
        shape: x.shape, ndim: x.ndim, numel: x.numel, dtype: x.dtype, device: x.device, nested: x.toArray(),
        dtypes: ["uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "bool"].map((dtype) => {
          const y = tensor([0, 1], { dtype });
          return [y.dtype, y.data().constructor.name, y.toArray()];
        }),
        int64: [wide.dtype, wide.data().map(String).length, String(wide.data()[1]), caught(() => wide.toArray())],
        typed: tensor(new Int16Array([1, 2, 3, 4, 5, 6]).subarray(2), { shape: [2, 2] }).toArray(),
        scalar: [tensor(7).shape, tensor(7).item(), tensor(true).item()],
        empty: tensor([[], []]).shape,
        transposed: view(x).toArray(),
        complex: ["complex64", "complex128"].map((dtype) => {
          const y = tensor([{ re: 1, im: -2 }, 3], { dtype });
          const again = tensor(y.data(), { dtype, shape: [2, 1] });
          return [y.dtype, y.data().constructor.name, [...y.data()], y.toArray(), again.toArray(), view(again).shape];
        }),
        complexOne: [tensor({ re: 0, im: 1 }).dtype, tensor({ re: 0, im: 1 }).item(), convert(x, "complex").toArray()[0][1]],
        unreadable: caught(() => convert(x, "complex32").data()),
        half: convert(x, "half").toArray(),
      }));`);
    expect(got).toEqual({
      shape: [2, 3],
      ndim: 2,
      numel: 6,
      dtype: "float32",
      device: "cpu",
      nested: [
        [1, 2.5, -3],
        [4, 5, 6],
      ],
      dtypes: [
        ["uint8", "Uint8Array", [0, 1]],
        ["int8", "Int8Array", [0, 1]],
        ["int16", "Int16Array", [0, 1]],
        ["int32", "Int32Array", [0, 1]],
        ["int64", "BigInt64Array", [0, 1]],
        ["float16", "Float32Array", [0, 1]],
        ["bfloat16", "Float32Array", [0, 1]],
        ["float32", "Float32Array", [0, 1]],
        ["float64", "Float64Array", [0, 1]],
        ["bool", "Uint8Array", [false, true]],
      ],
      int64: ["int64", 2, "-4611686018427387904", expect.stringMatching(/^RangeError: .*data\(\) gives bigints/)],
      typed: [
        [3, 4],
        [5, 6],
      ],
      scalar: [[], 7, true],
      empty: [2, 0],
      transposed: [
        [1, 4],
        [2.5, 5],
        [-3, 6],
      ],
      complex: [
        ["complex64", "Float32Array"],
        ["complex128", "Float64Array"],
      ].map((names) => [
        ...names,
        [1, -2, 3, 0],
        [
          { re: 1, im: -2 },
          { re: 3, im: 0 },
        ],
        [[{ re: 1, im: -2 }], [{ re: 3, im: 0 }]],
        [1, 2],
      ]),
      complexOne: ["complex64", { re: 0, im: 1 }, { re: 2.5, im: 0 }],
      unreadable: expect.stringMatching(/^TypeError: no typed array holds elements of dtype complex32/),
      half: [
        [1, 2.5, -3],
        [4, 5, 6],
      ],
    });
  });

  it("prints as torch prints", async () => {
    const got = await run(`
      import { inspect } from "node:util";
      const x = tensor([[1, 2], [3, 4]]);
      console.log(JSON.stringify([String(x), inspect(x)]));`);
    expect(got).toEqual(Array(2).fill(" 1  2\n 3  4\n[ CPUFloatType{2,2} ]"));
  });

  it("passes every kind of argument and result", async () => {
    const got = await run(`
      const x = tensor([1, 2]);
      const { output, state } = leakyStep(x, null, { decay: 0.5 });
      console.log(JSON.stringify({
        step: state.toArray(), again: leakyStep(x, state, { decay: 0 }).state.toArray(), output: output.shape,
        list: scaleAll([x, x], 3, { negate: true }).map((y) => y.toArray()), big: scaleAll([tensor([1n])], 2n ** 40n)[0].toArray(),
        none: scaleAll([], 1), echo: echo("naïve\\u0000 😀", -5), absent: maybe(null), present: maybe(x).toArray(),
        beyond: caught(() => echo("", 2n ** 60n)),
      }));`);
    expect(got).toEqual({
      step: [0.5, 1],
      again: [1, 2],
      output: [2],
      list: [
        [-3, -6],
        [-3, -6],
      ],
      big: [2 ** 40],
      none: [],
      echo: ["naïve\u0000 😀", -5],
      absent: null,
      present: [1, 2],
      beyond:
        "RangeError: the int64 result 1152921504606846976 is beyond the integers that a number holds exactly. Pass { bigint: true } to get bigints",
    });
  });

  it("turns every C++ exception into an Error with its message", async () => {
    const got = await run(`
      const x = tensor([[1, 2]]);
      const backtrace = (() => { try { add(x, tensor([1, 2, 3])); } catch (error) { return [error.message, Object.keys(error)]; } })();
      console.log(JSON.stringify([backtrace, ...["check", "standard", "string", "int", "undefined"].map((how) => caught(() => fail(x, how)))]));`);
    expect(got).toEqual([
      ["The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1", []],
      "Error: the batch is 1, not 7",
      "Error: a standard exception",
      "Error: a string was thrown",
      "Error: an exception that is neither a std::exception nor a string was thrown",
      expect.stringMatching(/^Error: fail: the result is an undefined tensor\. Return a defined one/),
    ]);
  });

  it("throws an Error where there is no memory, for the message, for the arguments", async () => {
    const got = await run(`
      const x = tensor([1]);
      console.log(JSON.stringify([caught(() => fail(x, "memory")), caught(() => scaleAll([x], 2)), scaleAll([x], 2)[0].item()]));`);
    expect(got).toEqual([
      "Error: there is no memory left, not even for the message of the error",
      "Error: scaleAll: there is no memory left for its arguments",
      2,
    ]);
  });

  it("throws where a disposed tensor is used, and disposes twice without harm", async () => {
    const got = await run(`
      const a = tensor([1]); const b = tensor([2]);
      a.dispose(); a.dispose(); a[Symbol.dispose]();
      const uses = [() => add(a, b), () => add(b, a), () => scaleAll([b, a], 1), () => maybe(a), () => a.shape, () => a.data(),
        () => a.item(), () => a.dtype, () => a.numel, () => a.device, () => a.toArray()];
      console.log(JSON.stringify([a.disposed, b.disposed, String(a), b.item(), uses.map((use) => /disposed/.test(caught(use)))]));`);
    expect(got).toEqual([true, false, "[disposed Tensor]", 2, Array(11).fill(true)]);
  });

  it("survives every order of dispose, aliasing and collection", async () => {
    const got = await run(
      `
      const before = process.memoryUsage().external;
      let alias = null;
      for (let i = 0; i < 2000; i++) {
        const x = tensor(new Float32Array(4096).fill(i), { shape: [64, 64] });
        const y = view(x);
        if (i % 3 === 0) x.dispose();
        if (i % 5 === 0) y.dispose();
        if (i === 1500) { alias = y.disposed ? null : y; }
        if (i === 1501) alias = y;
      }
      globalThis.gc();
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc();
      const sum = alias.data()[0];
      alias.dispose();
      console.log(JSON.stringify([sum, process.memoryUsage().external - before < 1e6]));`,
      ["--expose-gc"],
    );
    expect(got).toEqual([1501, true]);
  });

  it("tells the collector of a storage once, and takes it back", async () => {
    const got = await run(`
      const x = tensor(new Float32Array(1e6), { shape: [1000, 1000] });
      const { addon } = globalThis[Symbol.for("torch-extension.shim.3")];
      const alone = addon.reported();
      const views = Array.from({ length: 10 }, () => view(x));
      const small = tensor([1, 2, 3]);
      const shared = addon.reported();
      x.dispose();
      const held = addon.reported();
      for (const y of views) y.dispose();
      console.log(JSON.stringify([alone, shared, held, addon.reported()]));`);
    expect(got).toEqual([4e6, 4e6, 4e6, 0]);
  });

  it("collects large results in time, though their JavaScript objects weigh nothing", async () => {
    const peak = await run(`
      const a = tensor(new Float32Array(250_000));
      for (let i = 0; i < 3000; i++) add(a, a);
      console.log(JSON.stringify(process.resourceUsage().maxRSS / 1024));`);
    expect(peak).toBeLessThan(700);
  });

  it("disposes what tidy leaves over", async () => {
    const got = await run(`
      const a = tensor([1]);
      let inner, temporary;
      const kept = tidy(() => {
        temporary = add(a, a);
        inner = tidy(() => ({ deep: [add(temporary, a)], other: add(a, a) }));
        return inner.deep[0];
      });
      console.log(JSON.stringify([a.disposed, temporary.disposed, inner.other.disposed, kept.item()]));`);
    expect(got).toEqual([false, true, true, 3]);
  });

  it("keeps memory flat through a million results that nobody disposes, in one synchronous loop", async () => {
    const [start, peak] = (await run(`
      const a = tensor([1, 2, 3, 4]); const b = tensor([5, 6, 7, 8]);
      const most = () => process.resourceUsage().maxRSS / 1024;
      add(a, b);
      const start = most();
      for (let i = 0; i < 1_000_000; i++) add(a, b);
      console.log(JSON.stringify([start, most()]));`)) as [number, number];
    expect(peak - start).toBeLessThan(120);
    // A libtorch with CUDA takes more by itself.
    const { found } = await findLibtorch({ named: null, env: process.env });
    if (found?.cuda == null) expect(peak).toBeLessThan(300);
  });

  it("computes the same with collections forced at random points of the caller, optimised or not", async () => {
    const got = await run(
      `
      let wrong = 0;
      for (let i = 0; i < 30_000; i++) if (add(tensor([i]), tensor([1])).item() !== i + 1) wrong++;
      console.log(JSON.stringify(wrong));`,
      ["--stress-scavenge=50"],
    );
    expect(got).toBe(0);
  });

  it("works in worker threads, side by side", async () => {
    const got = await run(`
      import { Worker } from "node:worker_threads";
      const code = 'import { parentPort } from "node:worker_threads";' +
        'const { add } = await import(' + JSON.stringify(new URL("./index.mjs", import.meta.url).href) + ');' +
        'const { tensor } = await import(' + JSON.stringify(new URL("./dist/lib/node/torch/index.js", import.meta.url).href) + ');' +
        'let x = tensor([0]); for (let i = 0; i < 20000; i++) x = add(x, tensor([1])); parentPort.postMessage(x.item());';
      const start = () => new Promise((resolve, reject) => {
        const worker = new Worker(new URL("data:text/javascript," + encodeURIComponent(code)));
        worker.once("message", (value) => worker.once("exit", () => resolve(value))).once("error", reject);
      });
      const sums = await Promise.all([start(), start(), start()]);
      console.log(JSON.stringify([...sums, add(tensor([1]), tensor([2])).item()]));`);
    expect(got).toEqual([20000, 20000, 20000, 3]);
  });

  it("takes the shim from the cache, and exchanges tensors between two packages", async () => {
    const second = await makePackage("other");
    try {
      const said = await second.build({ TX_SHIM_CACHE: cache, CMAKE_CXX_FLAGS: "-Werror" });
      expect(said).toMatch(/lib shim [0-9a-f]{16} from /);
      expect(said).not.toMatch(/tx_runtime\.cpp/);
      const got = await run(`
        const other = await import(${JSON.stringify(join(second.root, "index.mjs"))});
        const { Tensor: Other, tensor: otherTensor } = await import(${JSON.stringify(join(second.root, "dist/lib/node/torch/index.js"))});
        const x = add(tensor([1]), tensor([2]));
        const y = other.add(x, otherTensor([4]));
        console.log(JSON.stringify([y.item(), add(y, x).item(), Other === Tensor, y instanceof Tensor]));`);
      expect(got).toEqual([7, 10, true, true]);
    } finally {
      await second.remove();
    }
  });

  it("calls its own functions where another package of the same name is in the process", async () => {
    const twin = await makePackage();
    try {
      const source = join(twin.root, "csrc/src/probe.cpp");
      await writeFile(source, (await readFile(source, "utf8")).replace("return a.add(b);", "return a.mul(b);"));
      // Libraries and link options of the person's reach the addon, too: the names are the template's.
      const lists = join(twin.root, "csrc/CMakeLists.txt");
      await writeFile(join(twin.root, "csrc/helper.cpp"), "int helper() { return 1; }\n");
      await writeFile(source, `int helper();\n${await readFile(source, "utf8")}`.replace("x.t()", "x.t() * helper()"));
      const mine = [
        "add_library(helper STATIC helper.cpp)",
        "set_target_properties(helper PROPERTIES POSITION_INDEPENDENT_CODE ON)",
        `target_link_libraries(\${PROJECT_NAME} PRIVATE helper)`,
        "",
      ];
      await writeFile(lists, (await readFile(lists, "utf8")) + mine.join("\n"));
      await twin.build({ TX_SHIM_CACHE: cache, CMAKE_CXX_FLAGS: "-Werror" });
      const got = await run(`
        const twin = await import(${JSON.stringify(join(twin.root, "index.mjs"))});
        const [x, y] = [tensor([3]), tensor([5])];
        console.log(JSON.stringify([add(x, y).item(), twin.add(x, y).item(), add(x, y).item(), twin.view(tensor([[1]])).item()]));`);
      expect(got).toEqual([8, 15, 8, 1]);
      expect(await readdir(join(twin.root, "build/node/out"))).toContain("libprobe.so");
    } finally {
      await twin.remove();
    }
  });

  it("does nothing when nothing changed, and keeps what it built when it configures again", async () => {
    expect(await first.build({ TX_SHIM_CACHE: cache })).not.toMatch(/Building|Linking/);
  });

  it("refuses CUDA where libtorch has none", async (context) => {
    const { found } = await findLibtorch({ named: null, env: process.env });
    if (found?.cuda != null) context.skip(`this libtorch has CUDA ${found.cuda}`);
    const said = await first.build({ TX_CUDA: "ON" }).catch((error: Error) => error.message);
    await first.build({ TX_CUDA: "AUTO" });
    expect(said.replace(/\s+/g, " ")).toMatch(/TX_CUDA is ON, but libtorch [\d.]+ in \S+ has no CUDA/);
  });

  it("says what is wrong before it loads a library for another libtorch", async () => {
    const file = join(first.root, "build", "node", "out", "probe.json");
    const text = await readFile(file, "utf8");
    const record = JSON.parse(text);
    const load = `console.log(JSON.stringify(caught(() => maybe(null))));`;
    try {
      const newer = { ...record, libtorch: { ...record.libtorch, version: "9.8.7" } };
      await writeFile(file, JSON.stringify(newer));
      expect(await run(load)).toBe(
        `Error: @scope/probe was built for libtorch 9.8.7, found ${record.libtorch.version} in ${record.libtorch.libDir}. Run \`npm run build\` in ${first.root}`,
      );
      const gone = { ...record, libtorch: { ...record.libtorch, libDir: "/nowhere/lib" } };
      await writeFile(file, JSON.stringify(gone));
      expect(await run(load)).toMatch(
        /was built for libtorch \S+ in \/nowhere\/lib, which is not there any more\. Run `npm run build` in/,
      );
      await writeFile(file, text.slice(0, 20));
      expect(await run(load)).toMatch(/@scope\/probe has no native library for .*Run `npm run build` in/);
    } finally {
      await writeFile(file, text);
    }
  });

  it("refuses a library that was built of other signatures than the wrapper, until a build has passed", async () => {
    const wrapper = join(first.root, "index.mjs");
    const header = join(first.root, "csrc/include/probe/exports.h");
    const glue = join(first.root, "csrc/node/addon.cpp");
    const out = join(first.root, "build", "node", "out");
    const file = join(out, "probe.json");
    const wrapperText = await readFile(wrapper, "utf8");
    const headerText = await readFile(header, "utf8");
    const glueText = await readFile(glue, "utf8");
    const load = `console.log(JSON.stringify([caught(() => maybe(null)), globalThis[Symbol.for("torch-extension.shim.3")].addon]));`;
    const refusal = `Error: @scope/probe: the native library in ${out} was built from other C++ signatures than ts/generated.ts. Run \`npm run build\` in ${first.root}`;
    const other = (text: string) => text.replace("0123456789abcdef", "fedcba9876543210");
    try {
      await writeFile(wrapper, other(wrapperText));
      expect(await run(load)).toEqual([refusal, null]);

      // A build that fails leaves the old library, so the old record too.
      const before = await readFile(file, "utf8");
      await writeFile(header, other(headerText));
      await writeFile(glue, `${glueText}\n#error "refused"\n`);
      await expect(first.build({ TX_SHIM_CACHE: cache })).rejects.toThrow(/refused/);
      expect(await readFile(file, "utf8")).toBe(before);
      expect(await run(load)).toEqual([refusal, null]);

      // Without a configure asked for: the build itself sees that the header changed.
      await writeFile(glue, glueText);
      await execa("cmake", ["--build", join(first.root, "build", "node")]);
      expect(JSON.parse(await readFile(file, "utf8")).interface).toBe("fedcba9876543210");
      expect(await run(`console.log(JSON.stringify(maybe(null)));`)).toBe(null);

      await writeFile(header, headerText.replace(/^#define PROBE_INTERFACE.*$/m, ""));
      const said = await first.build({ TX_SHIM_CACHE: cache }).catch((error: Error) => error.message);
      expect(said.replace(/\s+/g, " ")).toContain("Run `npx generator-torch-extension bind` in the package.");
    } finally {
      await writeFile(wrapper, wrapperText);
      await writeFile(header, headerText);
      await writeFile(glue, glueText);
      await first.build({ TX_SHIM_CACHE: cache });
    }
  });

  it("translates the loader's own words", async () => {
    const out = join(first.root, "build", "node", "out");
    const { shim } = JSON.parse(await readFile(join(out, "probe.json"), "utf8"));
    const runtime = `libtx_runtime-${shim}.so`;
    await rename(join(out, runtime), join(out, "aside"));
    try {
      expect(await run(`console.log(JSON.stringify(caught(() => maybe(null))));`)).toMatch(
        new RegExp(`^Error: @scope/probe was built for libtorch .*, but its library ${runtime} cannot be found. Run `),
      );
    } finally {
      await rename(join(out, "aside"), join(out, runtime));
    }
  });

  it("checks the libtorch that the loader's search path puts first", async () => {
    const { libtorch } = JSON.parse(await readFile(join(first.root, "build", "node", "out", "probe.json"), "utf8"));
    const [file] = libtorchFiles(libtorch.libDir);
    const other = await mkdtemp(join(tmpdir(), "tx-other-"));
    try {
      await mkdir(join(other, "include/torch/headeronly"), { recursive: true });
      await mkdir(join(other, "lib"));
      const lines = ["MAJOR 9", "MINOR 8", "PATCH 7"].map((part) => `#define TORCH_VERSION_${part}`);
      await writeFile(join(other, "include/torch/headeronly/version.h"), lines.join("\n"));
      const load = "console.log(JSON.stringify(caught(() => maybe(null))));";
      const env = { LD_LIBRARY_PATH: join(other, "lib") };
      expect(await first.run(prelude + load, [], env)).toBe(null);
      await symlink(join(libtorch.libDir, file ?? ""), join(other, "lib", file ?? ""));
      expect(await first.run(prelude + load, [], env)).toBe(
        `Error: @scope/probe was built for libtorch ${libtorch.version}, found 9.8.7 in ${env.LD_LIBRARY_PATH}, which LD_LIBRARY_PATH names. Run \`npm run build\` in ${first.root}, or take that folder out of LD_LIBRARY_PATH`,
      );
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });
});
