// From an error in what is generated back to the function that a person marked for export. No generated file holds the
// lines of another, so the way goes over names: the generated function around the error, then its mark below csrc/.
import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type Annotated, findAnnotated, placeAt, sourcesBelow } from "./annotated.js";
import { compileCommands } from "./compile-commands.js";
import type { Diagnostic, Place } from "./compiler-errors.js";
import { maskCpp } from "./cpp-text.js";
import type { Owner } from "./owner.js";

/** An error and the marked function that it is about. */
export interface Traced {
  readonly annotated: Annotated;
  /** In which generated file the compiler stopped; null for the linker. */
  readonly place: Place | null;
  /** What happened, where the compiler's own words would say little. */
  readonly message: string | null;
  readonly fix: string;
}

const rebind = "If the C++ has changed since it was bound, run `npx generator-torch-extension bind`, then build.";

/** The marked function behind an error in a generated file or of the linker; null where there is none. */
export function traceBack(
  diagnostic: Diagnostic,
  {
    root,
    folder,
    ownerOf,
  }: { readonly root: string; readonly folder: string; readonly ownerOf: (file: string) => Owner },
): Traced | null {
  const undefinedName = missingDefinition(diagnostic);
  if (undefinedName !== null)
    return traceUndefined(undefinedName, root, folder) ?? traceUse(undefinedName, diagnostic, root);
  const place = [diagnostic.place, ...diagnostic.requiredFrom].find(
    (one) => one !== null && ownerOf(one.file) === "generated",
  );
  if (place?.line != null) {
    const symbol = enclosingFunction(readText(place.file), place.line);
    const annotated = symbol === null ? null : (bySymbol(findAnnotated(root), symbol) ?? typeOf(symbol, root));
    if (annotated !== null) return { annotated, place, message: null, fix: rebind };
  }
  return null;
}

