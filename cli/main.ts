#!/usr/bin/env node
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { reportFailure, terminalIo } from "../src/api.js";
import { prompt } from "./io.js";
import { run } from "./run.js";

// A run is over before code pays for its optimisation, with which the V8 of Node 20 is quick: it waits twenty times as long here,
// which halves the time of a `bind`. Later ones have no such flag, and less need of it.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=1500000");

const { env, stdin, stdout, stderr } = process;
const io = terminalIo({ cwd: process.cwd(), env, stdin, stdout, stderr }, prompt);

function fail(error: unknown): number {
  return reportFailure(error, io, env.TORCH_EXTENSION_DEBUG === "1");
}

process.on("uncaughtException", (error) => process.exit(fail(error)));
try {
  process.exitCode = await run(process.argv.slice(2), io);
} catch (error) {
  process.exitCode = fail(error);
}
