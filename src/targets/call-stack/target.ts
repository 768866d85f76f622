// The page docs/call-stack.md. It prints what the other targets say of each function, and adds no layer.
import type { Target } from "../target.js";
import { callStackOf } from "./call-stack.js";
import { printCallStack } from "./page.js";

export const callStack: Target = {
  id: "call-stack",
  language: null,
  modes: ["ours"],
  generate: ({ module, facts, described }) => ({
    files: [printCallStack(callStackOf(module, described, facts.pages))],
    description: null,
  }),
};
