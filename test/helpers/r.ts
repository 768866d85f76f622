import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { aptAccess, installPackages } from "../../src/machine/tools/apt.js";
import { cacheFolder } from "../../vendor/lib/build/places.js";
import { which } from "../../vendor/lib/build/process.js";

/** Runs R code and returns what it prints; null where it fails. */
async function ask(code: string): Promise<string | null> {
  const run = await execa("Rscript", ["-e", code], { reject: false, stdin: "ignore" });
  return run.failed ? null : run.stdout.trim();
}

/** The person's library of R packages for these tests, by R's version: torch compiles for minutes, once. */
async function cachedLibrary(): Promise<string> {
  const version = await ask('cat(paste(R.version$major, R.version$minor, sep = "."))');
  return join(cacheFolder(process.env), "r-library", version ?? "unknown");
}

/** R_LIBS with a test's own library before those that the tests were started with. */
export function librariesWith(library: string): string {
  return [library, process.env.R_LIBS].filter(Boolean).join(":");
}

/** What the tests of R packages need beside torch; Debian's r-cran-* packages are these names in lower case. */
const helpers = ["Rcpp", "rlang", "roxygen2", "testthat", "knitr", "rmarkdown", "pkgload", "devtools"];
/** What CRAN's torch imports and Debian has, so that only the rest is compiled. */
const imports = ["R6", "withr", "bit64", "magrittr", "callr", "cli", "glue", "desc", "jsonlite", "scales"];

/** Which of these packages R cannot find; of torch, its headers are looked for. */
async function lackingOf(packages: readonly string[]): Promise<readonly string[] | null> {
  const names = packages.map((one) => JSON.stringify(one)).join(", ");
  const said = await ask(
    `cat(Filter(function(p) !nzchar(system.file(if (p == "torch") "include/lantern/types.h" else "DESCRIPTION", package = p)), c(${names})))`,
  );
  return said === null ? null : said.split(" ").filter((one) => one !== "");
}

/**
 * Where R is there and its package torch, or what tests R packages, is not: has Debian's packages installed by our own code, where
 * that may, and the rest from CRAN, without optimisation, into the person's cache, for ten minutes at most. That library is put
 * on R_LIBS of this process and its workers. TORCH_EXTENSION_TEST_R=off installs nothing. What remains missing is said, and the
 * tests that need it are skipped.
 */
export async function provideRTorch(): Promise<void> {
  if (which("Rscript", process.env) === null) return;
  const library = await cachedLibrary();
  if (existsSync(library)) process.env.R_LIBS = [library, process.env.R_LIBS].filter(Boolean).join(":");
  const missing = (await lackingOf(["torch", ...helpers])) ?? [];
  if (missing.length === 0) return;
  if (process.env.TORCH_EXTENSION_TEST_R === "off") {
    console.warn(`SKIPPED: R lacks ${missing.join(", ")}, and TORCH_EXTENSION_TEST_R=off lets nothing be installed.`);
    return;
  }
  await installFromDebian((await lackingOf([...helpers, ...(missing.includes("torch") ? imports : [])])) ?? []);
  const remaining = (await lackingOf(["torch", ...helpers])) ?? [];
  if (remaining.length > 0) await installFromCran(remaining, library);
  const still = (await lackingOf(remaining)) ?? remaining;
  if (still.length > 0) console.warn(`SKIPPED: ${still.join(", ")} could not be installed for R; see above.`);
}

async function installFromDebian(packages: readonly string[]): Promise<void> {
  if (packages.length === 0 || which("apt-get", process.env) === null) return;
  const env = process.env;
  const access = await aptAccess(env, process.getuid?.() === 0);
  if (access === null) return;
  const names = packages.map((one) => `r-cran-${one.toLowerCase()}`);
  console.log(`Installing ${names.join(", ")} with apt.`);
  const result = await installPackages({ packages: names, env, sudo: access === "sudo", onLine: () => {} });
  if (!result.ok) console.warn(`apt could not: ${result.lines.join("\n")}`);
}

async function installFromCran(packages: readonly string[], library: string): Promise<void> {
  mkdirSync(library, { recursive: true });
  process.env.R_LIBS = [library, process.env.R_LIBS].filter(Boolean).join(":");
  console.log(`Installing R's ${packages.join(", ")} into ${library}: some minutes, once.`);
  const makevars = join(library, "Makevars");
  const flags = ["CFLAGS", "CXXFLAGS", "CXX11FLAGS", "CXX14FLAGS", "CXX17FLAGS"].map((name) => `${name} = -O0 -g0\n`);
  writeFileSync(makevars, `${flags.join("")}MAKEFLAGS = -j2\n`);
  const names = packages.map((one) => JSON.stringify(one)).join(", ");
  const code = `if (getOption("repos")[["CRAN"]] == "@CRAN@") utils::chooseCRANmirror(ind = 1)
    install.packages(c(${names}), lib = ${JSON.stringify(library)}, INSTALL_opts = "--no-docs", quiet = TRUE)`;
  // What a run that was ended left behind would keep R from installing.
  for (const name of readdirSync(library)) {
    if (name.startsWith("00LOCK")) rmSync(join(library, name), { recursive: true, force: true });
  }
  const install = execa("Rscript", ["-e", code], {
    env: { R_MAKEVARS_USER: makevars },
    reject: false,
    stdio: ["ignore", "ignore", "inherit"],
    // A group of its own, so that the compilers end with it.
    detached: true,
  });
  const limit = setTimeout(() => {
    console.warn("That took longer than ten minutes; the tests that need it are skipped.");
    if (install.pid !== undefined) process.kill(-install.pid);
  }, 600_000);
  await install;
  clearTimeout(limit);
}

/**
 * R with nothing but what it brings itself: Rcpp and roxygen2, some seconds each, are left to the last of many commands, which
 * runs them over what all of them wrote.
 */
export const bareR: NodeJS.ProcessEnv = { R_LIBS: "", R_LIBS_SITE: "/nonexistent", R_LIBS_USER: "/nonexistent" };

/** Why a test that needs R and the headers of its torch has to be skipped, said aloud; null where they are there. */
export async function needR(): Promise<string | null> {
  const lacking = which("Rscript", process.env) === null ? null : await lackingOf(["torch", ...helpers]);
  if (lacking?.length === 0) return null;
  const missing =
    lacking === null
      ? "R is not on this machine, or does not run: sudo apt-get install -y r-base-dev"
      : `R lacks the packages ${lacking.join(", ")}`;
  console.warn(`SKIPPED: ${missing}`);
  return missing;
}

/** The same for R torch's native part. */
export async function needNativeRTorch(): Promise<string | null> {
  const r = await needR();
  if (r !== null) return r;
  if ((await ask("cat(torch::torch_is_installed())"))?.endsWith("TRUE")) return null;
  const why = "R's torch has no native part: Rscript -e 'torch::install_torch()'";
  console.warn(`SKIPPED: ${why}`);
  return why;
}
