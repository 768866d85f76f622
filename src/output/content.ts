import { createHash } from "node:crypto";

/** UTF-8 for a text, the bytes themselves otherwise. */
export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}

/** SHA-256 in hexadecimal. */
export function hashContent(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A NUL byte near the start means binary, as Git has it. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** The bytes with each CRLF as LF; binary content as it is. */
export function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(13) || isBinary(bytes)) return bytes;
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === 13 && bytes[i + 1] === 10) continue;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Equal, apart from line ends: Git may have checked the file out with CRLF. */
export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0 || Buffer.compare(withoutCarriageReturns(a), withoutCarriageReturns(b)) === 0;
}

/** Whether the bytes are what the hash was taken of, as they are or with CRLF undone. */
export function matchesHash(bytes: Uint8Array, hash: string): boolean {
  return hashContent(bytes) === hash || hashContent(withoutCarriageReturns(bytes)) === hash;
}
