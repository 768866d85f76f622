import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "./template-files.js";

/** The text of vendor/r, which R packages get with what is generated. */
export async function readRSupport(): Promise<{ readonly header: string; readonly checks: string }> {
  const { root } = await packageRoot();
  const [header, checks] = await Promise.all(
    ["torch_extension.h", "checks.R"].map((name) => readFile(join(root, "vendor", "r", name), "utf8")),
  );
  return { header: header ?? "", checks: checks ?? "" };
}
