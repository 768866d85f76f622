// Rules about C symbols: what two functions, or a function and generated code, would both be called.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../diagnostics/report.js";
import type { ExportedFunction, Module, Type } from "../model/module.js";
import type { Span } from "../model/span.js";
import { type Clash, clashes } from "../naming/clash.js";
import { isPortableIdentifier } from "../naming/identifier.js";
import { cppType, partsOf, qualifiedName, storedType } from "../types/derive.js";
import { allFunctions, classesByName, declaredTypes, familiesOf } from "../types/walk.js";
import {
  constructorSymbol,
  destructorSymbol,
  familyOf,
  familySymbols,
  fixedSymbols,
  functionSymbol,
  methodSymbol,
  systemSymbols,
  windowsSymbols,
} from "./names.js";

/** Reports C symbols that two things of a package would share, or that belong to the system. */
export function checkCAbi(module: Module): readonly Diagnostic[] {
  const generated = generatedSymbols(module);
  return [
    ...clashingSymbols(module).flatMap(twice),
    ...distinctFunctions(module).flatMap((fn) => checkSymbol(fn, generated)),
    ...checkMembers(module),
    ...checkFamilies(module),
  ];
}

function clashingSymbols(module: Module): readonly Clash<ExportedFunction>[] {
  const portable = module.functions.filter(({ name }) => isPortableIdentifier(name));
  return clashes(portable, ({ name }) => functionSymbol(name));
}

/** The functions with a portable name, each C symbol once: what the checks of targets look at. */
export function distinctFunctions(module: Module): readonly ExportedFunction[] {
  const repeated = new Set(clashingSymbols(module).flatMap(({ items }) => items.slice(1)));
  return module.functions.filter((fn) => isPortableIdentifier(fn.name) && !repeated.has(fn));
}

/** The same function again, or another one whose C symbol is the same. */
function twice({ items: [first, ...others], name }: Clash<ExportedFunction>): readonly Diagnostic[] {
  if (first === undefined) return [];
  return others.map((fn) =>
    signature(fn) === signature(first)
      ? report("TX1311", fn.span, {
          message: `${quote(fn.name)} is exported twice, and not in the same way`,
          label: "again here, with another result, other defaults, or other arguments in its annotation",
          note: `The first annotation stands above ${placeOf(first.span)}.`,
          fix: "Remove one of the two annotations.",
        })
      : report("TX1310", fn.span, {
          message: `two exported functions are named ${quote(fn.name)}, and the C symbol \`${name}\` can be one of them only`,
          label: "the second",
          note: `The first stands at ${placeOf(first.span)}.`,
          fix: "Give one of them another C++ name, or remove its annotation.",
        }),
  );
}

function signature(fn: ExportedFunction): string {
  return `${fn.namespace.join("::")}(${fn.parameters.map(({ spelling }) => spelling).join(", ")})`;
}

function checkSymbol(fn: ExportedFunction, generated: ReadonlySet<string>): readonly Diagnostic[] {
  const symbol = functionSymbol(fn.name);
  const isGlobal = fn.namespace.length === 0;
  if (systemSymbols.has(symbol)) {
    return [
      report("TX1313", fn.span, {
        message: `the C symbol of ${quote(fn.name)}, \`${symbol}\`, belongs to the linker, the C library or the compiler`,
        fix: 'Give the function another C++ name, and keep the name for hosts with `name="…"`.',
      }),
    ];
  }
  if (isGlobal && generated.has(fn.name)) {
    return [
      report("TX1313", fn.span, {
        message: `${quote(fn.name)} is the name of a C function that is generated for this package`,
        fix: "Put the function into a namespace, or give it another name.",
      }),
    ];
  }
  if (fn.namespace[0] === "tx" || (isGlobal && fn.name.startsWith("tx_"))) {
    return [
      report("TX1320", fn.span, {
        message: `${quote([...fn.namespace, fn.name].join("::"))} is a name that the lib shim keeps for itself`,
        fix:
          fn.namespace[0] === "tx"
            ? "Put the function into a namespace other than `tx`."
            : "Let its name not start with `tx_`.",
      }),
    ];
  }
  if (!windowsSymbols.has(symbol)) return [];
  return [
    report("TX1314", fn.span, {
      message: `Windows' C library declares \`${symbol}\`, the C symbol of ${quote(fn.name)}`,
      label: "does not compile on Windows",
      fix: 'Give the function another C++ name, and keep the name for hosts with `name="…"`.',
    }),
  ];
}

