import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { which } from "../../../vendor/lib/build/process.js";
import { freshFolder, madeUpLibtorch, tinyPackage, toolsAreThere } from "./tiny-package.js";

describe.skipIf(!toolsAreThere)("the package's own build command", () => {
  let folder = "";
  let root = "";
  let libtorch = "";
  beforeAll(() => {
    folder = freshFolder();
    root = tinyPackage(folder, true);
    libtorch = madeUpLibtorch(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function main(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const script = join(root, "lib/build/start.mjs");
    // From another folder: the package is found from where the script lies.
    const options = { cwd: folder, encoding: "utf8", env: { ...process.env, CI: "1", CXX: "", ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options);
    return { status, stdout, stderr };
  }

  it("builds in plain lines, says which libtorch and why, and copies a prebuild", () => {
    const { status, stdout, stderr } = main(["--libtorch", libtorch, "--prebuild"]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain(`libtorch 2.6.0: the one that you named, ${libtorch}`);
    expect(stdout).toMatch(/\[\d+\/\d+\] linking out\/libtiny/);
    expect(stdout).not.toContain("\u001b");
    expect(readdirSync(join(root, "prebuilds", `${process.platform}-${process.arch}`))).toHaveLength(1);
  });

  it("says what to run where its own TypeScript is not compiled", () => {
    renameSync(join(root, "dist"), join(root, "not yet"));
    try {
      expect(main([])).toEqual({
        status: 1,
        stdout: "",
        stderr: "The build itself is TypeScript, and not compiled yet. Run: npm install && npm run build\n",
      });
    } finally {
      renameSync(join(root, "not yet"), join(root, "dist"));
    }
  });

  it.each([
    [["--host", "python"], '--host takes node or r, not "python".'],
    [["--host", "r", "--prebuild"], "--prebuild is for Node, not for R."],
  ])("refuses %j", (args, problem) => {
    const { status, stderr } = main(args);
    expect(status).toBe(2);
    expect(stderr).toContain(problem);
  });

  it("works in a folder that was moved", () => {
    renameSync(root, join(folder, "moved ö"));
    root = join(folder, "moved ö");
    const { status, stdout } = main([]);
    expect(status).toBe(0);
    expect(stdout).toContain("Configuring from scratch: the package moved here from");
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("stopped by %s alone says so, and the next build goes on", async (signal, code) => {
    for (const unit of ["one", "two"]) utimesSync(join(root, `csrc/src/${unit}.cpp`), new Date(), new Date());
    const script = join(root, "dist/lib/build/main.js");
    const child = spawn(process.execPath, [script], { cwd: folder, env: { ...process.env, CI: "1", CXX: "" } });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdout.once("data", () => child.kill(signal));
    const [status] = await once(child, "close");
    expect({ status, stderr }).toEqual({
      status: code,
      stderr: "Stopped. What was compiled is kept: npm run build:native goes on from there.\n",
    });
    expect(main([]).status).toBe(0);
  });

  it("makes the precompiled header in the background after an incremental build, never in CI", async () => {
    const prefix = join(root, "build/node/prefix");
    const rebuild = (env: NodeJS.ProcessEnv) => {
      utimesSync(join(root, "csrc/src/two.cpp"), new Date(), new Date());
      expect(main([], env).status).toBe(0);
    };
    const made = () => readdirSync(prefix).some((name) => /\.(gch|pch)$/.test(name));
    rebuild({ CI: "true" });
    rebuild({ CI: "", TORCH_EXTENSION_PCH: "off" });
    await new Promise((later) => setTimeout(later, 300));
    expect(readdirSync(prefix)).toEqual(["torch_extension_prefix.h"]);
    rebuild({ CI: "" });
    // Waits for the one in the background, and finds it ready.
    expect(main(["--pch"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/ready|precompiled in/) });
    expect(made()).toBe(true);
  });

  it("refuses what it does not know with exit code 2", () => {
    expect(main(["--bogus"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--bogus") });
    expect(main(["--cuda", "perhaps"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("auto, on or off"),
    });
  });

  it("says what is missing, and the way out, with exit code 5", () => {
    const { status, stderr } = main(["--libtorch", join(folder, "nowhere")]);
    expect(status).toBe(5);
    expect(stderr).toContain("cannot be used: there is no such folder.");
    expect(stderr).toContain("To go on:");
    expect(existsSync(join(root, "build/node/out"))).toBe(true);
  });

  // make ends what it runs itself, and not what a shell that it runs has started: compilers alone, no step of a person's.
  it.skipIf(which("ninja", process.env) === null)("ends what it runs on a signal that it alone is sent", async () => {
    const started = join(folder, "started");
    const slow = `sh -c "echo $$ > '${started}'; exec sleep 300"`;
    appendFileSync(join(root, "csrc/CMakeLists.txt"), `add_custom_target(slow ALL COMMAND ${slow} VERBATIM)\n`);
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      rmSync(started, { force: true });
      const env = { ...process.env, CI: "1", CXX: "" };
      const child = spawn(process.execPath, [join(root, "dist/lib/build/main.js")], { env });
      let stderr = "";
      child.stderr.on("data", (text) => {
        stderr += text;
      });
      const ended = new Promise((done) => child.on("close", done));
      await vi.waitFor(() => expect(readFileSync(started, "utf8")).toMatch(/^\d+\n$/), 30_000);
      child.kill(signal);
      expect(await ended).toBe(code);
      expect(stderr).toBe("Stopped. What was compiled is kept: npm run build:native goes on from there.\n");
      // Gone, or waiting for an init to count it.
      const state = () =>
        spawnSync("ps", ["-o", "stat=", "-p", readFileSync(started, "utf8").trim()]).stdout.toString();
      await vi.waitFor(() => expect(state()).toMatch(/^\s*(Z.*)?$/), 5_000);
    }
  });
});
