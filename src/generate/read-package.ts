import type { Io } from "../io.js";
import { type PackageSources, readPackageSources } from "../package/read.js";
import { type Generated, generate } from "./generate.js";

/** A package, and what its C++ makes of it. */
export interface ReadPackage extends PackageSources {
  readonly generated: Generated;
}

/** `readPackageSources`, and the pipeline over the C++. */
export async function readPackage(folder: string, io: Io, readOnly: boolean): Promise<ReadPackage> {
  const read = await readPackageSources(folder, io, readOnly);
  return { ...read, generated: await generate(read.root, read.sources, read.facts) };
}
