// Names in the generated TypeScript.
//
//   function    leaky_step  →  leakyStep        from name="…" where the annotation has it; reserved words get a trailing _
//   parameter   hidden_size →  hiddenSize       the same
//   interfaces  leaky_step  →  LeakyStepOptions, LeakyStepResult
//   field       new_h       →  newH             a property, so that no word is reserved
//   enum, record, class   leaky_cell  →  LeakyCell; from typescript="…" where the annotation has it; those of the lib shim get a
//                         trailing _. Entries of an enum as in C++
//   record as argument    box  →  BoxInput, where fields may be left out
//   method      step_once   →  stepOnce         what every class has gets a trailing _
//   of a class  Cell        →  Cell_new, Cell_stepOnce of the native object; CellOptions, CellStepOnceOptions
import { mendReserved } from "../../naming/reserved.js";
import { camelCase, freshName, pascalCase } from "../../naming/words.js";

/** What names a function for hosts: the annotation's `name=`, else the C++ name. */
export interface Named {
  readonly name: string;
  readonly hostName: string | null;
}

/**
 * What generated.ts itself declares or imports at its top level, or asks the native object for; functions of these names
 * get a trailing underscore.
 */
const moduleNames: ReadonlySet<string> = new Set([
  "argument",
  "loadNative",
  "native",
  "object",
  "operatorsError",
  "options",
  "result",
  // A module that exports it is taken for a promise: `await import()` would call it.
  "then",
]);

/** `leakyStep` for `leaky_step`. */
export function functionName(named: Named): string {
  return freshName(mendReserved(camelCase(named.hostName ?? named.name), "typescript"), moduleNames);
}

/** Types that generated.ts imports, declares, or has from the language and the shim. */
const importedTypes: ReadonlySet<string> = new Set([
  "Complex",
  "Device",
  "Generator",
  "Integer",
  "Layout",
  "Map",
  "MemoryFormat",
  "Native",
  "Number",
  "Readonly",
  "ReadonlyMap",
  "Record",
  "Scalar",
  "ScalarType",
  "Tensor",
  "WithDefaults",
]);

/** What is declared in C++ and named in TypeScript. */
interface DeclaredName {
  readonly name: string;
  readonly hostNames?: { readonly typescript: string | null };
}

function typeName({ name: inCpp, hostNames }: DeclaredName): string {
  const name = hostNames?.typescript ?? inCpp;
  const pascal = /^[A-Z][A-Za-z0-9]*$/.test(name) ? name : pascalCase(name);
  return freshName(mendReserved(pascal, "typescript"), importedTypes);
}

export const enumName: (declared: DeclaredName) => string = typeName;
export const recordName: (declared: DeclaredName) => string = typeName;
export const className: (declared: DeclaredName) => string = typeName;

/** `BoxInput`, of which fields that have a default may be left out. */
export function inputName(declared: DeclaredName): string {
  return `${recordName(declared)}Input`;
}

/** What the interfaces of a method are named after. */
export function memberNamed(owner: DeclaredName, method: Named): Named {
  return { name: `${owner.name}_${method.hostName ?? method.name}`, hostName: null };
}

/** What every class of the lib shim has. */
const memberNames: ReadonlySet<string> = new Set(["constructor", "dispose", "disposed", "then"]);

/** `stepOnce` for `step_once`. */
export function methodName(named: Named): string {
  return freshName(camelCase(named.hostName ?? named.name), memberNames);
}

/** `hiddenSize` for `hidden_size`. */
export function parameterName(name: string): string {
  return freshName(mendReserved(camelCase(name), "typescript"), moduleNames);
}

/** What an empty object has: an option of that name would be given where nobody gives it. */
const inheritedNames: ReadonlySet<string> = new Set([
  ...[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
  ],
]);

/** The key of a parameter in the options object: `hiddenSize`, `default`. A property, so that no word is reserved. */
export function optionName(name: string): string {
  return freshName(camelCase(name), inheritedNames);
}

/** `LeakyStepOptions`. */
export function optionsInterface(named: Named): string {
  return `${pascalCase(named.hostName ?? named.name)}Options`;
}

/** `LeakyStepResult`. */
export function resultInterface(named: Named): string {
  return `${pascalCase(named.hostName ?? named.name)}Result`;
}

/** The property of a named element of a result: `newH` for `new_h`. */
export function resultField(name: string): string {
  return camelCase(name);
}
