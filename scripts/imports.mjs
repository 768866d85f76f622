// "Who may import whom": the one table of the import rules, and its check, which `npm run lint` runs.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const data = ["src/model", "src/naming", "src/types", "src/diagnostics"];
const ground = [...data, "src/print", "src/c-abi"];
const disk = ["src/io.ts", "src/output", "node:*"];
const shared = ["src/generate", "src/package", "src/console", "src/machine", "src/templates", "src/questions"];

/**
 * What the files of each folder may import beside their own folder: folders and files of this repository, packages, and `node:*`
 * for the modules of Node. The longest matching folder counts. A folder that is not listed may import nothing.
 */
export const mayImport = {
  "src/io.ts": [],
  "src/model": [],
  "src/naming": [],
  "src/types": ["src/model"],
  "src/diagnostics": ["src/model"],
  "src/print": ["src/model"],
  "src/frontend/scan": ["src/model", "src/diagnostics"],
  "src/frontend/parse": [...data, "src/frontend/scan", "web-tree-sitter"],
  "src/frontend/resolve": data,
  "src/frontend/check": data,
  "src/c-abi": [...data, "src/print"],
  "src/targets/target.ts": ground,
  "src/targets/dispatcher": [...ground, "src/targets/target.ts"],
  "src/targets/typescript": [...ground, "src/targets/target.ts"],
  "src/targets/r": [...ground, "src/targets/target.ts"],
  "src/targets/call-stack": [...ground, "src/targets/target.ts"],
  "src/targets/list.ts": ["src/targets"],
  "src/generate/pipeline.ts": [...ground, "src/frontend", "src/targets/target.ts", "web-tree-sitter"],
  "src/generate": [
    ...ground,
    ...disk,
    "src/targets",
    "src/package",
    "src/templates",
    "vendor/lib/build",
    "web-tree-sitter",
  ],
  "src/output": ["src/model", "node:*", "tmp", "diff"],
  "src/package": [...data, ...disk, "src/print", "src/targets", "vendor/lib/build"],
  "src/templates": [...data, ...disk, "ejs"],
  "src/questions": [...data, ...disk, "src/console", "src/targets", "src/templates", "execa"],
  "src/console": [...data, ...disk, "src/targets", "vendor/lib/build"],
  "src/machine": [...data, ...disk, "src/package", "src/console", "vendor/lib/build", "execa"],
  "src/additions": [...data, ...disk, ...shared, "src/c-abi", "src/targets"],
  "src/commands": [...data, ...disk, ...shared, "src/additions", "src/targets", "vendor/lib/build"],
  "src/api.ts": ["src", "node:*"],
  generators: ["src/api.ts", "node:*", "yeoman-generator"],
  cli: ["src/api.ts", "node:*", "inquirer"],
  "vendor/lib/build": ["node:*"],
  "vendor/lib/node/torch": ["node:*"],
  "vendor/lib/node/binding": ["vendor/lib/node/torch"],
};

const isWithin = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** The rule for a file: that of the longest folder around it, or null. */
function ruleFor(path) {
  const folders = Object.keys(mayImport).filter((folder) => isWithin(path, folder));
  return folders.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** What is wrong with the imports of one file, a line each. Paths are relative to the repository, with forward slashes. */
export function problemsIn(path, text) {
  const folder = ruleFor(path);
  if (folder === null) return [`${path}: no rule covers this folder. Add it to the table in scripts/imports.mjs.`];
  const allowed = [folder, ...mayImport[folder]];
  return importsIn(text).flatMap(({ name, line }) => {
    const target = name.startsWith(".") ? posix.join(dirname(path), name).replace(/\.js$/, ".ts") : name;
    const isAllowed = allowed.some((one) => (one === "node:*" ? target.startsWith("node:") : isWithin(target, one)));
    return isAllowed ? [] : [`${path}:${line}: ${folder} may not import ${target}.`];
  });
}

/** Static and dynamic imports, as the formatter writes them: from the first column, or as `import("…")` in code. */
function importsIn(text) {
  const found = text.matchAll(/^(?:import|export)\s(?:[^;"'`]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return [...found].map((match) => ({
    name: match[1] ?? match[2],
    line: text.slice(0, match.index).split("\n").length,
  }));
}

function filesBelow(root) {
  return ["src", "generators", "cli", "vendor"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const problems = filesBelow(root).flatMap((file) =>
    problemsIn(posix.relative(root, file), readFileSync(file, "utf8")),
  );
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
