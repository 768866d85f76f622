/** Things that would get one name. */
export interface Clash<T> {
  readonly name: string;
  /** Two or more, in the order in which they were given. */
  readonly items: readonly T[];
}

/** Groups `items` by the name that `nameOf` gives them, and returns the groups of more than one. Null names are left out. */
export function clashes<T>(items: readonly T[], nameOf: (item: T) => string | null): readonly Clash<T>[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === null) continue;
    if (seen.has(name)) twice.add(name);
    else seen.add(name);
  }
  if (twice.size === 0) return [];
  const groups = new Map<string | null, { readonly name: string; readonly items: T[] }>();
  for (const name of seen) if (twice.has(name)) groups.set(name, { name, items: [] });
  for (const item of items) groups.get(nameOf(item))?.items.push(item);
  return [...groups.values()];
}
