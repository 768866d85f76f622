import { type Generator as GeneratorClass, objects } from "./object-class.js";

/**
 * A random number generator of the CPU, for functions that take one: each seed gives its own sequence.
 *
 * @example const generator = new Generator(42)
 */
// Without private fields, as Tensor: those of two packages fit together.
export interface Generator extends Pick<GeneratorClass, keyof GeneratorClass> {}

/** One class for every package in the process whose lib shim is of the same version. */
export const Generator: {
  /** @throws {RangeError} for a seed that is negative or beyond 64 bits. */
  new (seed?: number | bigint): Generator;
  readonly prototype: Generator;
  [Symbol.hasInstance](value: unknown): value is Generator;
} = objects.Generator as never;
