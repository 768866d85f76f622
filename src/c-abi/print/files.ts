import type { SourceFile } from "../../model/file.js";
import type { CAbi } from "../lower/c-abi.js";
import { declaredHeader, hasDeclared, printDeclared } from "./declared.js";
import { printDefinition } from "./definition.js";
import { printHeader } from "./header.js";
import { printSource } from "./source.js";

/** The header, the bodies and the module definition of the C ABI. `existingDef` is the text of the `.def` that lies there. */
export function emitCAbi(cAbi: CAbi, existingDef: string | null): readonly SourceFile[] {
  const { nativeName } = cAbi;
  return [
    { path: `csrc/include/${nativeName}/exports.h`, text: printHeader(cAbi) },
    { path: "csrc/src/exports.cpp", text: printSource(cAbi) },
    ...(hasDeclared(cAbi.declared) ? [{ path: `csrc/src/${declaredHeader}`, text: printDeclared(cAbi.declared) }] : []),
    { path: `csrc/src/${nativeName}.def`, text: printDefinition(cAbi.macros.prefix, cAbi.symbols, existingDef) },
  ];
}
