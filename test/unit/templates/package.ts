import type { Answers } from "../../../src/model/answers.js";
import { readTemplateFiles } from "../../../src/templates/template-files.js";
import { scaffold } from "../../../src/templates/templates.js";

export const answers: Answers = {
  name: "my-ext",
  nativeName: "myext",
  folder: "my-ext",
  description: "Operators for a test",
  author: "Ada Lovelace <ada@example.org>",
  license: "MIT",
  wrappers: ["ts"],
  start: "lltm",
  libtorch: "auto",
  cuda: "auto",
  git: false,
  build: false,
  install: false,
  year: 2026,
  repository: null,
};

/** What answering so writes once, by path; vendored files are left out. */
export async function written(changed: Partial<Answers>): Promise<ReadonlyMap<string, string>> {
  const { files } = await readTemplateFiles();
  const planned = scaffold({ ...answers, ...changed }, { files, yoRc: "{}\n" });
  const own = planned.filter(({ owner }) => owner === "userOwned");
  return new Map(
    own.map(({ path, content }) => [path, typeof content === "string" ? content : new TextDecoder().decode(content)]),
  );
}

/** The text of a file that must be there. */
export function textOf(files: ReadonlyMap<string, string>, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} is not written; there are ${[...files.keys()].join(", ")}`);
  return text;
}
