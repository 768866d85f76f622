/** Whether version `a` comes after `b`, by their numbers; a pre-release counts as its release. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, number] of left.entries()) {
    const other = right[index] ?? 0;
    if (number !== other) return number > other;
  }
  return false;
}

const numbers = (version: string): number[] => (version.split(/[-+]/, 1)[0] ?? "").split(".").map(Number);
