import { type PrintedFile, plainFile } from "../../print/printer.js";
import type { CAbi } from "../lower/c-abi.js";
import { declaredHeader, hasDeclared, printDeclared } from "./declared.js";
import { definitionPath, printDefinition } from "./definition.js";
import { printHeader } from "./header.js";
import { printSource } from "./source.js";

/**
 * Prints the header, the bodies and the module definition of the C ABI.
 * @param existingDef the text of the package's `.def`, whose hand-written lines are kept; null if it has none
 */
export function printCAbi(cAbi: CAbi, existingDef: string | null): readonly PrintedFile[] {
  const { nativeName } = cAbi;
  return [
    printHeader(cAbi),
    printSource(cAbi),
    ...(hasDeclared(cAbi.declared) ? [plainFile(`csrc/src/${declaredHeader}`, printDeclared(cAbi.declared))] : []),
    plainFile(definitionPath(nativeName), printDefinition(cAbi.macros.prefix, cAbi.symbols, existingDef)),
  ];
}
