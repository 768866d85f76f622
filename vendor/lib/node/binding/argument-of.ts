// Readers of values that are made of others.
import type { ObjectCell } from "../torch/addon.js";
import { withArticle } from "../torch/describe.js";
import { type Kind, objects } from "../torch/object-class.js";
import { type Place, refuse, textOf } from "../torch/place.js";

/** Checks a value and gives what native code takes for it. */
export type Reader<N> = (value: unknown, name: string, place: Place, alive?: unknown[]) => N;

/** null and undefined stand for what is absent. */
export function optionalOf<N>(read: Reader<N>): Reader<N | null> {
  return (value, name, place, alive) =>
    value === null || value === undefined ? null : read(value, name, place, alive);
}

/** An array. */
export function listOf<N>(read: Reader<N>): Reader<readonly N[]> {
  return (value, name, place, alive) => {
    if (!Array.isArray(value)) refuse(name, place, "an array", value);
    const inside = { of: place, key: 0 };
    const list: N[] = [];
    for (let i = 0; i < value.length; i++) {
      inside.key = i;
      list.push(read(value[i], name, inside, alive));
    }
    return list;
  };
}

/** An array of that length. */
export function arrayOf<N>(read: Reader<N>, length: number): Reader<readonly N[]> {
  const readList = listOf(read);
  return (value, name, place, alive) => {
    if (!Array.isArray(value) || value.length !== length) refuse(name, place, `an array of length ${length}`, value);
    return readList(value, name, place, alive);
  };
}

type Read<R> = R extends Reader<infer N> ? N : never;

/** An array of as many elements as there are readers. */
export function tupleOf<const R extends readonly Reader<unknown>[]>(
  ...readers: R
): Reader<{ readonly [I in keyof R]: Read<R[I]> }> {
  return (value, name, place, alive) => {
    if (!Array.isArray(value) || value.length !== readers.length) {
      refuse(name, place, `an array of length ${readers.length}`, value);
    }
    const read = readers.map((reader, key) => reader(value[key], name, { of: place, key }, alive));
    return read as unknown as { readonly [I in keyof R]: Read<R[I]> };
  };
}

/** The name of a field, its reader, and what it is where it is left out. */
type FieldReader = readonly [name: string, read: Reader<unknown>, byDefault?: unknown];

const inherited = Object.prototype as unknown as Readonly<Record<string, unknown>>;

/** An object with these fields and no others. */
export function recordOf<const F extends readonly FieldReader[]>(
  title: string,
  fields: F,
): Reader<{ readonly [I in keyof F]: Read<F[I][1]> }> {
  const known = fields.map(([field]) => field);
  return (value, name, place, alive) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      refuse(name, place, `${withArticle(title)}, an object with ${known.join(", ")}`, value);
    }
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      throw new TypeError(
        `${name}: ${textOf(place)} has an unknown field ${key}. Fields of ${title}: ${known.join(", ")}`,
      );
    }
    const given = value as Readonly<Record<string, unknown>>;
    const read = fields.map(([field, reader, byDefault]) => {
      const own = given[field] === inherited[field] ? undefined : given[field];
      return reader(own === undefined ? byDefault : own, name, { of: place, key: `.${field}` }, alive);
    });
    return read as unknown as { readonly [I in keyof F]: Read<F[I][1]> };
  };
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A Map, or a plain object where keys are strings: its keys and values in turn. */
export function dictOf<K, V>(
  readKey: Reader<K>,
  readValue: Reader<V>,
  keys: "string" | "int64",
): Reader<readonly (K | V)[]> {
  return (value, name, place, alive) => {
    const isObject = keys === "string" && isPlain(value);
    if (!(value instanceof Map) && !isObject) {
      refuse(name, place, keys === "string" ? "a Map or a plain object" : "a Map", value);
    }
    const entries: Iterable<readonly [unknown, unknown]> =
      value instanceof Map ? value : Object.entries(value as object);
    const list: (K | V)[] = [];
    for (const [key, element] of entries) {
      const text = typeof key === "string" ? JSON.stringify(key) : String(key);
      list.push(readKey(key, name, { of: place, key: `key ${text}` }, alive));
      list.push(readValue(element, name, { of: place, key: text }, alive));
    }
    return list;
  };
}

/** One of the names of an enum: its number. */
export function enumOf(
  title: string,
  entries: readonly (readonly [string, number | bigint])[],
): Reader<number | bigint> {
  const numbers = new Map<unknown, number | bigint>(entries);
  const expected = `${withArticle(title)}, one of ${entries.map(([entry]) => `"${entry}"`).join(", ")}`;
  return (value, name, place) => numbers.get(value) ?? refuse(name, place, expected, value);
}

/** An object of a class of this package. */
export function objectOf(kind: Kind): Reader<ObjectCell> {
  return (value, name, place, alive) => {
    const cell = objects.cellOf(kind, value);
    if (cell === undefined) refuse(name, place, withArticle(kind.name), value);
    alive?.push(value);
    return cell;
  };
}

/** A record of which these fields may be left out. */
export type WithDefaults<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
