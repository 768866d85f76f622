import type { SourceFile } from "../../../model/file.js";
import type { NodeBinding } from "../lower/node.js";
import { printAddon } from "./addon.js";
import { printTypescript } from "./module.js";

/** The Node-API glue and the typed wrapper. */
export function emitNode({ addon, typescript }: NodeBinding): readonly SourceFile[] {
  return [
    { path: "csrc/node/addon.cpp", text: printAddon(addon) },
    { path: "ts/generated.ts", text: printTypescript(typescript) },
  ];
}
