import { type Prompt, PromptAborted } from "../src/api.js";

/**
 * Asks with inquirer. It is loaded when it is needed first: most runs ask nothing.
 * @throws {PromptAborted} on Ctrl-C
 */
export async function prompt(questions: readonly Prompt[]): Promise<Record<string, unknown>> {
  const { default: inquirer } = await import("inquirer");
  try {
    return await inquirer.prompt(questions.map((question) => ({ ...question }) as never));
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw new PromptAborted();
    throw error;
  }
}
