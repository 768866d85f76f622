// What the package exports. Functions marked [[torch::export]] in csrc/src arrive by generated.ts; add your own here.
export { LltmCell } from "./cell.js";
export * from "./generated.js";
