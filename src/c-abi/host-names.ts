// The check that every host language makes of its function names.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../diagnostics/report.js";
import type { ExportedFunction, Module } from "../model/module.js";
import { clashes } from "../naming/clash.js";
import { distinctFunctions } from "./check.js";

/**
 * Reports functions to which one host language would give one name. Functions whose C symbols clash are left out, because
 * `checkCAbi` reports them.
 * @param title the host language, for messages
 */
export function checkHostNames(
  module: Module,
  title: string,
  nameOf: (exported: ExportedFunction) => string,
): readonly Diagnostic[] {
  const visible = distinctFunctions(module).filter(({ visibleToHosts }) => visibleToHosts);
  return clashes(visible, nameOf).flatMap(({ name, items: [first, ...others] }) =>
    first === undefined
      ? []
      : others.map((fn) =>
          report("TX1312", fn.annotationSpans?.name ?? fn.span, {
            message: `two functions would be ${quote(name)} in ${title}: ${quote(first.name)} and ${quote(fn.name)}`,
            note: `${quote(first.name)} stands at ${placeOf(first.span)}.`,
            fix: `Name one of them otherwise: \`// [[torch::export(name="${fn.hostName ?? fn.name}2")]]\`.`,
          }),
        ),
  );
}
