// The calculator's functions of numbers. Each returns a finite number or throws CalcError with words for the screen.

/** What can't be worked out, in words for who typed it. */
export class CalcError extends Error {}

const DEGREES = Math.PI / 180;
const EXACT_SINES = new Map([[0, 0], [30, 0.5], [90, 1], [150, 0.5], [180, 0], [210, -0.5], [270, -1], [330, -0.5]]);

/** The number itself, or the words for what it is instead. */
export function finite(value) {
  if (Number.isNaN(value)) throw new CalcError("Not defined");
  if (!Number.isFinite(value)) throw new CalcError("Too large");
  return value;
}

/** A result as it is shown: twelve digits, so that 0.1 + 0.2 is 0.3. */
export const shown = (value) => String(Number(value.toPrecision(12)));

const need = (holds, words) => {
  if (!holds) throw new CalcError(words);
};

// In degrees the round angles are exact: sin 180 is 0, not 1.2e-16.
function sine(x, degrees) {
  if (!degrees) return Math.abs(Math.sin(x)) < 1e-15 ? 0 : Math.sin(x);
  const turn = ((x % 360) + 360) % 360;
  return EXACT_SINES.get(turn) ?? Math.sin(turn * DEGREES);
}

const cosine = (x, degrees) => (degrees ? sine(x + 90, true) : Math.abs(Math.cos(x)) < 1e-15 ? 0 : Math.cos(x));

function tangent(x, degrees) {
  const across = cosine(x, degrees);
  need(across !== 0, "tan is not defined there");
  return degrees && ((x % 180) + 180) % 180 === 45 ? 1 : degrees && ((x % 180) + 180) % 180 === 135 ? -1 : sine(x, degrees) / across;
}

const angle = (radians, degrees) => (degrees ? radians / DEGREES : radians);

function inverse(name) {
  return (x, degrees) => {
    need(name === "atan" || Math.abs(x) <= 1, `${name} takes −1 to 1`);
    return angle(Math[name](x), degrees);
  };
}

function logarithm(x, base) {
  need(x > 0, "A logarithm needs a number above 0");
  need(base > 0 && base !== 1, "A base is above 0 and not 1");
  if (base === 10) return Math.log10(x);
  return base === 2 ? Math.log2(x) : Math.log(x) / Math.log(base);
}

function squareRoot(x) {
  need(x >= 0, "No square root of a negative number");
  return Math.sqrt(x);
}

/** The n-th root: root(3, 8) is 2. */
function root(n, x) {
  need(n !== 0, "There is no 0th root");
  const odd = Math.abs(n % 2) === 1;
  need(x >= 0 || odd, "No even root of a negative number");
  need(x !== 0 || n > 0, "Can't divide by 0");
  const near = Math.sign(x) * Math.abs(x) ** (1 / n);
  const whole = Math.round(near);
  return whole ** n === x ? whole : near;
}

/** a to the b; an odd root of a negative number is written with root(). */
export function power(a, b) {
  need(a !== 0 || b >= 0, "Can't divide by 0");
  need(a >= 0 || Number.isInteger(b), "No broken power of a negative number");
  return finite(a ** b);
}

/** n! for whole numbers from 0 to 170. */
export function factorial(n) {
  need(Number.isInteger(n) && n >= 0, "n! needs a whole number from 0");
  need(n <= 170, "Too large");
  let product = 1;
  for (let each = 2; each <= n; each += 1) product *= each;
  return product;
}

/** a plus b; what only rounding leaves of 0.1 + 0.2 - 0.3 is 0. */
export function added(a, b) {
  const sum = finite(a + b);
  return Math.abs(sum) < 4e-16 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : sum;
}

/** a divided by b; `remainder` for mod, with the sign of b. */
export function divide(a, b, remainder = false) {
  need(b !== 0, "Can't divide by 0");
  return finite(remainder ? a - b * Math.floor(a / b) : a / b);
}

/** Name: [how many numbers it takes, what it does; the last argument says whether angles are in degrees]. */
export const FUNCTIONS = {
  sin: [1, sine],
  cos: [1, cosine],
  tan: [1, tangent],
  asin: [1, inverse("asin")],
  acos: [1, inverse("acos")],
  atan: [1, inverse("atan")],
  sinh: [1, Math.sinh],
  cosh: [1, Math.cosh],
  tanh: [1, Math.tanh],
  ln: [1, (x) => logarithm(x, Math.E)],
  log: [1, (x) => logarithm(x, 10)],
  log2: [1, (x) => logarithm(x, 2)],
  logb: [2, (base, x) => logarithm(x, base)],
  sqrt: [1, squareRoot],
  cbrt: [1, Math.cbrt],
  root: [2, root],
  exp: [1, Math.exp],
  abs: [1, Math.abs],
};
