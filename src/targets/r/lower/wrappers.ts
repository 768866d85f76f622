// R/generated.R: what a person calls. Arguments are checked before Rcpp would convert them silently; results get their names.

import { functionMember, type Member } from "../../../c-abi/members.js";
import type { FunctionKey } from "../../../model/description.js";
import type {
  DefaultValue,
  ExportedClass,
  ExportedFunction,
  Module,
  Parameter,
  RecordField,
  Type,
} from "../../../model/module.js";
import { freshName } from "../../../naming/words.js";
import { rString } from "../../../print/escape.js";
import { isArray, isNothing, qualifiedName, storedType } from "../../../types/derive.js";
import { glueFunction, glueMember, rClassName, rName, s3Class } from "../names.js";
import { findRForm, rRow } from "../types.js";
import { isDisposable, membersInR, nameOfMember, rParameterNames, seenByR, selfOf } from "./glue.js";

export interface RParameter {
  readonly name: string;
  /** R code; null where it must be given. */
  readonly default: string | null;
  /** R code of the function that checks it: `tx$int64`. */
  readonly check: string;
  readonly doc: string;
}

export interface RDoc {
  readonly title: string;
  /** Paragraphs after the title. */
  readonly details: string;
  readonly returns: string;
}

export interface RFunction {
  readonly key: FunctionKey;
  readonly name: string;
  readonly doc: RDoc;
  readonly parameters: readonly RParameter[];
  /** What messages call it. */
  readonly called: string;
  readonly glue: string;
  /** Names of the result's elements; null where it has none. */
  readonly names: readonly string[] | null;
  readonly isInvisible: boolean;
}

export interface RClass {
  readonly name: string;
  /** In C++, for print(). */
  readonly cpp: string;
  readonly s3: string;
  readonly doc: RDoc;
  readonly constructor: RFunction | null;
  readonly methods: readonly RFunction[];
  /** The glue that frees an object at once; null where the class has a method of its own that is called so. */
  readonly dispose: string | null;
}

export interface Wrappers {
  readonly functions: readonly RFunction[];
  readonly classes: readonly RClass[];
}

/** Names that R/generated.R has for itself. */
const own: ReadonlySet<string> = new Set(["tx"]);

/** What every wrapper of a package knows. */
interface Here {
  readonly nativeName: string;
  /** In front of functions of base R in defaults: `base::` where the package exports one of the same name. */
  readonly base: "" | "base::";
}

/** Functions that make the values of defaults. */
const makers: ReadonlySet<string> = new Set(["c", "character", "list", "logical", "numeric"]);

const nameOf = ({ hostName, name }: ExportedFunction): string => freshName(rName(hostName ?? name), own);

export function lowerWrappers(module: Module): Wrappers {
  const functions = seenByR(module);
  const shadowed = [...functions.map(nameOf), ...module.classes.map(({ decl }) => rClassName(decl))];
  const here: Here = {
    nativeName: module.nativeName,
    base: shadowed.some((name) => makers.has(name)) ? "base::" : "",
  };
  return {
    functions: functions.map((exported) =>
      lowerFunction(here, functionMember(exported), nameOf(exported), nameOf(exported), glueFunction(exported.name)),
    ),
    classes: module.classes.map((exported) => lowerClass(here, exported)),
  };
}

function lowerFunction(here: Here, member: Member, name: string, called: string, glue: string): RFunction {
  const { exported } = member;
  const names = rParameterNames(exported, selfOf(member) === null ? [] : ["self"]);
  return {
    key: member.key,
    name,
    doc: docOf(exported, called, describeResultInR(here.nativeName, exported)),
    parameters: exported.parameters.map((parameter, i) => lowerParameter(here, exported, parameter, names[i] ?? "")),
    called,
    glue,
    names: exported.returnNames,
    isInvisible: isNothing(exported.returns),
  };
}

