// Loads the C++ grammar. The only place that knows where its WebAssembly lies, so that the stages stay pure.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

const locate = createRequire(import.meta.url);

let cpp: Promise<Language> | undefined;

async function loadLanguage(): Promise<Language> {
  const runtime = locate.resolve("web-tree-sitter/web-tree-sitter.wasm");
  const [wasmBinary, grammar] = await Promise.all([
    readFile(runtime),
    readFile(locate.resolve("tree-sitter-cpp/tree-sitter-cpp.wasm")),
  ]);
  await Parser.init({ wasmBinary } as Parameters<typeof Parser.init>[0]);
  return Language.load(grammar);
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
    throw new Error("The C++ grammar (tree-sitter-cpp) cannot be loaded. Run `npm install` to put it back.", { cause });
  }
}
