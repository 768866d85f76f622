// Classes of the R packages that a package names in its DESCRIPTION, as their installed NAMESPACE files say. R is not started.
import { join } from "node:path";
import { readIfThere } from "../../package/sources.js";

/** Where R keeps packages, by its own variables first. */
function libraries(env: NodeJS.ProcessEnv): readonly string[] {
  const named = [env.R_LIBS, env.R_LIBS_USER, env.R_LIBS_SITE].flatMap((paths) => (paths ?? "").split(":"));
  const usual = [
    ...["/usr/local/lib/R/site-library", "/usr/lib/R/site-library", "/usr/lib/R/library"],
    ...["/usr/local/lib/R/library", "/Library/Frameworks/R.framework/Resources/library"],
  ];
  return [...new Set([...named.filter((path) => path !== "" && !path.includes("%")), ...usual])];
}

/** What DESCRIPTION depends on, imports or links to; `R` itself apart. */
export function packagesIn(description: string): readonly string[] {
  const fields = description.matchAll(/^(?:Depends|Imports|LinkingTo):([^\n]*(?:\n[ \t][^\n]*)*)/gmu);
  const names = [...fields].flatMap((field) => (field[1] ?? "").split(","));
  return [...new Set(names.map((name) => /^\s*([A-Za-z][\w.]*)/u.exec(name)?.[1] ?? ""))].filter(
    (name) => name !== "" && name !== "R",
  );
}

/** Names of S3 classes with methods, and of S4 classes, in a NAMESPACE. */
export function classesIn(namespace: string): readonly string[] {
  const methods = namespace.matchAll(/^\s*S3method\(\s*[^,()]+,\s*["'`]?([\w.]+)["'`]?/gmu);
  const formal = namespace.matchAll(/^\s*exportClass(?:es)?\(([^)]*)\)/gmu);
  return [
    ...[...methods].map((one) => one[1] ?? ""),
    ...[...formal].flatMap((one) => (one[1] ?? "").split(",").map((name) => name.replace(/["'`\s]/gu, ""))),
  ].filter((name) => name !== "" && name !== "default");
}

/** The package that has a class, by the class; of packages that are not installed here, nothing is known. */
export async function rClassesAround(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ReadonlyMap<string, string>> {
  const description = await readIfThere(join(root, "DESCRIPTION"));
  const known = new Map<string, string>();
  for (const name of description === null ? [] : packagesIn(description)) {
    for (const library of libraries(env)) {
      const namespace = await readIfThere(join(library, name, "NAMESPACE"));
      if (namespace === null) continue;
      for (const one of classesIn(namespace)) if (!known.has(one)) known.set(one, name);
      break;
    }
  }
  return known;
}
