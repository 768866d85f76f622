// Broken and hostile input: every run ends, soon, in files or findings.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything, runHeader } from "./pipeline.js";

const mark = "// [[torch::export]]\n";
const whole = everything.toString("utf8");

describe("a file with one of everything", () => {
  it("is bound as it is", () => {
    const { diagnostics, module } = runHeader(whole);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(module.functions.map(({ name }) => name)).toEqual(["run"]);
    expect(module.classes).toHaveLength(1);
  });

  it("may end after any byte", () => {
    for (let length = 0; length < everything.length; length++) runHeader(everything.toString("utf8", 0, length));
  }, 300_000);

  it("may begin at any byte, and lack any", () => {
    for (let at = 0; at < everything.length; at += 3) {
      runHeader(everything.toString("utf8", at));
      runHeader(everything.toString("utf8", 0, at) + everything.toString("utf8", at + 1));
    }
  }, 300_000);

  it("may be cut up and put together in any way", () => {
    const place = fc.nat({ max: whole.length });
    const edits = fc.array(fc.tuple(place, place, fc.constantFrom("cut", "copy", "swap")), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, fc.constantFrom("both" as const, "switched" as const), (all, kind) => {
        let text = whole;
        for (const [a, b, edit] of all) {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const part = text.slice(from, to);
          if (edit === "cut") text = text.slice(0, from) + text.slice(to);
          else if (edit === "copy") text = text.slice(0, to) + part + text.slice(to);
          else text = text.slice(0, from) + part.split("").reverse().join("") + text.slice(to);
        }
        runHeader(text, kind);
      }),
      { numRuns: 300 },
    );
  }, 300_000);
});

const tokens =
  `{ } ( ) [ ] < > << >> :: : ; , . = & && * -> ... # ## ? ~ ! + - / % ^ | @ \` $ \\ ' " R"( )" // /* */ /// ///< [[ ]] \\n
  // [[torch::export]] \\n // [[torch::export(name="a")]] \\n // [[torch::export( \\n #if #else #endif #if 0 \\n #define X \\n
  namespace inline class struct enum union template typename using typedef public: private: const static virtual explicit auto
  void double bool int64_t torch::Tensor std::vector std::tuple std::map std::optional std::string operator noexcept override final
  default delete return TORCH_LIBRARY m.def f g S E x y 1 0x 0.5 1e 'c' "s" é 🚀 \uFEFF \u202E \u0001`
    .split(/\s+/)
    .map((token) => (token === "\\n" ? "\n" : token));

describe("any sequence of tokens", () => {
  it("may break off inside a declaration, which is closed for the parser", () => {
    expect(runHeader(`${mark}[[torch::export(name="a")]] {`).diagnostics.map(({ code }) => code)).toContain("TX1105");
  });

  it("ends in files or findings", () => {
    const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((all) => all.join(" "));
    fc.assert(
      fc.property(soup, soup, fc.constantFrom("both" as const, "switched" as const), (before, after, kind) => {
        runHeader(`${before}\n${mark}${after}`, kind);
        runHeader(`namespace n { struct S { ${before} }; enum E { ${after} };\n${mark}S f(E e); }`, kind);
      }),
      { numRuns: 500 },
    );
  }, 300_000);
});

describe("any bytes", () => {
  it("end in files or findings", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: "binary", maxLength: 200 }), (bytes, text) => {
        runHeader(Buffer.from(bytes).toString("utf8"));
        runHeader(mark + Buffer.from(bytes).toString("latin1"));
        runHeader(`${mark}double f(${text});`);
        runHeader(`struct S { ${text} };\n${mark}void f(S s);`);
      }),
      { numRuns: 300 },
    );
  }, 300_000);
});

const large = 10_000_000;
const many = 1_000_000;
const deep = 10_000;
/** As many pieces as make ten million characters. */
function fill(piece: (i: number) => string): string {
  const pieces: string[] = [];
  for (let i = 0, length = 0; length < large; i++) length += pieces[pieces.push(piece(i)) - 1]?.length ?? 0;
  return pieces.join("");
}
const nest = (open: string, inner: string, close: string) => open.repeat(deep) + inner + close.repeat(deep);

