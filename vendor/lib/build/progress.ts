import { join, normalize, relative } from "node:path";
import type { Libtorch } from "./libtorch.js";

/** What a build tells while it runs. `done` of `total` counts the build tool's steps (make: per cent). */
export type BuildEvent =
  | { readonly kind: "libtorch"; readonly libtorch: Pick<Libtorch, "version" | "cuda" | "why"> }
  | { readonly kind: "restarted"; readonly why: string }
  | { readonly kind: "configuring" }
  | { readonly kind: "configured"; readonly seconds: number }
  | { readonly kind: "compiling"; readonly done: number; readonly total: number; readonly file: string }
  | { readonly kind: "linked"; readonly done: number; readonly total: number; readonly file: string }
  | { readonly kind: "step"; readonly done: number; readonly total: number; readonly text: string }
  /** A compiler's warning about the person's own code, as lines to print. */
  | { readonly kind: "warning"; readonly lines: readonly string[] }
  | { readonly kind: "built"; readonly seconds: number; readonly steps: number };

type StepEvent = Extract<BuildEvent, { kind: "compiling" | "linked" | "step" }>;

/**
 * Reads one line of Ninja's ("[2/7] Building CXX object …") or make's output ("[ 50%] Building …"); null for every other.
 * `source` is the folder of CMakeLists.txt and `root` the package: files come out relative to `root`.
 */
export function parseStep(line: string, places: { readonly source: string; readonly root: string }): StepEvent | null {
  const ninja = /^\[(\d+)\/(\d+)\] (.*)$/.exec(line);
  const make = ninja === null ? /^\[ *(\d+)%\] (.*)$/.exec(line) : null;
  const text = ninja?.[3] ?? make?.[2];
  if (text === undefined || /^(Built target|Re-checking|Re-running)/.test(text)) return null;
  const done = Number(ninja?.[1] ?? make?.[1]);
  const total = Number(ninja?.[2] ?? 100);
  const object = /^Building \w+ object (?:.*?\/)?CMakeFiles\/[^/]+\.dir\/(.+?)\.o(?:bj)?$/.exec(text)?.[1];
  // TorchExtensionCompiler.cmake's one unit of what the generator writes.
  if (object !== undefined && /^torch_extension\/[^/]+\/generated\.cpp$/.test(object))
    return { kind: "compiling", done, total, file: "the generated C++" };
  if (object !== undefined) return { kind: "compiling", done, total, file: sourceFile(object, places) };
  const product = /^Linking \w+ .*?(?:library|module|executable) (.+)$/.exec(text)?.[1];
  if (product !== undefined) return { kind: "linked", done, total, file: product };
  return { kind: "step", done, total, text };
}

/** CMake writes `..` as `__`, and a file outside the source folder by its whole path. */
function sourceFile(object: string, { source, root }: { source: string; root: string }): string {
  const path = object.replace(/(^|\/)__(?=\/)/g, "$1..");
  const outside = root
    .replace(/^[A-Za-z]:/, "")
    .replace(/^[\\/]/, "")
    .replaceAll("\\", "/")
    .replaceAll(" ", "_");
  if (path.replaceAll(" ", "_").startsWith(`${outside}/`)) return path.slice(outside.length + 1);
  return normalize(join(relative(root, source), path)).replaceAll("\\", "/");
}

/** One event as a plain line; null for those that only a terminal's live line shows. */
export function eventLine(event: BuildEvent): string | null {
  switch (event.kind) {
    case "libtorch":
      return `libtorch ${event.libtorch.version}${cudaText(event.libtorch.cuda)}: ${event.libtorch.why}`;
    case "restarted":
      return `Configuring from scratch: ${event.why}.`;
    case "configuring":
      return null;
    case "configured":
      return `configured in ${event.seconds.toFixed(1)} s`;
    case "compiling":
      return `[${event.done}/${event.total}] compiling ${event.file}`;
    case "linked":
      return `[${event.done}/${event.total}] linking ${event.file}`;
    case "step":
      return `[${event.done}/${event.total}] ${event.text}`;
    case "warning":
      return event.lines.join("\n");
    case "built":
      return event.steps === 0
        ? "Nothing to do: the native part is up to date."
        : `built in ${event.seconds.toFixed(1)} s`;
  }
}

/** One event as the text of a terminal's live line; null where nothing is going on after it. */
export function eventStatus(event: BuildEvent): string | null {
  switch (event.kind) {
    case "configuring":
    case "restarted":
      return "configuring";
    case "configured":
      return "compiling";
    case "compiling":
    case "linked":
    case "step":
      return `compiling, ${event.done} of ${event.total} done`;
    default:
      return null;
  }
}

function cudaText(cuda: string | null): string {
  if (cuda === null) return "";
  return cuda === "unknown" ? " with CUDA" : ` with CUDA ${cuda}`;
}
