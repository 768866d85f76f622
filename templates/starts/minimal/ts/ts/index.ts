// What the package exports. Functions marked [[torch::export]] in csrc/src arrive by generated.ts; add your own here.
export * from "./generated.js";
