// Dispatcher schemas: `leaky_step(Tensor x, Tensor? state, float decay=0.9) -> (Tensor output, Tensor state)`.
import type { DefaultValue, ExportedFunction, Parameter, Type } from "../../model/module.js";
import { schemaName } from "./names.js";
import { schemaResults, schemaType } from "./types.js";

/**
 * The schema of a function. A default that no schema can hold (an empty list, an infinity) is left out, and with it all
 * before it, since the dispatcher allows no required argument after an optional one.
 */
export function schemaOf(exported: ExportedFunction): string {
  const defaults = exported.parameters.map(schemaDefault);
  const firstKept = defaults.lastIndexOf(null) + 1;
  const parameters = exported.parameters.map((parameter, index) => {
    const suffix = index < firstKept ? "" : `=${defaults[index]}`;
    return `${schemaType(parameter.type)} ${schemaName(parameter.name)}${suffix}`;
  });
  const returns = schemaReturns(exported.returns, exported.returnNames);
  return `${schemaName(exported.name)}(${parameters.join(", ")}) -> ${returns}`;
}

/** A tuple or struct is several returns; one inside it stays one. */
function schemaReturns(type: Type, names: readonly string[] | null): string {
  const results = schemaResults(type);
  const [only] = results;
  if (results.length === 1 && only?.type === type) {
    const one = schemaType(type);
    // What begins with a bracket would be read as a list of returns.
    return one.startsWith("(") ? `(${one})` : one;
  }
  const elements = results.map((result, index) => {
    const name = names?.[index] ?? result.name;
    return name === null ? schemaType(result.type) : `${schemaType(result.type)} ${schemaName(name)}`;
  });
  return `(${elements.join(", ")})`;
}

function schemaDefault(parameter: Parameter): string | null {
  return parameter.default === null ? null : schemaLiteral(parameter.default);
}

function schemaLiteral(value: DefaultValue): string | null {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int64":
      return value.text;
    case "double":
      return Number.isFinite(value.value) ? floatLiteral(value.value) : null;
    case "string":
      return `"${schemaText(value.value)}"`;
    case "enum":
      return value.value;
    case "list": {
      const items = value.items.map(schemaLiteral);
      return items.every((item) => item !== null) ? `[${items.join(", ")}]` : null;
    }
    case "named":
    case "emptyDict":
    case "emptyList":
      return null;
  }
}

/** A number that a schema reads back as a float, to the last bit. */
function floatLiteral(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}

/** Inside a schema's string: the escapes that its lexer knows; other control characters in octal, letters as they are. */
function schemaText(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0) ?? 0;
    return code > 0x7f ? character : `\\${code.toString(8).padStart(3, "0")}`;
  });
}
