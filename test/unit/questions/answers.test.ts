import { describe, expect, test } from "vitest";
import type { Io, Prompt } from "../../../src/io.js";
import type { Answers } from "../../../src/model/answers.js";
import { answer, type Setting, type Stored } from "../../../src/questions/answers.js";
import { UsageError } from "../../../src/questions/flags.js";
import { parseNew } from "../../../src/questions/new-request.js";
import { QUESTIONS, type QuestionId } from "../../../src/questions/questions.js";

const setting = (changes: Partial<Setting> = {}): Setting => ({
  folderName: "work",
  gitAuthor: async () => "Ada <ada@x.org>",
  absolute: (path) => (path.startsWith("/") ? path : `/cwd/${path}`),
  isFolder: (path) => path === "/opt/libtorch" || path === "/cwd/libtorch",
  stored: async () => null,
  year: 2031,
  repository: async () => null,
  ...changes,
});

function person(replies: Record<string, unknown> | null): { io: Io; prompts: Prompt[] } {
  const prompts: Prompt[] = [];
  const io: Io = {
    cwd: "/cwd",
    out: () => {},
    err: () => {},
    interactive: replies !== null,
    color: false,
    prompt: async (questions) => {
      if (replies === null) throw new Error("asked where nobody is");
      prompts.push(...questions);
      return Object.fromEntries(questions.map((q) => [q.name, q.name in replies ? replies[q.name] : q.default]));
    },
  };
  return { io, prompts };
}

const ask = (argv: string[], replies: Record<string, unknown> | null, changes: Partial<Setting> = {}) =>
  answer(parseNew(argv), setting(changes), person(replies).io);

const kept = (answers: Stored["answers"], year: number | null = null) => ({
  stored: async (folder: string) => (folder === "my-ext" || folder === "." ? { answers, year } : null),
});

const defaults: Answers = {
  name: "my-ext",
  nativeName: "myext",
  folder: "my-ext",
  description: "",
  author: "Ada <ada@x.org>",
  license: "MIT",
  wrappers: ["ts"],
  start: "lltm",
  libtorch: "auto",
  cuda: "auto",
  git: true,
  build: true,
  install: true,
  year: 2031,
  repository: null,
};

/** One value that is not the default, per question, and where it ends up. */
const others: Record<Exclude<QuestionId, "name" | "install">, [unknown, Partial<Answers>]> = {
  description: ["Fast things", { description: "Fast things" }],
  author: ["Bob <bob@x.org>", { author: "Bob <bob@x.org>" }],
  license: ["Apache-2.0", { license: "Apache-2.0" }],
  wrapper: ["r", { wrappers: ["r"] }],
  start: ["minimal", { start: "minimal" }],
  libtorch: ["/opt/libtorch", { libtorch: "/opt/libtorch" }],
  cuda: ["off", { cuda: "off" }],
  git: [false, { git: false }],
  build: [false, { build: false }],
};

test("--yes takes every default and asks nothing", async () => {
  const { io, prompts } = person({});
  expect(await answer(parseNew(["my-ext", "--yes"]), setting(), io)).toEqual(defaults);
  expect(prompts).toEqual([]);
});

test("without a terminal the defaults do, and nothing may be installed", async () => {
  expect(await ask(["my-ext"], null)).toEqual({ ...defaults, install: false });
});

test("--json leaves no room for questions, and installs nothing unasked", async () => {
  const { io, prompts } = person({});
  expect(await answer(parseNew(["my-ext", "--json"]), setting(), io)).toEqual({ ...defaults, install: false });
  expect(prompts).toEqual([]);
});

