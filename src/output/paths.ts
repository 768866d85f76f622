// Where a planned path lies on the disk. Plans use forward slashes; node:path joins.
import { lstatSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { errorCode, OutputError } from "./errors.js";

export const MANIFEST_FILE = "torch-extension.json";
export const JOURNAL_FOLDER = ".torch-extension-journal";

/** What keeps a path from being a path inside a package, on any system; null when nothing does. */
export function badPath(path: string): string | null {
  if (path === "") return "is empty";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\x00-\x1f\\:]/.test(path)) return "holds a backslash, a colon or a control character";
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return "is not relative to the package's root in plain form";
  }
  return segments[0] === JOURNAL_FOLDER ? "lies in the journal's folder" : null;
}

/** How a file system that ignores case, and Unicode's two spellings of a letter, sees a path. */
const fold = (path: string) => path.normalize("NFC").toLowerCase();

/**
 * Every path can be a file beside the others, also where case does not count.
 * @throws {OutputError} that lists all that cannot
 */
export function checkPaths(paths: readonly string[]): void {
  const findings: string[] = [];
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of paths) {
    const bad = badPath(path);
    if (bad !== null) {
      findings.push(`«${path}» ${bad}`);
      continue;
    }
    const twin = files.get(fold(path));
    if (twin === path) findings.push(`«${path}» is planned twice`);
    else if (twin !== undefined) findings.push(`«${path}» and «${twin}» differ in case only`);
    files.set(fold(path), path);
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const folder = path.slice(0, end);
      const other = folders.get(fold(folder));
      if (other !== undefined && other !== folder)
        findings.push(`folders «${folder}» and «${other}» differ in case only`);
      folders.set(fold(folder), folder);
    }
  }
  for (const [key, path] of files)
    if (folders.has(key)) findings.push(`«${path}» is planned as a file and as a folder`);
  if (findings.length === 0) return;
  throw new OutputError(
    `These files cannot lie in one package: ${[...new Set(findings)].join("; ")}.`,
    "Rename one of each.",
  );
}

export type Location =
  /** `real`: where the file is, or would be written, with links inside the root followed. */
  | { readonly kind: "file" | "absent"; readonly real: string }
  | { readonly kind: "obstacle"; readonly why: string; readonly leaves: boolean };

const obstacle = (why: string, leaves = false): Location => ({ kind: "obstacle", why, leaves });

/** Where a link ends, or why it may not be followed: writes never leave the root. */
function follow(root: string, link: string, name: string): string | Location {
  let real: string;
  try {
    real = realpathSync(link);
  } catch (error) {
    return obstacle(errorCode(error) === "ELOOP" ? `${name} is a link to itself` : `${name} is a link to nothing`);
  }
  return real.startsWith(root + sep) ? real : obstacle(`${name} is a link that leaves the package (${real})`, true);
}

/**
 * Looks a planned path up without writing or opening anything.
 * @param root the root's real path; it need not exist
 */
export function locate(root: string, path: string): Location {
  const segments = path.split("/");
  let current = root;
  for (const [index, segment] of segments.entries()) {
    const name = segments.slice(0, index + 1).join("/");
    const last = index === segments.length - 1;
    let next = join(current, segment);
    try {
      let stat = lstatSync(next);
      if (stat.isSymbolicLink()) {
        const followed = follow(root, next, name);
        if (typeof followed !== "string") return followed;
        next = followed;
        stat = statSync(next);
      }
      if (last) {
        if (stat.isFile()) return { kind: "file", real: next };
        return obstacle(stat.isDirectory() ? `${name} is a folder` : `${name} is not a plain file`);
      }
      if (!stat.isDirectory()) return obstacle(`${name} is a file where a folder is needed`);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return { kind: "absent", real: join(current, ...segments.slice(index)) };
      return obstacle(`${name} cannot be looked up (${errorCode(error)})`);
    }
    current = next;
  }
  return obstacle("the path is empty");
}

/**
 * The real path of a root that exists; the path itself of one that does not.
 * @throws {OutputError} when it is there and no folder
 */
export function realRoot(root: string): { readonly path: string; readonly exists: boolean } {
  try {
    const path = realpathSync(root);
    if (statSync(path).isDirectory()) return { path, exists: true };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { path: root, exists: false };
    if (errorCode(error) !== "ENOTDIR") {
      throw new OutputError(`${root} cannot be looked up (${errorCode(error)}).`, "Choose another folder.", {
        cause: error,
      });
    }
  }
  throw new OutputError(`${root} is not a folder, and no folder can be made there.`, "Choose another name or folder.");
}
