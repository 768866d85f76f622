// Rcpp's part of an R package: RcppExports, which Rcpp::compileAttributes() makes of the glue.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Io } from "../../io.js";
import { MANIFEST_FILE } from "../../output/paths.js";
import type { PlannedFile } from "../../output/types.js";
import { readIfThere } from "../../package/sources.js";
import { compileAttributes, compileAttributesCommand } from "./compile-attributes.js";

const FILES = "src/RcppExports.cpp and R/RcppExports.R";

/** Whether RcppExports lacks a function of the planned glue or its types, has another signature of it, or has one that is gone. */
export async function isRcppStale(root: string, files: readonly PlannedFile[]): Promise<boolean> {
  const planned = files.filter((file) => /^src\/[^/]+\.cpp$/.test(file.path) && typeof file.content === "string");
  const signatures = planned.flatMap((file) => file.exports ?? []);
  const [cpp, r] = await Promise.all([
    readIfThere(join(root, "src", "RcppExports.cpp")),
    readIfThere(join(root, "R", "RcppExports.R")),
  ]);
  if (cpp === null || r === null) return signatures.length > 0;
  const headers = files.flatMap((file) => /^src\/([^/]+_types\.h)$/.exec(file.path)?.[1] ?? []);
  if (signatures.length > 0 && !headers.every((header) => cpp.includes(`#include "${header}"`))) return true;
  // Rcpp declares each on a line of its own.
  const there = new Set(cpp.split("\n").map(squeeze));
  if (!signatures.every((signature) => there.has(`${squeeze(signature)};`))) return true;
  const bound = [...cpp.matchAll(/^\/\/ (rcpp_\w+)$/gmu)].map((match) => match[1] ?? "");
  if (bound.length === 0) return false;
  const sources = [...signatures, ...(await ownSources(root, planned))].join("\n");
  const named = new Set(sources.match(/\brcpp_\w+/gu));
  return bound.some((name) => !named.has(name));
}

/** Runs Rcpp where it is there; where not, says which command remains. `quiet` says nothing of a success. */
export async function bindRcpp(root: string, io: Io, quiet: boolean): Promise<void> {
  const done = await compileAttributes(root, process.env);
  if (done.ok) {
    if (!quiet) io.out(`Bound by Rcpp: ${FILES}`);
    return;
  }
  io.err(`${FILES} are not up to date: ${done.why}.`);
  io.err(`Where R and its package Rcpp are, run in ${root}: ${compileAttributesCommand}`);
}

/** R CMD check warns about unknown top-level files. Prints the line that excludes the manifest from the check. */
export async function adviseRbuildignore(root: string, io: Io): Promise<void> {
  const ignored = (await readIfThere(join(root, ".Rbuildignore"))) ?? "";
  const line = `^${MANIFEST_FILE.replace(".", "\\.")}$`;
  if (!ignored.split(/\r?\n/u).includes(line)) io.out(`For R CMD check, add this line to .Rbuildignore: ${line}`);
}

async function ownSources(root: string, planned: readonly PlannedFile[]): Promise<readonly string[]> {
  const taken = new Set(["RcppExports.cpp", ...planned.map((file) => file.path.slice("src/".length))]);
  const entries = await readdir(join(root, "src")).catch(() => []);
  const own = entries.filter((name) => /\.(?:cpp|cc)$/.test(name) && !taken.has(name));
  return Promise.all(own.map(async (name) => (await readIfThere(join(root, "src", name))) ?? ""));
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, "");
}