function lowerParameter(
  { nativeName, base }: Here,
  exported: ExportedFunction,
  parameter: Parameter,
  name: string,
): RParameter {
  const own = exported.doc?.params[parameter.name]?.trim() ?? "";
  const shape = describeInR(nativeName, parameter.type);
  return {
    name,
    default: parameter.default === null ? null : literal(parameter.default, parameter.type, base),
    check: checkOf(nativeName, parameter.type),
    doc: own === "" ? `${shape.charAt(0).toUpperCase()}${shape.slice(1)}.` : own,
  };
}

function lowerClass(here: Here, exported: ExportedClass): RClass {
  const { nativeName } = here;
  const { decl } = exported;
  const lowered = membersInR(exported).map((member) => {
    const self = selfOf(member);
    const shown = member.isConstructor ? rClassName(decl) : rName(member.exported.hostName ?? member.exported.name);
    const called = self === null ? shown : `${rClassName(decl)}$${shown}`;
    return { self, lowered: lowerFunction(here, member, shown, called, nameOfMember(member, decl)) };
  });
  return {
    name: rClassName(decl),
    cpp: qualifiedName(decl),
    s3: s3Class(nativeName, decl),
    doc: splitTitle(decl.doc ?? "", rClassName(decl), `An object of the C++ class ${qualifiedName(decl)}.`),
    constructor: lowered.find(({ self }) => self === null)?.lowered ?? null,
    methods: lowered.filter(({ self }) => self !== null).map((one) => one.lowered),
    dispose: isDisposable(exported) ? glueMember(decl.name, "dispose") : null,
  };
}

function docOf({ doc }: ExportedFunction, name: string, shape: string): RDoc {
  const own = doc?.returns?.trim() ?? "";
  return splitTitle(doc?.summary ?? "", name, own === "" ? `${shape.charAt(0).toUpperCase()}${shape.slice(1)}.` : own);
}

/** The first sentence is the title. */
function splitTitle(summary: string, name: string, returns: string): RDoc {
  const text = summary.trim();
  const end = /[.!?](?=\s|$)/u.exec(text.split(/\n\s*\n/u)[0] ?? "");
  const cut = end === null ? (text.split(/\n\s*\n/u)[0] ?? "").length : end.index;
  const title = text.slice(0, cut).replace(/\s+/gu, " ").trim();
  const details = text.slice(end === null ? cut : cut + 1).trim();
  return { title: title === "" ? name : title, details, returns };
}

/** R code that makes the function that checks a value of the type. */
function checkOf(nativeName: string, type: Type): string {
  if (isArray(type)) return `tx$array(${checkOf(nativeName, storedType(type))}, ${type.length}L)`;
  const form = findRForm(type);
  if (form !== null) return form.check;
  const of = (part: Type): string => checkOf(nativeName, part);
  switch (type.kind) {
    case "optional":
      return `tx$optional(${of(type.of)})`;
    case "list":
      return rRow(type.of)?.vector?.check ?? `tx$list(${of(type.of)})`;
    case "tuple":
      return `tx$tuple(${type.of.map(of).join(", ")})`;
    case "dict":
      return `tx$dict(${of(type.value)}${rRow(type.key)?.isName === true ? "" : ", whole = TRUE"})`;
    case "enum":
      return `tx$enum(${type.decl.entries.map((entry) => rString(entry.name)).join(", ")})`;
    case "record":
      return recordCheck(type.decl.fields, of);
    case "handle":
      return `tx$object(${rString(s3Class(nativeName, type.decl))})`;
    default:
      return "tx$anything";
  }
}

/** `tx$record(x = tx$double, y = tx$double, .defaults = list(y = 2))`. */
function recordCheck(fields: readonly RecordField[], of: (part: Type) => string): string {
  const checks = fields.map((field) => `${rBackticked(field.name)} = ${of(field.type)}`);
  const defaults = fields.flatMap(({ name, type, default: value }) => {
    return value === null ? [] : [`${rBackticked(name)} = ${literal(value, type, "base::")}`];
  });
  const given = defaults.length === 0 ? [] : [`.defaults = base::list(${defaults.join(", ")})`];
  return `tx$record(${[...checks, ...given].join(", ")})`;
}

