import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { which } from "../../../vendor/lib/build/process.js";
import { findNodeHeaders } from "../../../vendor/lib/build/tools.js";
import { needLibtorch } from "../../helpers/needs.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Why the vendored shim cannot be built on this machine, or null when it can. */
export async function whyNot(): Promise<string | null> {
  for (const tool of ["cmake", "c++", "node"]) {
    if ((await execa(tool, ["--version"], { reject: false })).failed) return `${tool} is not installed`;
  }
  return needLibtorch();
}

/** A package in a folder of its own, with the vendored lib and the fixture's operators under any name. */
export interface Package {
  readonly root: string;
  /** Configures with those cache variables and builds; all that CMake and the compiler said. */
  build(variables?: Readonly<Record<string, string>>): Promise<string>;
  /** Runs the text as a module beside index.mjs; what it printed, as JSON. */
  run(script: string, nodeOptions?: readonly string[], env?: Readonly<Record<string, string>>): Promise<unknown>;
  remove(): Promise<void>;
}

export async function makePackage(name = "probe"): Promise<Package> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "tx-")));
  await cp(join(here, "fixture"), root, { recursive: true });
  if (name !== "probe") await rename(root, name);
  await cp(join(repository, "vendor", "lib"), join(root, "lib"), { recursive: true });
  const types = join(repository, "node_modules", "@types");
  await execa("npx", ["tsc", "-p", root, "--typeRoots", types], { cwd: repository });
  let scripts = 0;
  return {
    root,
    async build(variables = {}) {
      const headers = findNodeHeaders(process.env, repository);
      const found = headers === null ? {} : { TX_NODE_INCLUDE_DIR: headers.path };
      const defines = Object.entries({ ...found, ...variables }).map(([variable, value]) => `-D${variable}=${value}`);
      const build = join(root, "build", "node");
      const env = { CCACHE_DISABLE: "1" };
      const ninja = which("ninja", process.env) === null ? [] : ["-G", "Ninja"];
      const places = [...ninja, "-S", join(root, "csrc"), "-B", build];
      const configured = await execa("cmake", [...places, ...defines], { all: true, env });
      const built = await execa("cmake", ["--build", build, "--parallel", "2"], { all: true, env });
      return `${configured.all}\n${built.all}`;
    },
    async run(script, nodeOptions = [], env = {}) {
      const file = join(root, `script-${scripts++}.mjs`);
      await writeFile(file, script);
      const { stdout } = await execa("node", [...nodeOptions, file], { cwd: root, env });
      return JSON.parse(stdout);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function rename(root: string, name: string): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll("probe", name).replaceAll("PROBE", name.toUpperCase()));
  }
  await cp(join(root, "csrc/include/probe"), join(root, `csrc/include/${name}`), { recursive: true });
  await cp(join(root, "csrc/include/probe/probe.h"), join(root, `csrc/include/${name}/${name}.h`));
}
