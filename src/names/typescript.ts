// Names in the generated TypeScript.
//
//   function    leaky_step  →  leakyStep        from name="…" where the annotation has it; reserved words get a trailing _
//   parameter   hidden_size →  hiddenSize       the same
//   interfaces  leaky_step  →  LeakyStepOptions, LeakyStepResult
//   field       new_h       →  newH             a property, so that no word is reserved
import { mendReserved } from "./reserved.js";
import { camelCase, freshName, pascalCase } from "./words.js";

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

/** `hiddenSize` for `hidden_size`. */
export function parameterName(name: string): string {
  return freshName(mendReserved(camelCase(name), "typescript"), moduleNames);
}

/** The key of a parameter in the options object: `hiddenSize`, `default`. A property, so that no word is reserved. */
export function optionName(name: string): string {
  return camelCase(name);
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
