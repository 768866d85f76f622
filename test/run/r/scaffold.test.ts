// An R package from the published command line, as R people use one: installed, checked, loaded, changed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";
import { run, torchExtension } from "../../helpers/published.js";
import { librariesWith, needNativeRTorch, needR } from "../../helpers/r.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const library = join(scratch.name, "library");
const root = join(scratch.name, "my-cell");

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  R_LIBS: librariesWith(library),
  R_USER_DATA_DIR: join(scratch.name, "data"),
  // R's make compiles the glue one unit after the other by itself.
  MAKEFLAGS: "-j2",
  ...more,
});
const r = (code: string, more: NodeJS.ProcessEnv = {}, cwd = scratch.name) =>
  run(["Rscript", "-e", code], { cwd, env: env(more) });
const cmd = (args: readonly string[], more: NodeJS.ProcessEnv = {}, cwd = scratch.name) =>
  run(["R", "CMD", ...args], { cwd, env: env(more) });

/** R code that prints the numbers of testthat's results. */
const counted = (folder: string) => `
  results <- as.data.frame(testthat::test_dir(${JSON.stringify(folder)}, package = "mycell", load_package = "installed",
    reporter = "summary", stop_on_failure = FALSE))
  cat("\\nfailed", sum(results$failed) + sum(results$error), "skipped", sum(results$skipped), "passed", sum(results$passed), "\\n")`;

const call = `
  one <- torch::torch_ones(1, 1)
  cat(as.numeric(lltm_forward(one, torch::torch_ones(3, 2), torch::torch_ones(3), one, one)$new_h), "\\n")`;

let noR: string | null = null;
let noNative: string | null = null;

beforeAll(async () => {
  noR = await needR();
  noNative = await needNativeRTorch();
  if (noR !== null) return;
  mkdirSync(library);
  const made = await torchExtension(
    ["new", "my-cell", "--wrapper", "r", "--yes", "--author", "Ada Lovelace <ada@example.org>", "--no-git"],
    { cwd: scratch.name },
  );
  expect(made.code, made.stdout + made.stderr).toBe(noNative === null ? 0 : 5);
  const installed = await cmd(["INSTALL", `--library=${library}`, root]);
  expect(installed.code, installed.stdout + installed.stderr).toBe(0);
});

const test = (name: string, needs: "R" | "native", body: () => Promise<void>) =>
  it(name, async (context) => {
    const why = needs === "R" ? noR : noNative;
    if (why !== null) context.skip(why);
    await body();
  });

