// register_types=: types with converters of the person's own. A registration holds for the whole package, goes by the spelling of
// the type, and wins over derivation.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../diagnostics/report.js";
import type { ParsedFile, RegisteredType, TypeRef } from "../ir/declaration.js";
import type { Type } from "../ir/module.js";

type Found = Pick<TypeRef, "isConst" | "reference"> & { readonly type: Type };

export interface Registrations {
  /** The registration of a type as it is spelled, with its `const` and `&` or without; null where there is none. */
  find(ref: TypeRef): Found | null;
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
  const typeOf = ({ cpp, raw, abi, host }: RegisteredType): Type => ({ kind: "registered", cpp, raw, abi, host });
  return {
    registered: {
      find(ref) {
        if (known.size === 0) return null;
        const whole = known.get(squeeze(ref.spelling));
        if (whole !== undefined) return { type: typeOf(whole), isConst: false, reference: "" };
        const bare = known.get(squeeze(ref.spelling.replace(/^const\b|[&*]+$/gu, "")));
        return bare === undefined ? null : { type: typeOf(bare), isConst: ref.isConst, reference: ref.reference };
      },
    },
    diagnostics,
  };
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
