// Names inside a dispatcher schema: the C++ names, with a trailing underscore where the schema's own language reserves
// the word. The list is what libtorch's lexer refused when it was asked; Python's other words pass.

const reserved: ReadonlySet<string> = new Set(
  `and as assert break class continue def del elif else False for global if import in is None not or pass raise return
  True while with`.split(/\s+/),
);

/** The name of an operator or of an argument in a schema: `in_` for `in`. */
export function schemaName(name: string): string {
  return reserved.has(name) ? `${name}_` : name;
}
