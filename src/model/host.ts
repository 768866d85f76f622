/** Host languages, in the order in which they are named. The list of targets has one target for each. */
export const HOSTS = ["ts", "r"] as const;

/** A language from which a package is called. */
export type Host = (typeof HOSTS)[number];
