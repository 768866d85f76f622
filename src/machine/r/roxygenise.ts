import { resolve } from "node:path";
import type { RcppResult } from "./compile-attributes.js";

/** The command that a person runs in the package where this machine could not. */
export const roxygeniseCommand = `Rscript -e 'roxygen2::roxygenise(load_code = "source")'`;

const roxygeniseArgument = 'roxygen2::roxygenise(commandArgs(trailingOnly = TRUE)[[1]], load_code = "source")';

/** Nobody reads that roxygen2 writes a file, and cli lays that out for as long as all the rest takes. */
const withoutNews =
  'if (requireNamespace("cli", quietly = TRUE)) try(utils::assignInNamespace("cli_inform", function(...) invisible(), "cli"))';

/** Has roxygen2 write NAMESPACE and man/ of the package in `root`, from the comments in R/. Compiles nothing. */
export async function roxygenise(root: string, env: NodeJS.ProcessEnv): Promise<RcppResult> {
  const { execa } = await import("execa");
  const run = await execa("Rscript", ["-e", withoutNews, "-e", roxygeniseArgument, resolve(root)], {
    cwd: resolve(root),
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    all: true,
    timeout: 300_000,
  });
  if (!run.failed) return { ok: true };
  if (run.code === "ENOENT") return { ok: false, why: "R is not on this machine" };
  const said = (run.all ?? "").split("\n").find((line) => /error|there is no package/i.test(line)) ?? run.shortMessage;
  return { ok: false, why: (said ?? "Rscript failed").trim() };
}
