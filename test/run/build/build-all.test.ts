import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BuildRequest, buildAll } from "../../../src/machine/build/build-all.js";
import { isTypeScriptStale } from "../../../src/machine/build/typescript.js";
import { initRepository } from "../../../src/machine/git.js";
import { freshFolder, linkCompiler, madeUpLibtorch, tinyPackage, toolsAreThere } from "./tiny-package.js";

let folder = "";
let root = "";
let libtorch = "";
beforeEach(() => {
  folder = freshFolder();
  libtorch = madeUpLibtorch(folder);
  root = tinyPackage(folder, true);
  rmSync(join(root, "dist"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function build(change: Partial<BuildRequest> = {}, env: NodeJS.ProcessEnv = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await buildAll({
    root,
    libtorch,
    cuda: null,
    debug: false,
    install: false,
    env: { ...process.env, CI: "1", CXX: "", ...env },
    io: {
      cwd: folder,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      interactive: false,
      color: false,
      prompt: async () => ({}),
    },
    ...change,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** An npm that does what `script` says, first on PATH: no network in tests. */
function fakeNpm(script: string): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "npm"), 0o755);
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}

describe.skipIf(!toolsAreThere)("the whole build", () => {
  it("compiles both languages, and afterwards only what changed", async () => {
    const first = await build();
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain("TypeScript compiled");
    expect(first.out).toContain("linking out/");
    expect(existsSync(join(root, "dist/ts/index.js"))).toBe(true);

    expect(isTypeScriptStale(root)).toBe(false);
    const second = await build();
    expect(second.out).not.toContain("TypeScript");
    expect(second.out).toContain("Nothing to do");

    writeFileSync(join(root, "ts/index.ts"), "export const answer = 43;\n");
    expect(isTypeScriptStale(root)).toBe(true);
    const third = await build();
    expect(third.out).toContain("TypeScript compiled");
    expect(third.out).toContain("Nothing to do");
  });

  it("keeps what worked when TypeScript is refused, and says how to go on", async () => {
    writeFileSync(join(root, "ts/index.ts"), 'export const answer: number = "no";\n');
    const { code, err } = await build();
    expect(code).toBe(6);
    expect(err).toContain("ts/index.ts(1,14): error TS2322");
    expect(err).toContain("Done: the package's files, npm install, the native part. To go on from here:");
    expect(err).toContain('  cd "tiny päckage" && npm run build');
    expect(isTypeScriptStale(root)).toBe(true);
  });

  it("keeps what worked when the C++ is refused", async () => {
    writeFileSync(join(root, "csrc/src/one.cpp"), "int one() { return }\n");
    const { code, err } = await build();
    expect(code).toBe(6);
    expect(err).toMatch(/^The compiler refused\.\ncsrc\/src\/one\.cpp:1:20: error: /);
    expect(err).toContain("The whole log: tiny päckage/build/node/build.log");
    expect(err).toContain("Done: the package's files, npm install, TypeScript.");
  });

  it("installs npm's part first where it is not there, without the package's own scripts", async () => {
    // Node's headers stay: where Node brings none, the native part would wait for npm.
    rmSync(join(root, "node_modules/typescript"), { recursive: true });
    const env = fakeNpm(`echo "$*" > "${folder}/called"; mkdir -p node_modules; exit 1`);
    const failed = await build({}, env);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("npm install failed:");
    expect(failed.err).toContain("Done: the package's files, the native part.");
    expect(failed.err).toContain("npm install && npm run build");

    const stub = join(folder, "stub");
    mkdirSync(stub);
    linkCompiler(stub);
    const done = await build(
      {},
      fakeNpm(`echo "$*" > "${folder}/called"; mv "${stub}/node_modules/typescript" node_modules/`),
    );
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining("npm install done") });
  });

  it("stops before it starts where something is missing, with exit code 5", async () => {
    const { code, err } = await build({ libtorch: join(folder, "nowhere") });
    expect(code).toBe(5);
    expect(err).toContain("there is no such folder");
    expect(err).toMatch(/\n {2}cd "tiny päckage" && npm run build$/);
    expect(existsSync(join(root, "dist"))).toBe(false);
  });
});

describe.skipIf(!toolsAreThere)("a later build", () => {
  it("says no more than the error when the C++ is refused", async () => {
    await build();
    writeFileSync(join(root, "csrc/src/one.cpp"), "int one() { return }\n");
    const { code, err } = await build();
    expect(code).toBe(6);
    expect(err).not.toContain("To go on");
    expect(err.split("\n").at(-1)).toBe("The whole log: tiny päckage/build/node/build.log");
  });

  it("says what stopped it where nothing can be written", async () => {
    rmSync(join(root, "build"), { recursive: true, force: true });
    writeFileSync(join(root, "build"), "in the way");
    const { code, err } = await build();
    expect(code).toBe(1);
    expect(err).toContain("The build stopped: E");
  });
});

describe("git", () => {
  it("starts a repository on main, and none inside another", async () => {
    expect(await initRepository(root, process.env)).toMatchObject({
      ok: true,
      line: expect.stringContaining("Made a git"),
    });
    expect(existsSync(join(root, ".git"))).toBe(true);
    const { ok, line } = await initRepository(join(root, "csrc"), process.env);
    expect(ok).toBe(true);
    expect(line).toBe(`No git init: the package lies in the repository ${root}.`);
  });

  it("says what to type where there is no git", async () => {
    expect(await initRepository(root, { PATH: "" })).toMatchObject({
      ok: false,
      line: expect.stringContaining("git init -b main"),
    });
  });
});
