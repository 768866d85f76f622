import { HOSTS } from "../model/host.js";
import { packageNameProblem, suggestPackageName } from "../naming/npm.js";
import { languages } from "../targets/list.js";
import { oneLine } from "../templates/escape.js";

export type QuestionId =
  | "name"
  | "description"
  | "author"
  | "license"
  | "wrapper"
  | "start"
  | "libtorch"
  | "cuda"
  | "git"
  | "build"
  | "install";

/** What a check or a default may know about the world; filled by whoever asks. */
export interface QuestionContext {
  /** Name of the folder that the command runs in. */
  readonly folderName: string;
  /** `Name <mail>` from git's configuration. */
  readonly gitAuthor: string | null;
  /** Absolute path of what was typed (`~` and relative paths resolved). */
  readonly absolute: (path: string) => string;
  readonly isFolder: (path: string) => boolean;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Why it is shown, but cannot be chosen. */
  readonly disabled?: string;
}

export type Checked = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

/** One question: everything that a prompt, a flag, a help text and a stored answer need. */
export interface Question {
  readonly id: QuestionId;
  /** The prompt's text. */
  readonly prompt: string;
  /** Flag without dashes; null: the first argument. */
  readonly flag: string | null;
  readonly kind: "text" | "choice" | "yes-no";
  /** What the help writes for the value. */
  readonly value?: string;
  readonly choices?: readonly Choice[];
  readonly help: string;
  /** What the help says about the default. */
  readonly defaultHelp: string;
  /** Whether `.yo-rc.json` keeps the answer: what is about the package, not about this run or this machine. */
  readonly stored: boolean;
  /** "when needed": not with the others, but by the step that finds something missing. */
  readonly asked: "first" | "when needed";
  readonly default: (context: QuestionContext) => string | boolean | null;
  /** The one check of a flag, an answer and a stored answer; `yes-no` questions have nothing to check. */
  readonly check: (value: string, context: QuestionContext) => Checked;
}

const accept = (value: string): Checked => ({ ok: true, value });
const refuse = (problem: string): Checked => ({ ok: false, problem });

const licenses: readonly Choice[] = [
  { value: "MIT", label: "MIT" },
  { value: "Apache-2.0", label: "Apache-2.0" },
  { value: "BSD-3-Clause", label: "BSD-3-Clause" },
  { value: "none", label: "none (all rights reserved)" },
];
const wrappers: readonly Choice[] = [
  ...languages.map(({ host, label }) => ({ value: host, label })),
  { value: HOSTS.join(","), label: "both, over one C++" },
];
const starts: readonly Choice[] = [
  { value: "lltm", label: "lltm: the recurrent cell of the PyTorch tutorial, forward and backward" },
  { value: "minimal", label: "minimal: one operator" },
];
const cudas: readonly Choice[] = [
  { value: "auto", label: "auto: where libtorch and the machine have it" },
  { value: "on", label: "on: fail without it" },
  { value: "off", label: "off" },
];

