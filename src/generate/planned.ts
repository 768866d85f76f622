import type { PlannedFile } from "../output/types.js";

/** A .def also holds the user's lines, so it never needs a prompt. */
export function plannedFile(path: string, content: string, exports: readonly string[]): PlannedFile {
  return { path, content, owner: "generated", merged: path.endsWith(".def"), exports };
}
