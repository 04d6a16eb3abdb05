// The calculator's arithmetic: a small parser of its own, never eval. From loose to tight: + −; × ÷ mod; a sign;
// 2π, 3(4) and sin 30, which bind tighter than ÷ as on paper; powers, from the right; n! and %.
import { added, CalcError, divide, factorial, finite, FUNCTIONS, power } from "./functions.js";

const LONGEST = 200; // characters
const DEEPEST = 40; // brackets in brackets
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:e[+\-−]?\d+)?)|(log2(?=\s*\()|[a-z]+)|(\S))/iy;
const SAME = { "×": "*", "·": "*", "÷": "/", "−": "-", "√": "sqrt", "∛": "cbrt", "π": "pi" };
const CONSTANTS = { pi: Math.PI, e: Math.E };

function* tokens(text) {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const [, number, name, sign] = TOKEN.exec(text);
    yield number ? { number: Number(number.replace("−", "-")) } : { name: SAME[sign] ?? sign ?? name.toLowerCase() };
  }
}

class Parser {
  constructor(text, { degrees = true, ans = 0 } = {}) {
    this.tokens = [...tokens(text)];
    this.at = 0;
    this.depth = 0;
    this.degrees = degrees;
    this.constants = { ...CONSTANTS, ans };
  }

  get next() {
    return this.tokens[this.at]?.name;
  }

  take(...names) {
    return names.includes(this.next) ? this.tokens[this.at++].name : null;
  }

  sum() {
    let value = this.product();
    for (let sign; (sign = this.take("+", "-")); ) {
      value = added(value, this.product() * (sign === "+" ? 1 : -1));
    }
    return value;
  }

  product() {
    let value = this.signed();
    for (let sign; (sign = this.take("*", "/", "mod")); ) {
      const other = this.signed();
      value = sign === "*" ? finite(value * other) : divide(value, other, sign === "mod");
    }
    return value;
  }

  signed(alone = false) {
    if (++this.depth > DEEPEST) throw new CalcError("Too many brackets");
    const sign = this.take("-", "+");
    const value = sign === "-" ? -this.signed(alone) : sign ? this.signed(alone) : this.beside(alone);
    this.depth -= 1;
    return value;
  }

  /** 2π and 3(4): side by side is a product. In sin 2π it goes on with names of numbers only. */
  beside(alone = false) {
    let value = this.raised();
    const goesOn = (name) => name in this.constants || (!alone && (name === "(" || name in FUNCTIONS));
    while (this.next !== undefined && goesOn(this.next)) value = finite(value * this.raised());
    return value;
  }

  raised() {
    const value = this.ended();
    return this.take("^") ? power(value, this.exponent()) : value;
  }

  exponent() {
    const sign = this.take("-", "+");
    return sign === "-" ? -this.exponent() : sign ? this.exponent() : this.raised();
  }

  ended() {
    let value = this.whole();
    for (let sign; (sign = this.take("!", "%")); ) value = sign === "!" ? factorial(value) : value / 100;
    return value;
  }

  whole() {
    const token = this.tokens[this.at++];
    if (!token) throw new CalcError("Something is missing at the end");
    if (token.number !== undefined) return finite(token.number);
    if (token.name === "(") return this.bracketed(1)[0];
    if (Object.hasOwn(this.constants, token.name)) return this.constants[token.name];
    if (Object.hasOwn(FUNCTIONS, token.name)) return this.called(token.name);
    throw new CalcError(`“${token.name}” doesn't fit there`);
  }

  called(name) {
    const [count, does] = FUNCTIONS[name];
    const values = this.take("(") ? this.bracketed(count) : count === 1 ? [this.signed(true)] : [];
    if (values.length !== count) throw new CalcError(`${name} takes ${count} numbers in brackets`);
    return finite(does(...values, this.degrees));
  }

  /** The numbers up to the closing bracket, which may be left out at the very end. */
  bracketed(most) {
    const values = [this.sum()];
    while (values.length < most && this.take(",")) values.push(this.sum());
    if (!this.take(")") && this.at < this.tokens.length) throw new CalcError("A bracket is not closed");
    return values;
  }
}

/** Work out an expression: a number, or CalcError. `degrees` for angles, `ans` the last result. */
export function evaluate(text, options) {
  if (text.length > LONGEST) throw new CalcError(`At most ${LONGEST} characters`);
  const parser = new Parser(text, options);
  const value = parser.sum();
  if (parser.at < parser.tokens.length) throw new CalcError(`“${parser.next ?? parser.tokens[parser.at].number}” doesn't fit there`);
  return value;
}
