import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

/** What lies in a folder below csrc/, by path, in the order of names. */
export interface Listed {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists what CMake's glob finds: links to files count, links to folders are not followed. Hidden folders and those that something was
 * built in hold no sources.
 *
 * @throws where the folder cannot be read
 */
export function listSources(folder: string): Listed {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const path = ({ name }: Dirent): string => join(folder, name);
  const isFile = (entry: Dirent): boolean =>
    entry.isFile() || (entry.isSymbolicLink() && statSync(path(entry), { throwIfNoEntry: false })?.isFile() === true);
  const mayHold = (entry: Dirent): boolean =>
    entry.isDirectory() && !entry.name.startsWith(".") && !isBuildFolder(folder, entry.name);
  return { files: entries.filter(isFile).map(path), folders: entries.filter(mayHold).map(path) };
}

/** `csrc/build`, and wherever else CMake was told to build. */
function isBuildFolder(folder: string, name: string): boolean {
  return (name === "build" && basename(folder) === "csrc") || existsSync(join(folder, name, "CMakeCache.txt"));
}
