import type { Answers } from "../model/answers.js";
import { json } from "./escape.js";

/** npm's side of a package with a TypeScript wrapper. Built from data, so that no answer can break it. */
export function packageJson(answers: Answers, hasR: boolean): string {
  const node = "npm run build:ts && npm run build:native";
  // Where nobody asked for R's part (npm install, npm test), a machine without R does.
  const forNode = hasR ? node : "npm run build";
  const value = {
    name: answers.name,
    version: "0.1.0",
    description: answers.description,
    keywords: ["torch", "libtorch", "native", "napi"],
    // npm's word for "all rights reserved".
    license: answers.license === "none" ? "UNLICENSED" : answers.license,
    ...(answers.author === "" ? {} : { author: answers.author }),
    type: "module",
    engines: { node: ">=20.17" },
    exports: {
      ".": { types: "./dist/ts/index.d.ts", default: "./dist/ts/index.js" },
      "./torch": { types: "./dist/lib/node/torch/index.d.ts", default: "./dist/lib/node/torch/index.js" },
      "./package.json": "./package.json",
    },
    // What a dependent needs to run, and to build the native part where no prebuilt one fits.
    files: ["dist", "csrc", "lib", "!lib/**/*.ts", "prebuilds", "docs"],
    // Nothing is loaded before the first call.
    sideEffects: false,
    scripts: {
      build: hasR ? `${node} && npm run build:r` : node,
      "build:ts": "tsc -p tsconfig.json",
      "build:native": "node lib/build/start.mjs",
      ...(hasR ? { "build:r": "node lib/build/start.mjs --host r" } : {}),
      check: "tsc -p test",
      // In this package's own checkout; a dependent gets what `prepack` put inside.
      prepare: forNode,
      prepack: `${node} -- --prebuild`,
      pretest: forNode,
      test: "vitest run",
      preexample: forNode,
      example: `node examples/${answers.start === "lltm" ? "train" : "run"}.mjs`,
    },
    // For dependents whose Node brings no headers and who build the native part themselves.
    dependencies: { "node-api-headers": "^1.9.0" },
    devDependencies: {
      "@types/node": "^20.19.0",
      typescript: "^7.0.2",
      vitest: "^4.1.12",
    },
  };
  return `${json(value, 2)}\n`;
}
