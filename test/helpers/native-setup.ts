import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import tmp from "tmp";
import type { TestProject } from "vitest/node";
import { doctor } from "../../src/api.js";
import { consoleIo } from "./io.js";
import { provideRTorch } from "./r.js";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder whose node_modules hold this package, as it is published, and yo. */
    prefix: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Once for all native tests: what the system lacks is installed by our own code, and this package is packed and installed
 * under a prefix that everybody may read, with the real `yo`.
 */
async function makePrefix(): Promise<string> {
  const ready = await doctor({ folder: root, install: true, json: false, io: consoleIo(root) });
  // At somebody's desk the tests that lack something are skipped loudly; in CI that would pass for tested.
  if (ready !== 0 && process.env.CI) throw new Error("CI lacks what the native tests need; see above.");

  // R's compilers and npm's downloads go on side by side.
  const [prefix] = await Promise.all([publish(), provideRTorch()]);
  return prefix;
}

async function publish(): Promise<string> {
  const prefix = tmp.dirSync({ keep: true, mode: 0o755, prefix: "torch-extension-prefix-" });
  await execa("npm", ["run", "build"], { cwd: root });
  await execa("npm", ["pack", "--ignore-scripts", "--pack-destination", prefix.name], { cwd: root });
  const tarball = readdirSync(prefix.name).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${prefix.name}`);
  await execa(
    "npm",
    [
      "install",
      "--ignore-scripts",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--prefix",
      prefix.name,
      join(prefix.name, tarball),
      "yo@7",
    ],
    {
      cwd: prefix.name,
    },
  );
  return prefix.name;
}

/** A prefix that was made elsewhere, for a machine without a registry; see CONTRIBUTING.md. */
const ready = process.env.TORCH_EXTENSION_TEST_PREFIX;

/** The projects of one run share it; this module is loaded anew for each of them. */
const shared = globalThis as { torchExtensionPrefix?: Promise<string> };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (ready) {
    project.provide("prefix", ready);
    return async () => {};
  }
  shared.torchExtensionPrefix ??= makePrefix();
  const prefix = await shared.torchExtensionPrefix;
  project.provide("prefix", prefix);
  // Not by tmp's own removal, which holds up the process while vitest waits for its workers.
  return () => rm(prefix, { recursive: true, force: true });
}
