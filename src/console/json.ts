/**
 * JSON whose text depends on the value alone: keys sorted, numbers that JSON lacks as strings ("NaN", "-Infinity", "-0").
 */
export function stableJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part: unknown) => {
      if (typeof part === "number") return Number.isFinite(part) && !Object.is(part, -0) ? part : spell(part);
      if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
      return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    2,
  );
}

const spell = (number: number): string => (Object.is(number, -0) ? "-0" : String(number));
