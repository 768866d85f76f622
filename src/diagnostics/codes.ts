/**
 * Every code, with its title. Codes are stable: none is ever given a second meaning.
 * TX10xx reading, TX11xx annotations, TX12xx types, TX13xx functions and names.
 */
export const codes = {
  TX1001: "the C++ could not be read",
} as const;

export type Code = keyof typeof codes;
