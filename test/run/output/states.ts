// Two states of one package: some files the same, some changed, some only in one, folders too.
import type { PlannedFile } from "../../../src/output/types.js";

export const IDENTITY = { generator: "0.1.0", names: { packageName: "my-ext", nativeName: "myext" } };

/** @param size bytes per file, roughly */
export function stateFiles(state: number, size: number): PlannedFile[] {
  const text = (seed: string) => `${seed}\n`.repeat(Math.ceil(size / (seed.length + 1)));
  const planned: PlannedFile[] = [
    { path: "README.md", content: text("read"), owner: "userOwned" },
    { path: "run.sh", content: text(`run ${state}`), owner: "vendored", mode: 0o755 },
  ];
  for (let i = 0; i < 6; i++) {
    planned.push({ path: `same/${i}.txt`, content: text("same"), owner: "generated" });
    planned.push({ path: `changed/${i}.txt`, content: text(`state ${state}`), owner: "generated" });
    planned.push({ path: `only${state}/in/${i}.txt`, content: text("here"), owner: "generated" });
  }
  return planned;
}
