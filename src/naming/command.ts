/**
 * A command of this generator as a person can type it in any shell. npx runs the copy in node_modules or the one that is installed
 * for all, and fetches it where there is neither: a name without it is found by those alone who installed it for all.
 */
export const commandLine = (words: string): string => `npx generator-torch-extension ${words}`;
