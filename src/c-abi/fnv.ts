// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/, draft-eastlake-fnv. It tells texts apart that differ by chance,
// not by malice.

// The offset basis, cbf29ce484222325, as four 16-bit limbs, lowest first; the prime is 2^40 + 0x1b3. BigInt would take a
// second for a package of 1,000 functions.
const OFFSET_BASIS = [0x2325, 0x8422, 0x9ce4, 0xcbf2] as const;
const PRIME_LOW = 0x1b3;

/** The hash of a text's UTF-8, as 16 hexadecimal digits. */
export function fnv1a64(text: string): string {
  let [a, b, c, d]: [number, number, number, number] = [...OFFSET_BASIS];
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i++) {
    a ^= bytes[i] as number;
    // (d c b a) * 0x1b3, and (b a) shifted up by 40 bits: 256 times a into c, and so on.
    const first = a * PRIME_LOW;
    const second = b * PRIME_LOW + (first >>> 16);
    const third = c * PRIME_LOW + (second >>> 16) + ((a << 8) & 0xffff);
    d = (d * PRIME_LOW + (third >>> 16) + (a >>> 8) + (b << 8)) & 0xffff;
    a = first & 0xffff;
    b = second & 0xffff;
    c = third & 0xffff;
  }
  return [d, c, b, a].map((limb) => limb.toString(16).padStart(4, "0")).join("");
}
