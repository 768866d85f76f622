// How a value gets from its form at the C ABI to its C++ type, and back.
import type { Type } from "../../model/module.js";
import { call, type Expression, string, verbatim } from "../../print/expression.js";
import { abiOf, cppType, hasFamily, isArray, isOptionalView, storedType } from "../../types/derive.js";
import { familyOf } from "../names.js";

/** Whom an error names: the function and the parameter, as C++ writes them in a call. */
export interface Blame {
  readonly function: Expression;
  readonly parameter: string;
}

/** The C++ value behind a C value; what is missing or out of range is refused in the name of `blame`. */
export function readC(nativeName: string, type: Type, value: string, blame: Blame): Expression {
  const rest = [verbatim(value), blame.function, string(blame.parameter)];
  const checked = (name: string): Expression => call(`tx::checked::${name}`, ...rest);
  if (isArray(type)) {
    const list = readC(nativeName, storedType(type), value, blame);
    return call(`tx::checked::array<${cppType(type)}>`, list, ...rest.slice(1));
  }
  if (type.kind === "enum") return checked(`enumerator<${cppType(type)}>`);
  if (type.kind === "handle") return checked(`${type.pointer === undefined ? "object" : "pointer"}<${cppType(type)}>`);
  // The user's own converters take precedence for every type.
  if (type.kind === "registered") {
    return call(`from_raw::${type.raw}`, type.abi === "void*" ? checked("given") : verbatim(value));
  }
  const abi = abiOf(type);
  switch (abi.by) {
    case "value":
      return abi.checked === null ? verbatim(value) : checked(abi.checked);
    case "raw":
      return abi.checked === null ? call(`from_raw::${abi.raw}`, checked("given")) : checked(abi.checked);
    case "family":
      return readFamily(nativeName, type, checked);
    default:
      return verbatim(value);
  }
}

function readFamily(nativeName: string, type: Type, checked: (name: string) => Expression): Expression {
  const stored = storedType(type);
  if (!hasFamily(stored)) return checked("given");
  const value = checked(`value<${familyOf(nativeName, stored).name}>`);
  if (type.kind === "dict") return call(`tx::dictionary_of<${cppType(type)}>`, value);
  return isOptionalView(type) ? call("tx::checked::view", value) : value;
}

/** The C value of a C++ one. `value` is a name where `needsName` says so. */
export function makeC(type: Type, value: Expression, functionName: Expression): Expression {
  if (isArray(type)) return makeC(storedType(type), call("tx::list_of", value), functionName);
  if (type.kind === "enum") return call("tx::checked::number", value, functionName);
  if (type.kind === "registered") return call(`make_raw::${type.raw}`, value);
  const abi = abiOf(type);
  switch (abi.by) {
    case "value":
      return abi.cast ? call(`static_cast<${abi.c}>`, value) : value;
    case "raw":
      return call(abi.lvalue ? "tx::checked::make_device" : `make_raw::${abi.raw}`, value);
    case "family":
      return call("tx::checked::make", type.kind === "dict" ? call("tx::entries_of", value) : value);
    case "handle":
      return call("tx::checked::own", value, functionName);
    case "nothing":
      return value;
  }
}

/** Whether what makes the C value takes no temporary. */
export function needsName(type: Type): boolean {
  const abi = abiOf(type);
  return abi.by === "raw" && abi.lvalue;
}
