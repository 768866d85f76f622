// Loads the C++ grammar. The only place that knows where its WebAssembly lies, so that the stages stay pure.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

const locate = createRequire(import.meta.url);

let cpp: Promise<Language> | undefined;

async function loadLanguage(): Promise<Language> {
  const runtime = locate.resolve("web-tree-sitter/web-tree-sitter.wasm");
  const [wasmBinary, grammar] = await Promise.all([readFile(runtime), readFile(grammarFile())]);
  await Parser.init({ wasmBinary } as Parameters<typeof Parser.init>[0]);
  return Language.load(grammar);
}

/** `grammar/` in this package's root: two levels up, or three where this file lies in dist/. */
function grammarFile(): URL {
  const [near, far] = ["../..", "../../.."].map((up) => new URL(`${up}/grammar/tree-sitter-cpp.wasm`, import.meta.url));
  return near !== undefined && existsSync(near) ? near : (far as URL);
}

/**
 * A parser for C++, for `parse`. The grammar is read once per process.
 *
 * @throws {Error} where the grammar's WebAssembly, a dependency of this package, cannot be read
 */
export async function loadParser(): Promise<Parser> {
  cpp ??= loadLanguage();
  try {
    const language = await cpp;
    return new Parser().setLanguage(language);
  } catch (cause) {
    cpp = undefined;
    throw new Error("The C++ grammar cannot be loaded: install generator-torch-extension again.", { cause });
  }
}
