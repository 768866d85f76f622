import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.js";
import { displayWidth } from "../../../src/diagnostics/excerpt.js";
import { renderDiagnostic, toJson } from "../../../src/diagnostics/render.js";
import { quote, report } from "../../../src/diagnostics/report.js";

const file = "csrc/src/a.cpp";

/** A finding at the first `needle` of `text`. */
function at(text: string, needle: string, rest: Partial<Diagnostic> = {}): Diagnostic {
  const offset = text.indexOf(needle);
  const before = text.slice(0, offset).split("\n");
  const start = { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
  const end = { line: start.line, column: start.column + needle.length, offset: offset + needle.length };
  return { ...report("TX1201", { file, start, end }, { message: "bad", fix: "Mend it." }), ...rest };
}

function render(text: string, diagnostic: Diagnostic, color = false): readonly string[] {
  return renderDiagnostic(diagnostic, new Map([[file, text]]), { color }).split("\n");
}

/** The columns, in a terminal, of the source line that the carets stand under. */
function underlined(lines: readonly string[]): string {
  const [source = "", carets = ""] = [lines[2], lines[3]];
  const from = displayWidth(carets.slice(0, carets.indexOf("^")));
  const to = displayWidth(carets.slice(0, carets.lastIndexOf("^") + 1));
  let column = 0;
  let text = "";
  for (const character of source) {
    if (column >= from && column < to) text += character;
    column += displayWidth(character);
  }
  return text;
}

describe("renderDiagnostic", () => {
  it("prints place, message, line, carets, label, note and fix", () => {
    const text = "a\nb\n  float x;\n";
    expect(render(text, at(text, "float", { label: "here", note: "Because." }))).toEqual([
      "csrc/src/a.cpp:3:3: error[TX1201]: bad",
      "  |",
      "3 |   float x;",
      "  |   ^^^^^ here",
      "  = note: Because.",
      "  = fix: Mend it.",
    ]);
  });

  it("widens the gutter for long line numbers", () => {
    const text = `${"\n".repeat(99)}float`;
    expect(render(text, at(text, "float")).slice(1, 4)).toEqual(["    |", "100 | float", "    | ^^^^^"]);
  });

  it("says warning for a warning", () => {
    expect(render("float", at("float", "float", { severity: "warning" }))[0]).toContain("warning[TX1201]");
  });

  it("leaves the line out where the file is not at hand, or shorter", () => {
    const found = at("float", "float");
    expect(renderDiagnostic(found, new Map(), { color: false }).split("\n")).toHaveLength(2);
    const start = { line: 9, column: 1, offset: 900 };
    expect(render("float", { ...found, span: { file, start, end: start } })).toHaveLength(2);
  });

  it.each([
    ["tabs", "\t\tfloat\tx;", "float"],
    ["wide characters", "/* 幅の広い */ float x;", "float"],
    ["emoji", "/* 🚀🚀 */ float x;", "float"],
    ["combining marks", "/* e\u0301e\u0301 */ float x;", "float"],
    ["wide characters underlined", "x = 幅広 + 1;", "幅広"],
    ["a byte order mark", "\uFEFFfloat x;", "float"],
    ["CRLF", "float x;\r\nint y;", "float"],
  ])("keeps the carets in place behind %s", (_what, text, needle) => {
    expect(underlined(render(text, at(text, needle)))).toBe(needle);
  });

  it("cuts long lines around the carets", () => {
    const text = `${"a, ".repeat(1000)}float x${", b".repeat(1_000_000)}`;
    const lines = render(text, at(text, "float"));
    expect(underlined(lines)).toBe("float");
    expect(lines[2]).toMatch(/^1 \| ….*…$/);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThan(120);
  });

  it("cuts a long marked part", () => {
    const text = `int ${"x".repeat(5000)};`;
    const lines = render(text, at(text, "x".repeat(5000)));
    expect(Math.max(...lines.map(displayWidth))).toBeLessThan(120);
    expect(lines[3]).toContain("^^^");
  });

  it("marks the first line of a span over several", () => {
    const text = "one(\n two)";
    expect(underlined(render(text, at(text, text)))).toBe("one(");
  });

  it("shows control characters and direction marks as replacements", () => {
    const text = "\u001b[31m\u202efloat";
    expect(render(text, at(text, "float"))[2]).toBe("1 | \uFFFD[31m\uFFFDfloat");
    expect(quote("a\u001b[0m\nb")).toBe("`a\uFFFD[0m\uFFFDb`");
    expect(quote("x".repeat(10_000))).toHaveLength(120);
  });

  it("colours where it may, and says the same", () => {
    const text = "  float x;";
    const found = at(text, "float", { label: "here", note: "Because." });
    const colored = render(text, found, true);
    expect(colored.join("\n")).toContain("\u001b[31;1merror[TX1201]\u001b[0m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
    expect(colored.map((line) => line.replace(/\u001b\[[\d;]*m/g, ""))).toEqual(render(text, found));
  });
});

describe("toJson", () => {
  it("holds everything, flat", () => {
    const text = "a\n  float x;";
    expect(toJson(at(text, "float", { label: "here" }))).toEqual({
      code: "TX1201",
      severity: "error",
      title: "a type that cannot be exported",
      message: "bad",
      file,
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 8,
      label: "here",
      note: null,
      fix: "Mend it.",
    });
  });
});
