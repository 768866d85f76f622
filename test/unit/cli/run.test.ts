import { beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../../cli/run.js";
import * as api from "../../../src/api.js";
import { recordingIo } from "../../helpers/io.js";

vi.mock(import("../../../src/api.js"), async (original) => ({
  ...(await original()),
  newPackage: vi.fn(async () => 0),
  bindPackage: vi.fn(async () => 3),
  watchPackage: vi.fn(async () => 130),
  explainFunction: vi.fn(async () => 0),
  dumpIr: vi.fn(async () => 0),
  buildPackage: vi.fn(async () => 6),
  doctor: vi.fn(async () => 5),
  upgradePackage: vi.fn(async () => 4),
}));

beforeEach(() => vi.clearAllMocks());

test("new hands its arguments on as they are", async () => {
  const { io } = recordingIo("/cwd");
  expect(await run(["new", "--yes", "007"], io)).toBe(0);
  expect(api.newPackage).toHaveBeenCalledWith({ argv: ["--yes", "007"], io });
});

test("bind", async () => {
  const { io } = recordingIo("/cwd");
  const none = { folder: ".", check: false, dryRun: false, force: false, json: false, io };
  expect(await run(["bind"], io)).toBe(3);
  expect(api.bindPackage).toHaveBeenLastCalledWith(none);
  await run(["bind", "x", "--check", "--dry-run", "-f", "--json"], io);
  expect(api.bindPackage).toHaveBeenLastCalledWith({
    folder: "x",
    check: true,
    dryRun: true,
    force: true,
    json: true,
    io,
  });
});

test("bind's other ways, one at a time", async () => {
  const { io } = recordingIo("/cwd");
  expect(await run(["bind", "x", "--watch", "--force"], io)).toBe(130);
  expect(api.watchPackage).toHaveBeenLastCalledWith({ folder: "x", force: true, io });
  expect(await run(["bind", "--explain", "leaky_step", "--json"], io)).toBe(0);
  expect(api.explainFunction).toHaveBeenLastCalledWith({ folder: ".", name: "leaky_step", json: true, io });
  expect(await run(["bind", "--dump-ir"], io)).toBe(0);
  expect(api.dumpIr).toHaveBeenLastCalledWith({ folder: ".", io });
  await expect(run(["bind", "--watch", "--check"], io)).rejects.toThrow("--watch and --check are two ways to run");
  await expect(run(["bind", "--watch", "--json"], io)).rejects.toThrow("leave one out");
  await expect(run(["bind", "--explain"], io)).rejects.toThrow("--explain needs a value: --explain <function>");
});

describe("build", () => {
  test.each([
    [[], false, false],
    [[], true, "ask"],
    [["--yes"], true, true],
    [["--install"], false, true],
    [["--no-install"], true, false],
    [["--no-install", "--yes"], true, false],
  ])("%j, terminal: %j: install is %j", async (argv, interactive, install) => {
    const io = { ...recordingIo("/").io, interactive };
    expect(await run(["build", ...argv], io)).toBe(6);
    expect(api.buildPackage).toHaveBeenLastCalledWith({ folder: ".", debug: false, install, io });
  });

  test("libtorch and CUDA go through the checks of the questions", async () => {
    const { io } = recordingIo("/");
    await run(["build", "x", "--libtorch", "usr", "--cuda", "OFF", "--debug"], io);
    const expected = { folder: "x", libtorch: "/usr", cuda: "off", debug: true, install: false, io };
    expect(api.buildPackage).toHaveBeenLastCalledWith(expected);
    await expect(run(["build", "--cuda", "maybe"], io)).rejects.toThrow('--cuda knows auto, on, off; "maybe" is none');
    await expect(run(["build", "--libtorch", "/no/where"], io)).rejects.toThrow("There is no folder /no/where");
  });
});

test("doctor", async () => {
  const { io } = recordingIo("/cwd");
  expect(await run(["doctor", "--json"], io)).toBe(5);
  expect(api.doctor).toHaveBeenCalledWith({ folder: ".", install: false, json: true, io });
  await run(["doctor", "--no-install"], io);
  expect(api.doctor).toHaveBeenLastCalledWith({ folder: ".", install: false, json: false, io });
});

test("upgrade", async () => {
  const { io } = recordingIo("/cwd");
  const none = { folder: ".", dryRun: false, force: false, json: false, patch: null, io };
  expect(await run(["upgrade"], io)).toBe(4);
  expect(api.upgradePackage).toHaveBeenLastCalledWith(none);
  await run(["upgrade", "x", "-f", "--dry-run", "--json", "--patch", "a.patch"], io);
  const all = { folder: "x", dryRun: true, force: true, json: true, patch: "a.patch", io };
  expect(api.upgradePackage).toHaveBeenLastCalledWith(all);
});

describe("help and version", () => {
  test.each([
    [[], "Usage: torch-extension <command>"],
    [["--help"], "Usage: torch-extension <command>"],
    [["help"], "Usage: torch-extension <command>"],
    [["help", "new"], "Usage: torch-extension new [name]"],
    [["help", "bind"], "Usage: torch-extension bind [folder]"],
    [["bind", "--help"], "--check "],
    [["bind", "--help"], "--explain <function>"],
    [["bind", "--help"], "--dump-ir "],
    [["bind", "--help"], "--watch "],
    [["build", "-h"], "--[no-]install "],
    [["build", "-h"], "--libtorch auto|<folder>"],
    [["doctor", "--help"], "--json "],
    [["upgrade", "--help"], "--patch <file>"],
    [["--help"], "upgrade [folder]"],
    [["--version"], "0."],
    [["-v"], "0."],
  ])("%j", async (argv, expected) => {
    const { io, out } = recordingIo("/cwd");
    expect(await run(argv, io)).toBe(0);
    expect(out.join("\n")).toContain(expected);
  });

  test("every question that has a flag stands in the help of new", () => {
    for (const row of api.QUESTIONS) {
      expect(api.newHelp()).toContain(row.flag ?? "name");
      expect(api.newHelp().replace(/\s+/g, " ")).toContain(row.help);
    }
  });

  test("no line is wider than a terminal", () => {
    for (const line of api.newHelp().split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe("refused", () => {
  test.each([
    [["biuld"], "Unknown command biuld. Did you mean torch-extension build?"],
    [
      ["my-ext"],
      "Unknown command my-ext. torch-extension --help lists the commands; torch-extension new <name> starts a package.",
    ],
    [["--yes", "new"], "--yes stands before the command: write torch-extension <command> --yes."],
    [["bind", "--chekc"], "Unknown flag --chekc. Did you mean --check?"],
    [["bind", "a", "b"], 'torch-extension bind takes one argument, the package\'s folder; "b" is one too many.'],
    [["help", "nwe"], "Unknown command nwe. Did you mean torch-extension new?"],
  ])("%j", async (argv, message) => {
    await expect(run(argv, recordingIo("/cwd").io)).rejects.toThrow(message);
    await expect(run(argv, recordingIo("/cwd").io)).rejects.toBeInstanceOf(api.UsageError);
  });
});
