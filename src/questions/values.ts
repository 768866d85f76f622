/** Values of the choices that code branches on. */
export type License = "MIT" | "Apache-2.0" | "BSD-3-Clause" | "none";
export type Start = "lltm" | "minimal";
/** Host languages, in the order in which they are named. */
export const HOSTS = ["ts", "r"] as const;
export type Wrapper = (typeof HOSTS)[number];
export type Switch = "auto" | "on" | "off";

const among =
  <T extends string>(...values: readonly T[]) =>
  (value: string): value is T =>
    values.some((known) => known === value);

export const isLicense = among<License>("MIT", "Apache-2.0", "BSD-3-Clause", "none");
export const isStart = among<Start>("lltm", "minimal");
export const isSwitch = among<Switch>("auto", "on", "off");
