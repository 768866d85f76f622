// Draws docs/media/run.svg from a real run of the demo: node scripts/media/record.mjs
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

const root = new URL("../..", import.meta.url).pathname;
const run = spawnSync("script", ["-qec", "stty cols 100; npm run --silent demo", "/dev/null"], {
  cwd: root,
  encoding: "utf8",
});
if (run.status !== 0) throw new Error(run.stdout);

/** What a terminal shows in the end: a line that was written over shows its last text. */
const lines = stripVTControlCharacters(run.stdout)
  .split(/\r?\n/)
  .map((line) => line.split("\r").at(-1)?.trimEnd() ?? "")
  .filter((line, index, all) => line !== "" || (all[index - 1] ?? "") !== "");
lines.unshift("$ npm run demo");

const asXml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const height = 18;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="${lines.length * height + 40}" role="img">
<title>A run of npm run demo</title>
<rect width="100%" height="100%" rx="8" fill="#1e1e2e"/>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" fill="#cdd6f4" xml:space="preserve">
${lines.map((line, i) => `<text x="20" y="${i * height + 32}"${i === 0 ? ' fill="#a6e3a1"' : ""}>${asXml(line)}</text>`).join("\n")}
</g>
</svg>
`;
writeFileSync(new URL("../../docs/media/run.svg", import.meta.url), svg);
