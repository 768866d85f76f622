// Enums, structs and classes, as far as a signature needs them.
import { describe, expect, it } from "vitest";
import { parse, parsePackage } from "../../../../src/frontend/parse/parse.js";
import { loadParser } from "../../../../src/generate/parser.js";
import type { EnumDecl, RecordDecl } from "../../../../src/model/declaration.js";

const parser = await loadParser();
const path = "csrc/include/myext/a.h";
const mark = "// [[torch::export]]\n";

function read(text: string) {
  return parse(parser, { path, text });
}

function record(text: string, name = "S"): RecordDecl {
  const found = read(`${text}\n${mark}void use(${name} s);`).file.records.find((one) => one.name === name);
  expect(found).toBeDefined();
  return found as RecordDecl;
}

function values(text: string): unknown {
  const found = read(`${text}\n${mark}void use(E e);`).file.enums[0] as EnumDecl;
  return Object.fromEntries(found.entries.map(({ name, value }) => [name, value]));
}

describe("an enum", () => {
  it.each([
    ["enum E { a, b, c };", { a: "0", b: "1", c: "2" }],
    ["enum class E : std::uint8_t { a = 3, b, c = 1 << 4, d };", { a: "3", b: "4", c: "16", d: "17" }],
    ["enum struct E { a = 0x10, b = 0b11, c = 017, d = 1'000u };", { a: "16", b: "3", c: "15", d: "1000" }],
    ["enum E { a = -1, b = ~0, c = (1 + 2) * 3 - 4 / 2 % 3 };", { a: "-1", b: "-1", c: "7" }],
    ["enum class E { a = 'x', b = a | 8, c = E::b ^ 1, d = 1 > 0 ? 5 : 6 };", { a: "120", b: "120", c: "121", d: "5" }],
    ["enum E { a = static_cast<int>(3), b = int(4), c = int64_t{5} };", { a: "3", b: "4", c: "5" }],
    ["enum E { a = sizeof(int), b, c = 2, d = f(1) };", { a: null, b: null, c: "2", d: null }],
    ["enum class E : int { a, b, };", { a: "0", b: "1" }],
    ["enum class MYEXT_API E { a /* , z */, b // , y\n };", { a: "0", b: "1" }],
    ["typedef enum { a, b } E;", { a: "0", b: "1" }],
    ["enum E { a = 1 / 0, b = 1 << 99 };", { a: null, b: null }],
  ])("%s has values", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it("has comments, above and behind its entries", () => {
    const text = `namespace n {\n/// How.\nenum class E {\n  /// None.\n  a,\n  b,  ///< Both\n  c,  // aside\n  d   //!< last\n};\n${mark}void f(E e);\n}`;
    const [found] = read(text).file.enums;
    expect(found).toMatchObject({ name: "E", namespace: ["n"], doc: "How.", span: { start: { line: 3, column: 12 } } });
    expect(found?.entries.map(({ doc }) => doc)).toEqual(["None.", "Both", null, "last"]);
    expect(found?.entries[1]?.span.start).toMatchObject({ line: 6, column: 3 });
  });
});

describe("a struct", () => {
  it("has fields with types, defaults and comments", () => {
    const found = record(`namespace n {
/// What a step takes.
struct S {
  /// The rate.
  double rate = 0.5;
  int64_t steps{3};  ///< how many
  std::vector<int64_t> sizes = {1, 2};
  torch::Tensor x = torch::zeros({1}), y;
  const std::string name = "a;}{";
  MYEXT_ALIGN int64_t bits : 3;
  static constexpr int k = 3;
  inline static std::string title = "s";
  int64_t total() const { return steps; }
  bool operator==(const S&) const = default;
  ~S() = default;
};
}`);
    expect(found).toMatchObject({ name: "S", namespace: ["n"], doc: "What a step takes.", notAggregate: null });
    expect(found.fields.map(({ name, type, default: value, doc }) => [name, type.spelling, value?.text, doc])).toEqual([
      ["rate", "double", "0.5", "The rate."],
      ["steps", "int64_t", "{3}", "how many"],
      ["sizes", "std::vector<int64_t>", "{1, 2}", null],
      ["x", "torch::Tensor", "torch::zeros({1})", null],
      ["y", "torch::Tensor", undefined, null],
      ["name", "const std::string", '"a;}{"', null],
      ["bits", "int64_t", undefined, null],
    ]);
  });

  it.each([
    [null, "struct S {};"],
    [null, "struct S final { int64_t a; };"],
    [null, 'struct __attribute__((visibility("default"))) alignas(16) MYEXT_API S { int64_t a; };'],
    [null, "struct S { enum class Kind { a, b }; struct In { double x; }; Kind kind; In in; };"],
    [null, "class S { public: int64_t a; };"],
    [null, "typedef struct { int64_t a; } S;"],
    [null, "struct S { friend bool same(S, S); template <class T> T as() const; using T = int; struct Later; };"],
    ["a base class", "struct S : Base<int> { int64_t a; };"],
    ["a constructor", "struct S { S() {} int64_t a; };"],
    ["a constructor", "struct S { explicit S(int64_t n) : a{n}, b(2) {} int64_t a, b; };"],
    ["a constructor", "struct S { S(const S&) = delete; int64_t a; };"],
    ["a private member", "class S { int64_t a; };"],
    ["a protected member", "struct S { int64_t a; protected: int64_t b; };"],
    ["a virtual function", "struct S { virtual double f() = 0; };"],
    ["a template", "template <typename T> struct S { T a; };"],
    ["a union", "union S { int a; double b; };"],
    ["an unnamed struct or union", "struct S { union { int a; double b; }; };"],
    ["an unnamed struct or union", "struct S { struct { int a; } in; };"],
    ["a member that cannot be read", "struct S { int a{1}, b; };"],
    ["a member that cannot be read", "struct S { int a b c; };"],
  ])("is no aggregate because of %s: %s", (reason, text) => {
    expect(record(text).notAggregate).toBe(reason);
  });

  it("is read with the types of its fields, wherever they stand, and with aliases inside it", () => {
    const parsed = parsePackage(parser, [
      { path: "csrc/include/a.h", text: "struct Inner { double a; }; struct Unused { double a; };" },
      {
        path: "csrc/include/b.h",
        text: "using Alias = Inner; struct S { using List = std::vector<Alias>; List list; };",
      },
      { path: "csrc/src/a.cpp", text: `${mark}void use(std::vector<S> all);` },
    ]);
    expect(parsed.map(({ file }) => file.records.map(({ name }) => name))).toEqual([["Inner"], ["S"], []]);
    const [list] = parsed[1]?.file.aliases.filter(({ name }) => name === "List") ?? [];
    expect(list).toMatchObject({ namespace: ["S"], type: { spelling: "std::vector<Alias>" } });
  });

  it("is not read where nobody can use it", () => {
    const text = `namespace { struct S { int a; }; }\nvoid f() { struct S { int a; }; }\n${mark}void use(S s);`;
    expect(read(text).file.records).toEqual([]);
  });
});

describe("a class", () => {
  const text = `namespace n {
class Cell : public Base {
  int64_t size_;

 public:
  /// Makes one.
  /// @param n how many
  // [[torch::export]]
  explicit Cell(int64_t n = 3) : size_{n}, Base(n) { reset(); }

  /// One step.
  // [[torch::export(name="go")]]
  virtual torch::Tensor step(const torch::Tensor& x, double decay = 0.5) const noexcept override;
  // [[torch::export]]
  auto size() -> int64_t { return size_; }
  // [[torch::export]]
public:
  MYEXT_API [[nodiscard]] double rate() const;
  void unmarked();
};
}`;

  it("has its annotated constructor and methods", () => {
    const { file, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(file.functions).toEqual([]);
    expect(file.annotations).toBe(4);
    const [cell] = file.records;
    expect(cell).toMatchObject({ name: "Cell", namespace: ["n"], notAggregate: "a base class" });
    expect(
      cell?.methods.map((one) => [one.name, one.returns.spelling, one.isConstructor, one.isConst, one.namespace]),
    ).toEqual([
      ["Cell", "Cell", true, false, ["n", "Cell"]],
      ["step", "torch::Tensor", false, true, ["n", "Cell"]],
      ["size", "int64_t", false, false, ["n", "Cell"]],
      ["rate", "double", false, true, ["n", "Cell"]],
    ]);
    expect(cell?.methods[0]?.doc).toEqual({ summary: "Makes one.", params: { n: "how many" }, returns: null });
    expect(cell?.methods[0]?.parameters[0]?.default?.text).toBe("3");
    expect(cell?.methods[1]?.annotation.name).toBe("go");
    expect(cell?.methods[1]?.span.start).toMatchObject({ line: 13, column: 25 });
    expect(cell?.methods[1]?.parameters[1]).toMatchObject({ name: "decay", default: { text: "0.5" } });
  });

  it("may stand in another class", () => {
    const { file } = read(`struct A { struct B {\n${mark}double f(); }; };`);
    expect(file.records.map((one) => [...one.namespace, one.name].join("::"))).toEqual(["A::B"]);
    expect(file.records[0]?.methods[0]?.namespace).toEqual(["A", "B"]);
  });
});