/** Every C function that is generated. */
function generatedSymbols(module: Module): ReadonlySet<string> {
  const families = familiesOf(module, (type) => familyOf(module.nativeName, type).name);
  return new Set([
    ...fixedSymbols(module.nativeName),
    ...module.functions.map(({ name }) => functionSymbol(name)),
    ...classSymbols(module).map(({ symbol }) => symbol),
    ...families.flatMap(({ type }) => familySymbols(familyOf(module.nativeName, type))),
  ]);
}

interface MemberSymbol {
  readonly symbol: string;
  readonly title: string;
  /** Where it stands; looked for where a finding asks. */
  readonly span: () => Span;
}

/** The C functions of classes, those that free their objects too. */
function classSymbols(module: Module): readonly MemberSymbol[] {
  const classes = classesByName(module);
  return declaredTypes(module).flatMap((type): readonly MemberSymbol[] => {
    if (type.kind !== "handle") return [];
    const { name } = type.decl;
    const exported = classes.get(qualifiedName(type.decl));
    const { make = null, methods = [] } = exported ?? {};
    return [
      ...(make === null ? [] : [{ symbol: constructorSymbol(name), title: `${name}::${name}`, span: () => make.span }]),
      ...methods.map((method) => ({
        symbol: methodSymbol(name, method),
        title: `${name}::${method.name}`,
        span: () => method.span,
      })),
      {
        symbol: destructorSymbol(name),
        title: `what frees a ${name}`,
        span: () => exported?.span ?? firstUse(module, type),
      },
    ];
  });
}

/** Members of classes that would share a C symbol, with each other or with a function. */
function checkMembers(module: Module): readonly Diagnostic[] {
  const functions = module.functions.map(({ name, span }) => ({
    symbol: functionSymbol(name),
    title: name,
    span: () => span,
  }));
  const members = classSymbols(module);
  const isMember = new Set<MemberSymbol>(members);
  return clashes([...functions, ...members], ({ symbol }) => symbol).flatMap(({ name, items: [first, ...others] }) =>
    others
      .filter((other) => isMember.has(other))
      .map((other) =>
        report("TX1310", other.span(), {
          message: `${quote(first?.title ?? "")} and ${quote(other.title)} would both be the C symbol \`${name}\``,
          ...(first === undefined ? {} : { note: `The first stands at ${placeOf(first.span())}.` }),
          fix: "Give one of them another C++ name, or remove its annotation.",
        }),
      ),
  );
}

/** Types that would share a family of C functions. */
function checkFamilies(module: Module): readonly Diagnostic[] {
  const families = familiesOf(module, (type) => `${familyOf(module.nativeName, type).name} ${cppType(type)}`);
  return clashes(
    families.filter(({ type }) => type.kind !== "dict"),
    ({ type }) => familyOf(module.nativeName, type).name,
  ).flatMap(({ name, items: [first, ...others] }) =>
    others.map(({ type }) =>
      report("TX1321", firstUse(module, type), {
        message: `\`${first === undefined ? "" : cppType(first.type)}\` and \`${cppType(type)}\` would have the same C functions, \`${name}_…\``,
        fix: "Rename one of the types or namespaces.",
      }),
    ),
  );
}

/** Where a type is used first. */
function firstUse(module: Module, type: Type): Span {
  const wanted = cppType(type);
  const holds = (other: Type): boolean => cppType(storedType(other)) === wanted || partsOf(other).some(holds);
  for (const { parameters, returns, span } of allFunctions(module)) {
    const parameter = parameters.find((one) => holds(one.type));
    if (parameter !== undefined) return parameter.span;
    if (holds(returns)) return span;
  }
  const start = { line: 1, column: 1, offset: 0 };
  return { file: "", start, end: start };
}
