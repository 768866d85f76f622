// `npm run build`: dist/ from nothing, so that no module of yesterday is published, and the C++ grammar beside it.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const locate = createRequire(import.meta.url);

// The compiler writes over what is there; what it did not write is of yesterday.
const started = Date.now() - 1000;
const compiler = join(dirname(locate.resolve("typescript/package.json")), "bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
for (const file of filesBelow(join(root, "dist"))) if (statSync(file).mtimeMs < started) rmSync(file);

// What lies behind the one door is a few files instead of two hundred, each of which would cost a start half a millisecond.
// What is vendored stays as it is: packages run it as well.
const modules = join(root, "dist/src");
const bundle = await rolldown({
  input: join(modules, "api.js"),
  platform: "node",
  external: (id) => !/^[./]/.test(id) || /^(?:\.\.\/)+vendor\/lib\//.test(id),
});
const bundled = mkdtempSync(join(root, "dist/bundle-"));
await bundle.write({ dir: bundled, format: "esm", chunkFileNames: "[name]-[hash].js" });
for (const file of filesBelow(modules)) if (file.endsWith(".js")) rmSync(file);
cpSync(bundled, modules, { recursive: true });
rmSync(bundled, { recursive: true });

// tree-sitter-cpp would compile itself where it is installed; all that is needed of it is its WebAssembly.
const grammar = dirname(locate.resolve("tree-sitter-cpp/package.json"));
mkdirSync(join(root, "grammar"), { recursive: true });
copyFileSync(join(grammar, "tree-sitter-cpp.wasm"), join(root, "grammar/tree-sitter-cpp.wasm"));
copyFileSync(join(grammar, "LICENSE"), join(root, "grammar/LICENSE"));

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
