import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BuildRequest } from "./build-all.js";

type Host = "ts" | "r";

/** The hosts of the package in a folder: npm's file makes it one for TypeScript, R's one for R. */
export function hostsOf(root: string): readonly Host[] {
  const hosts: Host[] = [];
  if (existsSync(join(root, "package.json"))) hosts.push("ts");
  if (existsSync(join(root, "DESCRIPTION"))) hosts.push("r");
  return hosts;
}

/** The host whose native part is built first, while other things go on. */
export function firstHost(hosts: readonly Host[]): "node" | "r" {
  return hosts.includes("r") && !hosts.includes("ts") ? "r" : "node";
}

/**
 * Builds a package for each of its hosts, one after the other; `machine` and `early` are the first one's. Returns the exit
 * code of the first that failed, or 0.
 * @throws {PromptAborted} on Ctrl-C at the question whether to install
 */
export async function buildHosts(request: BuildRequest, hosts: readonly Host[]): Promise<number> {
  let code = 0;
  if (hosts.includes("ts")) code = await (await import("./build-all.js")).buildAll(request);
  if (!hosts.includes("r")) return code;
  const { machine: _, early: __, ...rest } = request;
  const built = await (await import("./build-r.js")).buildForR(hosts.includes("ts") ? rest : request);
  return code === 0 ? built : code;
}
