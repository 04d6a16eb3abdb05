// The calculator's panel: keys type into a field that can be edited like any other; Enter works it out. Memory, angles
// and history last as long as this tab, over the sections of the attempt.
import { evaluate } from "./arithmetic.js";
import { CalcError, shown } from "./functions.js";
import { close, ownKeys, toggle } from "./panel.js";

const NAME = "Calculator";
const MOST = 20; // lines of history
const KEY = `calculator:${document.getElementById("room").dataset.code}`;
const panel = document.getElementById("calculator");
const entry = document.getElementById("calculator-entry");
const result = document.getElementById("calculator-result");
const state = { memory: 0, ans: 0, degrees: true, past: [], ...recalled() };
let done = false; // the next key begins a new sum

function recalled() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // Storage is blocked: it lasts until the page is left.
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // The same.
  }
}

/** The value of what is in the field, or null with the reason shown. */
function worth() {
  try {
    return entry.value.trim() ? evaluate(entry.value, { degrees: state.degrees, ans: state.ans }) : state.ans;
  } catch (error) {
    if (!(error instanceof CalcError)) throw error;
    result.textContent = error.message;
    result.dataset.wrong = "";
    entry.setAttribute("aria-invalid", "true");
    return null;
  }
}

function equals() {
  const value = worth();
  if (value === null) return;
  state.ans = value;
  const sum = entry.value.trim();
  if (sum) state.past = [[sum, shown(value)], ...state.past].slice(0, MOST);
  done = true;
  show(shown(value));
}

function show(text) {
  result.textContent = text.replace("-", "−");
  delete result.dataset.wrong;
  entry.removeAttribute("aria-invalid");
  const memory = document.getElementById("calculator-memory");
  memory.hidden = state.memory === 0;
  memory.querySelector("b").textContent = shown(state.memory);
  panel.querySelector(`[name=angles][value=${state.degrees ? "deg" : "rad"}]`).checked = true;
  if (state.past.length) panel.querySelector(".calc-past").replaceChildren(...state.past.map(line));
  keep();
}

function line([sum, value]) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${sum} = ${value}` });
  button.addEventListener("click", () => ((entry.value = sum), (done = false), entry.focus()));
  item.append(button);
  return item;
}

function type(text) {
  if (done) entry.value = /^[ +−×÷^!%]/.test(text) ? "ans" : "";
  done = false;
  const end = entry.value.length;
  const from = document.activeElement === entry ? entry.selectionStart : (entry.dataset.at ?? end);
  if (entry.value.length + text.length <= entry.maxLength) entry.setRangeText(text, Math.min(from, end), Math.min(from, end), "end");
  entry.dataset.at = entry.selectionEnd;
}

function memory(change) {
  const value = worth();
  if (value === null) return;
  state.memory = change(value);
  show(shown(value));
}

const DOES = {
  close: () => close(panel, NAME),
  equals,
  clear: () => ((entry.value = ""), (entry.dataset.at = 0), show("0")),
  back: () => ((entry.value = done ? "" : entry.value.slice(0, -1)), (done = false), (entry.dataset.at = entry.value.length)),
  "clear-memory": () => ((state.memory = 0), show(result.textContent)),
  recall: () => type(shown(state.memory)),
  store: () => memory((value) => value),
  "memory-plus": () => memory((value) => state.memory + value),
  "memory-minus": () => memory((value) => state.memory - value),
};

panel.addEventListener("click", ({ target }) => {
  const key = target.closest("[data-types], [data-does]");
  if (key) (key.dataset.does ? DOES[key.dataset.does] : () => type(key.dataset.types))();
});
panel.addEventListener("change", ({ target }) => target.name === "angles" && ((state.degrees = target.value === "deg"), keep()));
entry.addEventListener("input", () => ((done = false), (entry.dataset.at = entry.selectionEnd)));
entry.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), equals()));
ownKeys(panel, NAME);
show("0");

/** Show it, or put it away. */
export const open = () => toggle(panel, entry, NAME);
