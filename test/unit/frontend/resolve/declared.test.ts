import { describe, expect, it } from "vitest";
import { loadParser } from "../../../../src/generate/parser.js";
import type { Type } from "../../../../src/model/module.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const mark = "// [[torch::export]]\n";
const header = "// csrc/include/myext/types.h\n";
const source = "// csrc/src/a.cpp\n";

function read(text: string) {
  const { module, diagnostics } = runFrontEnd(parser, text);
  return { module, found: diagnostics.map(({ code }) => code) };
}

/** The type of `x` in `double f(<spelling> x)`, where a header of the package says `declared`. */
function typeOf(declared: string, spelling: string): Type {
  const { module, found } = read(`${header}${declared}\n${source}${mark}double f(${spelling} x);`);
  expect(found).toEqual([]);
  return module.functions[0]?.parameters[0]?.type as Type;
}

describe("an enum", () => {
  it("has its entries with their numbers, and the header that it stands in", () => {
    expect(typeOf("namespace n {\n/// How.\nenum class Mode { a, b = 7, c };\n}", "n::Mode")).toEqual({
      kind: "enum",
      decl: {
        name: "Mode",
        namespace: ["n"],
        doc: "How.",
        header: "myext/types.h",
        entries: [
          { name: "a", value: "0", doc: null },
          { name: "b", value: "7", doc: null },
          { name: "c", value: "8", doc: null },
        ],
      },
    });
  });

  it("is one type through aliases and from inside its namespace", () => {
    const declared = "namespace n { enum Mode { on }; using How = Mode; }";
    const { module } = read(
      `${header}${declared}\n${source}namespace n {\n${mark}Mode f(::n::How x, std::vector<How> y); }`,
    );
    const [fn] = module.functions;
    expect(fn?.parameters[0]?.type).toEqual(fn?.returns);
    expect(fn?.parameters.map(({ spelling }) => spelling)).toEqual(["::n::Mode", "std::vector<::n::Mode>"]);
  });

  it("is refused where a value cannot be read, or where there is none", () => {
    const text = (body: string) => `${header}enum class Mode { ${body} };\n${source}${mark}double f(Mode x);`;
    expect(read(text("a = FIRST")).found).toEqual(["TX1215"]);
    expect(read(text("")).found).toEqual(["TX1215"]);
  });
});

describe("a struct", () => {
  it("has its fields, those that are structs too, and their defaults", () => {
    const type = typeOf(
      "struct In { double y = 0.5; };\nstruct Out { torch::Tensor x; std::vector<In> in; int32_t n = 3, m; };",
      "const Out&",
    );
    expect(type).toMatchObject({ kind: "record", decl: { name: "Out", namespace: [], header: "myext/types.h" } });
    const fields = type.kind === "record" ? type.decl.fields : [];
    expect(fields.map((field) => [field.name, field.type.kind, field.default])).toEqual([
      ["x", "row", null],
      ["in", "list", null],
      ["n", "row", { kind: "int64", text: "3" }],
      ["m", "row", null],
    ]);
  });

  it("crosses behind a handle where braces cannot make it, or where a member is exported", () => {
    expect(typeOf("struct S { S(); double x; };", "S").kind).toBe("handle");
    expect(typeOf("class S { double x; };", "S").kind).toBe("handle");
    expect(typeOf(`struct S { double x;\n${mark}double g() const; };`, "S").kind).toBe("handle");
  });

  it.each([
    ["TX1212", "struct S { std::vector<S> x; };"],
    ["TX1212", "struct S;\nstruct T { std::vector<S> x; };\nstruct S { torch::optional<T> x; };"],
    ["TX1201", "struct S { size_t x; };"],
    ["TX1203", "struct S { double* x; };"],
    ["TX1207", "template <class T> struct S { T x; };\nusing U = S<double>;", "U"],
  ])("%s refuses %s", (code, declared, spelling = "S") => {
    expect(read(`${header}${declared}\n${source}${mark}double f(${spelling} x);`).found).toEqual([code]);
  });

  it("is refused once, where several functions name it", () => {
    const text = `${source}struct S { double x; };\n${mark}double f(S x);\n${mark}double g(S x);`;
    expect(read(text).found).toEqual(["TX1211"]);
  });
});

