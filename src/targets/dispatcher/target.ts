// The dispatcher of libtorch: a schema for every function that it can have, so that TorchScript and torch.ops find it.
import { formsOf, placesIn } from "../../c-abi/describe.js";
import { type Member, membersOf } from "../../c-abi/members.js";
import { ABSENT, type Layer } from "../../model/description.js";
import type { Module, Type } from "../../model/module.js";
import type { PrintedFile } from "../../print/printer.js";
import type { Target } from "../target.js";
import { lowerOperators, operatorProblem, registeredBy } from "./lower.js";
import { schemaName } from "./names.js";
import { printOperators } from "./print.js";
import { schemaOf } from "./schema.js";
import { schemaProblem, schemaType } from "./types.js";

const key = "schema";

export const dispatcher: Target = {
  id: "dispatcher",
  language: null,
  modes: ["ours", "switched"],
  generate: ({ module }) => {
    // torchexport registers no operators.
    const files = module.mode === "ours" ? [printOperators(lowerOperators(module))] : [];
    const layersOf = layers(module, files);
    const functions = membersOf(module).map((member) => {
      return [member.key, { layers: layersOf(member), forms: { [key]: formsOf(member, formOf) } }] as const;
    });
    return { files, description: { columns: [{ key, title: key }], functions: new Map(functions) } };
  },
  typeColumns: [
    {
      title: key,
      cell: (type) => (schemaProblem(type) === null ? `\`${schemaType(type)}\`` : "not registered"),
    },
  ],
};

function formOf(type: Type): string {
  return schemaProblem(type) === null ? schemaType(type) : ABSENT;
}

/** Members of classes are not registered. */
function layers(module: Module, files: readonly PrintedFile[]): (member: Member) => readonly Layer[] {
  const isRegistered = registeredBy(module);
  const layer = { name: "dispatcher", called: null, signature: ABSENT, places: [], note: null };
  return ({ key: symbol, exported, owner }) => {
    if (owner !== null || module.mode !== "ours") return [];
    const problem = operatorProblem(exported);
    if (problem !== null) return [{ ...layer, note: `not registered: ${problem}` }];
    const signature = `${module.nativeName}::${schemaOf(exported)}`;
    const called = `${module.nativeName}::${schemaName(exported.name)}`;
    if (isRegistered(exported, "def")) return [{ ...layer, called, signature, note: "yours: TORCH_LIBRARY" }];
    const note = isRegistered(exported, "impl") ? "kernels yours: TORCH_LIBRARY_IMPL" : null;
    return [{ ...layer, called, signature, places: placesIn(files, symbol), note }];
  };
}
