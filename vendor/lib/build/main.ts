import { setPriority } from "node:os";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findLibtorch } from "./libtorch.js";
import { type LiveLine, liveLine } from "./live.js";
import { type Cuda, remedies, thisSystem } from "./missing.js";
import { buildNative } from "./native.js";
import { makePch, mayMakePch, startPch } from "./pch.js";
import { type Host, packageRoot } from "./places.js";
import { copyPrebuild } from "./prebuild.js";
import { eventLine, eventStatus } from "./progress.js";

const usage = `Builds the native part of this package: what Node loads into build/node, what R loads into build/r.

  npm run build:native -- [options]

  --host node|r       for whom; node where it is left out
  --debug             with debug information, without optimisation
  --libtorch <folder> the libtorch to build against; "auto" looks for one. Kept until another is named
  --cuda auto|on|off  CUDA units: where libtorch has CUDA, always, never. Kept until said otherwise
  --prebuild          copy the result to prebuilds/${process.platform}-${process.arch}, for a package that is published
  --print-libtorch    print the folder of TorchConfig.cmake that a build would take, and build nothing
  --pch               make the precompiled header now, and wait for it; builds make it in the background otherwise
  --help              this text

Environment: TORCH_EXTENSION_LIBTORCH, Torch_DIR, CXX, TORCH_EXTENSION_PCH=off, CMAKE_BUILD_PARALLEL_LEVEL.
Exit codes: 0 built, 2 usage, 5 something is missing from this machine, 6 the compiler or CMake refused, 130 Ctrl-C,
143 ended by a supervisor.`;

interface Options {
  readonly root: string;
  readonly host: Host;
  readonly named: string | null;
  readonly cuda: Cuda | null;
  readonly debug: boolean;
  readonly prebuild: boolean;
  readonly pch: boolean;
  readonly nice: boolean;
}

type Request = Options | { readonly help: true } | { readonly print: string | null } | { readonly wrong: string };

function readOptions(argv: readonly string[]): Request {
  let values: { [name: string]: string | boolean | undefined };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        host: { type: "string" },
        debug: { type: "boolean" },
        libtorch: { type: "string" },
        cuda: { type: "string" },
        prebuild: { type: "boolean" },
        pch: { type: "boolean" },
        "print-libtorch": { type: "boolean" },
        nice: { type: "boolean" },
        root: { type: "string" },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    return { wrong: (error as Error).message };
  }
  if (values.help) return { help: true };
  const named = typeof values.libtorch === "string" ? values.libtorch : null;
  if (values["print-libtorch"] === true) return { print: named === "auto" ? null : named };
  const cuda = values.cuda ?? null;
  if (cuda !== null && cuda !== "auto" && cuda !== "on" && cuda !== "off") {
    return { wrong: `--cuda takes auto, on or off, not "${cuda}".` };
  }
  const host = values.host ?? "node";
  if (host !== "node" && host !== "r") return { wrong: `--host takes node or r, not "${host}".` };
  const nodeOnly = (["debug", "prebuild", "pch"] as const).find((name) => values[name] === true);
  if (host === "r" && nodeOnly !== undefined) return { wrong: `--${nodeOnly} is for Node, not for R.` };
  const root = values.root ?? packageRoot(dirname(fileURLToPath(import.meta.url)));
  if (typeof root !== "string")
    return { wrong: "No package with csrc/ and package.json lies above this file: pass --root <folder>." };
  return {
    root: resolve(root),
    host,
    named,
    cuda,
    debug: values.debug === true,
    prebuild: values.prebuild === true,
    pch: values.pch === true,
    nice: values.nice === true,
  };
}

/** The package's own build command. Prints what it does; returns the exit code. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readOptions(argv);
  if ("help" in options) {
    console.log(usage);
    return 0;
  }
  if ("wrong" in options) {
    console.error(`${options.wrong}\nRun with --help for what there is.`);
    return 2;
  }
  if ("print" in options) return printLibtorch(options.print, env);
  if (options.nice) setPriority(19);
  const live = liveLine(process.stdout, !env.CI && env.TERM !== "dumb");
  const release = stopOnSignals(live, options.host === "r" ? "build:r" : "build:native");
  try {
    return await (options.pch ? precompile(options, env) : build(options, env, live));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    console.error(`The build stopped: ${(error as Error).message}`);
    return 1;
  } finally {
    live.stop();
    release();
  }
}

const stops = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Ends with the signal's exit code, and the compilers with us: those of a terminal's Ctrl-C know it already. */
function stopOnSignals(live: LiveLine, script: string): () => void {
  const stop = (signal: NodeJS.Signals): never => {
    live.stop();
    console.error(`Stopped. What was compiled is kept: npm run ${script} goes on from there.`);
    process.exit(stops[signal as keyof typeof stops]);
  };
  const signals = Object.keys(stops) as NodeJS.Signals[];
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** For CMake that is run by hand: its search and a build's are one. */
async function printLibtorch(named: string | null, env: NodeJS.ProcessEnv): Promise<number> {
  const { found, refused } = await findLibtorch({ named, env });
  for (const { place, why } of refused) console.error(`  ${place}: ${why}`);
  if (found === null) return 5;
  console.log(found.cmakeDir);
  return 0;
}

async function build(options: Options, env: NodeJS.ProcessEnv, live: LiveLine): Promise<number> {
  const { root } = options;
  const result = await buildNative({
    ...options,
    env,
    onEvent: (event) => {
      const line = live.shown && ["compiling", "linked", "step"].includes(event.kind) ? null : eventLine(event);
      if (line !== null) live.print(() => console.log(line));
      live.status(eventStatus(event));
    },
  });
  live.stop();
  if (!result.ok) {
    for (const line of result.lines) console.error(line);
    const commands = remedies(result.missing, thisSystem(), process.getuid?.() === 0);
    if (commands.length > 0) console.error(["To go on:", ...commands.map((command) => `  ${command}`)].join("\n"));
    if (result.log !== null) console.error(`The whole log: ${relative(process.cwd(), result.log)}`);
    return result.exitCode;
  }
  const mayPrecompile = options.host === "node" && !result.configured && result.compiled > 0 && mayMakePch(env);
  if (mayPrecompile) startPch(root, env);
  if (options.prebuild) console.log(`copied to ${relative(root, copyPrebuild(root))}`);
  return 0;
}

async function precompile({ root, nice }: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const result = await makePch(root, env, !nice);
  if ("why" in result) {
    console.error(`No precompiled header was made: ${result.why}.`);
    return result.outcome === "busy" ? 0 : 1;
  }
  console.log(
    result.outcome === "ready" ? "The precompiled header is ready." : `precompiled in ${result.seconds.toFixed(1)} s`,
  );
  return 0;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
