// Constant expressions of enumerators: literals, operators, casts and entries that were read before.

/** Values by the names that an expression may use. */
export type Constants = ReadonlyMap<string, bigint>;

const token =
  /\s*(?:(0[xX][\da-fA-F']+|0[bB][01']+|\d[\d']*)[uUlLzZ]*(?![\w.])|('(?:\\.|[^'\\])')|((?:::)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*)|(<<|>>|==|!=|<=|>=|&&|\|\||[-+*/%&|^~!()<>?:{}]))/y;

const precedence: Readonly<Record<string, number>> = {
  ...{ "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7 },
  ...{ "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10 },
};

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, 0: 0, "\\": 92, "'": 39, '"': 34 };
const longest = 500;

/** The value of an expression; null where it is more than is read here. */
export function evaluate(text: string, known: Constants): bigint | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  let at = 0;
  const accept = (word: string): boolean => {
    if (tokens[at] !== word) return false;
    at++;
    return true;
  };
  const unary = (): bigint | null => {
    const word = tokens[at++] ?? "";
    if (word === "(") {
      const value = ternary();
      return accept(")") ? value : null;
    }
    if (word === "-" || word === "+" || word === "~" || word === "!") {
      const value = unary();
      if (value === null) return null;
      return word === "-" ? -value : word === "+" ? value : word === "~" ? ~value : BigInt(value === 0n);
    }
    if (word === "static_cast") return cast();
    const next = tokens[at];
    // int(3), std::int64_t{3}
    if (/^[A-Za-z_:]/.test(word) && (next === "(" || next === "{")) {
      at++;
      const value = /(?:^|::)(?:u?int\d*_t|int|long|short|char|size_t|unsigned|signed)$/.test(word) ? ternary() : null;
      return accept(next === "(" ? ")" : "}") ? value : null;
    }
    return literal(word) ?? known.get(word.replace(/\s/g, "")) ?? null;
  };
  const cast = (): bigint | null => {
    if (!accept("<")) return null;
    while (at < tokens.length && tokens[at] !== ">") at++;
    return accept(">") && accept("(") ? parenthesized() : null;
  };
  const parenthesized = (): bigint | null => {
    const value = ternary();
    return accept(")") ? value : null;
  };
  const binary = (least: number): bigint | null => {
    let left = unary();
    for (;;) {
      const operator = tokens[at] ?? "";
      const level = precedence[operator] ?? 0;
      if (left === null || level < least || level === 0) return left;
      at++;
      const right = binary(level + 1);
      left = right === null ? null : apply(operator, left, right);
    }
  };
  const ternary = (): bigint | null => {
    const condition = binary(1);
    if (condition === null || !accept("?")) return condition;
    const yes = ternary();
    if (!accept(":")) return null;
    const no = ternary();
    return condition === 0n ? no : yes;
  };
  const value = ternary();
  return at === tokens.length ? value : null;
}

function tokensOf(text: string): readonly string[] | null {
  const source = text.trim();
  if (source.length > longest) return null;
  const tokens: string[] = [];
  for (let at = 0; at < source.length; ) {
    token.lastIndex = at;
    const match = token.exec(source);
    if (match === null) return null;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
    at = token.lastIndex;
  }
  return tokens;
}

function literal(word: string): bigint | null {
  if (/^\d/.test(word)) {
    const digits = word.replaceAll("'", "");
    return BigInt(/^0\d/.test(digits) ? (/^[0-7]+$/.test(digits) ? `0o${digits}` : 0) : digits);
  }
  if (word === "true" || word === "false") return BigInt(word === "true");
  const character = /^'(\\)?(.)'$/.exec(word);
  if (character?.[2] === undefined) return null;
  const code = character[1] === undefined ? character[2].charCodeAt(0) : escapes[character[2]];
  return code === undefined || code > 127 ? null : BigInt(code);
}

function apply(operator: string, a: bigint, b: bigint): bigint | null {
  const shift = b >= 0n && b < 64n;
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? null : a / b;
    case "%":
      return b === 0n ? null : a % b;
    case "<<":
      return shift ? a << b : null;
    case ">>":
      return shift ? a >> b : null;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "==":
      return BigInt(a === b);
    case "!=":
      return BigInt(a !== b);
    case "<":
      return BigInt(a < b);
    case ">":
      return BigInt(a > b);
    case "<=":
      return BigInt(a <= b);
    case ">=":
      return BigInt(a >= b);
    case "&&":
      return BigInt(a !== 0n && b !== 0n);
    default:
      return BigInt(a !== 0n || b !== 0n);
  }
}
