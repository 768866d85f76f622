// What a template said when a person's file was written from it. Kept in the manifest, by its hash, since no later version
// of the generator could render it again.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { hashContent } from "./content.js";
import type { Manifest } from "./types.js";

/** Compressed and in base64: a search through the package does not find each line twice. */
export function packText(bytes: Uint8Array): string {
  return deflateRawSync(bytes, { level: 9 }).toString("base64");
}

/** The text that a hash was taken of; null where the manifest does not have it, or has something else in its place. */
export function templateText(manifest: Manifest, hash: string): Uint8Array | null {
  const packed = manifest.templates?.[hash];
  if (packed === undefined) return null;
  try {
    const bytes = inflateRawSync(Buffer.from(packed, "base64"));
    return hashContent(bytes) === hash ? bytes : null;
  } catch {
    return null;
  }
}
