import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "./template-files.js";

/** The text of vendor/r, which R packages get with what is generated. */
export async function readRSupport(): Promise<Record<"header" | "checks" | "native", string>> {
  const { root } = await packageRoot();
  const read = (name: string): Promise<string> => readFile(join(root, "vendor", "r", name), "utf8");
  const [header, checks, native] = await Promise.all([read("torch_extension.h"), read("checks.R"), read("native.R")]);
  return { header, checks, native };
}
