/** Whether a name is written the same in every language that a binding reaches: ASCII letters, digits, underscores. */
export function isPortableIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name.length <= 200;
}
