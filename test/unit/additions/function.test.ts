import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import tmp from "tmp";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addFunction, newPackage, UsageError } from "../../../src/api.js";
import { PromptAborted } from "../../../src/io.js";
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

const example = [
  "half_square",
  ...["--param", "x: torch::Tensor", "--param", "n: int64_t = 2", "--returns", "out: torch::Tensor"],
  ...["--backend", "cpu,cuda", "--differentiable"],
];

async function add(...argv: readonly string[]) {
  const { io, out, err } = recordingIo(root);
  const code = await addFunction({ argv: argv.includes("--remove") ? argv : [...argv, "--no-build"], io });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function refused(...argv: readonly string[]): Promise<string> {
  const before = snapshot(root);
  const problem = await add(...argv).then(
    (done) => `exit ${done.code}: ${done.err}`,
    (error: unknown) => (error instanceof UsageError ? error.message : String(error)),
  );
  expect(snapshot(root)).toEqual(before);
  return problem;
}

const text = (path: string): string => readFileSync(join(root, path), "utf8");

const files = [
  "csrc/src/half_square.cpp",
  "csrc/src/half_square_autograd.cpp",
  "csrc/src/cuda/half_square.cu",
  "test/half_square.test.ts",
  "docs/operators/half_square.md",
];

describe("an operator is added", () => {
  it("with every file that its answers ask for, bound and listed", async () => {
    const { code, out } = await add(...example, "--yes");
    expect(code).toBe(0);
    for (const path of files) expect(existsSync(join(root, path)), path).toBe(true);
    expect(text("ts/generated.ts")).toContain("export function halfSquareBackward(");
    expect(text("csrc/src/operators.cpp")).toContain('"half_square(Tensor x, int n=2) -> Tensor"');
    expect(text("docs/call-stack.md")).toContain("(operators/half_square.md)");
    expect(text("csrc/src/half_square.cpp")).toContain("TORCH_LIBRARY_IMPL(demo, CPU, m)");
    expect(text("csrc/src/cuda/half_square.cu")).toContain("TORCH_LIBRARY_IMPL(demo, CUDA, m)");
    expect(text("csrc/src/half_square_autograd.cpp")).toContain("TORCH_LIBRARY_IMPL(demo, Autograd, m)");
    expect(out).toContain("demo::half_square, layer by layer:");
    expect(out).toContain(
      "The same again: npx generator-torch-extension function half_square --param 'x: torch::Tensor'",
    );
  });

  it("and taken away again, byte by byte", async () => {
    const before = snapshot(root);
    await add(...example, "--yes");
    await add("second", "--param", "x: torch::Tensor", "--yes");
    expect((await add("--remove", "half_square", "--yes")).code).toBe(0);
    expect((await add("--remove", "second", "--yes")).code).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  it("but for what the person touched", async () => {
    await add(...example, "--yes");
    writeFileSync(join(root, "csrc/src/half_square.cpp"), `${text("csrc/src/half_square.cpp")}// mine\n`);
    const kept = await add("--remove", "half_square", "--yes");
    expect(kept.code).toBe(1);
    expect(kept.err).toContain("csrc/src/half_square.cpp was edited since it was written; it stays");
    expect(text("csrc/src/half_square.cpp")).toContain("// mine");
    expect((await add("--remove", "half_square", "--yes", "--force")).code).toBe(0);
    expect(existsSync(join(root, "csrc/src/half_square.cpp"))).toBe(false);
  });

  it("not by a dry run, which says all", async () => {
    const before = snapshot(root);
    const { code, out } = await add(...example, "--yes", "--dry-run");
    expect(code).toBe(0);
    for (const path of files) expect(out).toContain(path);
    expect(snapshot(root)).toEqual(before);
  });

  it("the same by the answers that --json prints", async () => {
    const { out } = await add(...example, "--json");
    const first = snapshot(root);
    await add("--remove", "half_square", "--yes");
    writeFileSync(join(folder, "answers.json"), out);
    expect((await add("--answers", join(folder, "answers.json"), "--yes")).code).toBe(0);
    expect(snapshot(root)).toEqual(first);
    expect(JSON.parse(out)).toMatchObject({
      id: "function:half_square",
      answers: { param: ["x: torch::Tensor", "n: int64_t = 2"], differentiable: true },
    });
  });

  it("a second time only by consent, and with the difference", async () => {
    await add(...example, "--yes");
    const before = snapshot(root);
    const again = await add(...example, "--yes");
    expect(again.code).toBe(0);
    expect(snapshot(root)).toEqual(before);
    const other = await add(...example, "--param", "alpha: double = 0.5", "--yes");
    expect(other.code).toBe(1);
    expect(other.out).toContain(
      "+torch::Tensor half_square(const torch::Tensor& x, int64_t n = 2, double alpha = 0.5)",
    );
    expect(snapshot(root)).toEqual(before);
    expect((await add(...example, "--param", "alpha: double = 0.5", "--yes", "--force")).code).toBe(0);
    expect(text("ts/generated.ts")).toContain("alpha");
  });

  it("a second time with fewer files: those that no answer has go, unless they were edited", async () => {
    await add(...example, "--yes");
    const less = ["half_square", "--param", "x: torch::Tensor", "--backend", "cpu", "--no-differentiable", "--yes"];
    writeFileSync(join(root, "csrc/src/cuda/half_square.cu"), `${text("csrc/src/cuda/half_square.cu")}// mine\n`);
    const kept = await add(...less, "--force");
    expect(kept.code).toBe(0);
    expect(kept.err).toContain("csrc/src/cuda/half_square.cu is of an earlier run, and you edited it; it stays");
    expect(kept.err).toMatch(
      /csrc\/src\/cuda\/half_square\.cu registers a kernel still, so that bind registers none for other backends: .* delete the file, or its TORCH_LIBRARY_IMPL, and run npx generator-torch-extension bind\./,
    );
    expect(existsSync(join(root, "csrc/src/half_square_autograd.cpp"))).toBe(false);
    expect(JSON.parse(text("torch-extension.json")).additions["function:half_square"].files).toEqual([
      "csrc/src/cuda/half_square.cu",
      "csrc/src/half_square.cpp",
      "docs/operators/half_square.md",
      "test/half_square.test.ts",
    ]);
  });

  it("and of an edited file that registers nothing, no kernel is told", async () => {
    await add(...example, "--yes");
    writeFileSync(join(root, "csrc/src/cuda/half_square.cu"), "// mine\n");
    const less = ["half_square", "--param", "x: torch::Tensor", "--backend", "cpu", "--no-differentiable", "--yes"];
    const { code, err } = await add(...less, "--force");
    expect(code).toBe(0);
    expect(err).toContain("csrc/src/cuda/half_square.cu is of an earlier run");
    expect(err).not.toContain("registers a kernel");
  });
});

describe("what cannot be is refused before anything is written", () => {
  it.each([
    [["scale_add"], 'The package has a function "scale_add" already. Try scale_add_op.'],
    [["scaleAdd"], 'the function "scale_add" of the package would have one name'],
    [["class"], '"class" is a word that C++ keeps for itself. Try class_op.'],
    [["function"], '"function" is a word that TypeScript keeps for itself. Try function_op.'],
    [["repeat"], '"repeat" is a word that R keeps for itself. Try repeat_op.'],
    [["2fast"], "no name of a function in every language"],
    [["init"], "is one of the system's"],
    [["demo"], "csrc/src/demo.cpp is there already"],
    [["f", "--param", "x: torch::Tensr"], '--param "x: torch::Tensr": '],
    [["f", "--param", "n: int64_t = 2.5"], "the default `2.5` is no integer"],
    [["f", "--param", "x: torch::Tensor = 1"], "torch::nullopt"],
    [["f", "--param", "default: double"], '"default" is a word that C++ keeps for itself. Try default_'],
    [["f", "--param", "if: double"], "Try if_"],
    [["f", "--param", "a: double", "--param", "a: bool"], 'Two parameters are named "a"'],
    [["f", "--param", "a_b: double", "--param", "aB: bool"], "would be `aB` in TypeScript"],
    [["f", "--param", "n: int64_t = 2", "--param", "x: torch::Tensor"], "put it first, or give it a default"],
    [["f", "--returns", "at::IntArrayRef"], "--returns "],
    [["f", "--returns", "a: double", "--returns", "a: bool"], 'Two results are named "a"'],
    [["f", "--param", "p: void*"], "`void*`"],
    [["f", "--backend", "gpu"], "--backend knows cpu and cpu,cuda"],
    [["f", "--backend", "cuda", "--param", "n: double"], "wants a tensor among the parameters"],
    [["f", "--differentiable", "--param", "n: double"], "wants a tensor among the parameters"],
    [
      ["f", "--differentiable", "--param", "x: torch::Tensor", "--returns", "double"],
      "wants a tensor among the results",
    ],
    [["f", "--parm", "x: torch::Tensor"], "Did you mean --param?"],
    [["--remove", "half_squar"], "No function was added by this command"],
    [[], "is missing, and nobody can be asked"],
  ])("%j", async (argv, message) => {
    expect(await refused(...argv, "--yes")).toContain(message);
  });

  it("a package that somebody reorganised: the message says what to do", async () => {
    mkdirSync(join(root, "native"));
    renameSync(join(root, "csrc"), join(root, "native/csrc"));
    const said = await refused(...example, "--yes");
    expect(said).toContain("csrc is not there");
    expect(said).toContain("ln -s");
  });

  it("a package without lib/, and one that keeps to what torchexport wrote", async () => {
    renameSync(join(root, "lib"), join(root, "shim"));
    expect(await refused(...example, "--yes")).toContain("torch-extension upgrade brings files of lib/");
    renameSync(join(root, "shim"), join(root, "lib"));
    rmSync(join(root, "package.json"));
    writeFileSync(join(root, "DESCRIPTION"), "Package: demo\nVersion: 1.0\n");
    writeFileSync(
      join(root, "csrc/src/exports.cpp"),
      "// Generated by using torchexport::export() -> do not edit by hand\n",
    );
    expect(await refused(...example, "--yes")).toContain("Write the function by hand");
  });

  it("names of the functions beside it", async () => {
    const path = join(root, "csrc/src/other.cpp");
    writeFileSync(
      path,
      "#include <torch_extension/tensor.h>\nnamespace demo {\n// [[torch::export]]\ndouble f_backward(double x) { return x; }\n}\n",
    );
    const argv = ["f", "--param", "x: torch::Tensor", "--differentiable", "--yes"];
    expect(await refused(...argv)).toContain('The package has a function "f_backward" already');
  });

  it("a file that lies where one would go, without consent", async () => {
    const path = join(root, "docs/operators/half_square.md");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "mine\n");
    const said = await refused(...example, "--yes");
    expect(said).toContain("exit 1");
    expect(said).toContain("docs/operators/half_square.md");
    expect((await add(...example, "--yes", "--force")).code).toBe(0);
  });
});

describe("the dialogue", () => {
  /** Answers prompts one after the other; Ctrl-C where there is none left. */
  function told(answers: readonly unknown[]) {
    const { io, out } = recordingIo(root, { any: true });
    const asked: string[] = [];
    let next = 0;
    const prompt: typeof io.prompt = async (questions) => {
      const given: Record<string, unknown> = {};
      for (const question of questions) {
        if (next >= answers.length) throw new PromptAborted();
        const answer = answers[next++];
        if (typeof answer === "string" && question.validate !== undefined) {
          expect(question.validate(answer), `${question.message}: ${answer}`).toBe(true);
        }
        if (question.type === "select" && typeof answer === "string") {
          expect(question.choices?.map(({ value }) => value)).toContain(answer);
        }
        asked.push(question.message);
        given[question.name] = answer;
      }
      return given;
    };
    return { io: { ...io, prompt }, out, asked };
  }

  const answers = [
    "half_square",
    ...["x", "torch::Tensor", ""],
    ...["n", "int64_t", "2"],
    "",
    ...[false, "torch::Tensor", "out", true, "double", "total", false],
    "cpu,cuda",
    true,
    true,
  ];

  it("asks for names, types of the registry, defaults, results, backends; then writes what flags write", async () => {
    const { io, asked } = told(answers);
    expect(await addFunction({ argv: ["--no-build"], io })).toBe(0);
    expect(asked.slice(0, 4)).toEqual([
      "Name of the function, in C++",
      "First parameter: its name, or nothing when there is none",
      "Type of x",
      "Default of x, as C++, or nothing when it has none",
    ]);
    const dialogue = snapshot(root);
    await add("--remove", "half_square", "--yes");
    await add(...example, "--returns", "total: double", "--yes");
    expect(snapshot(root)).toEqual(dialogue);
  });

  it("leaves everything as it was, wherever it is broken off", async () => {
    const before = snapshot(root);
    for (let length = 0; length < answers.length; length++) {
      const { io } = told(answers.slice(0, length));
      await expect(addFunction({ argv: ["--no-build"], io })).rejects.toThrow(PromptAborted);
    }
    const { io } = told([...answers.slice(0, -1), false]);
    expect(await addFunction({ argv: ["--no-build"], io })).toBe(1);
    expect(snapshot(root)).toEqual(before);
  });
});
