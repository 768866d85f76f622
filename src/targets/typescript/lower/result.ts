// What the typed wrapper makes of what the native function returned.
import type { ExportedFunction, Type } from "../../../model/module.js";
import { call, type Expression, type Statement, string, verbatim } from "../../../print/expression.js";
import { isNothing } from "../../../types/derive.js";
import { parameterName, resultField } from "../names.js";
import { holdsOwners } from "../types.js";
import { converterOf } from "./converters.js";
import { rangesOf } from "./type-names.js";

/** How a wrapper returns. */
export interface ReturnScope {
  readonly nativeName: string;
  /** What messages call the function. */
  readonly label: string;
  /** The variable that says whether the caller asked for bigints; null where there is none. */
  readonly bigint: string | null;
  readonly local: (wanted: string) => string;
}

/** Names what `called` returned, converts it, and returns it in the form that the wrapper promises. */
export function returnResult(exported: ExportedFunction, called: Expression, scope: ReturnScope): readonly Statement[] {
  const { returns, returnNames } = exported;
  if (isNothing(returns)) return [{ kind: "run", value: called }];
  if (returnNames === null && returns.kind !== "tuple") {
    return [{ kind: "return", value: convertResult(scope, returns, called) }];
  }
  const isTuple = returns.kind === "tuple";
  const count = isTuple ? returns.of.length : (returnNames?.length ?? 0);
  const bind = resultBinder(scope);
  const elements = Array.from({ length: count }, (_, index) => {
    const wanted = returnNames?.[index];
    const name = wanted === undefined ? `value${index}` : parameterName(wanted);
    return isTuple ? bind.element(elementOf(returns, index), name) : bindConverted(scope.local(name));
  });
  // A list is converted as a whole: its tensors have their owners before its length is looked at.
  const value = isTuple
    ? called
    : call("result.exactly", convertResult(scope, returns, called), verbatim(String(count)), string(scope.label));
  return [
    { kind: "destructure", pattern: { kind: "array", items: elements.map((element) => element.pattern) }, value },
    ...bind.before,
    {
      kind: "return",
      value:
        returnNames === null
          ? { kind: "array", items: elements.map((element) => element.value) }
          : {
              kind: "object",
              fields: elements.map((element, index) => ({
                name: resultField(returnNames[index] ?? ""),
                value: element.value,
              })),
            },
    },
  ];
}

interface Bound {
  readonly pattern: Expression;
  readonly value: Expression;
}

function bindConverted(name: string): Bound {
  return { pattern: verbatim(name), value: verbatim(name) };
}

interface ResultBinder {
  /** Names what came back, and converts it by that name; a tuple inside becomes a pattern inside. */
  element(type: Type, wanted: string): Bound;
  /** Tensors that get their owners here: a conversion to the left of theirs may throw, and they would belong to nobody. */
  readonly before: readonly Statement[];
}

function resultBinder(scope: ReturnScope): ResultBinder {
  const before: Statement[] = [];
  let mayHaveThrown = false;
  const element = (type: Type, wanted: string): Bound => {
    if (type.kind === "tuple") {
      const elements = type.of.map((inner, index) => element(inner, `${wanted}${index}`));
      return {
        pattern: { kind: "array", items: elements.map(({ pattern }) => pattern) },
        value: { kind: "array", items: elements.map(({ value }) => value) },
      };
    }
    const name = verbatim(scope.local(wanted));
    const value = convertResult(scope, type, name);
    mayHaveThrown ||= rangesOf(type, "result").length > 0;
    if (!mayHaveThrown || !holdsOwners(type)) return { pattern: name, value };
    const owned = scope.local(`${wanted}Owned`);
    before.push({ kind: "declare", type: "const", name: owned, value });
    return { pattern: name, value: verbatim(owned) };
  };
  return { element, before };
}

function convertResult({ nativeName, bigint }: ReturnScope, type: Type, value: Expression): Expression {
  const asNumbers = converterOf(nativeName, type, "number");
  const asBigints = bigint === null ? asNumbers : converterOf(nativeName, type, "bigint");
  if (asNumbers === null || asBigints === null) return value;
  return call(asNumbers === asBigints ? asNumbers : `(${bigint} ? ${asBigints} : ${asNumbers})`, value);
}

/** The type of one element of a tuple or list. */
export function elementOf(type: Type, index: number): Type {
  if (type.kind === "tuple") return type.of[index] ?? type;
  return type.kind === "list" ? type.of : type;
}