describe("the package", () => {
  test("is whole, with what Rcpp and roxygen2 make of it", "R", async () => {
    const files = ["DESCRIPTION", "NAMESPACE", "LICENCE", "R/generated.R", "R/RcppExports.R", "src/RcppExports.cpp"];
    for (const file of [...files, "man/lltm_forward.Rd", "man/nn_lltm.Rd", "inst/include/mycell/exports.h"]) {
      expect(existsSync(join(root, file)), file).toBe(true);
    }
    for (const file of ["package.json", "tsconfig.json", "ts", "lib/node/torch", "csrc/node"]) {
      expect(existsSync(join(root, file)), file).toBe(false);
    }
    const fresh = await torchExtension(["bind", "my-cell", "--check"], { cwd: scratch.name });
    expect(fresh.code, fresh.stdout + fresh.stderr).toBe(0);
  });

  test("has its csrc compiled with the lantern/types.h of the torch that R has", "R", async () => {
    // Where torch has no native part, any libtorch shows that the C++ compiles.
    const folder = noNative === null ? join(root, "build/r") : join(root, "build/node");
    if (noNative !== null) {
      const { found } = await findLibtorch({ named: null, env: process.env });
      const configured = await run(
        ["cmake", "-S", "csrc", "-B", folder, "-DTX_HOST=r", `-DTorch_DIR=${found?.cmakeDir}`],
        {
          cwd: root,
          env: env(),
        },
      );
      expect(configured.stdout, configured.stderr).toContain("R cannot load it");
      const built = await run(["cmake", "--build", folder, "--parallel", "2"], { cwd: root, env: env() });
      expect(built.code, built.stdout + built.stderr).toBe(0);
    }
    const { stdout } = await r(`cat(tools::md5sum(system.file("include", "lantern", "types.h", package = "torch")))`);
    expect(JSON.parse(readFileSync(join(folder, "out/mycell.json"), "utf8")).types).toBe(stdout);
  });

  test("passes its own tests, which train the cell and check its gradients: none is skipped", "native", async () => {
    const { stdout, stderr } = await r(`library(mycell)\n${counted(join(root, "tests/testthat"))}`);
    expect(stdout, stderr).toMatch(/failed 0 skipped 0 passed [1-9]\d/);
  });

  test("is checked without an error, a warning or an avoidable note", "R", async () => {
    const built = await cmd(["build", "my-cell"]);
    expect(built.code, built.stdout + built.stderr).toBe(0);
    expect(existsSync(join(scratch.name, "mycell_0.1.0.tar.gz"))).toBe(true);
    const done = await cmd(["check", "--as-cran", "--no-manual", "mycell_0.1.0.tar.gz"], {
      _R_CHECK_SYSTEM_CLOCK_: "0",
      _R_CHECK_CRAN_INCOMING_REMOTE_: "false",
      // qpdf, which is not R's, would be asked for although there is no PDF to look at.
      R_QPDF: "true",
      ...(noNative === null ? { MYCELL_HOME: join(root, "build/r/out") } : {}),
    });
    const findings = done.stdout
      .split(/^\* /m)
      .filter((step) => /\.\.\.(?: \[.*\])? (?:NOTE|WARNING|ERROR)/.test(step));
    // A person who publishes the package for the first time is told so.
    const avoidable = findings.filter(
      (step) => !/^checking CRAN incoming .*\nMaintainer: .*\s+New submission\s*$/.test(step),
    );
    expect(avoidable).toEqual([]);
    expect(done.code, done.stdout).toBe(0);
  });
});

