// Splits identifiers into words and joins them again.
//
//   leaky_step, LeakyStep, leakyStep  →  leaky, step
//   RNNCell                           →  rnn, cell
//   conv2d_3x3                        →  conv2d, 3x3

/** The words of an identifier, in lower case. Empty for one that is all underscores. */
export function wordsOf(identifier: string): readonly string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .split("_")
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * `leaky_step` → `leakyStep`. Underscores at the end stay, since torch's `relu_` and `relu` are two operators; a word that
 * would begin with a digit is held off by an underscore at the front.
 */
export function camelCase(identifier: string): string {
  if (/^[a-z][a-z0-9]*_*$/.test(identifier)) return identifier;
  // Most are snake case, which takes no splitting.
  if (/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(identifier)) return identifier.replace(/_[a-z0-9]/g, camelBoundary);
  const [first, ...rest] = wordsOf(identifier);
  if (first === undefined) return identifier;
  const joined = first + rest.map(capitalize).join("");
  const trailing = /_*$/.exec(identifier)?.[0] ?? "";
  return (/^[0-9]/.test(joined) ? `_${joined}` : joined) + trailing;
}

const camelBoundary = (boundary: string): string => boundary.charAt(1).toUpperCase();

/** `leaky_step` → `LeakyStep`; underscores at the end stay. */
export function pascalCase(identifier: string): string {
  const camel = camelCase(identifier);
  return capitalize(camel);
}

/** `wanted`, or the first of `wanted_`, `wanted__`, … that `taken` does not hold. */
export function freshName(wanted: string, taken: Pick<ReadonlySet<string>, "has">): string {
  let name = wanted;
  while (taken.has(name)) name += "_";
  return name;
}
