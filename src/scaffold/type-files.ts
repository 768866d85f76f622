// Every file of a new type, once its C++ was read by bind's stages.
import type { PlannedFile } from "../output/types.js";
import { typeTitle } from "../types/derive.js";
import { pointee } from "./type-answers.js";
import { travellerOf, typeHeader, typePaths, typeSource } from "./type-cpp.js";
import type { TypePlan } from "./type-plan.js";
import { typeRExample, typeRModule, typeRTest } from "./type-r.js";
import { typeTsExample, typeTsModule, typeTsTest } from "./type-ts.js";

export interface HostTypes {
  /** Rows of the page's table: a layer, and what the type is there. */
  readonly layers: readonly (readonly [layer: string, type: string])[];
}

export function typeFiles(plan: TypePlan, types: HostTypes): readonly PlannedFile[] {
  const { answers, hosts, switched, nativeName } = plan;
  const paths = typePaths(answers.name, nativeName);
  const place = { nativeName, switched };
  const [ts, r] = [hosts.includes("ts"), hosts.includes("r")];
  const isExternal = answers.kind === "external" && !switched;
  const files: readonly (readonly [path: string, content: () => string, wanted: boolean])[] = [
    [paths.header, () => typeHeader(answers, place), true],
    [paths.source, () => typeSource(answers, place), true],
    [paths.ts, () => typeTsModule(plan), ts && isExternal],
    [paths.r, () => typeRModule(plan), r && isExternal],
    [paths.tsTest, () => typeTsTest(plan), ts],
    [paths.rTest, () => typeRTest(plan), r],
    [paths.page, () => typePage(plan, types), true],
  ];
  return files.flatMap(([path, content, wanted]) =>
    wanted ? [{ path, content: content(), owner: "yours" as const }] : [],
  );
}

const about = {
  tuple: "a tuple to C++, whose alias names its elements",
  record: "a struct, which crosses field by field",
  enum: "an enum, whose entries hosts have as text",
  opaque: "a class with state, whose objects stay in C++ behind a handle",
  external: "a type of another library, held by a class that hosts have behind a handle",
} as const;

const memory = {
  tuple:
    "What it holds is copied on each way; tensors in it are new handles of one storage, which each side frees by itself.",
  record:
    "What it holds is copied on each way; tensors in it are new handles of one storage, which each side frees by itself.",
  enum: "It crosses as a number, which nobody has to free.",
  opaque:
    "An argument is borrowed for the call. A result is a new object behind a new handle, which the host's garbage collector frees; `dispose()` frees it at once, in each host.",
  external:
    "A handle shares in owning the library's object: the last of them frees it. The host's garbage collector frees handles; `dispose()` frees one at once, in each host.",
} as const;

function typePage(plan: TypePlan, types: HostTypes): string {
  const { answers, hosts, type, nativeName } = plan;
  const { name, kind } = answers;
  const paths = typePaths(name, nativeName);
  const isExternal = kind === "external";
  const todo = isExternal
    ? [
        `To do: the conversions of \`${pointee(answers.cpp)}\` in [${paths.source}](../../${paths.source}) are yours to write. Until then they throw an error that`,
        "names their place, and the tests that go through and back, and run these examples, are left open with it.",
        "",
      ]
    : [];
  const examples = hosts.flatMap((host) =>
    host === "ts" ? ["```js", ...typeTsExample(plan), "```", ""] : ["```r", ...typeRExample(plan), "```", ""],
  );
  const lines = [
    `# \`${name}\``,
    "",
    `\`${nativeName}::${name}\` is ${about[kind]}. It is ${typeTitle(type)} in the [table of calls](../call-stack.md).`,
    "",
    "| layer | what it is there |",
    "| --- | --- |",
    ...types.layers.map(([layer, text]) => `| ${layer} | \`${text.replaceAll("|", "\\|")}\` |`),
    "",
    memory[kind],
    "",
    "## Example",
    "",
    `\`${travellerOf(answers)}\`, in [${paths.source}](../../${paths.source}), is a function that it travels through; functions of yours take and return it alike.`,
    "",
    ...todo,
    ...examples,
    ...(plan.switched ? [] : ["The tests of the package run these examples as they stand here.", ""]),
    `Declared in [${paths.header}](../../${paths.header}).`,
  ];
  return `${lines.join("\n")}\n`;
}
