import { resolve } from "node:path";
import { execa } from "execa";

/** What became of Rcpp's own generated files; `why` is one sentence. */
export type RcppResult = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** The command that a person runs in the package where this machine could not. */
export const compileAttributesCommand = `Rscript -e 'Rcpp::compileAttributes()'`;

/** Has Rcpp write src/RcppExports.cpp and R/RcppExports.R of the package in `root`. */
export async function compileAttributes(root: string, env: NodeJS.ProcessEnv): Promise<RcppResult> {
  const code = "Rcpp::compileAttributes(commandArgs(trailingOnly = TRUE)[[1]])";
  const args = ["--vanilla", "-e", code, resolve(root)];
  const run = await execa("Rscript", args, {
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    all: true,
    timeout: 120_000,
  });
  if (!run.failed) return { ok: true };
  if (run.code === "ENOENT") return { ok: false, why: "R is not on this machine" };
  const said = (run.all ?? "").split("\n").find((line) => /error|there is no package/i.test(line)) ?? run.shortMessage;
  return { ok: false, why: (said ?? "Rscript failed").trim() };
}
