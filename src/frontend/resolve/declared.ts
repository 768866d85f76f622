// The package's own enums, structs and classes: what of them crosses, or why they cannot.
import { quote, report } from "../../diagnostics/report.js";
import type { AliasDecl, EnumDecl, FieldDecl, HostNames, RecordDecl, TypeRef } from "../../model/declaration.js";
import type { HandleInfo, RecordField, Type } from "../../model/module.js";
import type { Span } from "../../model/span.js";
import { isNoCppName } from "../../naming/reserved.js";
import { cppType, partsOf } from "../../types/derive.js";
import { resolveDefault } from "./defaults.js";
import type { Resolved, TypePlace } from "./place.js";
import { noName } from "./refusals.js";

/** Values in a struct, those of structs in it counted; levels of structs in structs. */
const largest = 256;
const mostEntries = 1000;
const deepest = 16;

/** Where a look-up is, as far as declarations ask. */
interface Here extends TypePlace {
  readonly at: Span;
}

/** `myext/modes.h`, for a file below csrc/include; null for another one. */
export function headerOf(file: string): string | null {
  return /^csrc\/include\/(.+)$/u.exec(file)?.[1] ?? null;
}

export function describeEnum(decl: EnumDecl, ref: TypeRef, here: Here): Type | null {
  const header = requireHeader(decl, ref, here);
  if (header === null) return null;
  const odd = decl.entries.find((entry) => entry.value === null);
  if (odd !== undefined || decl.entries.length === 0) {
    once(here, `enum ${decl.span.file}:${decl.span.start.offset}`, () =>
      report("TX1215", odd?.span ?? decl.span, {
        message:
          odd === undefined
            ? `the enum ${quote(decl.name)} has no entries`
            : `the value of ${quote(odd.name)} cannot be read from here`,
        note: "Other languages get the entries of an enum with their numbers.",
        fix: odd === undefined ? "Give it one, or take an `int64_t`." : "Write its value as a number.",
      }),
    );
    return null;
  }
  const word = decl.entries.find((entry) => isNoCppName(entry.name));
  if (word !== undefined) {
    once(here, `word ${word.span.file}:${word.span.start.offset}`, () => noName(word.name, word.span));
    return null;
  }
  if (decl.entries.length > mostEntries) {
    once(here, `large ${decl.span.file}:${decl.span.start.offset}`, () =>
      report("TX1003", decl.span, {
        message: `the enum ${quote(decl.name)} has more than ${mostEntries} entries`,
        fix: "Take an `int64_t`.",
      }),
    );
    return null;
  }
  const entries = decl.entries.map(({ name, value, doc }) => ({ name, value: value ?? "", doc }));
  return {
    kind: "enum",
    decl: { name: decl.name, namespace: decl.namespace, doc: decl.doc, ...hostNamesOf(decl), header, entries },
  };
}

/**
 * An aggregate without exported members crosses field by field, any other class behind a handle.
 *
 * @param resolveField looks the type of a field up
 */
export function describeRecord(
  decl: RecordDecl,
  ref: TypeRef,
  here: Here,
  resolveField: (ref: TypeRef, place: TypePlace) => Resolved | null,
): Type | null {
  const { known, open } = here.declarations;
  const found = known.get(decl);
  if (found !== undefined) return found;
  if (open.has(decl)) return refuseRecursion(decl, here);
  if (open.size >= deepest) return refuseSize(decl, here);
  open.add(decl);
  const described = describe(decl, ref, here, resolveField);
  open.delete(decl);
  const type = described !== null && weigh(described, new Map()) > largest ? refuseSize(decl, here) : described;
  known.set(decl, type);
  return type;
}

/** How many values a type is made of, those of structs in structs counted each time. */
function weigh(type: Type, known: Map<object, number>): number {
  if (type.kind !== "record") return partsOf(type).reduce((sum, part) => sum + weigh(part, known), 1);
  const found = known.get(type.decl) ?? type.decl.fields.reduce((sum, field) => sum + weigh(field.type, known), 1);
  known.set(type.decl, found);
  return found;
}

function refuseSize(decl: RecordDecl, here: Here): null {
  once(here, `large ${decl.span.file}:${decl.span.start.offset}`, () =>
    report("TX1003", decl.span, {
      message: `the struct ${quote(decl.name)} holds more than ${largest} values, or structs more than ${deepest} levels deep`,
      fix: "Make it a class with a constructor, so that it crosses behind a handle, and annotate the methods that others call.",
    }),
  );
  return null;
}