/** A name of a field, whatever it is in R. */
function rBackticked(name: string): string {
  return `\`${name}\``;
}

/** What an R user gets back, with the names that `returns=c(…)` gives. */
export function describeResultInR(
  nativeName: string,
  { returns, returnNames }: Pick<ExportedFunction, "returns" | "returnNames">,
): string {
  if (returnNames === null) return describeInR(nativeName, returns);
  if (returns.kind !== "tuple") return `${describeInR(nativeName, returns)}, named ${returnNames.join(", ")}`;
  const parts = returns.of.map((part, i) => `${returnNames[i]}: ${describeInR(nativeName, part)}`);
  return `a list of ${parts.join("; ")}`;
}

/** A type in the words of R. */
export function describeInR(nativeName: string, type: Type): string {
  if (isArray(type)) return `${describeInR(nativeName, storedType(type))}, of length ${type.length}`;
  const form = findRForm(type);
  if (form !== null) return form.title;
  const of = (part: Type): string => describeInR(nativeName, part);
  switch (type.kind) {
    case "optional":
      return `${of(type.of)}, or NULL`;
    case "list":
      return rRow(type.of)?.vector?.title ?? `a list, of each ${of(type.of)}`;
    case "tuple":
      return `a list of ${type.of.map(of).join("; ")}`;
    case "dict":
      return `a named list, of each ${of(type.value)}`;
    case "enum":
      return `one of ${type.decl.entries.map((entry) => rString(entry.name)).join(", ")}`;
    case "record":
      return `a list of ${type.decl.fields.map((field) => `${field.name}: ${of(field.type)}`).join("; ")}`;
    case "handle":
      return `an object of class ${s3Class(nativeName, type.decl)}`;
    case "registered":
      return type.host;
    default:
      return "a value";
  }
}

/** A default as R code. */
function literal(value: DefaultValue, type: Type, base: Here["base"]): string {
  switch (value.kind) {
    case "none":
      return "NULL";
    case "bool":
      return value.value ? "TRUE" : "FALSE";
    case "int64":
      return int64Literal(BigInt(value.text));
    case "double":
      return doubleLiteral(value.value);
    case "string":
      return rString(value.value);
    case "enum":
      return rString(value.entry);
    case "named":
      return rString(value.name);
    case "list":
      return listLiteral(value.items, type.kind === "optional" ? type.of : type, base);
    case "emptyDict":
    case "emptyList":
      return `${base}${vectorOf(type) ?? "list"}()`;
  }
}

/** `c(1, 2)` for what is a vector in R, else a list. */
function listLiteral(items: readonly DefaultValue[], type: Type, base: Here["base"]): string {
  const texts = items.map((item) => literal(item, type.kind === "list" ? type.of : type, base));
  // An integer64 among numbers would take the others' class.
  const isVector = vectorOf(type) !== null && !texts.some((text) => text.startsWith("tx$"));
  return `${base}${isVector ? "c" : "list"}(${texts.join(", ")})`;
}

/** The function that makes an empty vector of what the type holds; null where it is a list in R. */
function vectorOf(type: Type): string | null {
  if (type.kind === "optional") return vectorOf(type.of);
  return type.kind === "list" ? (rRow(type.of)?.vector?.empty ?? null) : null;
}

/** What no double holds is given as the text of its digits. */
function int64Literal(value: bigint): string {
  return value >= -(2n ** 53n) && value <= 2n ** 53n ? `${value}` : `tx$integer64("${value}")`;
}

function doubleLiteral(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  return Object.is(value, -0) ? "-0" : `${value}`;
}
