import { readFileSync } from "node:fs";
import type { Resolution } from "./libtorch.js";
import type { RSearch } from "./r-torch.js";
import { olderThan, oldest, type Tools } from "./tools.js";

/** Something that a build needs and this machine lacks, or has too old. */
export interface Missing {
  readonly what:
    | "libtorch"
    | "cmake"
    | "generator"
    | "compiler"
    | "node-headers"
    | "cuda"
    | "r"
    | "r-torch"
    | "r-libtorch";
  /** One sentence on what happened. */
  readonly message: string;
  /** Whether the system's package manager can bring it. A libtorch that the person named is theirs to mend. */
  readonly installable: boolean;
}

/** What findLibtorch and findTools saw, in one. */
export interface Machine {
  readonly libtorch: Resolution;
  readonly tools: Tools;
  /** For a build for R: its torch, or why there is none. */
  readonly r?: RSearch;
}

export type Cuda = "auto" | "on" | "off";

/** All that a build with these settings lacks on this machine, most telling first; empty when it can run. */
export function missingFrom({ libtorch, tools, r }: Machine, cuda: Cuda, env: NodeJS.ProcessEnv): Missing[] {
  const missing: Missing[] = r === undefined ? [] : missingFromR(r, libtorch);
  const { cmake, compiler } = tools;
  if (libtorch.found === null && r === undefined) missing.push(noLibtorch(libtorch));
  if (cmake === null) missing.push({ what: "cmake", message: "CMake is missing.", installable: true });
  else if (olderThan(cmake.version, oldest.cmake)) {
    const message = `CMake is too old: ${cmake.path} is ${cmake.version}, ${oldest.cmake} is needed.`;
    missing.push({ what: "cmake", message, installable: false });
  }
  if (tools.ninja === null && tools.make === null && process.platform !== "win32") {
    missing.push({ what: "generator", message: "Neither Ninja nor make is there.", installable: true });
  }
  if (compiler === null) missing.push(noCompiler(env));
  else if (
    (compiler.family === "gcc" || compiler.family === "clang") &&
    olderThan(compiler.version, oldest[compiler.family])
  ) {
    const message = `The C++ compiler is too old: ${compiler.path} is ${compiler.version}, ${oldest[compiler.family]} is needed.`;
    missing.push({ what: "compiler", message, installable: false });
  }
  if (tools.nodeHeaders === null && r === undefined) {
    const message = "Node's headers (node_api.h) are missing: `npm install` brings them (node-api-headers).";
    missing.push({ what: "node-headers", message, installable: false });
  }
  if (cuda === "on" && libtorch.found != null && libtorch.found.cuda === null) {
    const message = `CUDA was asked for, but libtorch ${libtorch.found.version} (${libtorch.found.why}) was built without it.`;
    missing.push({ what: "cuda", message, installable: false });
  } else if (cuda === "on" && tools.nvcc === null) {
    const message = "CUDA was asked for, but its compiler nvcc is not on PATH, in CUDA_HOME or in /usr/local/cuda.";
    missing.push({ what: "cuda", message, installable: false });
  }
  const mismatch = cudaMismatch({ libtorch, tools });
  if (cuda === "on" && mismatch !== null) {
    missing.push({ what: "cuda", message: `CUDA was asked for, but ${mismatch}.`, installable: false });
  }
  return missing;
}

/** Why this nvcc cannot compile for this libtorch: the runtime of CUDA is another library in each major version. Null where it can. */
export function cudaMismatch({
  libtorch: { found },
  tools: { nvcc },
}: Pick<Machine, "libtorch" | "tools">): string | null {
  const major = (version: string): string => version.split(".", 1)[0] ?? "";
  if (found?.cuda == null || found.cuda === "unknown" || nvcc === null) return null;
  if (major(found.cuda) === major(nvcc.version)) return null;
  return `nvcc is ${nvcc.version} (${nvcc.path}) and libtorch was built with CUDA ${found.cuda}`;
}

function missingFromR({ torch, why }: RSearch, { found, refused }: Resolution): Missing[] {
  if (torch === null) return [{ what: why, message: noR[why], installable: why === "r" }];
  if (found !== null) return [];
  const named = refused.find(({ source }) => source === "named");
  if (named !== undefined) return [noLibtorch({ found, refused })];
  const seen = refused.map(({ place, why: reason }) => `\n  not used: ${place}: ${reason}`).join("");
  const message = `R's torch in ${torch.folder} has no native part that can be built against.${seen}`;
  return [{ what: "r-libtorch", message, installable: false }];
}

const noR = {
  r: "R is missing: no Rscript on PATH.",
  "r-torch": "R's package torch, 0.11 or later, is missing.",
} as const;

