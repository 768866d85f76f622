const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Modules of Node: `import "fs"` would never reach a package of that name. */
export const nodeModules = words(`
  assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events
  fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream
  string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib`);

/** Targets that CMake or a generator of it makes: a library of that name cannot be added. */
export const cmakeTargets = words("all test clean install help package depend preinstall");
