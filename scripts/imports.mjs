// "Who may import whom": the one table of the import rules, and its check, which `npm run lint` runs.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const data = ["src/model", "src/naming", "src/types", "src/diagnostics"];
const ground = [...data, "src/print", "src/c-abi"];
const list = ["src/targets/list.ts", "src/targets/target.ts"];
const disk = ["src/io.ts", "src/output", "node:*"];
const shared = ["src/generate", "src/package", "src/console", "src/machine", "src/templates", "src/questions"];

/**
 * What the files of each folder may import beside their own folder: folders and files of this repository, packages, and `node:*`
 * for the modules of Node. The longest matching folder counts; `folder/*` is a rule for each folder inside, which is then a
 * folder of its own. A folder that is not listed may import nothing.
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
  "src/targets/*": [...ground, "src/targets/target.ts"],
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
  "src/package": [...data, ...disk, ...list, "src/print", "vendor/lib/build"],
  "src/templates": [...data, ...disk, "ejs"],
  "src/questions": [...data, ...disk, ...list, "src/templates", "execa"],
  "src/console": [...data, ...disk, "src/targets/call-stack", "vendor/lib/build"],
  "src/machine": [...data, ...disk, "src/package", "src/console", "vendor/lib/build", "execa"],
  "src/additions": [...data, ...disk, ...shared, "src/c-abi", "src/targets"],
  "src/commands": [...data, ...disk, ...list, ...shared, "src/additions", "src/targets/call-stack", "vendor/lib/build"],
  "src/api.ts": ["src", "node:*"],
  generators: ["src/api.ts", "node:*", "yeoman-generator"],
  cli: ["src/api.ts", "node:*", "inquirer"],
  "vendor/lib/build": ["node:*"],
  "vendor/lib/node/torch": ["node:*"],
  "vendor/lib/node/binding": ["vendor/lib/node/torch"],
};

const isWithin = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** The folder whose rule holds for a file, and what it may import; null if there is none. */
export function ruleFor(path) {
  const rules = Object.entries(mayImport).flatMap(([key, allowed]) => {
    const folder = key.endsWith("/*") ? folderBelow(path, key.slice(0, -2)) : key;
    return folder !== null && isWithin(path, folder) ? [{ folder, allowed }] : [];
  });
  return rules.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}

/** `src/targets/r` for a file in it and `src/targets`; null for a file that is not in a folder of that one. */
function folderBelow(path, folder) {
  const [name, ...rest] = isWithin(path, folder) ? path.slice(folder.length + 1).split("/") : [];
  return rest.length === 0 ? null : `${folder}/${name}`;
}

/** What is wrong with the imports of one file, a line each. Paths are relative to the repository, with forward slashes. */
export function problemsIn(path, text) {
  const rule = ruleFor(path);
  if (rule === null) return [`${path}: no rule covers this folder. Add it to the table in scripts/imports.mjs.`];
  const { folder } = rule;
  const allowed = [folder, ...rule.allowed];
  return importsIn(text).flatMap(({ name, line }) => {
    const target = name.startsWith(".") ? posix.join(dirname(path), name).replace(/\.js$/, ".ts") : name;
    const isAllowed = allowed.some((one) => (one === "node:*" ? target.startsWith("node:") : isWithin(target, one)));
    return isAllowed ? [] : [`${path}:${line}: ${folder} may not import ${target}.`];
  });
}

/** Static and dynamic imports, as the formatter writes them: from the first column, or as `import("…")` in code. */
function importsIn(text) {
  const found = text.matchAll(/^(?:import|export)\s(?:[^;"'`]*?\sfrom\s)?"([^"]+)"|\bimport\(\s*["'`]([^"'`]+)["'`]/gm);
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
