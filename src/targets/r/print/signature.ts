import type { CppSignature } from "../../../print/expression.js";

/** A signature on one line, spaced as torchexport spaced it, so that a package that switches sees only real differences. */
export function oneLine({ returns, name, parameters }: CppSignature): string {
  return `${returns} ${name} (${parameters.map((parameter) => `${parameter.type} ${parameter.name}`).join(", ")})`;
}

/** The names of the parameters, as they are passed on. */
export function forwarded({ parameters }: CppSignature): string {
  return parameters.map((parameter) => parameter.name).join(", ");
}
