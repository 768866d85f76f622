// Words of a command line, for a POSIX shell.

/** The text as one word: as it is where a shell reads nothing into it, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@+:./,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
