/** What CMake stopped at. */
export interface ConfigureError {
  /** The message, unwrapped, without CMake's call stack. */
  readonly message: string;
  /** "CMakeLists.txt:12", as CMake writes it, or null. */
  readonly place: string | null;
  /** Whether something is missing from the machine, as against a mistake in the package. */
  readonly missing: boolean;
}

const missingPatterns = [
  /No CMAKE_\w+_COMPILER could be found/,
  /is not a full path to an existing compiler tool/,
  /CMAKE_\w+_COMPILER not set/,
  /is not able to compile a simple test program/,
  /or higher is required\.\s+You are running version/,
  /Could not find a (package configuration file provided by|configuration file for package)/,
  /By not providing "Find\w+\.cmake"/,
  /unable to find a build program|CMAKE_MAKE_PROGRAM is not set/,
  /Failed to find nvcc|CUDA toolkit|Could NOT find CUDA/i,
];

/** Reads the first «CMake Error» of a log; null where there is none. */
export function parseConfigureError(lines: readonly string[]): ConfigureError | null {
  const start = lines.findIndex((line) => /^CMake Error/.test(line));
  if (start < 0) return null;
  const head = /^CMake Error(?: in (\S+?))?(?: at (.+?:\d+) \([^)]*\))?:(.*)$/.exec(lines[start] ?? "");
  const body: string[] = [(head?.[3] ?? "").trim()];
  for (const line of lines.slice(start + 1)) {
    if (line !== "" && !line.startsWith("  ")) break;
    body.push(line.trim());
  }
  const stack = lines.slice(start + 1).findIndex((line) => line.startsWith("Call Stack"));
  const caller = stack >= 0 ? /^ {2}(\S.*?:\d+) \(/.exec(lines[start + stack + 2] ?? "")?.[1] : undefined;
  // CMake wraps at 80 columns; an empty line ends a paragraph.
  const message = body
    .join("\n")
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => paragraph.replaceAll("\n", " "))
    .join("\n");
  const own = head?.[2] ?? head?.[1] ?? null;
  const place = own !== null && /^(\/|[A-Za-z]:)/.test(own) && caller !== undefined ? caller : own;
  return { message, place, missing: missingPatterns.some((pattern) => pattern.test(message)) };
}
