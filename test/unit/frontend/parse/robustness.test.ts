// Broken and hostile input: every run ends in functions or findings, soon, and without an exception.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../../../src/diagnostics/render.js";
import { loadParser } from "../../../../src/generate/parser.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const path = "csrc/src/a.cpp";
const mark = "// [[torch::export]]\n";

function run(text: string) {
  const result = runFrontEnd(parser, [{ path, text }]);
  const sources = new Map([[path, text]]);
  for (const diagnostic of result.diagnostics) {
    const { start, end } = diagnostic.span;
    expect(start.offset).toBeGreaterThanOrEqual(0);
    expect(end.offset).toBeGreaterThanOrEqual(start.offset);
    expect(end.offset).toBeLessThanOrEqual(text.length);
    renderDiagnostic(diagnostic, sources, { color: true });
  }
  return result;
}

/** Names and codes, of at most the first three findings. */
function outcome(text: string): readonly string[] {
  const { module, diagnostics } = run(text);
  return [...module.functions.map(({ name }) => name.slice(0, 10)), ...diagnostics.slice(0, 3).map(({ code }) => code)];
}

const golden = new URL("../../../golden/diagnostics/", import.meta.url);
const fixtures = [
  "annotation",
  "refused-functions",
  "defaults",
  "wide-characters",
  "unrelated-trouble",
  "name-clashes",
];

describe.each(fixtures)("the fixture %s", (fixture) => {
  const text = readFileSync(new URL(`${fixture}/input.cpp`, golden), "utf8");

  it("may end anywhere", () => {
    for (let length = 0; length < text.length; length++) run(text.slice(0, length));
  });

  it("may begin anywhere, and lack any character", () => {
    for (let start = 0; start < text.length; start += 7) run(text.slice(start));
    for (let at = 0; at < text.length; at += 5) run(text.slice(0, at) + text.slice(at + 1));
  });
});

describe("brackets", () => {
  const deep = 10_000;
  it.each(["()", "[]", "{}", "<>"])("%s may be nested 10,000 deep", (pair) => {
    const [open = "", close = ""] = pair;
    const nested = open.repeat(deep) + close.repeat(deep);
    expect(outcome(`${mark}double f(double x = ${nested});`)).toEqual(["TX1003"]);
    expect(outcome(`${nested}\n${mark}double f(double x);`)).toEqual(["f"]);
    expect(outcome(`${mark}double f(${open.repeat(deep)}`)).toEqual(["TX1003"]);
    expect(outcome(`void g() ${nested}\n${mark}double f(double x);`)).toEqual(["f"]);
  });

  it("may be nested in types, declarators and namespaces", () => {
    expect(outcome(`${mark}${"std::vector<".repeat(deep)}double${">".repeat(deep)} f();`)).toEqual(["TX1003"]);
    expect(outcome(`${mark}double ${"(".repeat(deep)}f${")".repeat(deep)}(double x);`)).toEqual(["TX1003"]);
    expect(outcome(`${mark}double f(double ${"*".repeat(deep)}x);`)).toEqual(["TX1201"]);
    expect(outcome(`${mark}double ${"a::".repeat(deep)}f(double x);`)).toEqual(["TX1302"]);
    expect(outcome(`${"namespace a {\n".repeat(deep)}${mark}double f();${"}".repeat(deep)}`)).toEqual(["TX1003"]);
    expect(outcome(`TORCH_LIBRARY(a, m) {${"(".repeat(deep)}${")".repeat(deep)}}`)).toEqual(["TX1004"]);
  });
});

describe("aliases", () => {
  it("may form a chain, or tuples of tuples without end", () => {
    const chain = Array.from({ length: 2000 }, (_, i) => `using a${i} = a${i + 1};`).join("\n");
    expect(outcome(`${chain}\n${mark}a0 f();`)).toEqual(["TX1003"]);
    const bomb = Array.from(
      { length: 30 },
      (_, i) => `using a${i} = std::tuple<${`a${i + 1}, `.repeat(63)}a${i + 1}>;`,
    );
    expect(outcome(`${bomb.join("\n")}\n${mark}a0 f();`)).toEqual(["TX1003"]);
  });

  it("may stand in namespaces that use each other", () => {
    const spaces = Array.from({ length: 100 }, (_, i) => {
      const others = Array.from({ length: 30 }, (_, j) => `using namespace n${(i * 7 + j) % 100};`);
      return `namespace n${i} { ${others.join(" ")} }`;
    });
    expect(
      outcome(`${spaces.join("\n")}\nusing namespace n0; namespace a = b; namespace b = a;\n${mark}a::zz f();`),
    ).toEqual(["TX1201"]);
  });
});

describe("size", () => {
  const large = 2_000_000;
  it.each([
    ["one line", `${mark}double f(${"int a, ".repeat(large / 7)}int b);`, ["TX1003"]],
    ["one name", `${mark}double ${"a".repeat(large)}();`, ["TX1003"]],
    [
      "one annotation",
      `// [[torch::export(${'name="a", '.repeat(large / 10)})]]\ndouble f();`,
      ["f", "TX1104", "TX1104", "TX1104"],
    ],
    ["many annotations", mark.repeat(large / 20), ["TX1105", "TX1108"]],
    ["many unclosed annotations", "// [[torch::export(\n".repeat(large / 20), ["TX1105", "TX1101", "TX1108"]],
    ["spaces", `// [[torch::export${" ".repeat(large)}\n]]\ndouble f();`, ["TX1101", "TX1002"]],
    ["quotes", '"'.repeat(large), ["TX1004"]],
    ["raw strings", 'R"'.repeat(large / 2), ["TX1004"]],
    ["comments", `${"/// a\n".repeat(large / 6)}${mark}double f();`, ["f"]],
    ["conditions", "#if 0\n#if 1\n#else\n".repeat(large / 20), ["TX1004"]],
    ["continued lines", `#\\\n//\\\n${"\\\n".repeat(large / 2)}`, ["TX1004"]],
  ])("does not matter: %s", (_what, text, expected) => {
    const found = outcome(text);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });
});

describe("what is no C++", () => {
  it("ends in findings", () => {
    let seed = 1;
    const next = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed >> 8;
    };
    const random = (length: number, range: number) =>
      String.fromCharCode(...Array.from({ length }, () => 1 + (next() % (range - 1))));
    for (let i = 0; i < 200; i++) {
      run(mark + random(300, 256));
      run(`${mark}double f(${random(60, 128)});`);
      run(mark + random(100, 65_536));
    }
    expect(outcome(`${mark}double f();\0`)).toEqual(["TX1001"]);
  });
});
