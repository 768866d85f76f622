// register_types=: types with user-written converters. A registration holds for the whole package, goes by the spelling of
// the type, and wins over derivation.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../../diagnostics/report.js";
import type { ParsedFile, RegisteredType, TypeRef } from "../../model/declaration.js";
import type { Type } from "../../model/module.js";

type Found = Pick<TypeRef, "isConst" | "reference"> & { readonly type: Type };

export interface Registrations {
  /**
   * The registration of a type as it is spelled, with its `const` and `&` or without; null where there is none.
   * @param qualify the full name of a name that stands in the spelling; null where it is not known
   */
  find(ref: TypeRef, qualify: (name: string) => string | null): Found | null;
}

/** Gathers the registrations of all files; the first of two that say the same is it. */
export function registrationsOf(files: readonly ParsedFile[]): {
  readonly registered: Registrations;
  readonly diagnostics: readonly Diagnostic[];
} {
  const known = new Map<string, RegisteredType>();
  const diagnostics: Diagnostic[] = [];
  const annotations = files.flatMap((file) => [
    ...file.functions.map((declaration) => declaration.annotation),
    ...file.records.flatMap((record) => record.methods.map((method) => method.annotation)),
  ]);
  for (const registration of annotations.flatMap((annotation) => annotation.registerTypes)) {
    const key = squeeze(registration.cpp);
    const before = known.get(key);
    if (before === undefined) known.set(key, registration);
    else if (!isSame(before, registration)) diagnostics.push(twice(before, registration));
  }
  return {
    registered: {
      find(ref, qualify) {
        if (known.size === 0) return null;
        const whole = known.get(squeeze(ref.spelling));
        const found = whole ?? known.get(squeeze(ref.spelling.replace(/^const\b|[&*]+$/gu, "")));
        if (found === undefined) return null;
        const { raw, abi, host } = found;
        const type: Type = { kind: "registered", cpp: inFull(found.cpp, ref, qualify), raw, abi, host };
        return found === whole
          ? { type, isConst: false, reference: "" }
          : { type, isConst: ref.isConst, reference: ref.reference };
      },
    },
    diagnostics,
  };
}

/** A spelling that holds in any namespace: names that were found from where it stands get the whole of their names. */
function inFull(spelling: string, ref: TypeRef, qualify: (name: string) => string | null): string {
  const names = new Set<string>();
  const visit = (one: TypeRef): void => {
    names.add(one.name);
    one.args.forEach(visit);
  };
  visit(ref);
  return spelling.replace(
    /(?:::)?\b[A-Za-z_]\w*(?:::\w+)*/gu,
    (name) => (names.has(name) ? qualify(name) : null) ?? name,
  );
}

/** A spelling without white space, so that `const  T &` is `const T&`. */
function squeeze(spelling: string): string {
  return spelling.replace(/\s+/gu, "");
}

function isSame(a: RegisteredType, b: RegisteredType): boolean {
  return a.raw === b.raw && squeeze(a.abi) === squeeze(b.abi) && a.host === b.host;
}

function twice(first: RegisteredType, second: RegisteredType): Diagnostic {
  return report("TX1213", second.span, {
    message: `${quote(second.cpp)} is registered a second time, and otherwise`,
    note: `The first registration stands at ${placeOf(first.span)}; it holds for the whole package.`,
    fix: "Remove one of the two.",
  });
}
