// One changed line of the C++, and back in R with the new code: devtools::load_all() and R CMD INSTALL, beside mlverse's lltm.
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changeOneLine, extension, timed, work } from "./package.mjs";
import { median } from "./report.mjs";

/** mlverse's lltm, CMake's build of csrc and R CMD INSTALL: measured once on two cores of x86-64. */
const LLTM_SECONDS = 36;

const call = (forward) =>
  `o <- torch::torch_ones(1, 1); stopifnot(length(${forward}(o, torch::torch_ones(3, 2), torch::torch_ones(3), o, o)) > 1)`;

/**
 * `TORCH_EXTENSION_BENCH_LLTM` names a checkout of mlverse/lltm, which is then measured in turn with ours; without it, the
 * figure above stands in.
 */
export function r(rounds) {
  const library = join(work, "r-library");
  mkdirSync(library, { recursive: true });
  const env = { ...process.env, R_LIBS: [library, process.env.R_LIBS].filter(Boolean).join(":"), CCACHE_DISABLE: "1" };
  const ready = spawnSync("Rscript", [
    "-e",
    "stopifnot(torch::torch_is_installed(), nzchar(system.file(package = 'pkgload')))",
  ]);
  if (ready.status !== 0) {
    console.error("SKIPPED: R, its torch with the native part, and pkgload are not all on this machine.");
    return [];
  }
  extension(["new", "rcell", "--wrapper", "r", "--yes", "--no-git", "--no-install"], { env, cwd: work });
  const folder = join(work, "rcell");
  const peer = process.env.TORCH_EXTENSION_BENCH_LLTM ? preparePeer(process.env.TORCH_EXTENSION_BENCH_LLTM, env) : null;
  const load = () =>
    timed("Rscript", ["-e", `pkgload::load_all(".", quiet = TRUE); ${call("lltm_forward")}`], { cwd: folder, env });
  const install = () => timed("R", ["CMD", "INSTALL", "--no-docs", "."], { cwd: folder, env });
  const use = () => timed("Rscript", ["-e", call("rcell::lltm_forward")], { env });
  // Both compile the glue, which a change of the operator's body leaves as it is.
  load();
  install();

  const figures = { load: [], install: [], peer: [] };
  for (let round = 0; round < rounds; round += 1) {
    changeOneLine(folder);
    figures.load.push(load().seconds);
    changeOneLine(folder);
    figures.install.push(install().seconds + use().seconds);
    if (peer !== null) figures.peer.push(peer());
  }
  rmSync(folder, { recursive: true, force: true });
  const against = peer === null ? LLTM_SECONDS : median(figures.peer);
  const row = (name, values) => ({
    name: `${name}, beside lltm's build and install${peer === null ? " (36 s, as measured once)" : ""}`,
    ours: median(values),
    peer: against,
    ratio: peer === null ? undefined : median(values.map((value, i) => value / figures.peer[i])),
    unit: " s",
    bound: "≤ 0.25",
  });
  return [
    row("R: one changed line, load_all() and a call", figures.load),
    row("R: … R CMD INSTALL and a call", figures.install),
  ];
}

/** Builds lltm once, as its README says; what is returned changes a line, builds, installs and calls it, and counts the seconds. */
function preparePeer(checkout, env) {
  const folder = join(work, "lltm");
  cpSync(checkout, folder, { recursive: true });
  const lists = join(folder, "csrc/CMakeLists.txt");
  // It runs torchexport in each build, which may not be there; that is in its favour.
  writeFileSync(lists, readFileSync(lists, "utf8").replace("add_dependencies(lltm lltmExport)", ""));
  const [torch, libtorch] = ["include", "lib"].map((name) =>
    timed("Rscript", ["-e", `cat(normalizePath(system.file("${name}", package = "torch")))`], { env }).stdout.trim(),
  );
  const build = join(folder, "build");
  const real = timed("realpath", [join(libtorch, "libtorch_cpu.so")], { env }).stdout.trim();
  const prefix = join(real, "..", "cmake", "Torch");
  timed(
    "cmake",
    ["-S", "csrc", "-B", build, "-DCMAKE_BUILD_TYPE=Release", `-DTorch_DIR=${prefix}`, `-DCMAKE_CXX_FLAGS=-I${torch}`],
    {
      cwd: folder,
      env,
    },
  );
  const rebuild = () => {
    const made = timed("cmake", ["--build", build, "--parallel", "2"], { cwd: folder, env });
    mkdirSync(join(folder, "inst/include"), { recursive: true });
    cpSync(join(folder, "csrc/include"), join(folder, "inst/include"), { recursive: true });
    return made.seconds + timed("R", ["CMD", "INSTALL", "--no-docs", "."], { cwd: folder, env }).seconds;
  };
  rebuild();
  let edits = 0;
  return () => {
    edits += 1;
    appendFileSync(
      join(folder, "csrc/src/lltm.cpp"),
      `\nnamespace { [[maybe_unused]] constexpr int edit_${edits} = ${edits}; }\n`,
    );
    return rebuild() + timed("Rscript", ["-e", "library(lltm)"], { env }).seconds;
  };
}
