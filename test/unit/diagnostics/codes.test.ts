import { describe, expect, it } from "vitest";
import { type Code, codes } from "../../../src/diagnostics/codes.js";
import { loadParser } from "../../../src/generate/parser.js";
import { runFrontEnd } from "../../helpers/front-end.js";

const parser = await loadParser();

describe.each(Object.keys(codes) as Code[])("%s", (code) => {
  const { example, mend, severity, title, explanation } = codes[code];

  it("is triggered by its example, and by that alone", () => {
    const { diagnostics } = runFrontEnd(parser, example);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics.map((diagnostic) => diagnostic.severity)).toEqual([severity]);
  });

  it("has a mend that triggers nothing", () => {
    expect(runFrontEnd(parser, mend).diagnostics).toEqual([]);
  });

  it("is described", () => {
    expect(title).toMatch(/^[a-zA-Z].*[^.]$/);
    expect(explanation).toMatch(/\.$/);
    expect(code).toMatch(/^TX1[0-3]\d\d$/);
  });
});
