import { execa } from "execa";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";

/** Why a test that needs libtorch has to be skipped, said aloud; null where libtorch is there. */
export async function needLibtorch(): Promise<string | null> {
  const { found } = await findLibtorch({ named: null, env: process.env });
  if (found !== null) return null;
  const why = "libtorch is not on this machine: sudo apt-get install -y libtorch-dev";
  console.warn(`SKIPPED: ${why}`);
  return why;
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
