import type { PlannedFile } from "../output/types.js";

/** A .def holds the person's lines too, so that it is never asked about. */
export function plannedFile(path: string, content: string, exports: readonly string[]): PlannedFile {
  return { path, content, owner: "generated", merged: path.endsWith(".def"), exports };
}
