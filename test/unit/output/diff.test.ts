import { expect, test } from "vitest";
import { renderDiff } from "../../../src/output/diff.js";

const bytes = (text: string) => Buffer.from(text);

test("a unified diff with three lines of context", () => {
  const before = bytes("a\nb\nc\nd\ne\nf\ng\nh\n");
  const after = bytes("a\nb\nc\nd\nE\nf\ng\nh\n");
  expect(renderDiff({ path: "x/y.cpp", before, after })).toBe(`--- a/x/y.cpp
+++ b/x/y.cpp
@@ -2,7 +2,7 @@
 b
 c
 d
-e
+E
 f
 g
 h
`);
});

test("a new and a removed file, and a missing line feed at the end", () => {
  expect(renderDiff({ path: "n", before: null, after: bytes("1\n") })).toBe(
    "--- /dev/null\n+++ b/n\n@@ -0,0 +1,1 @@\n+1\n",
  );
  expect(renderDiff({ path: "n", before: bytes("1"), after: null })).toBe(
    "--- a/n\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n\\ No newline at end of file\n",
  );
});

test("line ends alone are no difference, and do not show in one", () => {
  expect(renderDiff({ path: "n", before: bytes("1\r\n2\r\n"), after: bytes("1\n2\n") })).toBe("");
  expect(renderDiff({ path: "n", before: bytes("1\r\n2\r\n"), after: bytes("1\n3\n") })).toContain(" 1\n-2\n+3\n");
});

test("context lines of white space at the end are kept", () => {
  expect(renderDiff({ path: "n", before: bytes("1\n  \n"), after: bytes("2\n  \n") })).toMatch(/\+2\n {3}\n$/);
});

test("binary content is named, not shown", () => {
  expect(renderDiff({ path: "n", before: bytes("a\0b"), after: bytes("a\0c") })).toBe(
    "Binary files a/n and b/n differ\n",
  );
});

test("a difference too large to be useful is named, and soon", () => {
  const many = (seed: number) => bytes(Array.from({ length: 60_000 }, (_, i) => `${(i * seed) % 99_991}`).join("\n"));
  const start = performance.now();
  expect(renderDiff({ path: "n", before: many(7919), after: many(6007) })).toContain("differ");
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("with colour, text stays and signs decide", () => {
  const plain = renderDiff({ path: "n", before: bytes("1\n--x\n"), after: bytes("1\n--y\n") });
  const painted = renderDiff({ path: "n", before: bytes("1\n--x\n"), after: bytes("1\n--y\n"), color: true });
  expect(painted).toContain("\u001b[31m---x\u001b[0m\n\u001b[32m+--y\u001b[0m\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});