/** Every question of `yo torch-extension` and `torch-extension new`, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    id: "name",
    prompt: "Package name",
    flag: null,
    kind: "text",
    help: "npm name of the package, a scope allowed; it goes into a folder of that name, or into this folder where that is its name",
    defaultHelp: "this folder's name",
    stored: true,
    asked: "first",
    default: (context) => suggestPackageName(context.folderName),
    check: checkName,
  },
  {
    id: "description",
    prompt: "Description",
    flag: "description",
    kind: "text",
    value: "<text>",
    help: "what the package does, one line",
    defaultHelp: "empty",
    stored: true,
    asked: "first",
    default: () => "",
    check: (value) => accept(oneLine(value)),
  },
  {
    id: "author",
    prompt: "Author",
    flag: "author",
    kind: "text",
    value: '"Name <mail>"',
    help: "who holds the copyright",
    defaultHelp: "from git's configuration",
    stored: true,
    asked: "first",
    default: (context) => context.gitAuthor ?? "",
    check: (value) => accept(oneLine(value)),
  },
  {
    id: "license",
    prompt: "Licence",
    flag: "license",
    kind: "choice",
    choices: licenses,
    help: "the text goes into LICENSE",
    defaultHelp: "MIT",
    stored: true,
    asked: "first",
    default: () => "MIT",
    check: oneOf("license", licenses),
  },
  {
    id: "wrapper",
    prompt: "Host language",
    flag: "wrapper",
    kind: "choice",
    choices: wrappers,
    help: "language that the operators are called from; a later run adds the other and moves no file",
    defaultHelp: HOSTS[0],
    stored: true,
    asked: "first",
    default: () => HOSTS[0],
    check: checkWrapper,
  },
  {
    id: "start",
    prompt: "Start from",
    flag: "start",
    kind: "choice",
    choices: starts,
    help: "lltm: recurrent cell with forward and backward; minimal: one operator",
    defaultHelp: "lltm",
    stored: true,
    asked: "first",
    default: () => "lltm",
    check: oneOf("start", starts),
  },
  {
    id: "libtorch",
    prompt: "libtorch (auto, or a folder)",
    flag: "libtorch",
    kind: "text",
    value: "auto|<folder>",
    help: "where libtorch lies; auto looks at Python's torch, the system, the cache. For R it is always that of R's torch",
    defaultHelp: "auto",
    stored: false,
    asked: "first",
    default: () => "auto",
    check: checkLibtorch,
  },
  {
    id: "cuda",
    prompt: "CUDA",
    flag: "cuda",
    kind: "choice",
    choices: cudas,
    help: "whether sources for CUDA are built",
    defaultHelp: "auto",
    stored: true,
    asked: "first",
    default: () => "auto",
    check: oneOf("cuda", cudas),
  },
  {
    id: "git",
    prompt: "Make it a git repository?",
    flag: "git",
    kind: "yes-no",
    help: "git init in a new package",
    defaultHelp: "yes",
    stored: false,
    asked: "first",
    default: () => true,
    check: accept,
  },
  {
    id: "build",
    prompt: "Install dependencies and build now?",
    flag: "build",
    kind: "yes-no",
    help: "npm install (TypeScript) and the native build, once the files are written",
    defaultHelp: "yes",
    stored: false,
    asked: "first",
    default: () => true,
    check: accept,
  },
  {
    id: "install",
    prompt: "Install what the system lacks?",
    flag: "install",
    kind: "yes-no",
    help: "let apt install a compiler, CMake or libtorch where one is missing",
    defaultHelp: "yes with --yes, else asked",
    stored: false,
    asked: "when needed",
    default: () => null,
    check: accept,
  },
];

/** The row of one question. */
export function question(id: QuestionId): Question {
  const found = QUESTIONS.find((row) => row.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
}

function checkName(value: string): Checked {
  if (value === "." || value === "./")
    return refuse(
      `"${value}" is a folder; what is asked for is a name. Without one, this folder is taken, and its name.`,
    );
  const found = packageNameProblem(value);
  if (found === null) return accept(value);
  const hint = found.suggestion === null ? "Choose another name." : `Try ${found.suggestion}.`;
  return refuse(`${found.problem}. ${hint}`);
}

function oneOf(flag: string, choices: readonly Choice[]): (value: string) => Checked {
  return (value) => {
    const exact = choices.find((choice) => choice.value.toLowerCase() === value.toLowerCase());
    if (exact !== undefined) return accept(exact.value);
    const list = choices.map((choice) => choice.value).join(", ");
    return refuse(`--${flag} knows ${list}; "${value}" is none of them.`);
  };
}

function checkWrapper(value: string): Checked {
  const named = value.split(",").map((host) => host.trim().toLowerCase());
  const known = HOSTS.filter((host) => named.includes(host));
  return oneOf("wrapper", wrappers)(named.every((host) => known.some((one) => one === host)) ? known.join(",") : value);
}

function checkLibtorch(value: string, context: QuestionContext): Checked {
  if (value === "") return refuse("--libtorch needs a folder, or auto to look for one.");
  if (value === "auto") return accept(value);
  const folder = context.absolute(value);
  if (context.isFolder(folder)) return accept(folder);
  return refuse(`There is no folder ${folder}: name the folder that holds libtorch's lib and include, or auto.`);
}
