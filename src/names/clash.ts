/** Things that would get one name. */
export interface Clash<T> {
  readonly name: string;
  /** Two or more, in the order in which they were given. */
  readonly items: readonly T[];
}

/** Groups `items` by the name that `nameOf` gives them, and returns the groups of more than one. Null names are left out. */
export function clashes<T>(items: readonly T[], nameOf: (item: T) => string | null): readonly Clash<T>[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups].filter(([, group]) => group.length > 1).map(([name, group]) => ({ name, items: group }));
}
