import { describe, expect, it } from "vitest";
import { parse } from "../../../../src/frontend/parse/parse.js";
import { loadParser } from "../../../../src/generate/parser.js";
import type { FunctionDecl, TypeRef } from "../../../../src/model/declaration.js";

const parser = await loadParser();
const path = "csrc/src/a.cpp";
const mark = "// [[torch::export]]\n";

function read(text: string) {
  return parse(parser, { path, text });
}

function only(text: string): FunctionDecl {
  const { file, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  expect(file.functions).toHaveLength(1);
  return file.functions[0] as FunctionDecl;
}

function codesOf(text: string): readonly string[] {
  return read(text).diagnostics.map(({ code }) => code);
}

function shape({ name, args, isConst, reference }: TypeRef): unknown {
  return { name, args: args.map(shape), isConst, reference };
}

describe("an annotated function", () => {
  it("is read with its types, names and defaults", () => {
    const fn = only(
      `namespace myext {\n${mark}std::tuple<torch::Tensor, double> step(const torch::Tensor& x, ::torch::optional<at::Tensor> h = {}, int64_t = 3);\n}`,
    );
    expect(fn.name).toBe("step");
    expect(fn.namespace).toEqual(["myext"]);
    expect(fn.qualifiers).toBe(0);
    const plain = (name: string) => ({ name, args: [], isConst: false, reference: "" });
    expect(shape(fn.returns)).toEqual({ ...plain("std::tuple"), args: [plain("torch::Tensor"), plain("double")] });
    expect(fn.parameters.map(({ name }) => name)).toEqual(["x", "h", null]);
    expect(fn.parameters.map(({ type }) => shape(type))).toEqual([
      { ...plain("torch::Tensor"), isConst: true, reference: "&" },
      { ...plain("::torch::optional"), args: [plain("at::Tensor")] },
      plain("int64_t"),
    ]);
    expect(fn.parameters.map((parameter) => parameter.default?.text ?? null)).toEqual([null, "{}", "3"]);
  });

  it.each([
    ["const after the type", "torch::Tensor f(torch::Tensor const & x);", "const torch::Tensor&"],
    ["an rvalue reference", "torch::Tensor f(torch::Tensor&& x);", "torch::Tensor&&"],
    ["a pointer to const", "torch::Tensor f(const torch::Tensor *const x);", "const torch::Tensor*"],
    [
      "white space and comments",
      "torch::Tensor f(std :: vector < torch::Tensor > /* xs */ x);",
      "std::vector<torch::Tensor>",
    ],
    ["several template arguments", "torch::Tensor f(std::tuple<double,bool> x);", "std::tuple<double, bool>"],
    ["an attribute", "torch::Tensor f([[maybe_unused]] double x);", "double"],
    ["a sized integer", "torch::Tensor f(unsigned long long x);", "unsigned long long"],
    ["a pointer to a function", "torch::Tensor f(double (*x)(double));", "double(*)(…)"],
    ["an elaborated type", "torch::Tensor f(struct State x);", "struct State"],
    ["a line break", "torch::Tensor f(\n    const\n    double&\n    x);", "const double&"],
  ])("may have %s", (_what, text, spelling) => {
    expect(only(mark + text).parameters.map(({ type }) => type.spelling)).toEqual([spelling]);
  });

  it.each([
    "auto f(torch::Tensor x) -> torch::Tensor { return x; }",
    "auto f(torch::Tensor x) noexcept -> torch::Tensor;",
    "torch::Tensor f(torch::Tensor x) noexcept(true);",
    "[[nodiscard]] torch::Tensor f(torch::Tensor x);",
    '__attribute__((visibility("default"))) torch::Tensor f(torch::Tensor x);',
    "extern torch::Tensor f(torch::Tensor x);",
    "MYEXT_API torch::Tensor f(torch::Tensor x);",
    "MYEXT_API(1, (2)) torch::Tensor f(torch::Tensor x) MYEXT_NOTHROW;",
    "__host__ torch::Tensor f(torch::Tensor x) { return x; }",
    "torch::Tensor (f)(torch::Tensor x);",
    "torch::Tensor f(torch::Tensor x) try { return x; } catch (...) { throw; }",
    "torch::Tensor f(torch::Tensor x, \\\n  double y = 1) { return x; }",
    "torch::Tensor f([[maybe_unused]] torch::Tensor x, double y [[maybe_unused]]);",
    '[[deprecated("a (b) { ]] }")]] torch::Tensor f(torch::Tensor x);',
    "torch::Tensor f(torch::Tensor x) {\n#if 0\n}}}\n#endif\n return x; }",
    "torch::Tensor f(torch::Tensor);",
    "torch::Tensor\nf\n(\ntorch::Tensor x\n)\n;",
    "torch::Tensor f /* why */ (torch::Tensor x) // done\n{ return x; }",
    "torch::Tensor f(torch::Tensor x) { if (x) { return y(\"}\"); } // }\n return '}'; }",
  ])("may be written as %s", (text) => {
    const fn = only(`${mark}${text}`);
    expect([fn.name, fn.returns.spelling, fn.parameters[0]?.type.spelling]).toEqual([
      "f",
      "torch::Tensor",
      "torch::Tensor",
    ]);
  });

  it.each(["", "extern ", "const "])(
    "is read with templates in templates, where the grammar gives up: %j",
    (before) => {
      const lists = "std::pair<std::vector<torch::Tensor>, std::vector<torch::Tensor>>";
      const nested = `std::tuple<std::tuple<torch::Tensor, ${lists}, torch::Tensor>, torch::Tensor>`;
      const text = `${mark}${before}${nested} nested(const std::array<torch::Tensor, 1>& x) {}`;
      const { name, returns, parameters, span } = only(text);
      expect([name, returns.spelling, returns.name]).toEqual([
        "nested",
        `${before === "const " ? before : ""}${nested}`,
        "std::tuple",
      ]);
      expect(parameters[0]?.type.spelling).toBe("const std::array<torch::Tensor, 1>&");
      for (const [at, what] of [
        [span, "nested"],
        [parameters[0]?.type.span, "const std::array<torch::Tensor, 1>&"],
      ] as const) {
        expect(text.slice(at?.start.offset, at?.end.offset)).toBe(what);
      }
    },
  );

  it("takes (void) as no parameters", () => {
    expect(only(`${mark}double f(void);`).parameters).toEqual([]);
  });

  it.each([
    ["{0.5, 1.5}", "{0.5, 1.5}"],
    ["std::vector<torch::Tensor>{}", "std::vector<torch::Tensor>{}"],
    ['"a, b) {"', '"a, b) {"'],
    ["g<1, 2>(3)", "g<1, 2>(3)"],
    ["torch::zeros({1, 2})", "torch::zeros({1, 2})"],
    ["-1e-3", "-1e-3"],
    ["[] { return 2.0; }()", "[] { return 2.0; }()"],
    ["[](int a) { return a; }(1)", "[](int a) { return a; }(1)"],
    ["1'000", "1'000"],
    ['R"(a " ) b)"', 'R"(a " ) b)"'],
  ])("has its default %s as text", (text, expected) => {
    const source = `${mark}double f(double x = ${text}, double y = 2);`;
    const fn = only(source);
    const value = fn.parameters[0]?.default;
    expect(value?.text).toBe(expected);
    expect(source.slice(value?.span.start.offset, value?.span.end.offset)).toBe(expected);
    expect(fn.parameters[1]?.default?.text).toBe("2");
  });

  it("knows the namespaces around it, and those in front of its name", () => {
    const text = `namespace a::b { inline namespace v1 { extern "C++" { } ${mark}double f(); } }\nnamespace a {\n${mark}double b::g();\n}\n${mark}double ::a::h();`;
    const { file } = read(text);
    expect(file.functions.map((fn) => [...fn.namespace, fn.name].join("::"))).toEqual([
      "a::b::v1::f",
      "a::b::g",
      "a::h",
    ]);
    expect(file.functions.map((fn) => fn.qualifiers)).toEqual([0, 1, 1]);
    expect(file.namespaces).toEqual(["a::b", "a::b::v1", "a"]);
  });

  it("has places of its own, where another function has the same parameters", () => {
    const { file } = read(`${mark}double f(double x = 1);\n${mark}double g(double x = 1);`);
    const [first, second] = file.functions;
    expect(first?.parameters[0]?.span.start).toMatchObject({ line: 2, column: 10 });
    expect(second?.parameters[0]?.span.start).toMatchObject({ line: 4, column: 10 });
    expect(second?.parameters[0]?.default?.span.start).toMatchObject({ line: 4, column: 21 });
    expect(second?.returns.span.start).toMatchObject({ line: 4, column: 1 });
  });
});

describe("places", () => {
  it.each([
    ["LF", `// é\n${mark}double step(float x);`],
    ["CRLF", `// é\r\n// [[torch::export]]\r\ndouble step(float x);`],
    ["a byte order mark", `\uFEFF// é\n${mark}double step(float x);`],
  ])("count lines and columns with %s", (_what, text) => {
    const fn = only(text);
    expect(fn.span.start).toMatchObject({ line: 3, column: 8, offset: text.indexOf("step") });
    expect(fn.parameters[0]?.type.span).toMatchObject({
      file: path,
      start: { line: 3, column: 13 },
      end: { line: 3, column: 18 },
    });
  });

  it("count columns on the first line without the byte order mark, and in UTF-16 units", () => {
    const fn = only("\uFEFF/*🚀*/ // [[torch::export]]\n/*🚀*/ double step();");
    expect(fn.annotation.span.start).toMatchObject({ line: 1, column: 11 });
    expect(fn.span.start).toMatchObject({ line: 2, column: 15 });
  });
});

describe("an annotation", () => {
  it.each([
    "//[[torch::export]]",
    "//   [[ torch :: export ]]  and more",
    "/// [[torch::export]]",
    "//' [[torch::export]]",
    "// [[torch::export()]]",
    "// [[nodiscard, torch::export]]",
    "// [[Rcpp::export, torch::export]]",
    "// [[Rcpp::export(rng = false)]] [[torch::export]]",
    "// [[torch::export, gnu::pure]]",
    "// [[Rcpp::export]]\n// [[torch::export]]\n// [[gnu::pure]]",
  ])("may be written as %s", (comment) => {
    expect(only(`${comment}\ndouble f();`).name).toBe("f");
  });

  it("has arguments", () => {
    const text =
      '// [[torch::export(name="g", returns=c("a", \'b\'), rcpp = FALSE, register_types=list(c("p", "P", "void*", "x::p"), c("q", "Q", "void*", "x::q")))]]\ndouble f();';
    const { annotation } = only(text);
    expect(annotation).toMatchObject({ name: "g", returns: ["a", "b"], rcpp: false });
    expect(annotation.registerTypes.map(({ cpp, raw, abi, host }) => [cpp, raw, abi, host])).toEqual([
      ["p", "P", "void*", "x::p"],
      ["q", "Q", "void*", "x::q"],
    ]);
    const { returns } = annotation.argumentSpans;
    expect(text.slice(returns?.start.offset, returns?.end.offset)).toBe("returns=c(\"a\", 'b')");
  });

  it("may have arguments beside another attribute", () => {
    const text = '// [[Rcpp::export, torch::export(name="g", rcpp=FALSE), gnu::pure]]\ndouble f();';
    const { annotation } = only(text);
    expect(annotation).toMatchObject({ name: "g", rcpp: false, span: { start: { column: 4 } } });
  });

  it("may go on on the next line", () => {
    const text =
      '// [[torch::export(name="g",\n//   register_types=c("p", "P",\n//     "void*", "x::p"))]]\ndouble f();';
    expect(only(text).annotation).toMatchObject({ name: "g", registerTypes: [{ cpp: "p", host: "x::p" }] });
  });

  it.each([
    "/*\n// [[torch::export]]\n*/ double f(float x);",
    'const char* s = "// [[torch::export]]"; double f();',
    'const char* s = R"x(\n// [[torch::export]]\n)x"; double f();',
    "#define X // [[torch::export]]\ndouble f();",
    "#if 0\n// [[torch::export]]\ndouble f();\n#endif",
    "#if 1\n#else\n// [[torch::export]]\n#endif\ndouble f();",
    "// see [[torch::export]]\ndouble f();",
    "/* a note on [[torch::export]] */ double f();",
  ])("is none in %j", (text) => {
    expect(read(text)).toMatchObject({ file: { functions: [], annotations: 0 }, diagnostics: [] });
  });

  it("is counted where it is refused", () => {
    expect(read(`${mark}struct S {};`).file.annotations).toBe(1);
  });
});

describe("trouble elsewhere in the file", () => {
  it.each([
    "WEIRD(a b) {{{ }}}",
    "int broken( ] ); @ ` \\ case",
    'int x = "unclosed\n;',
    "int x = 'unclosed\n;",
    "#error don't stop\n",
    "#if A\nvoid f() {\n#elif B\nvoid f(int) {\n#else\nvoid f(double) {\n#endif\n}",
    "#define OPEN {\n#define TWO \\\n  }}}\n",
    "auto big = 1'000'000; auto c = '\\''; auto hex = 0xFF'FFp-3;",
    'TEST_CASE("x")',
    "void f() { g([](int) { if (x) { y; } }); }",
  ])("does not matter: %j", (before) => {
    const { file } = read(`namespace n {\n${before}\n${mark}double step(double x);\n}`);
    expect(file.functions.map((fn) => [...fn.namespace, fn.name])).toEqual([["n", "step"]]);
  });
});

describe("a refusal", () => {
  it.each([
    ["TX1002", "torch::Tensor f(torch::Tensor x"],
    ["TX1002", "torch::Tensor f(torch::Tensor x y z);"],
    ["TX1105", "int (*pointer)(int);"],
    ["TX1105", "torch::Tensor f(), g();"],
    ["TX1105", "torch::Tensor x{1};"],
    ["TX1204", "double f(double (&x)[3]);"],
    ["TX1204", "double f(double x[]);"],
    ["TX1301", "template <> double f<int>(int x);"],
    ["TX1302", "struct A { static double f(); };"],
    ["TX1303", "namespace { double f(); }"],
    ["TX1304", "decltype(auto) f(double x) { return x; }"],
    ["TX1306", "A::operator bool() { return true; }"],
    ["TX1307", "constexpr double f();"],
  ])("%s for %s", (code, text) => {
    const at = text.includes("{ ") && /^(struct|namespace)/.test(text) ? text.replace("{ ", `{\n${mark}`) : mark + text;
    expect(codesOf(at)).toEqual([code]);
  });

  it("points into the file", () => {
    const text = `\n\n${mark}  double f(double x, ...);`;
    const { span } = read(text).diagnostics[0] ?? {};
    expect(span).toMatchObject({ start: { line: 4, column: 22 }, end: { line: 4, column: 25 } });
  });
});
