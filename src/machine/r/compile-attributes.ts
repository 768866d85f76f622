import { resolve } from "node:path";

/** What became of Rcpp's own generated files; `why` is one sentence. */
export type RcppResult = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** The command that a person runs in the package where this machine could not. */
export const compileAttributesCommand = `Rscript -e 'Rcpp::compileAttributes()'`;

/** Has Rcpp write src/RcppExports.cpp and R/RcppExports.R of the package in `root`. */
export async function compileAttributes(root: string, env: NodeJS.ProcessEnv): Promise<RcppResult> {
  const code = "Rcpp::compileAttributes(commandArgs(trailingOnly = TRUE)[[1]])";
  const args = ["--vanilla", "-e", code, resolve(root)];
  const { execa } = await import("execa");
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
  return { ok: false, why: reasonIn(run.all ?? "") ?? run.shortMessage ?? "Rscript failed" };
}

/** What R says after «Error in f(x) :», which it breaks into two lines where the call is long. */
function reasonIn(output: string): string | null {
  const lines = output.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => /error|there is no package/i.test(line));
  if (at < 0) return null;
  const said = [lines[at] ?? "", (lines[at] ?? "").endsWith(":") ? (lines[at + 1] ?? "") : ""].join(" ");
  return said.replace(/^Error (?:in .*? )?: /, "").trim();
}