describe.each(Object.entries(others))("%s", (id, [value, expected]) => {
  const flag = typeof value === "string" ? [`--${id}=${value}`] : [value === true ? `--${id}` : `--no-${id}`];

  test("by flag, never asked then", async () => {
    const { io, prompts } = person({});
    const answers = await answer(parseNew(["my-ext", ...flag]), setting(), io);
    expect(answers).toEqual({ ...defaults, install: "ask", ...expected });
    expect(prompts.map((prompt) => prompt.name)).not.toContain(id);
  });

  test("by prompt", async () => {
    expect(await ask(["my-ext"], { [id]: value })).toEqual({ ...defaults, install: "ask", ...expected });
  });

  const row = QUESTIONS.find((question) => question.id === id);
  test(row?.stored === true ? "by .yo-rc.json" : "not from .yo-rc.json", async () => {
    const stored = kept({ [id]: String(value) });
    const answers = await ask(["my-ext", "--yes"], null, stored);
    expect(answers).toEqual(row?.stored === true ? { ...defaults, ...expected } : defaults);
  });
});

test("a stored answer is the prompt's default, and a flag beats it", async () => {
  const stored = kept({ license: "none", cuda: "off" });
  const { io, prompts } = person({});
  const answers = await answer(parseNew(["my-ext", "--cuda", "on"]), setting(stored), io);
  expect(prompts.find((prompt) => prompt.name === "license")?.default).toBe("none");
  expect(answers).toMatchObject({ license: "none", cuda: "on" });
});

test("what to start from is asked once", async () => {
  const { io, prompts } = person({});
  const answers = await answer(parseNew(["my-ext"]), setting(kept({ start: "minimal" })), io);
  expect(answers.start).toBe("minimal");
  expect(prompts.map((prompt) => prompt.name)).not.toContain("start");
  const other = answer(parseNew(["my-ext", "--start", "lltm"]), setting(kept({ start: "minimal" })), io);
  await expect(other).rejects.toThrow(/was started from minimal/);
});

test("everything by flags: no prompt is left", async () => {
  const flags = Object.entries(others).map(([id, [value]]) =>
    typeof value === "string" ? `--${id}=${value}` : `--no-${id}`,
  );
  const { io, prompts } = person({});
  const answers = await answer(parseNew(["my-ext", ...flags, "--no-install"]), setting(), io);
  expect(prompts).toEqual([]);
  expect(answers.install).toBe(false);
});

test.each([
  ["r,ts", null, ["ts", "r"]],
  ["R, ts", null, ["ts", "r"]],
  ["r", "ts", ["ts", "r"]],
  ["ts", "r", ["ts", "r"]],
  ["r", "ts,r", ["ts", "r"]],
])("--wrapper %s over a stored %s: the other host is added, none goes", async (flag, stored, wrappers) => {
  const before = stored === null ? {} : kept({ wrapper: stored });
  expect((await ask(["my-ext", "--yes", "--wrapper", flag], null, before)).wrappers).toEqual(wrappers);
});

test("prompts come in the table's order, the name first", async () => {
  const { io, prompts } = person({ name: "asked-ext" });
  const answers = await answer(parseNew([]), setting(), io);
  expect(prompts.map((prompt) => prompt.name)).toEqual([
    ...["name", "description", "author", "license", "wrapper", "start", "libtorch", "cuda", "git", "build"],
  ]);
  expect(answers).toMatchObject({ name: "asked-ext", folder: "asked-ext" });
});

test("R is shown, and cannot be chosen, where the name is none for R", async () => {
  const { io, prompts } = person({ name: "x" });
  expect((await answer(parseNew([]), setting(), io)).wrappers).toEqual(["ts"]);
  const why = '"x" is too short for an R package, whose name has two letters at least. Try x-ext.';
  const shown = prompts.find((prompt) => prompt.name === "wrapper")?.choices;
  expect(shown?.map(({ value, disabled }) => [value, disabled])).toEqual([
    ["ts", undefined],
    ["r", why],
    ["ts,r", why],
  ]);
  await expect(ask([], { name: "x", wrapper: "r" })).rejects.toThrow(new UsageError(why));
});

test("a prompt's validation is the flag's", async () => {
  const { io, prompts } = person({ name: "my-ext" });
  await answer(parseNew([]), setting(), io);
  const validate = prompts[0]?.validate;
  expect(validate?.("my-ext")).toBe(true);
  expect(validate?.("class")).toMatch(/keyword of C\+\+\. Try class-ext\.$/);
  await expect(ask(["class"], null)).rejects.toThrow(String(validate?.("class")));
  await expect(ask([], { name: "class" })).rejects.toThrow(String(validate?.("class")));
});

