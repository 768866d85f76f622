import { describe, expect, it } from "vitest";
import {
  cppString,
  jsDocText,
  lineComment,
  markdownCell,
  markdownCode,
  markdownText,
  tsString,
} from "../../../src/print/escape.js";

describe("cppString", () => {
  it.each([
    ["plain", '"plain"'],
    ['a"b\\c\n', '"a\\"b\\\\c\\n"'],
    ["ü1", '"\\303\\2741"'],
    ["\u00001", '"\\0001"'],
    ["??/", '"?\\?/"'],
    ["???", '"?\\?\\?"'],
  ])("writes %j", (text, literal) => {
    expect(cppString(text)).toBe(literal);
  });
});

describe("lineComment", () => {
  it("leaves names and paths, and nothing that goes on or begins an attribute", () => {
    expect(lineComment("myext::f, marked in csrc/src/ä-1.cpp")).toBe("myext::f, marked in csrc/src/ä-1.cpp");
    expect(lineComment("a\n[[Rcpp::export]]??/\\")).toBe("a___Rcpp::export____/_");
  });
});

describe("tsString", () => {
  it("is read back as it was", () => {
    const text = 'a"\\`$\u2028\u0085\n';
    expect(new Function(`return ${tsString(text)}`)()).toBe(text);
    expect(tsString(text)).not.toMatch(/[\u2028\u0085]/u);
  });
});

describe("jsDocText", () => {
  it("neither ends the comment nor begins a tag or a type", () => {
    expect(jsDocText("a */ b **/")).toBe("a *\\/ b **\\/");
    expect(jsDocText("@evil {@link x} me@x.org\n  @next")).toBe("\\@evil {\\@link x} me@x.org\n  \\@next");
    expect(jsDocText("{number} x")).toBe("\\{number} x");
  });

  it("folds line breaks of every kind, and shows no text backwards", () => {
    expect(jsDocText("a\r\nb\u2028c\u202ed\u0007")).toBe("a\nb\nc d ");
  });
});

describe("Markdown", () => {
  it("keeps cells in their table", () => {
    expect(markdownCell("a | b\n<b>")).toBe("a \\| b &lt;b>");
    expect(markdownCode("Tensor | null")).toBe("`Tensor \\| null`");
    expect(markdownCode("a `b` c")).toBe("`` a `b` c ``");
  });

  it("makes no headings of text", () => {
    expect(markdownText("# one\n> two & <i>")).toBe("\\# one\n\\> two &amp; &lt;i>");
  });
});
