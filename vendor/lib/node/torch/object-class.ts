// For whoever compiles against this with an older `lib`: Symbol.dispose stands in the declarations.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Addon, ObjectCell } from "./addon.js";
import { describe } from "./describe.js";
import { loadAddon } from "./native.js";
import { type Shared, shared } from "./shared.js";

// Held by the generated bindings: a cell is an address, so none but a native result may become an object.
const secret: unique symbol = Symbol("torch-extension.object");

/** As in tensor-class.ts: the collector sees the JavaScript object alone, and would wait for a megabyte of them. */
const BALLAST = 24;

/** A generated class. */
export interface Kind<T extends NativeObject = NativeObject> {
  readonly prototype: T;
  readonly name: string;
}

/** What the classes give to the rest of the shim, and to that of other packages. */
export interface Objects {
  readonly NativeObject: typeof NativeObject;
  readonly Generator: typeof Generator;
  readonly secret: typeof secret;
  /** The object of that class whose native part was just made. */
  adopt<T extends NativeObject>(kind: Kind<T>, cell: ObjectCell): T;
  /** The cell of an object of that class; undefined for any other value. */
  cellOf(kind: Kind, value: unknown): ObjectCell | undefined;
}

let cellOf: Objects["cellOf"];

/** The addon: there is one as soon as there is an object. */
const addon = (): Addon => shared.addon as Addon;

/**
 * An object that lives in C++. Its memory is given back when the collector takes it, or earlier by `dispose()`, `using` or
 * `tidy()`. One that was disposed throws an Error wherever it is used.
 */
class NativeObject {
  readonly #cell: ObjectCell;
  // Not the prototype, which anybody may change.
  readonly #kind: Kind;
  readonly #ballast: unknown = new Array(BALLAST);

  static {
    cellOf = (kind, value) =>
      typeof value === "object" && value !== null && #ballast in value && value.#kind === kind
        ? value.#cell
        : undefined;
  }

  /** @internal */
  constructor(key: symbol, kind: Kind, cell: ObjectCell) {
    if (key !== secret) throw new TypeError("NativeObject has no public constructor: the classes of packages make it");
    this.#cell = cell;
    this.#kind = kind;
    addon().attachObject(this, cell);
    shared.scopes.at(-1)?.add(this);
  }

  /** Whether its memory was given back before the collector did so. */
  get disposed(): boolean {
    return addon().releasedObject(this.#cell, this);
  }

  /** Gives its memory back now. Using it afterwards throws; disposing it again does nothing. */
  dispose(): void {
    addon().releaseObject(this.#cell, this);
    for (const scope of shared.scopes) scope.delete(this);
  }

  /** `using x = new Something()` disposes it at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** torch's own, where none is given. */
const DEFAULT_SEED = 67280421310721n;

/**
 * A random number generator of the CPU, for functions that take one: each seed gives its own sequence.
 *
 * @example const generator = new Generator(42)
 */
class Generator extends NativeObject {
  /** @throws {RangeError} for a seed that is negative or beyond 64 bits. */
  constructor(seed: number | bigint = DEFAULT_SEED) {
    super(secret, Generator, loadAddon().generator(checkSeed(seed, "Generator")));
  }

  /** What random numbers it starts from. */
  get seed(): bigint {
    return addon().generatorSeed(cellOf(Generator, this) ?? 0, this);
  }

  /** Starts again from a seed. Returns itself. */
  manualSeed(seed: number | bigint): this {
    addon().setGeneratorSeed(cellOf(Generator, this) ?? 0, checkSeed(seed, "manualSeed"), this);
    return this;
  }
}

/** A whole number that is not negative, below 2^64. */
function checkSeed(seed: unknown, name: string): bigint {
  if (typeof seed !== "bigint" && !(typeof seed === "number" && Number.isInteger(seed))) {
    throw new TypeError(`${name}: seed must be a whole number or bigint, got ${describe(seed)}`);
  }
  const whole = BigInt(seed);
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new RangeError(`${name}: seed is ${seed}, beyond the integers that a number holds exactly. Pass a bigint`);
  }
  if (BigInt.asUintN(64, whole) !== whole)
    throw new RangeError(`${name}: seed is ${seed}, outside the range of uint64`);
  return whole;
}

function define(into: Shared): Objects {
  const objects: Objects = {
    NativeObject,
    Generator,
    secret,
    adopt: <T extends NativeObject>(kind: Kind<T>, cell: ObjectCell) =>
      // Past the class's own constructor, which would make another native part.
      Reflect.construct(NativeObject, [secret, kind, cell], kind as unknown as new () => T) as T,
    cellOf,
  };
  into.objects = objects;
  return objects;
}

/** The first package's classes are every package's. */
export const objects: Objects = (shared.objects as Objects | null) ?? define(shared);

export type { Generator, NativeObject };
