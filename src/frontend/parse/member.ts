import { tokenEnd } from "../scan/braces.js";

/** A member function up to what belongs to its body: `: x_(1)` of a constructor, `= default`, `= 0`. */
export function withoutBody(source: string): string {
  let depth = 0;
  let hasParameters = false;
  for (let i = 0; i < source.length; ) {
    const code = source.charCodeAt(i);
    if (code === 40) {
      depth++;
    } else if (code === 41) {
      depth--;
      hasParameters = true;
    } else if (depth === 0 && hasParameters) {
      const isScope = code === 58 && source.charCodeAt(i + 1) === 58;
      if (isScope) i++;
      else if (code === 58 || code === 61) return source.slice(0, i);
    }
    i = tokenEnd(source, i, code);
  }
  return source;
}
