// Rules about one function.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { ExportedFunction } from "../../model/module.js";
import { clashes } from "../../naming/clash.js";
import { isPortableIdentifier } from "../../naming/identifier.js";
import { nearest } from "../../naming/nearest.js";
import { isArray } from "../../types/derive.js";

export function checkFunction(fn: ExportedFunction): readonly Diagnostic[] {
  return [...checkPortable(fn), ...checkDefaults(fn), ...checkReturnNames(fn), ...checkDoc(fn)];
}

function checkPortable(fn: ExportedFunction): readonly Diagnostic[] {
  const named = [
    { what: "function", name: fn.name, span: fn.span },
    ...fn.namespace.map((name) => ({ what: "namespace", name, span: fn.span })),
    ...fn.parameters.map(({ name, span }) => ({ what: "parameter", name, span })),
  ];
  return named
    .filter(({ name }) => !isPortableIdentifier(name))
    .map(({ what, name, span }) =>
      report("TX1309", span, {
        message: `the ${what} name ${quote(name)} is not written the same in every language`,
        fix: "Use ASCII letters, digits and underscores, up to 200 of them.",
      }),
    );
}

function checkDefaults(fn: ExportedFunction): readonly Diagnostic[] {
  const first = fn.parameters.findIndex((parameter) => parameter.default !== null);
  if (first < 0) return [];
  return fn.parameters
    .slice(first)
    .filter((parameter) => parameter.default === null)
    .map((parameter) =>
      report("TX1316", parameter.span, {
        message: `${quote(parameter.name)} has no default, and ${quote(fn.parameters[first]?.name ?? "")} before it has one`,
        fix: `Move ${quote(parameter.name)} forward, or give it a default here.`,
      }),
    );
}

function checkReturnNames(fn: ExportedFunction): readonly Diagnostic[] {
  const names = fn.returnNames;
  if (names === null) return [];
  const span = fn.annotationSpans?.returns ?? fn.span;
  if (fn.returns.kind !== "tuple" && fn.returns.kind !== "list") {
    return [
      report("TX1318", span, {
        message: `${quote(fn.name)} returns one value, \`${fn.returnsSpelling}\`, and \`returns\` names the elements of several`,
        fix: "Remove `returns`, or return a tuple.",
      }),
    ];
  }
  const found: Diagnostic[] = [];
  const count = fn.returns.kind === "tuple" ? fn.returns.of.length : isArray(fn.returns) ? fn.returns.length : null;
  if (count !== null && count !== names.length) {
    found.push(
      report("TX1317", span, {
        message: `\`returns\` has ${names.length} name${names.length === 1 ? "" : "s"}, and ${quote(fn.name)} returns ${count} elements`,
        note: `The result is \`${fn.returnsSpelling}\`.`,
        fix: "Name every element, or remove `returns`.",
      }),
    );
  }
  for (const { name } of clashes(names, (one) => one)) {
    found.push(
      report("TX1319", span, {
        message: `\`returns\` has the name ${quote(name)} twice`,
        fix: "Give each element a name of its own.",
      }),
    );
  }
  return found;
}

function checkDoc(fn: ExportedFunction): readonly Diagnostic[] {
  const known = fn.parameters.map(({ name }) => name);
  return Object.keys(fn.doc?.params ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = nearest(
        name,
        known.filter((other) => fn.doc?.params[other] === undefined),
      );
      return report("TX1109", fn.span, {
        message: `the comment above ${quote(fn.name)} describes ${quote(name)}, which is not a parameter of it`,
        fix: suggestion === null ? `Remove \`@param ${name}\`.` : `Did you mean \`@param ${suggestion}\`?`,
      });
    });
}
