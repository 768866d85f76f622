import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addType, bindPackage, newPackage, UsageError } from "../../../src/api.js";
import { loadParser } from "../../../src/generate/parser.js";
import { PromptAborted } from "../../../src/io.js";
import { runFrontEnd } from "../../helpers/front-end.js";
import { recordingIo } from "../../helpers/io.js";
import { snapshot } from "../../helpers/tree.js";

let folder = "";
let root = "";

const made = tmp.dirSync({ unsafeCleanup: true }).name;
const fresh = join(made, "demo");

beforeAll(async () => {
  const argv = ["demo", "--start", "minimal", "--yes", "--no-build", "--no-git"];
  expect(await newPackage({ argv, io: recordingIo(made).io })).toBe(0);
});

beforeEach(() => {
  folder = tmp.dirSync({ unsafeCleanup: true }).name;
  root = join(folder, "demo");
  cpSync(fresh, root, { recursive: true });
});

const scored = ["std::tuple<torch::Tensor, double>", "--kind", "tuple", "--name", "scored", "--fields", "tensor,score"];

async function add(...argv: readonly string[]) {
  const { io, out, err } = recordingIo(root);
  const code = await addType({ argv: argv.includes("--remove") ? argv : [...argv, "--no-build"], io });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function refused(...argv: readonly string[]): Promise<string> {
  const before = snapshot(root);
  const problem = await add(...argv, "--yes").then(
    (done) => `exit ${done.code}: ${done.err}`,
    (error: unknown) => (error instanceof UsageError ? error.message : String(error)),
  );
  expect(snapshot(root)).toEqual(before);
  return problem;
}

const text = (path: string): string => readFileSync(join(root, path), "utf8");

const files = [
  "csrc/include/demo/types/scored.h",
  "csrc/src/types/scored.cpp",
  "test/scored.test.ts",
  "docs/types/scored.md",
];

describe("a type is added", () => {
  it("with its files, bound and listed", async () => {
    const { code, out } = await add(...scored, "--yes");
    expect(code).toBe(0);
    for (const path of files) expect(existsSync(join(root, path)), path).toBe(true);
    expect(text("csrc/include/demo/types/scored.h")).toContain('fields=c("tensor", "score")');
    expect(text("ts/generated.ts")).toContain("export interface Scored {\n  tensor: Tensor;\n  score: number;\n}");
    expect(text("docs/call-stack.md")).toContain("[scored](types/scored.md)");
    expect(out).toContain("demo::scored_pass, layer by layer:");
    expect(out).toContain(
      "The same again: npx generator-torch-extension type 'std::tuple<torch::Tensor, double>' --kind tuple",
    );
  });

  it.each([
    ["tuple", ["std::tuple<torch::Tensor, torch::optional<torch::Tensor>, torch::Tensor>"], "tensor_tuple"],
    ["record", ["Measure", "--kind", "record", "--fields", "x: torch::Tensor, w: double = 1"], "Measure"],
    ["enum", ["demo::Mode", "--kind", "enum", "--entries", "near,far=3"], "Mode"],
    ["opaque", ["HashGrid", "--kind", "opaque", "--fields", "size: int64_t"], "HashGrid"],
    ["external", ["geo::Shape*", "--include", "geo/shape.h"], "shape"],
  ] as const)("and taken away again, byte by byte: %s", async (_, argv, name) => {
    const before = snapshot(root);
    const done = await add(...argv, "--yes");
    expect(done.code, done.err).toBe(0);
    expect(snapshot(root)).not.toEqual(before);
    expect((await add("--remove", name, "--yes")).code).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  it("but for what the person touched", async () => {
    await add(...scored, "--yes");
    writeFileSync(join(root, "test/scored.test.ts"), `${text("test/scored.test.ts")}// mine\n`);
    const kept = await add("--remove", "scored", "--yes");
    expect(kept.code).toBe(1);
    expect(kept.err).toContain("test/scored.test.ts was edited since it was written; it stays");
    expect(existsSync(join(root, "csrc/src/types/scored.cpp"))).toBe(false);
    expect((await add("--remove", "scored", "--yes", "--force")).code).toBe(0);
    expect(existsSync(join(root, "test/scored.test.ts"))).toBe(false);
    expect(text("test/scored.test.ts.orig")).toContain("// mine");
  });

  it("not by a dry run, which says all", async () => {
    const before = snapshot(root);
    const { code, out } = await add(...scored, "--yes", "--dry-run");
    expect(code).toBe(0);
    for (const path of files) expect(out).toContain(path);
    expect(snapshot(root)).toEqual(before);
  });

  it("the same by the answers that --json prints", async () => {
    const { out } = await add(...scored, "--json");
    const first = snapshot(root);
    expect(JSON.parse(out)).toMatchObject({
      id: "type:scored",
      answers: { type: "std::tuple<torch::Tensor, double>", kind: "tuple", fields: ["tensor, score"] },
    });
    await add("--remove", "scored", "--yes");
    writeFileSync(join(folder, "answers.json"), out);
    expect((await add("--answers", join(folder, "answers.json"), "--yes")).code).toBe(0);
    expect(snapshot(root)).toEqual(first);
  });

  it("a second time with a difference, which is asked about", async () => {
    await add(...scored, "--yes");
    expect((await add(...scored, "--yes")).out).toContain("Nothing changed.");
    const before = snapshot(root);
    const again = await add(
      "std::tuple<torch::Tensor, double>",
      "--name",
      "scored",
      "--fields",
      "tensor,worth",
      "--yes",
    );
    expect(again.code).toBe(1);
    expect(again.out).toContain('+// [[torch::export(fields=c("tensor", "worth"))]]');
    expect(again.err).toContain("--force");
    expect(snapshot(root)).toEqual(before);
  });

  it("is offered where an annotated function uses it and bind refused", async () => {
    writeFileSync(
      join(root, "csrc/src/uses.cpp"),
      "#include <torch_extension/tensor.h>\n// [[torch::export]]\nbool uses(const Missing& x, size_t y);\n",
    );
    const offered: string[] = [];
    const { io } = recordingIo(root, { type: "Missing" });
    const watching = {
      ...io,
      prompt: (questions: Parameters<typeof io.prompt>[0]) => {
        offered.push(
          ...questions.flatMap(({ name, choices = [] }) => (name === "type" ? choices : []).map((one) => one.value)),
        );
        return Promise.reject(new PromptAborted());
      },
    };
    await expect(addType({ argv: [], io: watching })).rejects.toThrow(PromptAborted);
    expect(offered.slice(0, 2)).toEqual(["Missing", "size_t"]);
  });

  it("is to be taken in the place of the library's own, which says where", async () => {
    writeFileSync(
      join(root, "csrc/src/uses.cpp"),
      "namespace geo { class Shape; }\nnamespace demo {\n// [[torch::export]]\ndouble area_of(const geo::Shape* x);\n}\n",
    );
    const said = await refused("geo::Shape*", "--include", "geo/shape.h");
    expect(said).toMatch(/^csrc\/src\/uses\.cpp:4:\d+ takes or returns geo::Shape itself.* const demo::shape&/);
    writeFileSync(
      join(root, "csrc/src/uses.cpp"),
      "#include <demo/types/shape.h>\nnamespace demo {\n// [[torch::export]]\ndouble area_of(const demo::shape& x);\n}\n",
    );
    expect((await add("geo::Shape*", "--include", "geo/shape.h", "--yes")).code).toBe(0);
  });

  it("mends what bind refused for its lack", async () => {
    mkdirSync(join(root, "csrc/include/demo/types"), { recursive: true });
    writeFileSync(
      join(root, "csrc/src/uses.cpp"),
      "#include <demo/types/Mode.h>\nnamespace demo {\n// [[torch::export]]\nbool uses(Mode x) { return x == Mode::near; }\n}\n",
    );
    expect((await add("Mode", "--kind", "enum", "--entries", "near,far", "--yes")).code).toBe(0);
    expect(text("ts/generated.ts")).toContain("export function uses(x: Mode)");
  });
});

describe("a type is refused", () => {
  it.each([
    ["class", /word that C\+\+ keeps for itself.* Try class_type/],
    ["function", /word that TypeScript keeps for itself.* Try function_type/],
    ["repeat", /word that R keeps for itself.* Try repeat_type/],
    ["Array", /a thing of JavaScript's already. Try Array_type/],
    ["torch_tensor", /a class of R or of its torch already. Try torch_tensor_type/],
    ["Tensor", /Try Tensor_type/],
    ["a b", /no name in every language.* Try a_b/],
    ["nul", /device on Windows.* Try nul_type/],
  ])("for its name, with another one: %s", async (name, said) => {
    expect(await refused("std::tuple<torch::Tensor, double>", "--name", name, "--fields", "a,b")).toMatch(said);
  });

  it("for what the package has", async () => {
    await add(...scored, "--yes");
    writeFileSync(
      join(root, "csrc/include/demo/own.h"),
      "#pragma once\nnamespace demo {\n\nstruct Mine { int x; };\nstruct Later;\n}\n",
    );
    expect(await refused("Mine", "--kind", "enum", "--entries", "a,b")).toContain(
      'The package has a type "Mine" already, at csrc/include/demo/own.h:4. Try Mine_type.',
    );
    expect(await refused("std::tuple<bool, bool>", "--name", "scale_add", "--fields", "a,b")).toContain(
      'The package has a function "scale_add" already.',
    );
    expect((await add("Later", "--kind", "enum", "--entries", "a,b", "--yes", "--dry-run")).code).toBe(0);
  });

  it("for holding itself, with the reason", async () => {
    const said = await refused("tree", "--kind", "record", "--fields", "children: std::vector<tree>, value: double");
    expect(said).toContain('"std::vector<tree>" holds values of tree itself');
    expect(said).toContain("--kind opaque");
  });

  it.each([
    [
      ["std::tuple<torch::Tensor, double>", "--name", "t", "--fields", "a"],
      /has 2 elements, and "a" names 1: tensor,value, say/,
    ],
    [["std::tuple<torch::Tensor, double>", "--name", "t", "--fields", "a,if"], /"if" is a word/],
    [["std::tuple<torch::Tensor, double>", "--name", "t", "--fields", "a_b,aB"], /one name in TypeScript/],
    [["std::tuple<torch::Tensor, size_t>", "--name", "t", "--fields", "a,b"], /int64_t/],
    [["Mode", "--kind", "enum", "--fields", "a"], /--fields .* does not go with --kind enum/],
    [["Mode", "--kind", "enum", "--entries", "a,a"], /Two are named "a"/],
    [["Mode", "--kind", "enum"], /Entries is missing.*--entries/],
    [["Mode"], /Kind is missing/],
    [["Mode", "--kind", "tuple"], /is no tuple/],
    [["Mode", "--kind", "union"], /knows tuple, record, enum, opaque, external/],
    [["Grid", "--kind", "opaque", "--fields", "a: int64_t = 1, b: double"], /"b" has no default/],
    [["Grid", "--kind", "opaque", "--name", "Other", "--fields", "a: int64_t"], /leave it out/],
    [["geo::Shape", "--kind", "external"], /--include/],
    [["geo::Shape", "--include", "geo/shape.h", "--as", "size_t"], /int64_t/],
    [["std::tuple<bool, bool>", "--name", "t", "--fields", "a,b", "--direction", "up"], /knows both, in, out/],
    [["--remove", "nothing"], /No type nothing was added/],
  ])("for its answers: %j", async (argv, said) => {
    expect(await refused(...argv)).toMatch(said);
  });

  it("where csrc was moved, with what to do", async () => {
    renameSync(join(root, "csrc"), join(root, "native"));
    expect(await refused(...scored)).toMatch(/exit 1: .*csrc is not there: .*moved or renamed.*\nMove it back/s);
  });
});

it("asks for what it cannot derive, and writes what flags write", async () => {
  const answers = {
    type: "std::pair<torch::Tensor, int64_t>",
    name: "counted",
    fields: "where, how_many",
    direction: "both",
    tsName: "Counted",
    build: false,
    write: true,
  };
  const { io, asked } = recordingIo(root, answers);
  expect(await addType({ argv: [], io })).toBe(0);
  expect(asked).toEqual(["type", "name", "fields", "direction", "tsName", "build", "write"]);
  const first = snapshot(root);
  await add("--remove", "counted", "--yes");
  await add("std::pair<torch::Tensor, int64_t>", "--name", "counted", "--fields", "where,how_many", "--yes");
  expect(snapshot(root)).toEqual(first);
});

describe("the command that bind prints for a type that it does not know", () => {
  it.each([
    "geo::Shape",
    "geo::Shape*",
    "::geo::Shape",
    "geo::Box<double, geo::Pair<int>>",
    "std::function<double(double)>",
    "geo::Text<'a'>",
    'geo::Text<"it\'s">',
  ])("reaches the command as it is, and is one that it takes: %s", async (type) => {
    const { diagnostics } = runFrontEnd(await loadParser(), `// [[torch::export]]\ndouble f(${type} x);`);
    const printed = /run `npx generator-torch-extension (type .*)`\.$/u.exec(diagnostics[0]?.fix ?? "")?.[1] ?? "";
    const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${printed}`], { encoding: "utf8" });
    expect(stdout).toBe(`type\n${type}\n`);
    expect((await add(type, "--include", "geo/shape.h", "--yes")).code).toBe(0);
  });
});

describe("names at each layer", () => {
  it("are TypeScript's and R's own, where they are said", async () => {
    vi.stubEnv("PATH", "");
    const both = join(folder, "both");
    const argv = ["both", "--wrapper", "ts,r", "--start", "minimal", "--yes", "--no-build", "--no-git"];
    expect(await newPackage({ argv, io: recordingIo(folder).io })).toBe(0);
    root = both;
    const before = snapshot(root);
    const grid = ["hash_grid", "--kind", "opaque", "--fields", "cell_size: int64_t", "--ts-name", "Grid"];
    expect((await add(...grid, "--r-name", "grid", "--yes")).code).toBe(0);
    expect(text("csrc/include/both/types/hash_grid.h")).toContain(
      '[[torch::export(typescript="Grid", r="grid")]]\nclass hash_grid',
    );
    expect(text("ts/generated.ts")).toMatch(/export class Grid [\s\S]*cellSize\(/);
    expect(text("R/generated.R")).toMatch(/\ngrid <- function\(cell_size\)[\s\S]*`\$\.both_grid` <- [\s\S]*dispose = /);
    expect(text("tests/testthat/test-hash_grid.R")).toContain("grid(");
    expect(text("test/hash_grid.test.ts")).toContain("new Grid(");
    expect((await add("--remove", "hash_grid", "--yes")).code).toBe(0);
    vi.unstubAllEnvs();
    expect(snapshot(root)).toEqual(before);
  });

  it("another one is given where the type's own cannot be had", async () => {
    const enumOf = (name: string) => [name, "--kind", "enum", "--entries", "near,far"];
    expect(await refused(...enumOf("class"))).toContain("Try class_type");
    expect(await refused(...enumOf("Mode"), "--name", "Other")).toContain("write --name Mode, or leave it out");
    expect((await add(...enumOf("class"), "--name", "class_type", "--yes")).code).toBe(0);
    expect(text("csrc/include/demo/types/class_type.h")).toContain("enum class class_type {");
  });

  it("name what is made for them", async () => {
    const outline = await add("geo::Shape*", "--include", "geo/shape.h", "--ts-name", "Outline", "--yes");
    expect(outline.code, outline.err).toBe(0);
    expect(text("ts/types/shape.ts")).toContain("export function toOutline(");
    expect((await add(...scored, "--ts-name", "Ranked", "--yes")).code).toBe(0);
    expect(text("csrc/include/demo/types/scored.h")).toContain('fields=c("tensor", "score"), typescript="Ranked")');
    expect(text("ts/generated.ts")).toContain("export interface Ranked {");
  });

  it.each([
    [["--ts-name", "Map"], /Map/],
    [["--ts-name", "lower_case"], /would be LowerCase there/],
    [
      ["--r-name", "grid"],
      /--r-name .* is for R, which is not a host language of this package. Leave it out, or add R: npx/,
    ],
  ])("are refused: %j", async (argv, said) => {
    expect(await refused(...scored, ...argv)).toMatch(said);
  });
});

describe("in a package that switched from torchexport", () => {
  beforeEach(async () => {
    // Rcpp's part takes R a second each time, and is tested where what is written is compiled.
    vi.stubEnv("PATH", "");
    root = join(folder, "shapes");
    cpSync(fileURLToPath(new URL("../../fixtures/switched", import.meta.url)), root, { recursive: true });
    writeFileSync(join(root, "csrc/CMakeLists.txt"), "project(shapes)\n");
    const choices = { folder: ".", check: false, dryRun: false, force: false, json: false };
    await bindPackage({ ...choices, io: recordingIo(root).io });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["Mode", ["Mode", "--kind", "enum", "--entries", "near,far"], "SEXP rcpp_Mode_pass (SEXP x) {"],
    ["Range2", ["Range2", "--kind", "record", "--fields", "low: double, by: shapes::Mode"], "SEXP rcpp_Range2_pass"],
  ])("%s is derived, since its annotation says what R calls it", async (name, argv, glue) => {
    if (name === "Range2") await add("Mode", "--kind", "enum", "--entries", "near,far", "--yes");
    const { code, err } = await add(...argv, "--yes");
    expect(code, err).toBe(0);
    const header = text(`csrc/include/shapes/types/${name}.h`);
    expect(header).toContain(`[[torch::export(r="${name}")]]`);
    expect(header.includes("#include <shapes/types/Mode.h>")).toBe(name === "Range2");
    expect(text("src/exports.cpp")).toContain(glue);
    expect(text("csrc/src/exports.cpp")).toContain(`#include "shapes/types/${name}.h"`);
    expect(text(`docs/types/${name}.md`)).toContain(`shapes:::rcpp_${name}_pass(`);
  });

  it("a class has its members in the glue, and what R calls of it in a file of the person's", async () => {
    const { out } = await add("HashGrid", "--kind", "opaque", "--fields", "weight: torch::Tensor", "--yes");
    expect(text("src/exports.cpp")).toContain("int64_t rcpp_HashGrid_touch (SEXP self) {");
    expect(text("csrc/src/shapes.def")).toContain("  _HashGrid_delete\n");
    expect(text("R/type-HashGrid.R")).toContain("HashGrid <- function(weight) {\n  rcpp_HashGrid_new(weight)\n}");
    expect(out).toContain('export(HashGrid), S3method("$", shapes_HashGrid), S3method(print, shapes_HashGrid)');
    expect(out).toMatch(/shapes::HashGrid, layer by layer:\n {2}R +rcpp_HashGrid_new\(weight\)/);
    expect(text("NAMESPACE")).toBe('importFrom(Rcpp, sourceCpp)\nexportPattern("^[^.]")\n');
  });

  it("of another library, it crosses by functions that need no header of the shim", async () => {
    await add("geo::Shape*", "--include", "geo/shape.h", "--yes");
    expect(text("csrc/src/types/shape.cpp")).not.toContain("torch_extension");
    expect(text("csrc/src/types/shape.cpp")).toContain("delete static_cast<std::shared_ptr<::shapes::shape>*>(raw);");
    expect(text("R/type-shape.R")).toContain("from_shape <- function(x)");
  });
});