function noLibtorch({ refused }: Resolution): Missing {
  const named = refused.find(({ source }) => source === "named");
  if (named !== undefined) {
    return {
      what: "libtorch",
      message: `The libtorch that you named, ${named.place}, cannot be used: ${named.why}.`,
      installable: false,
    };
  }
  const seen = refused.map(({ place, why }) => `\n  not used: ${place}: ${why}`).join("");
  return { what: "libtorch", message: `libtorch is missing.${seen}`, installable: true };
}

function noCompiler(env: NodeJS.ProcessEnv): Missing {
  const named = env.CXX;
  const message = named ? `The C++ compiler that CXX names, ${named}, does not run.` : "A C++ compiler is missing.";
  return { what: "compiler", message, installable: !named };
}

/** Which package manager this system has, by what /etc/os-release says. */
export type System = "debian" | "fedora" | "macos" | "windows" | "other";

export function thisSystem(osRelease: () => string = readOsRelease): System {
  if (process.platform === "darwin") return "macos";
  if (process.platform === "win32") return "windows";
  const text = osRelease();
  const ids = [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) => (match[1] ?? "").split(/\s+/));
  if (ids.some((id) => id === "debian" || id === "ubuntu")) return "debian";
  return ids.some((id) => id === "fedora" || id === "rhel") ? "fedora" : "other";
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}

const packages: Readonly<
  Record<"debian" | "fedora" | "macos", Readonly<Partial<Record<Missing["what"], readonly string[]>>>>
> = {
  debian: {
    libtorch: ["libtorch-dev"],
    cmake: ["cmake"],
    generator: ["ninja-build"],
    compiler: ["g++"],
    r: ["r-base-dev", "r-cran-rcpp", "r-cran-roxygen2", "r-cran-testthat"],
  },
  fedora: { cmake: ["cmake"], generator: ["ninja-build"], compiler: ["gcc-c++"], r: ["R-devel"] },
  macos: { libtorch: ["pytorch"], cmake: ["cmake"], generator: ["ninja"], r: ["r"] },
};

/** The system's packages for what is missing; empty for what its package manager does not have. */
export function systemPackages(missing: readonly Missing[], system: System): string[] {
  if (system === "windows" || system === "other") return [];
  const names = missing.filter(({ installable }) => installable).flatMap(({ what }) => packages[system][what] ?? []);
  return [...new Set(names)];
}

/** What to type to get what is missing, one command or instruction a line; `sudo` where the person is not root. */
export function remedies(missing: readonly Missing[], system: System, isRoot: boolean): string[] {
  const names = systemPackages(missing, system);
  const sudo = isRoot ? "" : "sudo ";
  const lines: string[] = [];
  if (names.length > 0 && system === "debian") lines.push(`${sudo}apt-get install -y ${names.join(" ")}`);
  if (names.length > 0 && system === "fedora") lines.push(`${sudo}dnf install -y ${names.join(" ")}`);
  if (names.length > 0 && system === "macos") lines.push(`brew install ${names.join(" ")}`);
  const wants = (what: Missing["what"]) =>
    missing.some((one) => one.what === what && (one.installable || what !== "libtorch"));
  if (wants("libtorch") && (system === "fedora" || system === "windows" || system === "other")) {
    lines.push(
      "python3 -m pip install torch   (its libtorch is then found), or download LibTorch from PyTorch's «Start Locally» page and pass --libtorch <folder>",
    );
  }
  if (wants("compiler") && system === "macos") lines.push("xcode-select --install");
  if (system === "windows" && (wants("cmake") || wants("compiler"))) {
    lines.push("install Visual Studio's «Desktop development with C++», which brings CMake, Ninja and the compiler");
  }
  if (system === "other" && ["cmake", "generator", "compiler"].some((what) => wants(what as Missing["what"]))) {
    lines.push("install CMake 3.18 or newer, Ninja and a C++17 compiler with the system's package manager");
  }
  if (wants("node-headers")) lines.push("npm install");
  if (wants("r") && (system === "windows" || system === "other")) lines.push("install R from CRAN, and put it on PATH");
  if (wants("r") || wants("r-torch")) {
    lines.push(`Rscript -e 'utils::chooseCRANmirror(ind = 1); install.packages(c("torch", "Rcpp", "roxygen2"))'`);
  }
  if (wants("r") || wants("r-torch") || wants("r-libtorch"))
    lines.push("Rscript -e 'torch::install_torch(reinstall = TRUE)'");
  if (wants("cuda"))
    lines.push(
      "build with --cuda auto, or install the CUDA toolkit that libtorch was built with and name a libtorch that has CUDA",
    );
  if (missing.some(({ what, installable }) => what === "libtorch" && !installable)) {
    lines.push(
      "name the folder that holds share/cmake/Torch, or pass --libtorch auto with TORCH_EXTENSION_LIBTORCH and Torch_DIR unset",
    );
  }
  if (missing.some(({ what, installable }) => what === "cmake" && !installable))
    lines.push("python3 -m pip install --upgrade cmake");
  return lines;
}
