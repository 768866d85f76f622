/** A complex number: `{ re: 0, im: 1 }`. JavaScript has none of its own. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Whether it has a real and an imaginary part, and nothing else of its own. */
export function isComplex(value: unknown): value is Complex {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { re, im } = value as Partial<Complex>;
  return typeof re === "number" && typeof im === "number" && Object.keys(value).length === 2;
}
