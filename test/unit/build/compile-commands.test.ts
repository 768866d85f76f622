import { expect, it } from "vitest";
import { depfileEntries, shellWords } from "../../../vendor/lib/build/compile-commands.js";
import { mayMakePch, pchFlags } from "../../../vendor/lib/build/pch.js";

it("cuts a command as a shell does", () => {
  expect(shellWords(String.raw`c++ -DA=\"b\" "-I/my ext/ü" 'x "y"' a\ b.cpp ""`)).toEqual([
    "c++",
    '-DA="b"',
    "-I/my ext/ü",
    'x "y"',
    "a b.cpp",
    "",
  ]);
});

it("reads what a depfile names", () => {
  expect(depfileEntries("a.gch: prefix.h \\\n /usr/include/a.h \\\n /my\\ ext/b.h\n")).toEqual([
    "prefix.h",
    "/usr/include/a.h",
    "/my ext/b.h",
  ]);
});

it("keeps the flags that decide whether a precompiled header fits", () => {
  const prefix = ["-include", "/b/prefix/torch_extension_prefix.h"];
  const rest = ["-O2", "-fPIC", "-std=c++17", "-include", "other.h", "-isystem", "/usr/include/torch"];
  const own = ["-MD", "-MT", "a.o", "-MF", "a.o.d", "-o", "a.o", "-c", "/src/a.cpp"];
  expect(pchFlags([...rest, ...prefix, ...own])).toEqual(rest);
});

it("is made by builds unless CI or the person says no", () => {
  expect(mayMakePch({})).toBe(true);
  expect(mayMakePch({ CI: "false" })).toBe(true);
  expect(mayMakePch({ CI: "true" })).toBe(false);
  expect(mayMakePch({ TORCH_EXTENSION_PCH: "off" })).toBe(false);
});
