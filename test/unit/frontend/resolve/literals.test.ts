import { describe, expect, it } from "vitest";
import { parseFloating, parseInteger, parseString } from "../../../../src/frontend/resolve/literals.js";

describe("parseInteger", () => {
  it.each([
    ["0", 0n],
    ["-1", -1n],
    ["+7", 7n],
    ["- 3", -3n],
    ["0x10", 16n],
    ["0XfF", 255n],
    ["0b101", 5n],
    ["017", 15n],
    ["1'000'000", 1_000_000n],
    ["42L", 42n],
    ["42ull", 42n],
    ["42LLU", 42n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
  ])("reads %s", (text, value) => expect(parseInteger(text)).toBe(value));

  it.each(["", "-", "1.0", "1e3", "x", "0x", "09", "1''0", "'1", "1'", "0b2", "1 2", "1f", "--1", "true", "0xg"])(
    "refuses %j",
    (text) => expect(parseInteger(text)).toBeNull(),
  );
});

describe("parseFloating", () => {
  it.each([
    ["0.9", 0.9],
    ["-1.", -1],
    [".5", 0.5],
    ["1e-3", 1e-3],
    ["1E+3", 1000],
    ["1'000.5", 1000.5],
    ["2.5L", 2.5],
    ["0.1f", Math.fround(0.1)],
    ["0x1p-3", 0.125],
    ["0x1.8p1", 3],
    ["1e999", Number.POSITIVE_INFINITY],
  ])("reads %s", (text, value) => expect(parseFloating(text)).toBe(value));

  it.each(["", "1", ".", "e3", "1e", "0x1.8", "1.0x", "1..0", "1.'0", "nan", "INFINITY"])("refuses %j", (text) =>
    expect(parseFloating(text)).toBeNull(),
  );
});

describe("parseString", () => {
  it.each([
    ['""', ""],
    ['"sum"', "sum"],
    ['"a" "b"\n"c"', "abc"],
    ['u8"é🚀"', "é🚀"],
    ['"\\n\\t\\r\\\\\\"\\\'\\?\\a\\b\\f\\v"', "\n\t\r\\\"'?\x07\b\f\v"],
    ['"\\x41\\101\\u00e9\\U0001F680"', "AAé🚀"],
    ['"\\xc3\\xa9"', "é"],
    ['"a\\\nb"', "ab"],
    ['R"(a\\n"b)"', 'a\\n"b'],
    ['R"x(a)")x" "c"', 'a)"c'],
  ])("reads %s", (text, value) => expect(parseString(text)).toBe(value));

  it.each([
    "",
    '"',
    '"a',
    "a",
    '"a" b',
    "'a'",
    '"\\0"',
    '"\\xff"',
    '"\\q"',
    '"\\ud800"',
    '"\\U00110000"',
    'L"a"',
    'R"(a',
    '"\\x"',
    '"a\\',
  ])("refuses %j", (text) => expect(parseString(text)).toBeNull());
});
