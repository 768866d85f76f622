#!/usr/bin/env node
import process from "node:process";
import { reportFailure, terminalIo } from "../src/api.js";
import { prompt } from "./io.js";
import { run } from "./run.js";

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