describe("a class", () => {
  const filter = `namespace n {
class Filter {
 public:
  enum class Kind { low, high };
  ${mark}  explicit Filter(Kind kind, double by = 2);
  ${mark}  torch::Tensor run(const torch::Tensor& x, Kind kind) const;
  ${mark}  Filter& operator=(const Filter&);
};
}`;

  it("has its constructor and methods, whose types are looked up inside it", () => {
    const { module } = read(`${header}${filter}`);
    const [one] = module.classes;
    expect(one?.decl).toMatchObject({ name: "Filter", namespace: ["n"], header: "myext/types.h" });
    expect(one?.make?.parameters.map(({ name, spelling }) => [name, spelling])).toEqual([
      ["kind", "::n::Filter::Kind"],
      ["by", "double"],
    ]);
    expect(one?.make?.returns).toEqual({ kind: "handle", decl: one?.decl });
    expect(one?.methods.map(({ name, isConst }) => [name, isConst])).toEqual([["run", true]]);
  });

  const declared = `${header}class C { int x; };\nstruct S { int64_t x; };\n${source}${mark}`;
  const takes = (spelling: string) => read(`${declared}double f(${spelling} x);`).found;
  const gives = (spelling: string) => read(`${declared}${spelling} f();`).found;

  it("may be lent by reference or pointer, and shared by smart pointers", () => {
    for (const spelling of ["C&", "const C&", "C*", "const C*", "C", "C&&"])
      expect(takes(spelling), spelling).toEqual([]);
    for (const pointer of ["std::shared_ptr<C>", "c10::intrusive_ptr<C>", "torch::intrusive_ptr<C>"]) {
      for (const spelling of [pointer, `const ${pointer}&`, `${pointer}&&`, `torch::optional<${pointer}>`]) {
        expect(takes(spelling), spelling).toEqual([]);
      }
      expect(gives(pointer), pointer).toEqual([]);
      expect(gives(`std::vector<${pointer}>`), pointer).toEqual([]);
      expect(takes(`${pointer}&`), pointer).toEqual(["TX1202"]);
      expect(takes(`${pointer}*`), pointer).toEqual(["TX1203"]);
      expect(gives(`const ${pointer}&`), pointer).toEqual(["TX1202"]);
    }
    expect(takes("C**")).toEqual(["TX1201"]);
    expect(takes("torch::optional<C*>")).toEqual(["TX1203"]);
  });

  it("is given away by value or by a pointer that says who owns it", () => {
    expect(gives("std::unique_ptr<C>")).toEqual([]);
    for (const spelling of ["C*", "const C*", "C&", "const C&"]) expect(gives(spelling), spelling).toEqual(["TX1220"]);
    for (const spelling of ["std::unique_ptr<C>", "std::unique_ptr<C>&&", "const std::unique_ptr<C>&"]) {
      expect(takes(spelling), spelling).toEqual(["TX1221"]);
    }
    expect(gives("std::vector<std::unique_ptr<C>>")).toEqual(["TX1221"]);
    expect(gives("std::unique_ptr<C, D>")).toEqual(["TX1207"]);
  });

  it("is no field of a struct behind a pointer of its own, nor is a view", () => {
    const holds = (field: string) =>
      read(`${header}class C { int x; };\nstruct T { ${field} x; };\n${source}${mark}T f();`).found;
    expect(holds("std::shared_ptr<C>")).toEqual([]);
    expect(holds("std::unique_ptr<C>")).toEqual(["TX1221"]);
    expect(holds("C*")).toEqual(["TX1203"]);
    expect(holds("at::IntArrayRef")).toEqual(["TX1217"]);
    expect(holds("torch::optional<at::TensorList>")).toEqual(["TX1217"]);
  });

  it("is what smart pointers point at, and nothing else", () => {
    for (const of of ["double", "torch::Tensor", "S", "std::vector<double>", "std::shared_ptr<C>"]) {
      expect(takes(`std::shared_ptr<${of}>`), of).toEqual(["TX1221"]);
    }
    expect(takes("std::shared_ptr<const C>")).toEqual(["TX1202"]);
    expect(takes("std::shared_ptr<Nothing>")).toEqual(["TX1201"]);
    expect(takes("std::weak_ptr<C>")).toEqual(["TX1201"]);
  });

  it("is refused with two constructors, or with a C symbol that is taken", () => {
    const two = `class C { public:\n${mark}C(double x);\n${mark}C(int64_t x, double y); };`;
    expect(read(`${header}${two}`).found).toEqual(["TX1322"]);
    const taken = `class C { public:\n${mark}double f(); };`;
    expect(read(`${header}${taken}\n${source}${mark}double C_f();`).found).toEqual(["TX1310"]);
  });
});
