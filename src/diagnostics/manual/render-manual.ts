import type { CodeInfo } from "./code-info.js";

/** The manual's page of all codes, from their table. Each example carries its code, so that a test can run it. */
export function renderManual(codes: Readonly<Record<string, CodeInfo>>): string {
  const lines = [
    "# Diagnostics",
    "",
    "What `bind` says about the C++ that it reads. A finding has a code that never changes its meaning, a place, and the edit that",
    "mends it. An error forbids to write anything; a warning does not. All findings of a run are shown at once.",
    "",
    "In an example, `\\u0000` stands for the character of that number, which cannot be shown.",
    "",
    "This page is printed from the table in `src/diagnostics/manual`.",
  ];
  for (const [code, { title, severity, explanation, example, mend }] of Object.entries(codes)) {
    lines.push("", `## ${code}: ${title}`, "", `${severity === "error" ? "Error" : "Warning"}. ${explanation}`, "");
    lines.push(
      `\`\`\`cpp gives=${code}`,
      visible(example),
      "```",
      "",
      "Mended:",
      "",
      "```cpp gives=nothing",
      mend,
      "```",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** The text with control characters as `\\u` and four digits, so that the page is plain text. */
function visible(text: string): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/(?!\n)\p{Cc}/gu, escaped);
}
