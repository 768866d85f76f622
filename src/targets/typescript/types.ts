// The column of TypeScript and of the Node glue: what each row is there.
import type { RecordInfo, Type, TypeId } from "../../model/module.js";
import { isArray, partsOf, qualifiedName, readable } from "../../types/derive.js";

interface TypescriptRow {
  /** The glue's codec, `tx::node::<codec>`; those of its optional and list, where they have no family, are named after it. */
  readonly codec: string;
  /** What a person sees, as a parameter and as a result. */
  readonly parameter: string;
  readonly result: string;
  /** As a result for a caller who asks for bigints; null where that makes no difference. */
  readonly bigint: string | null;
  /** What crosses to the native function and back. */
  readonly native: { readonly parameter: string; readonly result: string };
  /** `argument.<argument>` checks and converts a parameter. */
  readonly argument: string;
  /** `result.<convert>` makes a result of what the native function returned; null where that is the result. */
  readonly convert: string | null;
  /** When the conversion of a parameter and of a result raises a RangeError; null where it cannot. */
  readonly range: { readonly parameter: string | null; readonly result: string | null };
  /** The types that generated.ts imports for it as a parameter and as a result; null where it needs none. */
  readonly import: { readonly parameter: string | null; readonly result: string | null };
  /** Functions of the lib shim for the optional and the list, which are common enough to have their own; null if there are none. */
  readonly fast: { readonly optional: string; readonly list: string } | null;
  /** Whether a value owns native memory, which the collector must leave alone during a call. */
  readonly isOwner: boolean;
  /** Whether keys of a dictionary may be given as the properties of a plain object. */
  readonly isPropertyKey: boolean;
  /** Whether a whole number does not say by itself that it is floating, so that a default has to. */
  readonly isUntyped: boolean;
  /** Why TypeScript has no form for the type, in prose; null if it has one. */
  readonly problem: string | null;
}

type Words = Partial<Omit<TypescriptRow, "native" | "range" | "import">> & {
  readonly codec: string;
  readonly type: string;
  readonly native?: string;
  readonly import?: string;
  readonly range?: readonly [parameter: string | null, result: string | null];
};

/** A row in few words: most types are the same on both sides and need no conversion of results. */
function row({ type, native = type, range = [null, null], import: name, ...words }: Words): TypescriptRow {
  return {
    parameter: type,
    result: type,
    bigint: null,
    native: { parameter: native, result: native },
    argument: words.codec.charAt(0).toLowerCase() + words.codec.slice(1),
    convert: null,
    range: { parameter: range[0], result: range[1] },
    import: { parameter: name ?? null, result: name ?? null },
    fast: null,
    isOwner: false,
    isPropertyKey: false,
    isUntyped: false,
    problem: null,
    ...words,
  };
}

/** What is a class or a name in TypeScript, and a number for native code. */
function named(codec: string, type: string, method: string): TypescriptRow {
  return row({ codec, type, native: "number", argument: method, convert: method, import: type });
}

const never = { codec: "", type: "never", argument: "never" };

const rows: Readonly<Record<TypeId, TypescriptRow>> = {
  tensor: {
    ...named("Tensor", "Tensor", "tensor"),
    fast: { optional: "optionalTensor", list: "tensorList" },
    isOwner: true,
  },
  int64: {
    ...row({ codec: "Int64", type: "number | bigint", convert: "int64" }),
    result: "number",
    bigint: "bigint",
    range: {
      parameter: "does not fit 64 bits",
      result: "is no safe integer, so that a number would lose digits",
    },
  },
  int32: row({ codec: "Int32", type: "number", range: ["does not fit 32 bits", null] }),
  float: row({ codec: "Float", type: "number", range: ["does not fit a 32-bit float", null] }),
  double: row({ codec: "Double", type: "number" }),
  bool: row({ codec: "Bool", type: "boolean" }),
  string: row({ codec: "String", type: "string", isPropertyKey: true }),
  scalar: {
    ...row({ codec: "Scalar", type: "number | bigint | boolean | Complex", range: ["does not fit 64 bits", null] }),
    isUntyped: true,
    parameter: "Scalar",
    native: {
      parameter: "number | bigint | boolean | readonly number[]",
      result: "number | bigint | boolean | Complex",
    },
    import: { parameter: "Scalar", result: "Complex" },
  },
  dtype: named("DType", "ScalarType", "dtype"),
  device: row({ codec: "Device", type: "Device", import: "Device" }),
  layout: named("Layout", "Layout", "layout"),
  memoryFormat: named("MemoryFormat", "MemoryFormat", "memoryFormat"),
  generator: { ...named("Generator", "Generator", "generator"), isOwner: true },
  pointer: row({ ...never, problem: "`void*`, an address, which JavaScript cannot hold safely" }),
  void: row({ codec: "", type: "void", argument: "nothing" }),
};

/** The row's column; null for a type that is derived from its parts. */
export function typescriptRow(type: Type): TypescriptRow | null {
  return type.kind === "row" ? rows[type.id] : null;
}

/** The type without what C++ alone tells apart, so that what TypeScript has once is generated once. */
export function shapeOf(type: Type): Type {
  switch (type.kind) {
    case "optional":
      return { kind: "optional", of: shapeOf(type.of) };
    case "list":
      return isArray(type) ? { ...type, of: shapeOf(type.of) } : { kind: "list", of: shapeOf(type.of) };
    case "tuple":
      return { kind: "tuple", of: type.of.map(shapeOf) };
    case "dict":
      return { kind: "dict", key: shapeOf(type.key), value: shapeOf(type.value) };
    case "handle":
      return { kind: "handle", decl: type.decl };
    default:
      return type;
  }
}

/** The records that these parameters take of which fields may be left out, in order of first use. */
export function inputRecords(parameters: readonly Type[]): readonly RecordInfo[] {
  const found = new Map<string, RecordInfo>();
  const visit = (type: Type): void => {
    if (type.kind !== "record") {
      for (const part of partsOf(type)) visit(part);
    } else if (type.decl.fields.some((field) => field.default !== null)) {
      // Inside another record all fields are to be given.
      found.set(qualifiedName(type.decl), type.decl);
    }
  };
  for (const type of parameters) visit(type);
  return [...found.values()];
}

/** Whether a caller may ask for bigints in place of numbers. */
export function holdsIntegers(type: Type): boolean {
  const column = typescriptRow(type);
  return column === null ? partsOf(type).some(holdsIntegers) : column.bigint !== null;
}

/** Whether a Tensor or another object is inside whose memory is native: the collector must leave it alone during a call. */
export function holdsOwners(type: Type): boolean {
  if (type.kind === "handle") return true;
  return typescriptRow(type)?.isOwner ?? partsOf(type).some(holdsOwners);
}

/** Whether a dictionary has keys that are also the properties of a plain object. */
export function hasPropertyKeys({ key }: Extract<Type, { kind: "dict" }>): boolean {
  return typescriptRow(key)?.isPropertyKey === true;
}

/** What in a type TypeScript has no form for, in prose; null if all of it has one. */
export function typescriptProblem(type: Type): string | null {
  switch (type.kind) {
    case "row":
      return rows[type.id].problem;
    case "registered":
      return `the registered type \`${readable(type.cpp)}\`, which is converted for R alone`;
    case "foreign":
      return `\`${type.spelling}\``;
    default:
      return (
        partsOf(type)
          .map(typescriptProblem)
          .find((problem) => problem !== null) ?? null
      );
  }
}
