import { execa } from "execa";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { cudaMismatch } from "../../vendor/lib/build/missing.js";
import { findTools } from "../../vendor/lib/build/tools.js";

/** Why a test that needs libtorch has to be skipped, said aloud; null where libtorch is there. */
export async function needLibtorch(): Promise<string | null> {
  const { found } = await findLibtorch({ named: null, env: process.env });
  if (found !== null) return null;
  const why = "libtorch is not on this machine: sudo apt-get install -y libtorch-dev";
  console.warn(`SKIPPED: ${why}`);
  return why;
}

/** Why a test that needs a GPU, nvcc and a libtorch with CUDA has to be skipped, said aloud; null where all are there. */
export async function needCuda(): Promise<string | null> {
  const why = (await needLibtorch()) ?? (await whyNoCuda());
  if (why !== null) console.warn(`SKIPPED: ${why}`);
  return why;
}

async function whyNoCuda(): Promise<string | null> {
  const [libtorch, tools] = await Promise.all([
    findLibtorch({ named: null, env: process.env }),
    findTools(process.env, process.cwd()),
  ]);
  if (libtorch.found?.cuda == null) return "libtorch has no CUDA: python3 -m pip install torch brings one that has";
  if (tools.nvcc === null) return "nvcc is not on this machine: install the CUDA toolkit of libtorch's version";
  const mismatch = cudaMismatch({ libtorch, tools });
  if (mismatch !== null) return mismatch;
  const { failed } = await execa("nvidia-smi", ["-L"], { reject: false });
  return failed ? "no GPU of NVIDIA's is here: nvidia-smi -L lists none" : null;
}

/** Why a test that needs R, Rcpp and R's torch with its native part has to be skipped, said aloud; null where all are there. */
export async function needR(): Promise<string | null> {
  const why = (await needLibtorch()) ?? (await whyNoR());
  if (why !== null) console.warn(`SKIPPED: ${why}`);
  return why;
}

/** Why a test that needs R and Rcpp alone has to be skipped. */
export async function needRcpp(): Promise<string | null> {
  const found = await rscript('cat(requireNamespace("Rcpp", quietly = TRUE))');
  const why = found === null ? "R is not on this machine: sudo apt-get install -y r-base-dev r-cran-rcpp" : null;
  const without = found === "TRUE" ? null : "R has no package Rcpp: sudo apt-get install -y r-cran-rcpp";
  if ((why ?? without) !== null) console.warn(`SKIPPED: ${why ?? without}`);
  return why ?? without;
}

async function whyNoR(): Promise<string | null> {
  const found = await rscript('cat(requireNamespace("torch", quietly = TRUE) && torch::torch_is_installed())');
  if (found === null) return "R is not on this machine: sudo apt-get install -y r-base-dev r-cran-rcpp";
  if (found !== "TRUE")
    return "R has no torch with its native part: Rscript -e 'install.packages(\"torch\"); torch::install_torch()'";
  return null;
}

async function rscript(code: string): Promise<string | null> {
  const { stdout, code: failure } = await execa("Rscript", ["--vanilla", "-e", code], { reject: false });
  return failure === "ENOENT" ? null : (stdout?.trim() ?? "");
}
