import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { needLibtorch } from "../helpers/needs.js";
import { run, torchExtension } from "../helpers/published.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());

describe.each(["lltm", "minimal"] as const)("a package started from %s by the published command line", (start) => {
  let root = join(scratch.name, `my-${start}`);
  const npm = (...args: string[]) => run(["npm", ...args], { cwd: root });
  let skipped: string | null = null;

  beforeAll(async () => {
    skipped = await needLibtorch();
    if (skipped !== null) return;
    const made = await torchExtension(["new", `my-${start}`, "--start", start, "--yes"], { cwd: scratch.name });
    expect(made.code, made.stdout + made.stderr).toBe(0);
    expect(made.stdout).toContain(`Written: my-${start}`);
    expect(made.stdout).toMatch(/libtorch 1\.13|libtorch 2\./);
  });

  const test = (name: string, body: () => Promise<void>) =>
    it(name, async (context) => {
      if (skipped !== null) context.skip(skipped);
      await body();
    });

  test("holds every file of the layout, and nothing of this machine's generator", async () => {
    for (const path of [
      "csrc/CMakeLists.txt",
      "csrc/CMakePresets.json",
      `csrc/include/my${start}/exports.h`,
      "csrc/src/exports.cpp",
      "csrc/src/operators.cpp",
      `csrc/src/my${start}.def`,
      "csrc/node/addon.cpp",
      "ts/generated.ts",
      "ts/index.ts",
      "docs/call-stack.md",
      "torch-extension.json",
      ".yo-rc.json",
      ".gitignore",
      ".gitattributes",
      ".clangd",
      ".github/workflows/ci.yml",
      "README.md",
      "LICENSE",
      "build/node/compile_commands.json",
    ]) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
    expect(existsSync(join(root, ".git"))).toBe(true);
    const texts = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/node_modules|\/build(\/|$)|\.git(\/|$)/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(texts.length).toBeGreaterThan(40);
    for (const path of texts) expect(readFileSync(path, "utf8"), path).not.toContain(inject("prefix"));
  });

  test("compiles without one warning", async () => {
    const log = readFileSync(join(root, "build/node/build.log"), "utf8");
    expect(log).not.toMatch(/warning:/i);
    const commands = readFileSync(join(root, "build/node/compile_commands.json"), "utf8");
    expect(commands).toContain("-Wall");
    expect(commands).toContain("-Wextra");
  });

  test("passes its own tests, with npm alone", async () => {
    const tested = await npm("test");
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
    expect(tested.stdout).toMatch(/Tests\s+\d+ passed/);
  });

  test("runs its example", async () => {
    const done = await npm("run", "example");
    expect(done.code, done.stdout + done.stderr).toBe(0);
  });

  test("has exports that publint and attw accept", async () => {
    const bin = join(import.meta.dirname, "../../node_modules/.bin");
    const lint = await run([join(bin, "publint"), "--strict", root], { cwd: root });
    expect(lint.code, lint.stdout + lint.stderr).toBe(0);
    const types = await run([join(bin, "attw"), "--pack", root, "--profile", "esm-only"], { cwd: root });
    expect(types.code, types.stdout + types.stderr).toBe(0);
  });

  test("has declarations that compile where the dependent's `lib` is older than theirs", async () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const flags = "--noEmit --strict --skipLibCheck false --target es2022 --module nodenext --types".split(" ");
    const done = await run([process.execPath, tsc, ...flags, "", "--ignoreConfig", join(root, "dist/ts/index.d.ts")], {
      cwd: root,
    });
    expect(done.code, done.stdout + done.stderr).toBe(0);
  });

  test("is tested again in another folder, with a space and an umlaut in its name", async () => {
    const moved = join(scratch.name, `Größe mit Leerzeichen ${start}`);
    renameSync(root, moved);
    root = moved;
    const loaded = await run([process.execPath, "--input-type=module", "-e", `await import("./dist/ts/index.js")`], {
      cwd: root,
    });
    expect(loaded.code, loaded.stderr).toBe(0);
    const tested = await npm("test");
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
  });

  test("bind changes nothing where nothing changed, and keeps what did not change as it is", async () => {
    const fresh = await torchExtension(["bind", "--check"], { cwd: root });
    expect(fresh.code, fresh.stdout + fresh.stderr).toBe(0);

    const times = () =>
      readdirSync(join(root, "csrc/src")).map((name) => statSync(join(root, "csrc/src", name)).mtimeMs);
    const before = times();
    expect((await torchExtension(["bind"], { cwd: root })).code).toBe(0);
    expect(times()).toEqual(before);

    const source = join(root, "csrc/src/extra.cpp");
    writeFileSync(
      source,
      [
        "#include <torch_extension/tensor.h>",
        "",
        "/// Negates.",
        "/// @param x any shape, any dtype",
        "// [[torch::export]]",
        "torch::Tensor negated(const torch::Tensor& x) { return x.neg(); }",
        "",
      ].join("\n"),
    );
    const stale = await torchExtension(["bind", "--check"], { cwd: root });
    expect(stale.code).toBe(3);
    expect(stale.stdout).toContain("+MY");
    expect(stale.stdout).toContain("_negated");
    expect(stale.stderr).toContain("npx generator-torch-extension bind");

    const bound = await torchExtension(["bind"], { cwd: root });
    expect(bound.code, bound.stderr).toBe(0);
    expect(readFileSync(join(root, "ts/generated.ts"), "utf8")).toContain("export function negated(x: Tensor): Tensor");
    const built = await torchExtension(["build"], { cwd: root });
    expect(built.code, built.stdout + built.stderr).toBe(0);
    const script = `
      const { negated } = await import("./dist/ts/index.js");
      const torch = await import("./dist/lib/node/torch/index.js");
      console.log(JSON.stringify(negated(torch.tensor([1, -2])).toArray()));`;
    const called = await run([process.execPath, "--input-type=module", "-e", script], { cwd: root });
    expect(called.stdout.trim(), called.stderr).toBe("[-1,2]");
  });

  test("build binds first: a changed signature reaches TypeScript by one command", async () => {
    const source = join(root, "csrc/src/extra.cpp");
    const good = readFileSync(source, "utf8");
    writeFileSync(
      source,
      good.replace(
        "const torch::Tensor& x) { return x.neg(); }",
        "const torch::Tensor& x, double by = 1.0) { return x * -by; }",
      ),
    );
    const built = await torchExtension(["build"], { cwd: root });
    expect(built.code, built.stdout + built.stderr).toBe(0);
    expect(built.stdout).toContain("Bound: ");
    const script = `
      const { negated } = await import("./dist/ts/index.js");
      const torch = await import("./dist/lib/node/torch/index.js");
      console.log(JSON.stringify(negated(torch.tensor([1, -2]), { by: 3 }).toArray()));`;
    const called = await run([process.execPath, "--input-type=module", "-e", script], { cwd: root });
    expect(called.stdout.trim(), called.stderr).toBe("[-3,6]");
    writeFileSync(source, good);
    expect((await torchExtension(["build"], { cwd: root })).code).toBe(0);
  });

  /** Calls the package and says what became of it. */
  const call = (expression: string) =>
    run(
      [
        process.execPath,
        "--input-type=module",
        "-e",
        `const ops = await import("./dist/ts/index.js");
        const torch = await import("./dist/lib/node/torch/index.js");
        try { console.log(JSON.stringify(${expression})); } catch (error) { console.log(error.message); }`,
      ],
      { cwd: root },
    ).then(({ stdout }) => stdout.trim());

  if (start === "minimal") {
    test("a wrapper and a library of different signatures refuse each other, whichever of them is newer", async () => {
      const source = join(root, "csrc/src/extra.cpp");
      const good = readFileSync(source, "utf8");
      const refusal = `the native library in ${join(root, "build/node/out")} was built from other C++ signatures than ts/generated.ts. Run \`npm run build\` in ${root}`;

      // The wrapper is newer.
      writeFileSync(source, good.replace("const torch::Tensor& x)", "const torch::Tensor& x, int64_t by)"));
      expect((await torchExtension(["bind"], { cwd: root })).code).toBe(0);
      expect((await npm("run", "build:ts")).code).toBe(0);
      expect(await call("ops.negated(torch.tensor([1]), 2).toArray()")).toContain(refusal);

      // The library is newer.
      const native = await npm("run", "build:native");
      expect(native.code, native.stdout + native.stderr).toBe(0);
      expect(await call("ops.negated(torch.tensor([1]), 2).toArray()")).toBe("[-1]");
      writeFileSync(source, good);
      expect((await torchExtension(["bind"], { cwd: root })).code).toBe(0);
      expect((await npm("run", "build:ts")).code).toBe(0);
      expect(await call("ops.negated(torch.tensor([1])).toArray()")).toContain(refusal);

      // What it says to run mends it.
      expect((await npm("run", "build")).code).toBe(0);
      expect(await call("ops.negated(torch.tensor([1])).toArray()")).toBe("[-1]");
    });

    test("a library that the loader itself refuses is explained, with what to run", async () => {
      const library = join(root, `build/node/out/my${start}.node`);
      const good = readFileSync(library);
      const mend = `Run \`npm run build\` in ${root}`;
      try {
        writeFileSync(library, Buffer.concat([Buffer.from("MZ"), good.subarray(2)]));
        expect(await call("ops.negated(torch.tensor([1])).toArray()")).toMatch(
          /was built for libtorch .*another kind of machine/,
        );
        writeFileSync(library, good.subarray(0, 40));
        const short = await call("ops.negated(torch.tensor([1])).toArray()");
        expect(short).toMatch(/was built for libtorch .*cannot be loaded: .*file too short/);
        expect(short).toContain(mend);
      } finally {
        writeFileSync(library, good);
      }
      expect(await call("ops.negated(torch.tensor([1])).toArray()")).toBe("[-1]");
    });

    test("a marked declaration without a body is shown at the mark, and an old binding says to bind", async () => {
      const source = join(root, "csrc/src/extra.cpp");
      const good = readFileSync(source, "utf8");
      appendFileSync(source, "\n// [[torch::export]]\ntorch::Tensor nowhere(const torch::Tensor& x);\n");
      const built = await torchExtension(["build"], { cwd: root });
      expect(built.code).toBe(6);
      expect(built.stderr).toMatch(
        /csrc\/src\/extra\.cpp:9:15: error: nowhere\(at::Tensor const&\), which the bindings call, is declared here and defined nowhere\./,
      );
      expect(built.stderr).toMatch(/torch::Tensor nowhere\(.*\n.*\^{7}\n/);
      writeFileSync(source, good);
      const old = await npm("run", "build:native");
      expect(old.stderr).toContain("undefined reference to `nowhere(at::Tensor const&)'");
      expect((await torchExtension(["build"], { cwd: root })).code).toBe(0);
    });
  }

  test("shows the compiler's first error at the person's own line", async () => {
    const source = join(root, "csrc/src/extra.cpp");
    const good = readFileSync(source, "utf8");
    writeFileSync(source, good.replace("x.neg()", "x.negg()"));
    const built = await torchExtension(["build"], { cwd: root });
    expect(built.code).toBe(6);
    expect(built.stderr).toMatch(/csrc\/src\/extra\.cpp:6:\d+/);
    expect(built.stderr).toContain("negg");
    expect(built.stderr).toContain("build.log");
    writeFileSync(source, good);
    expect((await torchExtension(["build"], { cwd: root })).code).toBe(0);
  });

  test("refuses a type that it does not know, with its place, and writes nothing", async () => {
    const before = snapshot(join(root, "csrc"));
    const source = join(root, "csrc/src/extra.cpp");
    const good = readFileSync(source, "utf8");
    appendFileSync(
      source,
      "\n// [[torch::export]]\ntorch::Tensor scaled(const torch::Tensr& x, double by) { return x * by; }\n",
    );
    const refused = await torchExtension(["bind"], { cwd: root });
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/csrc\/src\/extra\.cpp:9:\d+: error\[TX\d+\]/);
    expect(refused.stderr).toContain("^");
    expect(refused.stderr).toMatch(/fix: .*torch::Tensor/);
    writeFileSync(source, good);
    expect(snapshot(join(root, "csrc"))).toEqual(before);
  });

  test("does not overwrite a generated file that the person edited, unless told to, and keeps a backup", async () => {
    const file = join(root, "ts/generated.ts");
    const edited = `${readFileSync(file, "utf8")}// mine\n`;
    writeFileSync(file, edited);
    const refused = await torchExtension(["bind"], { cwd: root });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("ts/generated.ts");
    expect(readFileSync(file, "utf8")).toBe(edited);
    const forced = await torchExtension(["bind", "--force"], { cwd: root });
    expect(forced.code, forced.stderr).toBe(0);
    expect(readFileSync(`${file}.orig`, "utf8")).toBe(edited);
    rmSync(`${file}.orig`);
  });
});
