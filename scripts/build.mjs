// `npm run build`: dist/ from nothing, so that no module of yesterday is published, and the C++ grammar beside it.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const locate = createRequire(import.meta.url);

// The compiler writes over what is there; what it did not write is of yesterday.
const started = Date.now() - 1000;
const compiler = join(dirname(locate.resolve("typescript/package.json")), "bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
for (const entry of readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && statSync(file).mtimeMs < started) rmSync(file);
}

// tree-sitter-cpp would compile itself where it is installed; all that is needed of it is its WebAssembly.
const grammar = dirname(locate.resolve("tree-sitter-cpp/package.json"));
mkdirSync(join(root, "grammar"), { recursive: true });
copyFileSync(join(grammar, "tree-sitter-cpp.wasm"), join(root, "grammar/tree-sitter-cpp.wasm"));
copyFileSync(join(grammar, "LICENSE"), join(root, "grammar/LICENSE"));
