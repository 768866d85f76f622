/**
 * Names that a new npm package can have here: npm's own rules, and those of the C++ name that is derived from it.
 *
 *     npm      [@scope/]base       @acme/my-ext, my-ext
 *     folder   base                my-ext
 *     native   what `nativeName` makes of it   myext
 */
import { cNames } from "./c-names.js";
import { cmakeTargets, nodeModules } from "./npm-modules.js";
import { nativeName, nativeNameProblem } from "./package.js";
import { isWindowsDevice } from "./reserved.js";

/** What is wrong with a name, in one sentence, and one that would do (null where none can be derived). */
interface NameProblem {
  readonly problem: string;
  readonly suggestion: string | null;
}

/** `@acme/my-ext` → `my-ext`: the folder's name. */
export function folderName(npmName: string): string {
  return npmName.slice(npmName.lastIndexOf("/") + 1);
}

/** What forbids `name` as the name of a new package, or null when nothing does. */
export function packageNameProblem(name: string): NameProblem | null {
  const problem = npmProblem(name) ?? nativeProblem(name);
  return problem === null ? null : { problem, suggestion: suggestPackageName(name) };
}

/** The nearest name to a text (a folder's name, a refused name) that is allowed, or null. */
export function suggestPackageName(text: string): string | null {
  const scoped = /^@([^/]+)\/(.+)$/.exec(text.trim());
  const scope = scoped === null ? "" : plain(scoped[1] ?? "");
  const base = plain(scoped === null ? text : (scoped[2] ?? ""));
  const prefix = scope === "" ? "" : `@${scope}/`;
  for (const candidate of [base, `${base}-ext`, `ext-${base}`]) {
    const name = prefix + candidate;
    if (base !== "" && npmProblem(name) === null && nativeProblem(name) === null) return name;
  }
  return null;
}

function npmProblem(name: string): string | null {
  const quoted = JSON.stringify(name);
  if (name === "") return "The name is empty";
  if (name !== name.trim() || /\s/.test(name)) return `${quoted} has a blank in it, which npm allows in no name`;
  if (/[A-Z]/.test(name)) return `${quoted} has a capital letter, which npm allows in no new name`;
  if (name.length > 214) return "The name is longer than npm's 214 characters";
  if (name.startsWith("@") && !/^@[^/]+\/[^/]+$/.test(name)) return `${quoted} is no scoped name: it reads @scope/name`;
  const base = folderName(name);
  if (!name.startsWith("@") && name.includes("/")) return `${quoted} is a path; what is asked for is a name`;
  const scope = name.startsWith("@") ? name.slice(1, name.indexOf("/")) : null;
  for (const part of scope === null ? [base] : [scope, base]) {
    if (/^[._-]/.test(part)) return `${quoted} starts with "${part.charAt(0)}", which a name must not`;
    if (!/^[a-z0-9._~-]+$/.test(part)) {
      const odd = [...part].find((character) => !/[a-z0-9._~-]/.test(character));
      return `${quoted} has "${odd}" in it; npm allows a–z, 0–9 and - . _ ~`;
    }
    if (part.endsWith(".")) return `${quoted} ends with a dot, which Windows drops from a folder's name`;
  }
  if (isWindowsDevice(base)) return `"${base}" is a device on Windows and can be no folder there`;
  if (scope === null && (base === "node_modules" || base === "favicon.ico")) return `npm keeps "${base}" for itself`;
  if (scope === null && nodeModules.has(base)) return `"${base}" is a module of Node itself`;
  return null;
}

function nativeProblem(name: string): string | null {
  const native = nativeName(name);
  const from = native === folderName(name) ? `"${native}"` : `"${native}", the C++ name of "${name}",`;
  if (!/^[a-z]/.test(native)) {
    return native === ""
      ? `"${name}" leaves no letter for the C++ name`
      : `${from} starts with a digit, which no C++ name may`;
  }
  if (cNames.has(native)) return `${from} is a name of the C library, so no C++ namespace may have it`;
  if (cmakeTargets.has(native)) return `${from} is a target that CMake keeps for itself`;
  const found = nativeNameProblem(native);
  if (found !== null) return `${from} ${found.problem}`;
  return null;
}

/** Letters without their marks, and a dash for every run of what npm does not allow. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._~]+/g, "-")
    .replace(/^[._~-]+|[._~-]+$/g, "")
    .slice(0, 100);
}
