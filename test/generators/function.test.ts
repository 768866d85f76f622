// `yo torch-extension:function` and `torch-extension function`, answered in a real terminal.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import helpers from "yeoman-test";
import Generator from "../../generators/function/index.js";
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
  yo: [() => installed("yo"), "torch-extension:function"],
  "the command line": [() => installed("torch-extension"), "function"],
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
  ["Name of the function", `squares${keys.enter}`],
  ["First parameter: its name", `x${keys.enter}`],
  ["Type of x", keys.enter],
  ["Default of x", keys.enter],
  ["Next parameter: its name", `n${keys.enter}`],
  ["Type of n", `${keys.up}${keys.enter}`],
  ["Type of n, as C++", `int64_t${keys.enter}`],
  ["Default of n", `2${keys.enter}`],
  ["Next parameter: its name", keys.enter],
  ["Returns out: torch::Tensor?", keys.enter],
  ["Kernels for", `${keys.down}${keys.enter}`],
  ["With gradients of its own", `y${keys.enter}`],
  ["Build now?", `n${keys.enter}`],
  ["Write this?", keys.enter],
];

const flags = [
  ...["squares", "--param", "x: torch::Tensor", "--param", "n: int64_t = 2", "--returns", "out: torch::Tensor"],
  ...["--backend", "cpu,cuda", "--differentiable", "--yes", "--no-build"],
];

describe.each(Object.keys(doors) as Door[])("by %s", (door) => {
  it("asks for names, picked types, defaults, backends, and writes what flags write", async () => {
    const prompts = terminal(door);
    for (const [question, answer] of dialogue) await prompts.answer(question, answer);
    expect(await prompts.exited(), prompts.screen()).toBe(0);
    expect(prompts.screen()).toContain("myext::squares, layer by layer:");
    expect(readFileSync(join(root, "csrc/src/squares.cpp"), "utf8")).toContain(
      "torch::Tensor squares(const torch::Tensor& x, int64_t n = 2) {",
    );
    const asked = snapshot(root);

    expect(await plain(door, "--remove", "squares", "--yes")).toMatchObject({ code: 0 });
    expect(existsSync(join(root, "csrc/src/squares.cpp"))).toBe(false);
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

  it("refuses at the prompt what bind would refuse, and asks again", async () => {
    const prompts = terminal(door, "squares");
    await prompts.answer("First parameter: its name", `class${keys.enter}`);
    await prompts.waitFor("Try class_");
    for (const _ of "class") prompts.type("\u007f");
    prompts.type(`n${keys.enter}`);
    await prompts.answer("Type of n", `${keys.up}${keys.enter}`);
    await prompts.answer("Type of n, as C++", `size_t${keys.enter}`);
    await prompts.waitFor("int64_t");
    prompts.type(keys.ctrlC);
    expect(await prompts.exited()).toBe(130);
  });

  it("tells of a flag that it does not know, and of a package that is none", async () => {
    const unknown = await plain(door, "squares", "--parm", "x: torch::Tensor", "--yes");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("Did you mean --param?");
    const elsewhere = await run(commandOf(door, ["squares", "--yes"]), { cwd: folder, env: person.env });
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stderr).toContain("holds no package");
  });
});

describe("by a program", () => {
  it("takes arguments, options and answers", async () => {
    await helpers
      .run(Generator as unknown as Parameters<typeof helpers.run>[0], { namespace: "torch-extension:function" })
      .cd(root)
      .withArguments(["squares"])
      .withOptions({ param: "x: torch::Tensor", yes: true, build: false } as object);
    expect(existsSync(join(root, "csrc/src/squares.cpp"))).toBe(true);
  });
});
