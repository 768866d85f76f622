// C++ literals [lex.literal]. Each function returns null for what is no such literal.

const separated = /^[\da-fA-FxXbB]+(?:'[\da-fA-F]+)*$/;

/** `42`, `-1`, `0x10`, `0b11`, `017`, `1'000`, with the suffixes u and l. */
export function parseInteger(text: string): bigint | null {
  const match = /^([+-]?)\s*([\da-fA-FxXbB']+?)(?:[uU](?:ll?|LL?)?|(?:ll?|LL?)[uU]?|[zZ])?$/.exec(text);
  const digits = match?.[2] ?? "";
  if (match === null || !separated.test(digits)) return null;
  const plain = digits.replaceAll("'", "");
  let value: bigint;
  if (/^0[xX][\da-fA-F]+$/.test(plain) || /^0[bB][01]+$/.test(plain) || /^(?:0|[1-9]\d*)$/.test(plain))
    value = BigInt(plain);
  else if (/^0[0-7]+$/.test(plain)) value = BigInt(`0o${plain.slice(1)}`);
  else return null;
  return match[1] === "-" ? -value : value;
}

/** `0.9`, `1e-3`, `.5`, `1'000.0`, `0x1p-3`, with the suffix l; with f, rounded to a float as C++ does. */
export function parseFloating(text: string): number | null {
  const match = /^([+-]?)\s*([\da-fA-FxX'.pP+-]+?)([fFlL]?)$/.exec(text);
  const plain = (match?.[2] ?? "").replaceAll("'", "");
  if (match === null || /(?:^|[^\da-fA-F])'|'(?![\da-fA-F])/.test(match[2] ?? "")) return null;
  const hexadecimal = /^0[xX]/.test(plain);
  const value = hexadecimal ? hexFloat(plain) : decimal(plain);
  if (value === null) return null;
  const rounded = /[fF]/.test(match[3] ?? "") && !hexadecimal ? Math.fround(value) : value;
  return match[1] === "-" ? -rounded : rounded;
}

function decimal(text: string): number | null {
  return /^(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$|^\d+[eE][+-]?\d+$/.test(text) ? Number(text) : null;
}

function hexFloat(text: string): number | null {
  const match = /^0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/.exec(text);
  const digits = (match?.[1] ?? "") + (match?.[2] ?? "");
  if (match === null || digits === "" || digits.length > 13) return null;
  return Number.parseInt(digits, 16) * 2 ** (Number(match[3]) - 4 * (match[2] ?? "").length);
}

const simple: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  "\\": 92,
  '"': 34,
  "'": 39,
  "?": 63,
};

/** One string literal or several in a row, raw ones too. Null as well for a zero byte and for bytes that are no UTF-8. */
export function parseString(text: string): string | null {
  const bytes: number[] = [];
  let i = 0;
  while (i < text.length) {
    if (/\s/.test(text.charAt(i))) {
      i++;
      continue;
    }
    const raw = /^(?:u8)?R"([^()\\\s"]{0,16})\(/.exec(text.slice(i, i + 24));
    const end = raw === null ? takePlain(text, i, bytes) : takeRaw(text, i + raw[0].length, `)${raw[1] ?? ""}"`, bytes);
    if (end === null) return null;
    i = end;
  }
  if (text === "" || bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

const encoder = new TextEncoder();

function push(bytes: number[], text: string): void {
  for (const byte of encoder.encode(text)) bytes.push(byte);
}

function takeRaw(text: string, start: number, close: string, bytes: number[]): number | null {
  const end = text.indexOf(close, start);
  if (end < 0) return null;
  push(bytes, text.slice(start, end).replaceAll("\r\n", "\n"));
  return end + close.length;
}

function takePlain(text: string, start: number, bytes: number[]): number | null {
  let i = text.startsWith('u8"', start) ? start + 2 : start;
  if (text.charAt(i) !== '"') return null;
  for (i++; i < text.length; ) {
    const c = text.charAt(i);
    if (c === '"') return i + 1;
    if (c !== "\\") {
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      push(bytes, character);
      i += character.length;
      continue;
    }
    const rest = text.slice(i + 1, i + 12);
    const numeric = /^(?:x([\da-fA-F]{1,8})|([0-7]{1,3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(rest);
    const byte = simple[rest.charAt(0)];
    if (numeric !== null) {
      const code = Number.parseInt(
        numeric[1] ?? numeric[3] ?? numeric[4] ?? numeric[2] ?? "0",
        numeric[2] === undefined ? 16 : 8,
      );
      const isByte = numeric[1] !== undefined || numeric[2] !== undefined;
      if (isByte ? code > 255 : code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
      if (isByte) bytes.push(code);
      else push(bytes, String.fromCodePoint(code));
      i += 1 + numeric[0].length;
    } else if (byte !== undefined) {
      bytes.push(byte);
      i += 2;
    } else if (/^\r?\n/.test(rest)) {
      i += rest.startsWith("\r") ? 3 : 2;
    } else {
      return null;
    }
  }
  return null;
}
