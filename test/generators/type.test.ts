// `yo torch-extension:type` and `torch-extension type`, answered in a real terminal.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import helpers from "yeoman-test";
import Generator from "../../generators/type/index.js";
import { installed, run } from "../helpers/published.js";
import { keys, openTerminal, type Terminal } from "../helpers/terminal.js";
import { snapshot } from "../helpers/tree.js";
import { makePerson, type Person } from "../helpers/user.js";

let person: Person;
let folder: string;
let root: string;
let rounds = 0;

beforeAll(() => {
  person = makePerson();
});
afterAll(() => person.remove());
beforeEach(async () => {
  rounds += 1;
  folder = person.makeFolder(`work-${rounds}`);
  root = join(folder, "my-ext");
  const made = await run(
    person.as([
      installed("torch-extension"),
      ...["new", "my-ext", "--start", "minimal", "--yes", "--no-git", "--no-build"],
    ]),
    { cwd: folder, env: person.env },
  );
  expect(made.code, made.stderr).toBe(0);
});

const doors = {
  yo: [() => installed("yo"), "torch-extension:type"],
  "the command line": [() => installed("torch-extension"), "type"],
} as const;
type Door = keyof typeof doors;

function commandOf(door: Door, args: readonly string[]): readonly string[] {
  const [program, word] = doors[door];
  return person.as([program(), word, ...args]);
}

const terminal = (door: Door, ...args: readonly string[]): Terminal =>
  openTerminal(commandOf(door, args), { cwd: root, env: person.env });
const plain = (door: Door, ...args: readonly string[]) => run(commandOf(door, args), { cwd: root, env: person.env });

/** Every prompt with its answer. */
const dialogue: readonly (readonly [question: string, answer: string])[] = [
  ["C++ type", `Settings${keys.enter}`],
  ["Kind", keys.enter],
  ["First field", `rate: double = 0.5${keys.enter}`],
  ["Next field", `weight: torch::Tensor${keys.enter}`],
  ["Next field", keys.enter],
  ["It travels", keys.enter],
  ["Name in TypeScript", keys.enter],
  ["Build now?", `n${keys.enter}`],
  ["Write this?", keys.enter],
];

const flags = [
  ...["Settings", "--kind", "record", "--fields", "rate: double = 0.5", "--fields", "weight: torch::Tensor"],
  ...["--direction", "both", "--yes", "--no-build"],
];

describe.each(Object.keys(doors) as Door[])("by %s", (door) => {
  it("asks for what it cannot derive, and writes what flags write", async () => {
    const prompts = terminal(door);
    for (const [question, answer] of dialogue) await prompts.answer(question, answer);
    expect(await prompts.exited(), prompts.screen()).toBe(0);
    expect(prompts.screen()).toContain("myext::Settings_pass, layer by layer:");
    expect(readFileSync(join(root, "csrc/include/myext/types/Settings.h"), "utf8")).toContain("double rate = 0.5;");
    const asked = snapshot(root);

    expect(await plain(door, "--remove", "Settings", "--yes")).toMatchObject({ code: 0 });
    expect(existsSync(join(root, "csrc/src/types/Settings.cpp"))).toBe(false);
    expect(await plain(door, ...flags)).toMatchObject({ code: 0 });
    expect(snapshot(root)).toEqual(asked);
  });

  it("leaves the package as it was when stopped by Ctrl-C at any prompt", async () => {
    const before = snapshot(root);
    for (const last of dialogue.keys()) {
      const prompts = terminal(door);
      for (const [question, answer] of dialogue.slice(0, last)) await prompts.answer(question, answer);
      await prompts.answer(dialogue[last]?.[0] ?? "", keys.ctrlC);
      expect(await prompts.exited(), prompts.screen()).toBe(130);
      expect(snapshot(root)).toEqual(before);
    }
  });

  it("takes a tuple as it is typed, commas and blanks included, and refuses a name with another one", async () => {
    const tuple = "std::tuple<torch::Tensor, double>";
    const refused = await plain(door, tuple, "--name", "class", "--fields", "a,b", "--yes");
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("Try class_type");
    const done = await plain(
      door,
      tuple,
      "--kind",
      "tuple",
      "--name",
      "scored",
      "--fields",
      "tensor,score",
      "--yes",
      "--no-build",
    );
    expect(done.code, done.stderr).toBe(0);
    expect(readFileSync(join(root, "csrc/include/myext/types/scored.h"), "utf8")).toContain(`using scored = ${tuple};`);
  });

  it("shows the difference at a second run and asks; what is kept stays", async () => {
    expect(await plain(door, ...flags)).toMatchObject({ code: 0 });
    const before = snapshot(root);
    const prompts = terminal(
      door,
      "Settings",
      "--kind",
      "record",
      "--fields",
      "rate: double = 0.25",
      "--direction",
      "both",
      "--no-build",
    );
    await prompts.answer("Name in TypeScript", keys.enter);
    await prompts.waitFor("+  double rate = 0.25;");
    await prompts.answer("keep mine", `${keys.down}${keys.down}${keys.down}${keys.enter}`);
    expect(await prompts.exited(), prompts.screen()).toBe(1);
    expect(snapshot(root)).toEqual(before);
  });
});

describe("by a program", () => {
  it("takes arguments, options and answers", async () => {
    await helpers
      .run(Generator as unknown as Parameters<typeof helpers.run>[0], { namespace: "torch-extension:type" })
      .cd(root)
      .withArguments(["Mode"])
      .withOptions({ kind: "enum", entries: "near,far", yes: true, build: false } as object);
    expect(existsSync(join(root, "csrc/src/types/Mode.cpp"))).toBe(true);
  });
});