describe("without its native part", () => {
  const outside = () => ({ MYCELL_HOME: join(scratch.name, "nothing") });

  test("library() works and says what to run, and so does each call", "native", async () => {
    const { code, stdout, stderr } = await r(
      `library(mycell); cat(mycell_is_installed(), "\\n"); try(lltm_forward(1))
      try({${call}})`,
      outside(),
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("FALSE");
    expect(stderr.split("Run mycell::install_mycell().").length).toBe(3);
    expect(stderr).toContain("`input` must be a torch_tensor, not 1");
  });

  test("a torch without its own is named", "R", async () => {
    const { code, stdout, stderr } = await r('library(mycell); cat(mycell_is_installed(), "\\n")', {
      TORCH_HOME: join(scratch.name, "nothing"),
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("FALSE");
    expect(stderr).toContain(
      "The native part of mycell needs that of torch, which is not installed. Run torch::install_torch()",
    );
  });

  for (const [key, value, message] of [
    ["interface", '"0"', "was built of other C++ signatures than this version of the package"],
    ["types", '"0"', "was built for torch "],
    ["libtorch", '"9.9.9"', "was built for libtorch 9.9.9, and torch loads libtorch"],
    ["cuda", '"11.8"', "was built for CUDA 11.8, and torch has no CUDA"],
  ] as const) {
    test(`one of another ${key} is refused before it is loaded`, "native", async () => {
      const folder = join(scratch.name, `other-${key}`);
      cpSync(join(root, "build/r/out"), folder, { recursive: true });
      const record = join(folder, "mycell.json");
      const text = readFileSync(record, "utf8");
      writeFileSync(record, text.replace(new RegExp(`"${key}": ".*"`), `"${key}": ${value}`));
      // What would be loaded ends R.
      writeFileSync(join(folder, "libmycell.so"), "no library");
      const { code, stderr } = await r("library(mycell)", { MYCELL_HOME: folder });
      expect(code).toBe(0);
      expect(stderr).toContain(`The native part of mycell ${message}`);
      expect(stderr).toContain("Run mycell::install_mycell(reinstall = TRUE).");
    });
  }

  test("a library that the loader refuses is named", "native", async () => {
    const folder = join(scratch.name, "broken");
    cpSync(join(root, "build/r/out"), folder, { recursive: true });
    writeFileSync(join(folder, "libmycell.so"), "no library");
    const { code, stderr } = await r("library(mycell)", { MYCELL_HOME: folder });
    expect(code).toBe(0);
    expect(stderr).toMatch(/The native part of mycell could not be loaded: .*libmycell\.so/s);
  });
});

describe("install_mycell()", () => {
  test("takes a zip by its URL, once the checksum is right, and loads it", "native", async () => {
    const packed = await run(["Rscript", "lib/r/pack.R"], { cwd: root, env: env() });
    expect(packed.code, packed.stderr).toBe(0);
    const release = join(root, "build/release");
    const zip = readdirSync(release).find((name) => name.endsWith(".zip")) ?? "";
    expect(zip).toMatch(/^mycell-0\.1\.0\+cpu(\+x86_64-Linux|\+.*-Darwin|-win64)\.zip$/);
    // As a user has it: installed from the source package, which holds no native part.
    const alone = join(scratch.name, "alone");
    mkdirSync(alone);
    cpSync(join(library, "mycell"), join(alone, "mycell"), {
      recursive: true,
      filter: (path) => !path.endsWith("/native"),
    });
    const url = `file://${join(release, zip)}`;
    const { stdout, stderr } = await r(
      `library(mycell)
       for (go in list(quote(install_mycell()), quote(install_mycell("${url}", checksum = "0")))) {
         cat("refused:", tryCatch(eval(go), error = conditionMessage), "\\n")
       }
       cat("during a check:", tryCatch({ Sys.setenv("_R_CHECK_PACKAGE_NAME_" = "x"); install_mycell("${url}") },
         error = conditionMessage), "\\n")
       Sys.unsetenv("_R_CHECK_PACKAGE_NAME_")
       Sys.setenv(MYCELL_URL = "${url}")
       folder <- install_mycell()
       cat("installed:", substring(folder, nchar(Sys.getenv("R_USER_DATA_DIR")) + 1), mycell_is_installed(), "\\n")
       ${call}`,
      { R_LIBS: librariesWith(alone) },
    );
    expect(stderr).toContain("The native part of mycell is not installed. Run mycell::install_mycell().");
    expect(stdout).toContain("refused: No release of mycell is known");
    expect(stdout).toMatch(/refused: The SHA-256 checksum of .* and should be 0/);
    expect(stdout).toContain("during a check: Nothing is downloaded while R CMD check runs.");
    expect(stdout, stderr).toContain(`installed: /R/mycell/${zip.replace(/\.zip$/, "")} TRUE`);
    expect(stdout).toContain("0.951725");
  });
});

describe("devtools::load_all()", () => {
  test("in a folder of any name compiles what changed, and runs the new code", "native", async () => {
    const folder = join(scratch.name, "other name");
    cpSync(root, folder, { recursive: true });
    const source = join(folder, "csrc/src/lltm.cpp");
    const { code, stdout, stderr } = await r(`
      pkgload::load_all(${JSON.stringify(folder)}, quiet = TRUE)
      ${call}
      text <- readLines(${JSON.stringify(source)})
      line <- "new_cell.tanh() * output_gate"
      stopifnot(sum(grepl(line, text, fixed = TRUE)) == 1)
      writeLines(sub(line, paste(line, "* 2"), text, fixed = TRUE), ${JSON.stringify(source)})
      pkgload::load_all(${JSON.stringify(folder)}, quiet = TRUE)
      ${call}
      writeLines(sub(line, "nonsense", text, fixed = TRUE), ${JSON.stringify(source)})
      pkgload::load_all(${JSON.stringify(folder)}, quiet = TRUE)
      cat("problem:", tx$state$problem, "\\n")`);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("0.951725");
    expect(stdout).toContain("1.90345");
    expect(stdout).toMatch(/lltm\.cpp:\d+:\d+: error/);
    expect(stdout).toContain("problem: The native part of mycell is not up to date: the compiler refused csrc");
  });
});
