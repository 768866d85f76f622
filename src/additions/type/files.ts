// Every file of a new type, once its C++ was read by bind's stages.
import type { PlannedFile } from "../../output/types.js";
import { typeHeader, typePaths, typeSource } from "./cpp.js";
import { type HostTypes, typePage } from "./page.js";
import type { TypePlan } from "./plan.js";
import { typeRModule, typeRTest } from "./r.js";
import { typeTsModule, typeTsTest } from "./ts.js";

export function typeFiles(plan: TypePlan, types: HostTypes): readonly PlannedFile[] {
  const { answers, hosts, switched, headers, nativeName } = plan;
  const paths = typePaths(answers.name, nativeName);
  const place = { nativeName, switched, headers };
  const [ts, r] = [hosts.includes("ts"), hosts.includes("r")];
  const isExternal = answers.kind === "external";
  // There, nothing generated has what R calls of a class.
  const isClass = isExternal || (switched && answers.kind === "opaque");
  const files: readonly (readonly [path: string, content: () => string, wanted: boolean])[] = [
    [paths.header, () => typeHeader(answers, place), true],
    [paths.source, () => typeSource(answers, place), true],
    [paths.ts, () => typeTsModule(plan), ts && isExternal],
    [paths.r, () => typeRModule(plan), r && isClass],
    [paths.tsTest, () => typeTsTest(plan), ts],
    [paths.rTest, () => typeRTest(plan), r],
    [paths.page, () => typePage(plan, types), true],
  ];
  return files.flatMap(([path, content, wanted]) =>
    wanted ? [{ path, content: content(), owner: "userOwned" as const }] : [],
  );
}
