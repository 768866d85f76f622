// `npm run build:native`: JavaScript as it stands, so that a checkout whose TypeScript is not compiled yet says what to run.
import { existsSync } from "node:fs";

const main = new URL("../../dist/lib/build/main.js", import.meta.url);

if (existsSync(main)) {
  process.exitCode = await (await import(main.href)).main(process.argv.slice(2), process.env);
} else {
  console.error("The build itself is TypeScript, and not compiled yet. Run: npm install && npm run build");
  process.exitCode = 1;
}