function describe(
  decl: RecordDecl,
  ref: TypeRef,
  here: Here,
  resolveField: (ref: TypeRef, place: TypePlace) => Resolved | null,
): Type | null {
  const header = requireHeader(decl, ref, here);
  if (header === null) return null;
  const { name, namespace, doc } = decl;
  const declared: HandleInfo = { name, namespace, doc, ...hostNamesOf(decl), header };
  if (decl.notAggregate !== null || decl.methods.length > 0 || decl.fields.length === 0) {
    return { kind: "handle", decl: declared };
  }
  const place: TypePlace = { ...here, namespace: [...namespace, name], file: decl.span.file, role: "field" };
  const fields = decl.fields.map((field) => describeField(field, place, resolveField));
  if (!fields.every((field) => field !== null)) return null;
  return { kind: "record", decl: { ...declared, fields } };
}

/** A tuple whose alias names its elements: a record to every host. */
export function describeTuple(
  alias: AliasDecl & Required<Pick<AliasDecl, "fields">>,
  inner: Resolved,
  ref: TypeRef,
  here: Here,
): Resolved | null {
  const header = requireHeader(alias, ref, here);
  if (header === null) return null;
  const { names, span } = alias.fields;
  const elements = inner.type.kind === "tuple" && inner.reference === "" ? inner.type.of : [];
  if (elements.length !== names.length || new Set(names).size !== names.length) {
    once(here, `fields ${span.file}:${span.start.offset}`, () =>
      report("TX1219", span, {
        message:
          elements.length === 0
            ? `${quote(alias.name)} stands for no tuple, whose elements could be named`
            : `${quote(alias.name)} has ${elements.length} elements, and \`fields\` ${elements.length === names.length ? "names two of them alike" : `has ${names.length} names`}`,
        fix: "Give each element of the tuple one name, or write a struct.",
      }),
    );
    return null;
  }
  const fields = elements.map((type, i): RecordField => {
    return { name: names[i] ?? "", type, spelling: cppType(type), doc: null, default: null };
  });
  const { name, namespace, doc = null } = alias;
  const tuple = inner.type.kind === "tuple" && inner.type.pair === true ? "pair" : "tuple";
  return {
    ...inner,
    type: { kind: "record", decl: { name, namespace, doc, ...hostNamesOf(alias), header, fields, tuple } },
  };
}

function describeField(
  field: FieldDecl,
  place: TypePlace,
  resolveField: (ref: TypeRef, place: TypePlace) => Resolved | null,
): RecordField | null {
  if (isNoCppName(field.name)) {
    place.add(noName(field.name, field.span));
    return null;
  }
  const found = resolveField(field.type, place);
  if (found === null) return null;
  // A default that has no literal elsewhere leaves the field required.
  const read = field.default === null ? null : resolveDefault(field.default, found.type);
  return {
    name: field.name,
    type: found.type,
    spelling: cppType(found.type),
    doc: field.doc,
    default: read !== null && "value" in read ? read.value : null,
  };
}

function refuseRecursion(decl: RecordDecl, here: Here): null {
  once(here, `recursive ${decl.span.file}:${decl.span.start.offset}`, () =>
    report("TX1212", decl.span, {
      message: `the struct ${quote(decl.name)} holds values of its own type`,
      note: "A struct crosses field by field, which would not end here.",
      fix: "Make it a class with a constructor, so that it crosses behind a handle, and annotate the methods that others call.",
    }),
  );
  return null;
}

/** Nothing where hosts call it as they would anyway. */
function hostNamesOf({ hostNames }: { readonly hostNames?: HostNames }): { readonly hostNames?: HostNames } {
  return hostNames === undefined || (hostNames.typescript === null && hostNames.r === null) ? {} : { hostNames };
}

function requireHeader(decl: Pick<RecordDecl, "name" | "span">, ref: TypeRef, here: Here): string | null {
  const header = headerOf(decl.span.file);
  if (header !== null) return header;
  once(here, `header ${decl.span.file}:${decl.span.start.offset}`, () =>
    report("TX1211", decl.span, {
      message: `${quote(decl.name)} is defined where generated code cannot include it`,
      note: `An exported signature names it: ${quote(ref.spelling)}.`,
      fix: "Move its definition into a header below csrc/include/, and include that here.",
    }),
  );
  return null;
}

function once(here: Here, key: string, make: () => ReturnType<typeof report>): void {
  if (here.reported.has(key)) return;
  here.reported.add(key);
  here.add(make());
}
