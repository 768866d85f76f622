import type { BuildRecord } from "./record.js";

/** What the loader's own words mean, with what to do; the loader's error is the cause. */
export function explainLoadError(
  error: unknown,
  about: { readonly package: string; readonly record: BuildRecord; readonly rebuild: string },
): Error {
  const text = error instanceof Error ? error.message : String(error);
  const { version, libDir } = about.record.libtorch;
  const built = `${about.package} was built for libtorch ${version} in ${libDir}`;
  const say = (what: string): Error => new Error(`${built}, ${what}. ${about.rebuild}`, { cause: error });

  // First, since macOS says «Library not loaded» for a library of another machine as well.
  if (/invalid ELF header|wrong ELF class|incompatible architecture|not a valid Win32 application/.test(text)) {
    return say(`for another kind of machine than ${process.platform}-${process.arch}`);
  }
  const missing = text.match(
    /([\w.+-]+\.(?:so|dylib|dll)[\w.]*): cannot open shared object file|Library not loaded: (\S+)/,
  );
  if (missing !== null) return say(`but its library ${missing[1] ?? missing[2]} cannot be found`);
  // macOS puts an underscore before each name.
  const symbol =
    text.match(/undefined symbol: ([\w$.@]+)/) ??
    text.match(/[Ss]ymbol not found(?: in flat namespace)?:?\s*['"(]*_?([\w$.]+)/);
  if (symbol !== null || /specified procedure could not be found/.test(text)) {
    const name = symbol === null ? "" : ` (no ${symbol[1]} in it)`;
    return say(`and what was loaded is another libtorch, or another build of the package's own library${name}`);
  }
  const glibc = text.match(/version [`'"]?((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)'? not found/);
  if (glibc !== null) return say(`on a system with a newer C or C++ library than this one (${glibc[1]} is missing)`);
  if (/specified module could not be found/.test(text)) return say("but one of its DLLs cannot be found");
  return say(`and cannot be loaded: ${text}`);
}