describe("size", () => {
  it.each([
    ["a line of letters", "a".repeat(large)],
    ["a line of braces", "{".repeat(large)],
    ["a line of brackets", `${mark}double f(${"(".repeat(large)}`],
    ["a line of quotes", '"'.repeat(large)],
    ["a line of comments", "/**/".repeat(large / 4)],
    ["a line of comment openers", "/*".repeat(large / 2)],
    ["a line of attributes", "[[a]]".repeat(large / 5)],
    ["a comment of attributes", `// ${"[[a]] ".repeat(large / 6)}\ndouble f();`],
    ["a comment of one attribute", `// [[${"a,".repeat(large / 2)}\ndouble f();`],
    ["parameters", `${mark}double f(${"int a, ".repeat(many / 7)}int b);`],
    ["namespaces", "namespace a {".repeat(many / 13)],
    ["structs in structs", `${"struct a {".repeat(many / 10)}\n${mark}void f(a x);`],
    ["structs beside structs", `${"struct a{};".repeat(many / 11)}\n${mark}void f(b x);`],
    ["enums", `enum E {${"a,".repeat(many / 2)}};\n${mark}void f(E e);`],
    ["fields", `struct S {${"int a;".repeat(many / 6)}};\n${mark}void f(S s);`],
    ["access labels", `class S {${"public:".repeat(many / 7)}};\n${mark}void f(S s);`],
    ["initialisers", `class S { public:\n${mark}S() : ${"a{1}, ".repeat(many / 6)}b{} {} };`],
    ["an annotation", `// [[torch::export(returns=c(${'"a",'.repeat(many / 4)}"b"))]]\ndouble f();`],
    ["a comment for people", `/// ${"word ".repeat(many / 5)}\n${mark}double f();`],
    ["a parameter's comment", `/// @param ${"x,".repeat(many / 2)} y\n${mark}double f(double x);`],
    ["tags", `${"/// @param x y\n".repeat(many / 15)}${mark}double f(double x);`],
    ["a constant", `enum E { a = ${"1+".repeat(many / 2)}1 };\n${mark}void f(E e);`],
    ["aliases", `${"using a = b;".repeat(many / 12)}\n${mark}a f();`],
    ["conditions", "#if 1\n".repeat(many / 6)],
    ["zeros", "\0".repeat(large)],
    ["a line of declarations", fill((i) => `at::Tensor f${i}(at::Tensor a); `)],
    ["declarations before an export", `${fill((i) => `at::Tensor f${i}(at::Tensor a); `)}\n${mark}double f(double x);`],
    ["definitions", fill((i) => `at::Tensor f${i}(at::Tensor a) { return a + g(1, 2); } `)],
    ["annotated declarations", fill((i) => `${mark}at::Tensor f${i}(at::Tensor a);\n`)],
    ["annotations in block comments", fill((i) => `/* [[torch::export]] */ at::Tensor f${i}(at::Tensor a); `)],
    ["annotations as attributes", fill((i) => `[[torch::export]] at::Tensor f${i}(at::Tensor a); `)],
    ["declarations with comments", fill((i) => `/// word word\n/// @param a word\nat::Tensor f${i}(at::Tensor a);\n`)],
    ["aliases of one name", `${fill(() => "using a = double; ")}\n${mark}a f();`],
    ["overloads", `${fill(() => `${mark}double f(double a);\n`)}`],
    ["methods", `class A { public:\n${fill((i) => `${mark}double f${i}();\n`)}};\n${mark}void g(A& a);`],
    ["lines of a comment", `${fill(() => "/// word word word word word word\n")}${mark}double f(double x);`],
  ])(
    "does not matter: %s",
    (_what, text) => {
      const start = performance.now();
      runHeader(text);
      expect(performance.now() - start).toBeLessThan(30_000);
    },
    120_000,
  );

  it.each([
    ["structs", `${nest("struct S {", "int a;", "};")}\n${mark}void f(S s);`],
    ["classes with methods", `${nest("struct S {", `\n${mark}void f();`, "};")}`],
    ["enumerators", `enum E { a = ${nest("(", "1", ")")} };\n${mark}void f(E e);`],
    ["signs", `enum E { a = ${"-".repeat(deep)}1 };\n${mark}void f(E e);`],
    ["template arguments", `struct S { ${nest("std::vector<", "int", ">")} a; };\n${mark}void f(S s);`],
    ["field defaults", `struct S { int a = ${nest("(", "1", ")")}; };\n${mark}void f(S s);`],
    ["braces in fields", `struct S { int a = ${nest("{", "1", "}")}; };\n${mark}void f(S s);`],
    [
      "structs by value",
      `${Array.from({ length: deep }, (_, i) => `struct S${i} { S${i + 1} a; };`).join("")}\n${mark}void f(S0 s);`,
    ],
    ["structs of themselves", `struct A { std::vector<A> a; };\n${mark}void f(A s);`],
    ["lists in an annotation", `// [[torch::export(returns=${nest("c(", '"a"', ")")})]]\ndouble f();`],
    ["conditions", nest("#if A\n", `${mark}double f();\n`, "#endif\n")],
  ])(
    "of 10,000 levels does not matter: %s",
    (_what, text) => {
      runHeader(text);
    },
    60_000,
  );
});
