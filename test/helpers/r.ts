import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
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

/**
 * Where R is there and its package torch is not, and TORCH_EXTENSION_TEST_R=install asks for it: installs that from CRAN, without
 * optimisation, into the person's cache, and puts it on R_LIBS of this process and its workers. What is not there is said, and
 * the tests that need it are skipped.
 */
export async function provideRTorch(): Promise<void> {
  if (which("Rscript", process.env) === null) return;
  const has = 'cat(nzchar(system.file("include", "lantern", "types.h", package = "torch")))';
  if ((await ask(has)) === "TRUE") return;
  const library = await cachedLibrary();
  mkdirSync(library, { recursive: true });
  process.env.R_LIBS = [library, process.env.R_LIBS].filter(Boolean).join(":");
  if (existsSync(join(library, "torch", "include", "lantern", "types.h"))) return;
  if (process.env.TORCH_EXTENSION_TEST_R !== "install") {
    console.warn(
      "SKIPPED: R lacks its package torch. To have it installed from CRAN: TORCH_EXTENSION_TEST_R=install npm test",
    );
    return;
  }
  console.log(`Installing R's package torch into ${library}: some minutes, once.`);
  const makevars = join(library, "Makevars");
  writeFileSync(
    makevars,
    "CXXFLAGS = -O0 -g0\nCXX11FLAGS = -O0 -g0\nCXX14FLAGS = -O0 -g0\nCXX17FLAGS = -O0 -g0\nMAKEFLAGS = -j2\n",
  );
  const code = `utils::chooseCRANmirror(ind = 1)
    install.packages("torch", lib = ${JSON.stringify(library)}, INSTALL_opts = "--no-docs", quiet = TRUE)`;
  // What a run that was ended left behind would keep R from installing.
  rmSync(join(library, "00LOCK-torch"), { recursive: true, force: true });
  const install = execa("Rscript", ["-e", code], {
    env: { R_MAKEVARS_USER: makevars },
    reject: false,
    stdio: ["ignore", "ignore", "inherit"],
    // A group of its own, so that the compilers end with it.
    detached: true,
  });
  const limit = setTimeout(() => {
    console.warn("R's package torch took longer than ten minutes; the tests that need it are skipped.");
    if (install.pid !== undefined) process.kill(-install.pid);
  }, 600_000);
  await install;
  clearTimeout(limit);
}

/** Why a test that needs R and the headers of its torch has to be skipped, said aloud; null where they are there. */
export async function needR(): Promise<string | null> {
  const wanted = ["torch", "Rcpp", "roxygen2", "testthat", "rlang", "knitr", "rmarkdown", "pkgload"];
  const missing =
    which("Rscript", process.env) === null
      ? "R is not on this machine: sudo apt-get install -y r-base-dev"
      : await ask(
          `missing <- Filter(function(p) !nzchar(system.file(if (p == "torch") "include/lantern/types.h" else "DESCRIPTION", package = p)), c(${wanted.map((one) => `"${one}"`).join(", ")}))
           if (length(missing) > 0) cat("R lacks the packages ", paste(missing, collapse = ", "), sep = "")`,
        );
  if (missing === "") return null;
  console.warn(`SKIPPED: ${missing ?? "R does not run"}`);
  return missing ?? "R does not run";
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
