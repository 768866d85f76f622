import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type InstallRequest, installMissing } from "../../../src/machine/tools/install.js";
import type { Missing } from "../../../vendor/lib/build/missing.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apt-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program on PATH that writes down how it was called, in place of one that changes the machine. */
function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function calls(): string[] {
  try {
    return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

const libtorch: Missing = { what: "libtorch", message: "libtorch is missing.", installable: true };
const cmake: Missing = { what: "cmake", message: "CMake is missing.", installable: true };

async function install(change: Partial<InstallRequest> = {}, answer = true) {
  const out: string[] = [];
  const err: string[] = [];
  const statuses: (string | null)[] = [];
  const asked: unknown[] = [];
  const ok = await installMissing({
    missing: [libtorch, cmake],
    withoutNinja: false,
    install: true,
    io: {
      interactive: true,
      prompt: async (questions) => {
        asked.push(questions[0]?.message);
        return { install: answer };
      },
    },
    report: {
      live: false,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      status: (_, text) => void statuses.push(text),
      stop: () => {},
    },
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    system: "debian",
    isRoot: true,
    ...change,
  });
  return { ok, out, err: err.join("\n"), statuses, asked };
}

const lock = "-o DPkg::Lock::Timeout=120";
const wholeInstall = `apt-get ${lock} install -y --no-install-recommends libtorch-dev cmake`;

describe.skipIf(process.platform === "win32")("an install", () => {
  it("is one update and one install, as root, with what apt does shown", async () => {
    program(
      "apt-get",
      'case "$*" in *install*) echo "Unpacking cmake (3.25.1-1) ..."; echo "Setting up cmake (3.25.1-1) ...";; esac',
    );
    const { ok, out, statuses, asked } = await install();
    expect(ok).toBe(true);
    expect(calls()).toEqual([`apt-get ${lock} update`, wholeInstall]);
    expect(out).toEqual(["Installing libtorch-dev, cmake with apt."]);
    expect(statuses).toEqual(["unpacking cmake", "setting up cmake", null]);
    expect(asked).toEqual([]);
  });

  it("brings Ninja along where there is none", async () => {
    program("apt-get", "");
    await install({ missing: [libtorch], withoutNinja: true });
    expect(calls().at(-1)).toContain("install -y --no-install-recommends libtorch-dev ninja-build");
  });

  it("asks where the person has not said yes, and takes no for an answer", async () => {
    program("apt-get", "");
    const yes = await install({ install: "ask" });
    expect(yes).toMatchObject({ ok: true, asked: ["Install libtorch-dev, cmake with apt now?"] });
    rmSync(join(folder, "calls"));
    const no = await install({ install: "ask" }, false);
    expect(no.ok).toBe(false);
    expect(no.err).toContain("  apt-get install -y libtorch-dev cmake");
    expect(calls()).toEqual([]);
  });

  it("goes through sudo as another user, where that asks for no password", async () => {
    program("apt-get", "");
    program("sudo", 'shift; exec "$@"');
    expect((await install({ isRoot: false })).ok).toBe(true);
    expect(calls()[0]).toBe("sudo -n true");
    expect(calls().filter((call) => call.startsWith("apt-get"))).toHaveLength(2);
  });

  it("prints the command where sudo wants a password", async () => {
    program("apt-get", "");
    program("sudo", "exit 1");
    const { ok, err } = await install({ isRoot: false });
    expect(ok).toBe(false);
    expect(err).toBe(
      "libtorch is missing.\nCMake is missing.\nsudo wants a password here, so it is yours to run.\nTo go on:\n  sudo apt-get install -y libtorch-dev cmake",
    );
    expect(calls()).toEqual(["sudo -n true"]);
  });

  it.each([
    ["--no-install", { install: false }],
    ["nobody to ask", { install: "ask", io: { interactive: false, prompt: async () => ({}) } }],
    ["another system", { system: "fedora" }],
    [
      "a piece that apt does not have",
      { missing: [libtorch, { what: "cuda", message: "No nvcc.", installable: false }] },
    ],
  ] as [string, Partial<InstallRequest>][])("is not tried: %s", async (_, change) => {
    program("apt-get", "");
    program("sudo", "exit 0");
    const { ok, err } = await install(change);
    expect(ok).toBe(false);
    expect(err).toContain("To go on:");
    expect(calls()).toEqual([]);
  });

  it("goes on after an update that failed, and gives apt's own words when the install fails too", async () => {
    program("apt-get", 'case "$*" in *update*) echo "E: Failed to fetch lists" >&2; exit 100;; esac');
    expect((await install()).ok).toBe(true);
    program(
      "apt-get",
      'echo "Reading package lists..."; echo "E: Unable to locate package libtorch-dev" >&2; exit 100',
    );
    const { ok, err } = await install();
    expect(ok).toBe(false);
    expect(err).toContain(
      "apt could not install libtorch-dev, cmake:\n  E: Unable to locate package libtorch-dev\nTo go on:",
    );
    expect(err).not.toContain("Reading package lists");
  });
});
