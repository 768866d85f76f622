// `bind --explain` and `bind --dump-ir`: what the pipeline knows, and nothing written.

import { EXIT } from "../console/exit-codes.js";
import { showDiagnostics } from "../console/findings.js";
import { guarded } from "../console/guard.js";
import { stableJson } from "../console/json.js";
import { toJson } from "../diagnostics/render.js";
import { readPackage } from "../generate/read-package.js";
import type { Io } from "../io.js";
import { nearest } from "../naming/nearest.js";
import { UsageError } from "../questions/flags.js";
import { type CallStackFunction, callStackOf, fileText, placeText } from "../targets/call-stack/call-stack.js";
import { printExplanation } from "../targets/call-stack/explanation.js";

export interface ExplainRequest {
  readonly folder: string;
  /** As C++, C or a host has it: `myext::leaky_step`, `leaky_step`, `_leaky_step`, `leakyStep`. */
  readonly name: string;
  readonly json: boolean;
  readonly io: Io;
}

/**
 * Prints one function's way through all layers.
 * @throws {UsageError} where no function of that name is exported
 */
export function explainFunction({ folder, name, json, io }: ExplainRequest): Promise<number> {
  return guarded(io, async () => {
    const { sources, facts, generated } = await readPackage(folder, io, true);
    if (generated.refused) {
      showDiagnostics(generated.diagnostics, sources, io);
      return EXIT.refused;
    }
    const { functions, columns } = callStackOf(generated.module, generated.described, facts.pages);
    const found = findFunction(functions, name);
    io.out(json ? JSON.stringify(documentOf(found), null, 2) : printExplanation(found, columns));
    return EXIT.done;
  });
}

/** `--json`: one function, its layers with the places as text, its values with a key for each column. */
function documentOf({ title, summary, layers, values, page }: CallStackFunction) {
  return {
    title,
    summary,
    layers: layers.map((layer) => ({
      name: layer.name,
      signature: layer.signature,
      file: fileText(layer),
      places: layer.places.flatMap((place) => placeText(place) ?? []),
    })),
    values: values.map(({ name, title: type, forms, memory }) => ({ name, title: type, ...forms, memory })),
    page,
  };
}

/** Every name that a function goes by, its C++ name first. */
function namesOf({ title, layers }: CallStackFunction): readonly string[] {
  const inLayers = layers.flatMap(({ called }) => called ?? []);
  return [title, title.split("::").at(-1) ?? title, ...inLayers];
}

function findFunction(functions: readonly CallStackFunction[], name: string): CallStackFunction {
  const found = functions.find((one) => namesOf(one).includes(name));
  if (found !== undefined) return found;
  if (functions.length === 0) throw new UsageError("No function is marked [[torch::export]] below csrc/ yet.");
  const near = nearest(name, functions.flatMap(namesOf));
  const titles = functions.map(({ title }) => title);
  const listed = titles.length > 12 ? `${titles.slice(0, 12).join(", ")}, … (${titles.length})` : titles.join(", ");
  const hint = near === null ? `There are: ${listed}.` : `Did you mean ${near}?`;
  throw new UsageError(`No exported function is called ${name}. ${hint}`);
}

/** Prints what the pipeline made of the C++, as one JSON document that is the same for the same C++. */
export function dumpIr({ folder, io }: Pick<ExplainRequest, "folder" | "io">): Promise<number> {
  return guarded(io, async () => {
    const { module, diagnostics, refused } = (await readPackage(folder, io, true)).generated;
    io.out(stableJson({ schema: 1, module, diagnostics: diagnostics.map(toJson) }));
    return refused ? EXIT.refused : EXIT.done;
  });
}
