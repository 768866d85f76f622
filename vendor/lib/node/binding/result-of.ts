// Converters of results that are made of others. An element that cannot be converted, such as an integer that a number does not
// hold, is thrown only when all others have been: a tensor that nobody wraps would never be freed.
import type { ObjectCell } from "../torch/addon.js";
import { type Kind, type NativeObject, objects } from "../torch/object-class.js";

/** Makes a result of what native code returned. */
type Converter = (native: never) => unknown;

class All {
  #error: unknown;
  #failed = false;

  convert(convert: Converter | null, native: unknown): unknown {
    if (convert === null) return native;
    try {
      return convert(native as never);
    } catch (error) {
      if (!this.#failed) this.#error = error;
      this.#failed = true;
      return undefined;
    }
  }

  done<T>(value: T): T {
    if (this.#failed) throw this.#error;
    return value;
  }
}

export function optionalOf<T>(convert: Converter): (native: unknown) => T | null {
  return (native) => (native === null ? null : (convert(native as never) as T));
}

export function listOf<T>(convert: Converter): (native: unknown) => T[] {
  return (native) => {
    const all = new All();
    return all.done((native as readonly unknown[]).map((element) => all.convert(convert, element) as T));
  };
}

/** As `listOf`, of a list whose length the type knows. */
export function arrayOf<T extends readonly unknown[]>(convert: Converter): (native: unknown) => T {
  return listOf(convert) as (native: unknown) => unknown as (native: unknown) => T;
}

/** Of these and the following, null stands for an element that is as native code returned it. */
export function tupleOf<T extends readonly unknown[]>(
  ...converters: readonly (Converter | null)[]
): (native: unknown) => T {
  return (native) => {
    const all = new All();
    const elements = native as readonly unknown[];
    return all.done(converters.map((convert, i) => all.convert(convert, elements[i])) as unknown as T);
  };
}

export function recordOf<T extends object>(
  fields: readonly (readonly [name: string, convert: Converter | null])[],
): (native: unknown) => T {
  return (native) => {
    const all = new All();
    const elements = native as readonly unknown[];
    return all.done(
      Object.fromEntries(fields.map(([name, convert], i) => [name, all.convert(convert, elements[i])])) as T,
    );
  };
}

/** In the order in which C++ has them. */
export function dictOf<K, V>(
  convertKey: Converter | null,
  convertValue: Converter | null,
): (native: unknown) => Map<K, V> {
  return (native) => {
    const all = new All();
    const flat = native as readonly unknown[];
    const map = new Map<K, V>();
    for (let i = 0; i + 1 < flat.length; i += 2) {
      map.set(all.convert(convertKey, flat[i]) as K, all.convert(convertValue, flat[i + 1]) as V);
    }
    return all.done(map);
  };
}

/** @throws {RangeError} where the C++ returned a number that no entry of the enum has. */
export function enumOf<T extends string>(
  title: string,
  entries: readonly (readonly [T, number | bigint])[],
): (native: number | bigint) => T {
  const names = new Map<number | bigint, T>();
  for (const [name, number] of entries) if (!names.has(number)) names.set(number, name);
  return (native) => {
    const name = names.get(native);
    if (name === undefined) throw new RangeError(`the C++ returned ${native}, which no entry of ${title} has`);
    return name;
  };
}

export function objectOf<T extends NativeObject>(kind: Kind<T>): (native: ObjectCell) => T {
  return (native) => objects.adopt(kind, native);
}

/** A tuple of N elements of one type. */
type FixedLength<T, N extends number, R extends readonly T[] = []> = R["length"] extends N
  ? R
  : FixedLength<T, N, readonly [...R, T]>;

/**
 * A list whose elements have names, so that it must be of that length.
 * @throws {Error} where the C++ returned another number of elements.
 */
export function exactly<T, N extends number>(values: readonly T[], length: N, name: string): FixedLength<T, N> {
  if (values.length !== length) {
    throw new Error(
      `${name}: the C++ returned a list of ${values.length}, but its annotation names ${length}. Mend returns=c(…) or the function`,
    );
  }
  return values as readonly unknown[] as FixedLength<T, N>;
}