/** The name of the generated function that a line lies in, prefixes of the generator taken off. */
export function enclosingFunction(text: string, line: number): string | null {
  const lines = text.split(/\r?\n/);
  for (let at = Math.min(line, lines.length) - 1; at >= 0; at--) {
    const head = lines[at] ?? "";
    // Bodies are indented, and what closes a parameter list or a body begins with its bracket.
    if (/^[\s)}#/]|^$/.test(head)) continue;
    const name = /([A-Za-z_]\w*)\s*\(/.exec(head.replace(/^TX_\w+\(.*/, ""))?.[1];
    if (name !== undefined) return name.replace(/^(?:_|boxed_|node_|rcpp_)/, "");
    break;
  }
  // A registration names the kernel in its own statement: the line itself, else those below and above it.
  for (const at of [0, 1, 2, 3, -1, -2, -3]) {
    const kernel = /\bboxed_(\w+)/.exec(lines[line - 1 + at] ?? "")?.[1];
    if (kernel !== undefined) return kernel;
  }
  return null;
}

function bySymbol(all: readonly Annotated[], symbol: string): Annotated | null {
  // Deleting a handle is nobody's own function: the first of its class stands for it.
  const owner = /^(\w+)_delete$/.exec(symbol)?.[1];
  return (
    all.find((one) => one.symbol === symbol) ?? all.find((one) => one.owner !== null && one.owner === owner) ?? null
  );
}

/** The struct, enum or class that a function of its family is about: `myext_record_Point_get_0`. */
function typeOf(symbol: string, root: string): Annotated | null {
  const name = /_(?:record|enum|class)_(?:\w*__)?(\w+?)_(?:get_\w+|new|delete)$/.exec(symbol)?.[1];
  if (name === undefined) return null;
  const declared = new RegExp(
    `\\b(?:struct|class|enum(?:\\s+(?:class|struct))?)\\s+(?:[A-Z][A-Z0-9_]*\\s+)?(?=${name}\\b[^;(){}]*\\{)`,
  );
  for (const { file, text } of sourcesBelow(join(root, "csrc"))) {
    const match = declared.exec(maskCpp(text));
    if (match === null) continue;
    return { ...placeAt(text, match.index + match[0].length), file, name, owner: null, symbol: name, hasBody: true };
  }
  return null;
}

const undefinedReference = /undefined (?:reference to|symbol)|unresolved external|Undefined symbols/;

/** What a linker misses, `myext::scaled(at::Tensor const&)`; null for every other error. */
function missingDefinition({ message, text }: Diagnostic): string | null {
  if (!undefinedReference.test(message)) return null;
  const whole = [message, ...text].join("\n");
  // In quotes by GNU and Apple; after a colon by lld; Microsoft adds types in front and the mangled name behind.
  const quoted = /[`'"‘](?:[^`'"‘]*? __\w+ )?((?:[\w~]+::)*[\w~]+\(.*?\)(?: const)?)['"’]/.exec(whole)?.[1];
  return quoted ?? /symbol: ((?:[\w~]+::)*[\w~]+\(.*\)(?: const)?)/.exec(whole)?.[1] ?? null;
}

function traceUndefined(signature: string, root: string, folder: string): Traced | null {
  const path = signature.slice(0, signature.indexOf("(")).split("::");
  const [name = "", owner] = [path.at(-1), path.at(-2)];
  const annotated = findAnnotated(root).find((one) => one.name === name && (one.owner === null || one.owner === owner));
  if (annotated === undefined) return null;
  const inPackage = (file: string): string => relative(root, file).replaceAll("\\", "/");
  const say = (message: string, fix: string): Traced => ({ annotated, place: null, message, fix });
  const what = `${signature}, which the bindings call,`;
  const isHeader = /\.(h|hpp)$/.test(annotated.file);
  if (annotated.hasBody && !isHeader && !isCompiled(annotated.file, folder)) {
    if (annotated.file.endsWith(".cu")) {
      const fix =
        "Mark a function of a .cpp file, which calls this one where TX_WITH_CUDA is defined; or build with CUDA: --cuda on.";
      return say(`${what} stands in a CUDA source, and this build has none.`, fix);
    }
    return say(
      `${what} stands in a file that is not compiled.`,
      "Move it below csrc/src, or name it in csrc/CMakeLists.txt.",
    );
  }
  if (annotated.hasBody) {
    const fix =
      "Run `npx generator-torch-extension bind`, then build again. It warns where an #if or a macro around it is the cause.";
    return say(`${what} is not there: what stands here has other parameters, or another namespace.`, fix);
  }
  const other = definitionOf(name, root);
  if (other !== null) {
    return say(
      `${what} is declared here and defined nowhere: ${inPackage(other.file)}:${other.line} has other parameters, or another namespace.`,
      "Write both alike, run `npx generator-torch-extension bind`, then build again.",
    );
  }
  return say(
    `${what} is declared here and defined nowhere.`,
    "Write its body in a source below csrc/src, or remove the mark and run `npx generator-torch-extension bind`.",
  );
}

/** Where the person's own C++ calls what is defined nowhere: in the unit that the linker names, where it names one. */
function traceUse(signature: string, { message, text }: Diagnostic, root: string): Traced | null {
  const name = signature.slice(0, signature.indexOf("(")).split("::").at(-1) ?? "";
  const said = [message, ...text].join("\n");
  const uses = sourcesBelow(join(root, "csrc")).flatMap(({ file, text }) => {
    const masked = maskCpp(text);
    const all = [...masked.matchAll(new RegExp(`\\b${name}\\s*\\(`, "g"))].map(({ index }) => index);
    const calls = all.filter((at) => !isDeclarator(masked.slice(0, at)));
    return (calls.length > 0 ? calls : all).slice(0, 1).map((at) => ({ file, text, at, isCall: calls.length > 0 }));
  });
  const use = [
    uses.find(({ file, isCall }) => isCall && said.includes(basename(file))),
    uses.find(({ isCall }) => isCall),
    uses[0],
  ].find((one) => one !== undefined);
  if (use === undefined) return null;
  const annotated = { ...placeAt(use.text, use.at), file: use.file, name, owner: null, symbol: name, hasBody: false };
  return {
    annotated,
    place: null,
    message: `${signature} is ${use.isCall ? "called" : "declared"} here and defined nowhere.`,
    fix:
      "Define it, with this namespace and these parameters, in a source below csrc/src; or link the library that has it: " +
      "target_link_libraries in csrc/CMakeLists.txt.",
  };
}

/** Whether a type stands before a name, so that it is declared there and not called. */
function isDeclarator(before: string): boolean {
  const word = /([\w>&*]+)\s+$|([>&*]+)$/.exec(before);
  const last = word?.[1] ?? word?.[2];
  return last !== undefined && !/^(?:return|co_return|co_await|throw|else|do|not|and|or|&&|[*&>])$/.test(last);
}

function isCompiled(file: string, folder: string): boolean {
  const commands = compileCommands(folder);
  return commands.length === 0 || commands.some((command) => command.file === file);
}

/** Where a function of that name has a body. */
function definitionOf(name: string, root: string): { file: string; line: number } | null {
  const pattern = new RegExp(`\\b${name}\\s*\\([^;{}]*\\)[^;{}()]*\\{`);
  for (const { file, text } of sourcesBelow(join(root, "csrc"))) {
    const at = maskCpp(text).search(pattern);
    if (at >= 0) return { file, line: text.slice(0, at).split("\n").length };
  }
  return null;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