describe("where it goes", () => {
  test.each([
    [["my-ext"], "work", "my-ext"],
    [["my-ext"], "my-ext", "."],
    [["@acme/my-ext"], "my-ext", "."],
    [["@acme/my-ext"], "work", "my-ext"],
    [[], "work", "."],
    [[], "My Ext", "."],
    [["my-ext"], "My Ext", "."],
    [["other"], "My Ext", "other"],
  ])("%j in a folder named %s: %s", async (argv, current, folder) => {
    expect((await ask([...argv, "--yes"], null, { folderName: current })).folder).toBe(folder);
  });

  test("in a package's folder that was renamed, its stored name means that folder", async () => {
    const stored = { folderName: "renamed", ...kept({ name: "my-ext" }, 2020) };
    expect(await ask(["--yes"], null, stored)).toMatchObject({ name: "my-ext", folder: ".", year: 2020 });
  });
});

describe("refused", () => {
  test.each<[string[], Partial<Setting>, string]>([
    [["."], {}, '"." is a folder; what is asked for is a name. Without one, this folder is taken, and its name.'],
    [["007"], {}, '"007" starts with a digit, which no C++ name may. Try ext-007.'],
    [["my-ext", "--license", "GPL"], {}, '--license knows MIT, Apache-2.0, BSD-3-Clause, none; "GPL" is none of them.'],
    [["my-ext", "--wrapper", "py"], {}, '--wrapper knows ts, r, ts,r; "py" is none of them.'],
    [["my-ext", "--wrapper", "ts,py"], {}, '--wrapper knows ts, r, ts,r; "ts,py" is none of them.'],
    [["x1", "--wrapper", ""], {}, '--wrapper knows ts, r, ts,r; "" is none of them.'],
    [["x", "--wrapper", "r"], {}, '"x" is too short for an R package, whose name has two letters at least. Try x-ext.'],
    [
      ["stats", "--wrapper", "ts,r"],
      {},
      '"stats" is an R package already, which every package here needs. Try stats-ext.',
    ],
    [["my-ext", "--start", ""], {}, '--start knows lltm, minimal; "" is none of them.'],
    [["my-ext", "--cuda", "yes"], {}, '--cuda knows auto, on, off; "yes" is none of them.'],
    [
      ["my-ext", "--libtorch", "nowhere"],
      {},
      "There is no folder /cwd/nowhere: name the folder that holds libtorch's lib and include, or auto.",
    ],
    [
      ["my-ext"],
      kept({ license: "GPL" }),
      '--license knows MIT, Apache-2.0, BSD-3-Clause, none; "GPL" is none of them. (stored in .yo-rc.json as "license"; ' +
        "another one with --license beats it)",
    ],
    [[], {}, "There is no terminal to ask on: give the package's name, or --yes for this folder and all defaults."],
    [
      ["--yes"],
      { folderName: "日本" },
      "Package name is missing, and nobody can be asked: give name as the first argument.",
    ],
  ])("%j", async (argv, changes, message) => {
    await expect(ask(argv, null, changes)).rejects.toThrow(new UsageError(message));
  });
});

test("choices are taken in any case, texts on one line, a relative folder made absolute", async () => {
  const argv = ["my-ext", "--yes", "--license=mit", "--description= a\n\tb\u202e ", "--libtorch=libtorch"];
  expect(await ask(argv, null)).toMatchObject({ license: "MIT", description: "a b", libtorch: "/cwd/libtorch" });
});

test("git is not asked where an author is given", async () => {
  const gitAuthor = () => Promise.reject(new Error("git was asked"));
  expect((await ask(["my-ext", "--yes", "--author="], null, { gitAuthor })).author).toBe("");
  expect((await ask(["my-ext", "--yes"], null, { gitAuthor, ...kept({ author: "B" }) })).author).toBe("B");
});
