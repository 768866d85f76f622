import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { needLibtorch } from "../helpers/needs.js";
import { installed, run, torchExtension } from "../helpers/published.js";
import { keys, openTerminal } from "../helpers/terminal.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
let cwd: string;
let rounds = 0;
beforeEach(() => {
  rounds += 1;
  cwd = join(scratch.name, String(rounds));
  mkdirSync(cwd);
});

const plain = (...args: string[]) => torchExtension(args, { cwd });
const start = (name: string, ...more: string[]) =>
  plain("new", name, "--start", "minimal", "--yes", "--no-git", "--no-build", ...more);

describe("torch-extension new in a terminal", () => {
  it("asks what no flag says, and writes what was answered", async () => {
    const prompts = openTerminal([installed("generator-torch-extension"), "new", "--license", "none"], { cwd });
    await prompts.answer("Package name", `@acme/my-ext${keys.enter}`);
    await prompts.answer("Description", `Uses "quotes" and */ and <% %>${keys.enter}`);
    await prompts.answer("Author", `Ada${keys.enter}`);
    await prompts.answer("Host language", keys.enter);
    await prompts.answer("Start from", keys.enter);
    await prompts.answer("libtorch", keys.enter);
    await prompts.answer("CUDA", keys.enter);
    await prompts.answer("git repository", `n${keys.enter}`);
    await prompts.answer("build now", `n${keys.enter}`);
    expect(await prompts.exited(), prompts.screen()).toBe(0);
    expect(prompts.screen()).not.toContain("Licence");
    const manifest = JSON.parse(readFileSync(join(cwd, "my-ext/package.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "@acme/my-ext", description: 'Uses "quotes" and */ and <% %>' });
    expect(existsSync(join(cwd, "my-ext/LICENSE"))).toBe(false);
    expect(existsSync(join(cwd, "my-ext/csrc/include/myext/exports.h"))).toBe(true);
  });

  it("leaves nothing behind when stopped by Ctrl-C at any prompt", async () => {
    const questions = [
      "Package name",
      "Description",
      "Author",
      "Licence",
      "Host language",
      "Start from",
      "libtorch",
      "CUDA",
      "git repository",
      "build now",
    ];
    for (const last of questions) {
      const prompts = openTerminal([installed("torch-extension"), "new"], { cwd });
      for (const question of questions) {
        if (question === last) break;
        await prompts.answer(question, question === "Package name" ? `my-ext${keys.enter}` : keys.enter);
      }
      await prompts.answer(last, keys.ctrlC);
      expect(await prompts.exited(), prompts.screen()).toBe(130);
      expect(prompts.screen()).not.toMatch(/\n\s+at .*\(.*:\d+:\d+\)/);
      expect(snapshot(cwd)).toEqual({});
    }
  });

  it("leaves the tree as it was when stopped by Ctrl-C at the question about a file in the way", async () => {
    mkdirSync(join(cwd, "my-ext"));
    writeFileSync(join(cwd, "my-ext/README.md"), "mine\n");
    const before = snapshot(cwd);
    const args =
      "new my-ext --wrapper ts --start minimal --license MIT --libtorch auto --cuda auto --author Ada --description=";
    const prompts = openTerminal([installed("torch-extension"), ...args.split(" "), "--no-git", "--no-build"], { cwd });
    await prompts.answer(/\? README\.md/, keys.ctrlC);
    expect(await prompts.exited(), prompts.screen()).toBe(130);
    expect(snapshot(cwd)).toEqual(before);
  });

  it("shows the difference of a file in the way, keeps one and overwrites another", async () => {
    mkdirSync(join(cwd, "my-ext"));
    writeFileSync(join(cwd, "my-ext/README.md"), "mine\n");
    writeFileSync(join(cwd, "my-ext/tsconfig.json"), "{}\n");
    const prompts = openTerminal(
      [
        installed("torch-extension"),
        ..."new my-ext --wrapper ts --start minimal --license MIT --libtorch auto --cuda auto --author Ada".split(" "),
        "--description=",
        "--no-git",
        "--no-build",
      ],
      { cwd },
    );
    await prompts.waitFor("2 files are in the way");
    await prompts.answer("README.md", `${keys.down}${keys.down}${keys.enter}`);
    await prompts.waitFor("-mine");
    await prompts.answer("README.md", keys.enter);
    await prompts.answer("tsconfig.json", `${keys.down}${keys.enter}`);
    expect(await prompts.exited(), prompts.screen()).toBe(0);
    expect(readFileSync(join(cwd, "my-ext/README.md"), "utf8")).toBe("mine\n");
    expect(readFileSync(join(cwd, "my-ext/tsconfig.json.orig"), "utf8")).toBe("{}\n");
    expect(readFileSync(join(cwd, "my-ext/tsconfig.json"), "utf8")).toContain("compilerOptions");
  });
});

describe("torch-extension new without a terminal", () => {
  it("--dry-run lists every file and makes nothing, not even the folder", async () => {
    const done = await start("my-ext", "--dry-run");
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain("csrc/src/exports.cpp");
    expect(snapshot(cwd)).toEqual({});
  });

  it("lists what is in the way and writes nothing; --force overwrites and keeps a backup", async () => {
    mkdirSync(join(cwd, "my-ext"));
    writeFileSync(join(cwd, "my-ext/README.md"), "mine\n");
    const before = snapshot(cwd);
    const refused = await start("my-ext");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("README.md");
    expect(refused.stderr).toContain("--force");
    expect(snapshot(cwd)).toEqual(before);
    const forced = await start("my-ext", "--force");
    expect(forced.code, forced.stderr).toBe(0);
    expect(readFileSync(join(cwd, "my-ext/README.md.orig"), "utf8")).toBe("mine\n");
  });

  it("run again: flags beat stored answers beat defaults, and user-owned files are shown, never rewritten", async () => {
    await start("my-ext", "--license", "BSD-3-Clause", "--description", "first");
    const folder = join(cwd, "my-ext");
    const again = await torchExtension(["new", "--yes", "--no-build", "--no-git"], { cwd: folder });
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toContain("Nothing changed");
    const before = snapshot(folder);
    const readme = statSync(join(folder, "README.md")).mtimeMs;

    const other = ["new", "my-ext", "--yes", "--no-build", "--no-git", "--force", "--description", "second"];
    const changed = await torchExtension(other, { cwd: folder });
    expect(changed.code, changed.stderr).toBe(0);
    expect(changed.stdout).toContain('-  "description": "first"');
    expect(changed.stdout).toContain('+  "description": "second"');
    const after = snapshot(folder);
    const ours = ["torch-extension.json", ".yo-rc.json"];
    for (const path of Object.keys(before).filter((name) => !ours.includes(name))) {
      expect(after[path], path).toBe(before[path]);
    }
    expect(readFileSync(join(folder, ".yo-rc.json"), "utf8")).toContain('"description": "second"');
    expect(statSync(join(folder, "README.md")).mtimeMs).toBe(readme);
    expect(existsSync(join(folder, "my-ext"))).toBe(false);
  });

  it("says in one line what is wrong with a name, a flag, a folder", async () => {
    const cases: readonly (readonly [args: string[], says: string])[] = [
      [["new", "con", "--yes"], "Windows"],
      [["new", "class", "--yes"], "Try"],
      [["new", "My-Ext", "--yes"], "my-ext"],
      [["new", "my-ext", "--yes", "--libtorch", "/nowhere/at/all"], "/nowhere/at/all"],
      [["new", "my-ext", "--yes", "--wrapper", "py"], "ts, r, ts,r"],
      [["new", "my-ext", "--yes", "--cuda", "maybe"], "auto, on, off"],
      [["biuld"], "build"],
      [["bind", "--chek"], "--check"],
    ];
    for (const [args, says] of cases) {
      const done = await plain(...args);
      expect(done.code, args.join(" ")).toBe(2);
      expect(done.stderr).toContain(says);
      expect(done.stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
    }
    expect(snapshot(cwd)).toEqual({});
  });

  it("on a full disk leaves nothing, or the old tree", async (context) => {
    const disk = join(cwd, "disk");
    mkdirSync(disk);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", disk]).status !== 0) {
      context.skip("a tmpfs can be mounted by root only");
    }
    try {
      const args = ["new", "my-ext", "--start", "minimal", "--yes", "--no-git", "--no-build"];
      const made = await torchExtension(args, { cwd: disk });
      expect(made.code).toBe(1);
      expect(made.stderr).toMatch(/full|ENOSPC/);
      expect(readdirSync(disk)).toEqual([]);

      mkdirSync(join(disk, "my-ext"));
      writeFileSync(join(disk, "my-ext/notes.txt"), "mine\n");
      const before = snapshot(disk);
      const again = await torchExtension(args, { cwd: disk });
      expect(again.code).toBe(1);
      expect(snapshot(disk)).toEqual(before);
    } finally {
      spawnSync("umount", [disk]);
    }
  });

  it("killed at any moment, the next run finds the old tree or the new one", async () => {
    expect((await start("fresh")).code).toBe(0);
    const whole = Object.keys(snapshot(join(cwd, "fresh"))).sort();
    const args = [
      installed("torch-extension"),
      "new",
      "my-ext",
      "--start",
      "minimal",
      "--yes",
      "--no-git",
      "--no-build",
    ];
    for (let moment = 0; moment < 12; moment += 1) {
      const folder = join(cwd, `kill-${moment}`);
      mkdirSync(join(folder, "my-ext"), { recursive: true });
      writeFileSync(join(folder, "my-ext/notes.txt"), "mine\n");
      const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
      const ended = new Promise((done) => child.on("close", done));
      await new Promise((done) => setTimeout(done, 150 + moment * 60));
      child.kill("SIGKILL");
      await ended;
      // A dry run touches nothing; the next real one ends what the killed one began.
      const next = await torchExtension(args.slice(1), { cwd: folder });
      expect(next.code, next.stderr).toBe(0);
      const files = Object.keys(snapshot(join(folder, "my-ext"))).filter((name) => name !== "notes.txt");
      expect(files.sort()).toEqual(whole.map((name) => name.replaceAll("fresh", "myext")));
      expect(readdirSync(folder)).toEqual(["my-ext"]);
    }
  });
});

describe("Ctrl-C while it builds", () => {
  it("leaves the package, and says how to go on", async (context) => {
    const lacking = await needLibtorch();
    if (lacking !== null) context.skip(lacking);
    const prompts = openTerminal(
      [installed("torch-extension"), "new", "my-ext", "--start", "minimal", "--yes", "--no-git"],
      {
        cwd,
      },
    );
    await prompts.waitFor("Written: my-ext");
    await prompts.waitFor(/configur|compil/);
    prompts.type(keys.ctrlC);
    expect(await prompts.exited(), prompts.screen()).toBe(130);
    expect(prompts.screen()).toContain("To go on from here: cd my-ext && npm install && npm run build");
    expect(existsSync(join(cwd, "my-ext/ts/generated.ts"))).toBe(true);
  });
});

describe("torch-extension doctor", () => {
  it("prints what a build would use, with versions, and the same as JSON", async () => {
    const text = await plain("doctor");
    expect([0, 5]).toContain(text.code);
    for (const part of ["libtorch", "CMake", "Ninja", "Node"])
      expect(text.stdout.toLowerCase()).toContain(part.toLowerCase());
    const json = await plain("doctor", "--json");
    expect(json.code).toBe(text.code);
    const report = JSON.parse(json.stdout);
    expect(report).toHaveProperty("libtorch");
    expect(report.ok).toBe(json.code === 0);
    expect(Array.isArray(report.checks)).toBe(true);
  });

  it("without a compiler and CMake on PATH, a build prints the exact command and exits 5", async () => {
    await start("my-ext");
    const bare = join(cwd, "bin");
    mkdirSync(bare);
    const env = { PATH: bare, CXX: "", HOME: cwd };
    const built = await run([process.execPath, installed("torch-extension"), "build", "my-ext", "--no-install"], {
      cwd,
      env,
    });
    expect(built.code).toBe(5);
    expect(built.stderr).toMatch(/apt-get install -y .*cmake/);
  });

  it("asks in a terminal before it installs; «no» prints the command and exits 5", async (context) => {
    if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) context.skip("needs root and apt");
    await start("my-ext");
    const bin = join(cwd, "bin");
    mkdirSync(bin);
    for (const tool of ["apt-get", "stty", "sh"]) symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
    const command = [process.execPath, installed("torch-extension"), "build", "my-ext"];
    const prompts = openTerminal(command, { cwd, env: { PATH: `${bin}`, CXX: "" } });
    await prompts.answer(/Install .*cmake.* with apt now/, `n${keys.enter}`);
    expect(await prompts.exited(), prompts.screen()).toBe(5);
    expect(prompts.screen()).toMatch(/apt-get install -y .*cmake/);

    const stopped = openTerminal(command, { cwd, env: { PATH: `${bin}`, CXX: "" } });
    await stopped.answer(/Install .*cmake.* with apt now/, keys.ctrlC);
    expect(await stopped.exited(), stopped.screen()).toBe(130);
  });
});
