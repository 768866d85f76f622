import { type NativeObject, objects } from "./object-class.js";
import { shared } from "./shared.js";
import type { Tensor } from "./tensor.js";
import { tensors } from "./tensor-class.js";

/** Every tensor and native object inside a value: itself, in arrays, and in plain objects, however deep. */
function* tensorsIn(value: unknown, seen: Set<object>): Generator<Tensor | NativeObject> {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof tensors.Tensor || value instanceof objects.NativeObject) {
    yield value;
  } else if (Array.isArray(value) || value instanceof Set) {
    for (const element of value) yield* tensorsIn(element, seen);
  } else if (value instanceof Map) {
    for (const element of value.values()) yield* tensorsIn(element, seen);
  } else if (!ArrayBuffer.isView(value)) {
    for (const element of Object.values(value)) yield* tensorsIn(element, seen);
  }
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

/**
 * Calls `fn` and disposes every tensor and every object of C++ that was made during the call, except those in what it returns: one of
 * them, or arrays, maps, sets and objects of them. Calls may be nested; what an inner one returns belongs to the outer one. When `fn` throws,
 * all are disposed.
 *
 * @returns what `fn` returned.
 * @throws {TypeError} when `fn` returns a promise: it would go on after its tensors are gone.
 */
export function tidy<T>(fn: () => T): T {
  const scope = new Set<object>();
  const { scopes } = shared;
  scopes.push(scope);
  const keep: object[] = [];
  try {
    const result = fn();
    if (isPromise(result)) {
      throw new TypeError(
        "tidy: the function returned a promise, and would go on after its tensors are disposed. Await first, then call tidy on the synchronous part",
      );
    }
    for (const tensor of tensorsIn(result, new Set())) if (scope.has(tensor)) keep.push(tensor);
    return result;
  } finally {
    scopes.splice(scopes.indexOf(scope), 1);
    const outer = scopes.at(-1);
    for (const tensor of keep) {
      scope.delete(tensor);
      outer?.add(tensor);
    }
    for (const tensor of scope) (tensor as Tensor | NativeObject).dispose();
  }
}
