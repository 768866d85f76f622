import type { Answers } from "../model/answers.js";
import { folderName } from "../naming/npm.js";
import { oneLine } from "./escape.js";

/** R's DESCRIPTION. Built from data, so that no answer can break it. */
export function description(answers: Answers): string {
  const { nativeName, license, start, repository } = answers;
  const title = start === "lltm" ? "A Long Long-Term Memory Cell for 'torch'" : "Operators for 'torch' Written in C++";
  const fields: readonly (readonly [name: string, value: string])[] = [
    ["Package", nativeName],
    ["Title", title],
    ["Version", "0.1.0"],
    ["Authors@R", person(answers)],
    ["Description", prose(answers)],
    ["License", rLicense[license]],
    ...(repository === null ? [] : [["URL", repository] as const, ["BugReports", `${repository}/issues`] as const]),
    ["Encoding", "UTF-8"],
    ["Roxygen", "list(markdown = TRUE)"],
    ["Depends", "R (>= 4.0.0)"],
    ["Imports", list("Rcpp", "cli (>= 3.2.0)", "rlang", "tools", "torch (>= 0.11.0)", "utils")],
    ["LinkingTo", list("Rcpp", "torch")],
    ["Suggests", list("knitr", "rmarkdown", "testthat (>= 3.0.0)")],
    ["VignetteBuilder", "knitr"],
    [
      "SystemRequirements",
      `LibTorch (https://pytorch.org), which torch::install_torch() installs; the native library of this package, which install_${nativeName}() installs`,
    ],
    ["Config/testthat/edition", "3"],
    ["Config/Needs/build", "CMake (>= 3.18), a C++17 compiler"],
  ];
  return `${fields.map(([name, value]) => field(name, value)).join("\n")}\n`;
}

/** The two lines that R wants in the file which DESCRIPTION's License names; null for a licence that R knows by itself. */
export function licenceStub(answers: Answers): string | null {
  const holder = holderOf(answers);
  switch (answers.license) {
    case "MIT":
      return `YEAR: ${answers.year}\nCOPYRIGHT HOLDER: ${holder}\n`;
    case "BSD-3-Clause":
      return `YEAR: ${answers.year}\nCOPYRIGHT HOLDER: ${holder}\nORGANIZATION: ${holder}\n`;
    case "none":
      return `Copyright ${answers.year} ${holder}. All rights reserved.\n`;
    case "Apache-2.0":
      return null;
  }
}

/** The author without the address, or the package's authors. */
export function holderOf(answers: Answers): string {
  return answers.author.replace(/\s*[<(].*$/, "") || `the authors of ${folderName(answers.name)}`;
}

// R takes LICENCE for LICENSE, which holds the whole text for npm and for readers.
const rLicense: Readonly<Record<Answers["license"], string>> = {
  MIT: "MIT + file LICENCE",
  "BSD-3-Clause": "BSD_3_clause + file LICENCE",
  "Apache-2.0": "Apache License (== 2.0)",
  none: "file LICENCE",
};

/** One field, folded: a line that goes on begins with blanks. */
function field(name: string, value: string): string {
  const lines = value.split("\n").flatMap((line) => fold(line, name.length));
  return `${name}: ${lines.join("\n    ")}`.replace(/: \n/, ":\n");
}

function fold(line: string, indent: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + word.length + (lines.length === 0 ? indent : 4) > 76) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

function list(...entries: string[]): string {
  return `\n${entries.join(",\n")}`;
}

/** What a person typed, as the paragraph that R asks for. */
function prose({ description: text, start }: Answers): string {
  const own = oneLine(text).replace(/[.\s]+$/, "");
  const about =
    start === "lltm"
      ? "A recurrent cell without a forget gate, as a module of 'torch'. Its forward and backward steps are written in C++ against 'LibTorch', and reach R by way of a native library that is installed apart"
      : "Operators for 'torch', written in C++ against 'LibTorch'. They reach R by way of a native library that is installed apart";
  return `${own === "" ? about : `${own.charAt(0).toUpperCase()}${own.slice(1)}`}.`;
}

function person({ author, name }: Answers): string {
  const [, who = "", mail = ""] = /^([^<]*)(?:<([^>]*)>)?/.exec(author) ?? [];
  const words = oneLine(who).split(" ");
  const family = words.length > 1 ? (words.pop() ?? "") : "";
  const given = words.join(" ") || `The authors of ${folderName(name)}`;
  // R has no package without an address to write to.
  const email = oneLine(mail) || "someone@example.com";
  return `\nperson(${[given, family]
    .filter((part) => part !== "")
    .map(rString)
    .join(", ")}, email = ${rString(email)},\n    role = c("aut", "cre", "cph"))`;
}

function rString(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
