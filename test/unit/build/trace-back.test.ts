import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import tmp from "tmp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { annotatedIn } from "../../../vendor/lib/build/annotated.js";
import { parseDiagnostics } from "../../../vendor/lib/build/compiler-errors.js";
import { explain, firstError } from "../../../vendor/lib/build/first-error.js";
import { ownerOf } from "../../../vendor/lib/build/owner.js";
import { traceBack } from "../../../vendor/lib/build/trace-back.js";
import { generateFiles } from "../../helpers/pipeline.js";

describe("marked functions, found by their text", () => {
  const found = (text: string) =>
    annotatedIn("a.cpp", text).map(({ symbol, line, column, hasBody }) => [symbol, line, column, hasBody]);

  it.each([
    ["a definition", "// [[torch::export]]\nint f(int x) { return x; }", ["f", 2, 5, true]],
    [
      "a declaration over lines",
      "// [[torch::export]]\nstd::tuple<A,\n  B>\n f(\n int x\n) noexcept;",
      ["f", 4, 2, false],
    ],
    [
      "comments between",
      "// [[torch::export(register_types=c(\n//   a))]]\n/// Says f(x).\nauto f() -> int;",
      ["f", 4, 6, false],
    ],
    [
      "attributes and macros",
      '// [[torch::export]]\n[[nodiscard]] API("x(") __attribute__((hot)) int f();',
      ["f", 2, 50, false],
    ],
    ["a qualified name", "// [[torch::export]]\nint a::f() {}", ["f", 2, 8, true]],
    [
      "a method",
      "namespace n { class Foo final : Base {\npublic:\n// [[torch::export]]\nint get() const;\n}; }",
      ["Foo_get", 4, 5, false],
    ],
    [
      "a constructor",
      "struct Foo {\n // [[torch::export]]\n explicit Foo(int x) : x_(x) {}\n};",
      ["Foo_new", 3, 11, true],
    ],
    [
      "after a class",
      "struct Foo { int x; };\nenum class E { a };\n// [[torch::export]]\nint f();",
      ["f", 4, 5, false],
    ],
    [
      "braces in strings",
      'const char* a = "{", b = \'{\'; auto c = R"x({)x"; /* { */\n// [[torch::export]]\nint f();',
      ["f", 3, 5, false],
    ],
    ["CRLF", "// [[torch::export]]\r\nint f();\r\n", ["f", 2, 5, false]],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each(["// [[torch::export]]", "// [[torch::export]]\nint x;\nint f();", 'auto s = "[[torch::export]]"; int f();'])(
    "none in %j",
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it("is quick where there are many", () => {
    const text = Array.from(
      { length: 5000 },
      (_, i) => `// [[torch::export]]\ntorch::Tensor f${i}(torch::Tensor x) { return x; }\n`,
    ).join("");
    const start = performance.now();
    expect(annotatedIn("a.cpp", text)).toHaveLength(5000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

const source = `#include <torch_extension/tensor.h>

namespace myext {
/// Scales.
// [[torch::export]]
std::tuple<torch::Tensor, torch::Tensor> scaled_by(
    const torch::Tensor& x, torch::optional<torch::Tensor> state, double by = 0.5);

// [[torch::export]]
torch::Tensor other(const torch::Tensor& x) { return x; }
}
`;

describe("an error in what is generated", () => {
  const scratch = tmp.dirSync({ unsafeCleanup: true });
  let root = "";
  const files = new Map<string, string>();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    files.set(path, text);
  };
  beforeEach(async () => {
    root = tmp.dirSync({ tmpdir: scratch.name }).name;
    const sources = [{ path: "csrc/src/a.cpp", text: source }];
    const result = generateFiles({ sources });
    expect(result.diagnostics).toEqual([]);
    for (const { path, text } of [...sources, ...result.files]) write(path, text);
  });
  afterEach(() => files.clear());

  /** What is printed for a log. */
  function read(...log: string[]): string[] {
    const folder = join(root, "build/node");
    const owner = ownerOf(root);
    const error = firstError(parseDiagnostics(log, folder), owner);
    if (error === null) return [];
    const traced = error.owner === "userOwned" ? null : traceBack(error.diagnostic, { root, folder, ownerOf: owner });
    return explain(error, root, traced);
  }

  /** Every line of a generated file that lies in the function of that name, its head included. */
  function linesOf(path: string, name: string): number[] {
    const lines = (files.get(path) ?? "").split("\n");
    const head = lines.findIndex((line) => line.includes(`${name}(`) && !/^\s/.test(line) && !line.endsWith(";"));
    const end = lines.findIndex((line, index) => index > head && line === "}");
    return Array.from({ length: end - head + 1 }, (_, i) => head + 1 + i);
  }

  it.each([
    ["csrc/src/exports.cpp", "_scaled_by"],
    ["csrc/src/operators.cpp", "boxed_scaled_by"],
    ["csrc/node/addon.cpp", "node_scaled_by"],
  ])("%s: each line of %s leads to the mark", (path, name) => {
    const lines = linesOf(path, name);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(read(`${root}/${path}:${line}:7: error: no matching function`)[0], `line ${line}`).toBe(
        "csrc/src/a.cpp:6:42: error: no matching function",
      );
    }
  });

  it("shows the person's line with carets, and where the compiler stopped", () => {
    const [line = 0] = linesOf("csrc/src/exports.cpp", "_scaled_by");
    expect(
      read(
        `${root}/csrc/src/exports.cpp: In function 'void* _scaled_by(void*, void*, double)':`,
        `${root}/csrc/src/exports.cpp:${line + 2}:16: error: cannot convert 'int' to 'bool'`,
        "   61 |     auto result = ::myext::scaled_by(",
        "      |                   ^~~~",
        `${root}/csrc/src/exports.cpp:${line + 3}:16: error: another`,
      ),
    ).toEqual([
      "csrc/src/a.cpp:6:42: error: cannot convert 'int' to 'bool'",
      "      6 | std::tuple<torch::Tensor, torch::Tensor> scaled_by(",
      "        |                                          ^^^^^^^^^",
      `The compiler stopped in what is generated for scaled_by, at csrc/src/exports.cpp:${line + 2}:16:`,
      "     61 |     auto result = ::myext::scaled_by(",
      "        |                   ^~~~",
      "If the C++ has changed since it was bound, run `npx generator-torch-extension bind`, then build.",
      "1 more error in the log.",
    ]);
  });

  it("goes by the instantiation that a generated function asks for", () => {
    const [line = 0] = linesOf("csrc/src/exports.cpp", "_other");
    const found = read(
      `${root}/lib/cpp/include/torch_extension/checks.h: In instantiation of 'T tx::checked(T)':`,
      `${root}/csrc/src/exports.cpp:${line + 2}:20:   required from here`,
      `${root}/lib/cpp/include/torch_extension/checks.h:9:3: error: static assertion failed`,
    );
    expect(found[0]).toBe("csrc/src/a.cpp:10:15: error: static assertion failed");
  });

  it("leads from a registration to its function, and leaves what belongs to none where it is", () => {
    const lines = (files.get("csrc/src/operators.cpp") ?? "").split("\n");
    const line = lines.findIndex((text) => text.includes("&boxed_other")) + 1;
    expect(read(`${root}/csrc/src/operators.cpp:${line}:7: error: no`)[0]).toContain("csrc/src/a.cpp:10:15");
    expect(read(`${root}/csrc/src/exports.cpp:2:1: error: no such file`)[0]).toBe(
      "csrc/src/exports.cpp:2:1: error: no such file",
    );
  });

  it("leads from members, and from the accessors of a struct, to where they are declared", async () => {
    const header = `#pragma once
namespace myext {
struct Point {
  double x;
};
class Counter {
 public:
  // [[torch::export]]
  explicit Counter(int64_t start);
  // [[torch::export]]
  Point add(Point by);
};
}
`;
    const sources = [{ path: "csrc/include/myext/counter.h", text: header }];
    const result = generateFiles({ sources });
    expect(result.diagnostics).toEqual([]);
    for (const { path, text } of [...sources, ...result.files]) write(path, text);
    const first = (path: string, name: string): string => {
      const [, line = 0] = linesOf(path, name);
      return read(`${root}/${path}:${line}:7: error: no`)[0] ?? "";
    };
    const place = (at: string): string => `csrc/include/myext/counter.h:${at}: error: no`;
    expect(first("csrc/src/exports.cpp", "_Counter_new")).toBe(place("9:12"));
    expect(first("csrc/src/exports.cpp", "_Counter_add")).toBe(place("11:9"));
    expect(first("csrc/src/exports.cpp", "_Counter_delete")).toBe(place("9:12"));
    expect(first("csrc/node/addon.cpp", "node_Counter_add")).toBe(place("11:9"));
    expect(first("csrc/src/exports.cpp", "myext_record_Point_new")).toBe(place("3:8"));
    // The linker names members by their class.
    const missing = read("exports.cpp:(.text+0xa): undefined reference to `myext::Counter::add(myext::Point)'");
    expect(missing[0]).toContain("csrc/include/myext/counter.h:11:9: error: myext::Counter::add(myext::Point)");
    const made = read("exports.cpp:(.text+0xa): undefined reference to `myext::Counter::Counter(long)'");
    expect(made[0]).toContain("csrc/include/myext/counter.h:9:12: error: myext::Counter::Counter(long)");
  });

  describe("that the linker finds", () => {
    const signature = "myext::scaled_by(at::Tensor const&, c10::optional<at::Tensor>, double)";
    const linkers: [string, string[]][] = [
      ["GNU ld", [`exports.cpp:(.text+0xa): undefined reference to \`${signature}'`]],
      ["GNU ld with a line", [`/usr/bin/ld: ROOT/csrc/src/exports.cpp:61: undefined reference to \`${signature}'`]],
      ["lld", [`ld.lld: error: undefined symbol: ${signature}`, ">>> referenced by exports.cpp"]],
      [
        "Apple's",
        [
          "Undefined symbols for architecture arm64:",
          `  "${signature}", referenced from:`,
          "      _other in exports.cpp.o",
        ],
      ],
      [
        "Microsoft's",
        [
          "exports.obj : error LNK2019: unresolved external symbol " +
            '"class std::tuple<class at::Tensor,class at::Tensor> __cdecl myext::scaled_by(class at::Tensor const &,double)" (?scaled_by@myext@@YA) referenced in function _scaled_by',
        ],
      ],
    ];
    it.each(linkers)("%s: a declaration without a body is shown at its mark", (_, log) => {
      const found = read(...log.map((line) => line.replace("ROOT", root)));
      expect(found[0]).toMatch(
        /^csrc\/src\/a\.cpp:6:42: error: myext::scaled_by\(.*\), which the bindings call, is declared here and defined nowhere\.$/,
      );
      expect(found.slice(1)).toEqual([
        "      6 | std::tuple<torch::Tensor, torch::Tensor> scaled_by(",
        "        |                                          ^^^^^^^^^",
        "Write its body in a source below csrc/src, or remove the mark and run `npx generator-torch-extension bind`.",
      ]);
    });

    it("names a body that has other parameters", () => {
      write("csrc/src/b.cpp", "\nnamespace myext {\nint scaled_by(int x) {\n  return x;\n}\n}\n");
      const found = read(`exports.cpp:(.text+0xa): undefined reference to \`${signature}'`);
      expect(found[0]).toContain("defined nowhere: csrc/src/b.cpp:3 has other parameters, or another namespace.");
    });

    it("says that bindings are old where the marked function has a body", () => {
      const found = read("exports.cpp:(.text+0xa): undefined reference to `myext::other(double)'");
      expect(found[0]).toContain(
        "csrc/src/a.cpp:10:15: error: myext::other(double), which the bindings call, is not there",
      );
      expect(found.at(-1)).toBe(
        "Run `npx generator-torch-extension bind`, then build again. It warns where an #if or a macro around it is the cause.",
      );
    });

    it("says that a CUDA source is not compiled", () => {
      write("csrc/src/k.cu", "// [[torch::export]]\nint kernel(int x) { return x; }\n");
      const entry = { directory: root, file: join(root, "csrc/src/a.cpp"), command: "c++ a.cpp" };
      write("build/node/compile_commands.json", JSON.stringify([entry]));
      const found = read("exports.cpp:(.text+0xa): undefined reference to `kernel(int)'");
      expect(found[0]).toContain(
        "csrc/src/k.cu:2:5: error: kernel(int), which the bindings call, stands in a CUDA source",
      );
      expect(found.at(-1)).toContain("--cuda on");
    });

    it("shows the call of what nobody marked, in the unit that the linker names", () => {
      const callers = (name: string): string =>
        `torch::Tensor helper(const torch::Tensor& x);\n\ntorch::Tensor ${name}(const torch::Tensor& x) {\n  return x * helper(x);\n}\n`;
      write("csrc/src/called/rms.cpp", callers("rms"));
      write("csrc/src/called/max.cpp", callers("max"));
      const said = read("rms.cpp:(.text+0x22): undefined reference to `helper(at::Tensor const&)'");
      expect(said).toEqual([
        "csrc/src/called/rms.cpp:4:14: error: helper(at::Tensor const&) is called here and defined nowhere.",
        "      4 |   return x * helper(x);",
        "        |              ^^^^^^",
        "Define it, with this namespace and these parameters, in a source below csrc/src; or link the library that has it: target_link_libraries in csrc/CMakeLists.txt.",
      ]);
    });

    it("leaves alone what stands in no source", () => {
      expect(read("a.cpp:(.text+0xa): undefined reference to `elsewhere(int)'")).toEqual([
        "error: undefined reference to `elsewhere(int)' (a.cpp)",
      ]);
    });
  });
});
