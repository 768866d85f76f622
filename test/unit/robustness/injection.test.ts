// Words of a person's that would be code in a language that is emitted: they stay words, in every file.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { SourceFile } from "../../../src/model/file.js";
import { hostNames, payloads, saying } from "../../helpers/injection.js";
import { codeOf } from "./code.js";
import { header, run } from "./pipeline.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: no generated file holds one.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e]/;
const work = mkdtempSync(join(tmpdir(), "injection-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The code of each file, apart from white space. */
const codes = (files: readonly SourceFile[]) => files.map(({ path, text }) => [path, codeOf(path, text)]);
const plain = codes(run([saying("a word")]).files);

/** The code is the same as with harmless words. */
function checkWords(files: readonly SourceFile[]): void {
  expect(codes(files)).toEqual(plain);
  for (const { path, text } of files) expect(text, path).not.toMatch(unseen);
}

/** Writes what compilers read; returns what was written. */
function write(folder: string, files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => /\.(?:ts|R)$/.test(path))
    .map((file) => {
      const path = join(work, folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.text);
      return path;
    });
}

/** TypeScript's compiler and R find no error of syntax. */
function expectReadable(paths: readonly string[]): void {
  const typescript = paths.filter((path) => path.endsWith(".ts"));
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const flags = [
    "--noEmit",
    "--noCheck",
    "--noResolve",
    "--ignoreConfig",
    "--target",
    "es2022",
    "--module",
    "nodenext",
  ];
  const read = spawnSync(process.execPath, [compiler, ...flags, ...typescript], { encoding: "utf8" });
  expect(read.stdout).toBe("");
  expect(read.status).toBe(0);
  if (spawnSync("Rscript", ["--version"]).status !== 0) return;
  const r = paths.filter((path) => path.endsWith(".R"));
  const parsed = spawnSync("Rscript", ["-e", "for (f in commandArgs(TRUE)) invisible(parse(f))", ...r], {
    encoding: "utf8",
  });
  expect(parsed.stderr).toBe("");
  expect(parsed.status).toBe(0);
}

describe("words that would be code", () => {
  it.each(payloads)("stay words: %j", (text) => {
    const { files, diagnostics } = run([saying(text)]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    checkWords(files);
  });

  it("carry a comment on over the annotation, where they end in a backslash, which is told", () => {
    const { diagnostics } = run([saying("a \\")]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["TX1111", "TX1111", "TX1111", "TX1004"]);
  });

  it("end where a line does, which to compilers a carriage return does, too", () => {
    const { module, files } = run([{ path: header, text: `/// a word\r// [[torch::export]]\rdouble f(double x);\r` }]);
    expect(module.functions.map(({ name, doc }) => [name, doc?.summary])).toEqual([["f", "a word"]]);
    for (const { path, text } of files) expect(text, path).not.toMatch(unseen);
    const hidden = "// [[torch::export]]\ndouble f(double x);\n// a comment\r#define f INJECTED\r";
    expect(
      run([{ path: header, text: hidden }])
        .files.map(({ text }) => text)
        .join(""),
    ).not.toContain("INJECTED");
  });

  it("stay words in any order", () => {
    const part = fc.constantFrom(
      ...payloads,
      ..."* / \" ' ` \\ $ { } ( ) < > @ # % | [ ] ? ! & \u2028 é 🚀".split(" "),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.constantFrom("", " "), (parts, space) => {
        checkWords(run([saying(`${parts.join(space)}.`)]).files);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("are TypeScript that its compiler reads, and R that R reads", () => {
    const paths = payloads.flatMap((text, i) => write(String(i), run([saying(text)]).files));
    expect(paths.length).toBeGreaterThanOrEqual(2 * payloads.length);
    expectReadable(paths);
  }, 120_000);
});

describe("a name that would be code", () => {
  it("is refused, or a name everywhere", () => {
    const paths = hostNames.flatMap((name, i) => {
      const quoted = name.replace(/[\\"]/g, "\\$&");
      const annotation = `[[torch::export(name="${quoted}", returns=c("${quoted}", "b"))]]`;
      const { files } = run([{ path: header, text: `// ${annotation}\nstd::tuple<double, double> f(double x);\n` }]);
      expect(files.map((file) => codeOf(file.path, file.text)).join("")).not.toContain("evil");
      return write(`host-${i}`, files);
    });
    expect(paths.length).toBeGreaterThan(20);
    expectReadable(paths);
  }, 120_000);

  it("is refused, or a name everywhere, where it is C++'s", () => {
    const paths = hostNames
      .filter((name) => /^\w+$/.test(name))
      .flatMap((name, i) => {
        const use = `// [[torch::export]]\ndouble f(double ${name}, S s, E e);\n// [[torch::export]]\ndouble ${name}(double x);`;
        const text = `struct S { double ${name}; };\nenum class E { ${name}, other };\n${use}\n`;
        return write(`cpp-${i}`, run([{ path: header, text }]).files);
      });
    expect(paths.length).toBeGreaterThan(10);
    expectReadable(paths);
  }, 120_000);

  it("keeps R from nothing that the wrappers call, where it is a function's of base R", (context) => {
    if (spawnSync("Rscript", ["--version"]).status !== 0) context.skip("R is not on this machine");
    const names = "eval local list c stop quote environment get structure inherits lapply".split(" ");
    const text = names.map(
      (name) =>
        `// [[torch::export]]\ndouble ${name}(double x, std::vector<double> y = {1}, std::vector<bool> z = {});\n`,
    );
    const [path] = write("base", run([{ path: header, text: text.join("") }]).files).filter((one) =>
      one.endsWith(".R"),
    );
    // As a package's code is: in a namespace of its own, with nothing of it around.
    const code = `
      space <- new.env(parent = baseenv())
      for (file in commandArgs(TRUE)) sys.source(file, space)
      for (name in c("eval", "c")) space[[paste0("rcpp_", name)]] <- function(x, y, z) list(x, y, z)
      stopifnot(identical(space$c(2), list(2, 1, logical())), identical(space$eval(2, 3:4), list(2, c(3, 4), logical())))`;
    const vendored = fileURLToPath(new URL("../../../vendor/package/r/R/torch_extension.R", import.meta.url));
    const called = spawnSync("Rscript", ["--vanilla", "-e", code, path ?? "", vendored], { encoding: "utf8" });
    expect(called.stderr).toBe("");
    expect(called.status).toBe(0);
  });

  it("is refused where C++ has another use for it", () => {
    const codes = (text: string) => run([{ path: header, text }]).diagnostics.map(({ code }) => code);
    for (const word of ["if", "NULL", "operator", "errno", "co_await"]) {
      expect(codes(`// [[torch::export]]\ndouble f(double ${word});`), word).toContain("TX1002");
    }
    for (const word of ["if", "NULL", "errno"]) {
      expect(codes(`// [[torch::export]]\ndouble ${word}(double x);`), word).toContain("TX1002");
      expect(codes(`struct S { double ${word}; };\n// [[torch::export]]\ndouble f(S s);`), word).toContain("TX1002");
      expect(codes(`enum class E { ${word} };\n// [[torch::export]]\ndouble f(E e);`), word).toContain("TX1002");
    }
  });

  it("is no option that every object has", () => {
    const text = "// [[torch::export]]\ndouble f(double x, double constructor = 1, double to_string = 2);\n";
    const generated = run([{ path: header, text }]).files.find(({ path }) => path === "ts/generated.ts")?.text ?? "";
    expect(generated).toContain("constructor_?: number");
    expect(generated).toContain("toString_?: number");
  });
});
