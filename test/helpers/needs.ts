import { findLibtorch } from "../../vendor/lib/build/libtorch.js";

/** Why a test that needs libtorch has to be skipped, said aloud; null where libtorch is there. */
export async function needLibtorch(): Promise<string | null> {
  const { found } = await findLibtorch({ named: null, env: process.env });
  if (found !== null) return null;
  const why = "libtorch is not on this machine: sudo apt-get install -y libtorch-dev";
  console.warn(`SKIPPED: ${why}`);
  return why;
}
