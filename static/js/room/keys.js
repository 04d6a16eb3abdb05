// Keyboard commands of the room; off while typing and while a dialog is open.
import { load } from "./on-demand.js";
import { current, formOf } from "./questions.js";
import { sayLeft } from "./timer.js";

// WCAG 2.1.4: commands of one letter can be switched off, for those whose speech or shaking hand types by itself.
const KEY = "mockhall:keys";
const toggles = document.querySelectorAll("[data-keys]");
let on = true;

function set(wanted) {
  on = wanted;
  for (const toggle of toggles) toggle.setAttribute("aria-pressed", String(on));
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
}
for (const toggle of toggles) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => set(!on));
}
try {
  if (localStorage.getItem(KEY) === "off") set(false);
} catch {
  // The same.
}

const press = (then) => document.querySelector(`.attempt-actions [value=${then}]`)?.click();
const COMMANDS = {
  n: () => press("next"),
  p: () => press("back"),
  m: () => press("mark_next"),
  x: () => press("clear"),
  g: toNavigator,
  t: sayLeft,
};

// On a phone, or a page made large, the navigator is a sheet that opens with the focus on the current question.
function toNavigator() {
  const handle = document.querySelector(".sheet-handle");
  if (handle.checkVisibility()) handle.click();
  else document.querySelector("#navigator .cell[aria-current]").focus();
}

function choose(key) {
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : key.charCodeAt(0) - 97;
  formOf(current()).querySelectorAll("[name=choice]")[place]?.click();
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (event.ctrlKey && event.key === "Enter") return press("next");
  if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  if (arrows(event)) return;
  if (event.shiftKey && /^[a-j]$/i.test(event.key)) return load("tools/strike").then((tool) => tool.open(event.key)).catch(() => {});
  const key = event.key.toLowerCase();
  const tool = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (COMMANDS[key]) COMMANDS[key]();
  else if (tool) tool.click();
  else if (/^[1-9a-j]$/.test(key)) choose(key);
});

// In the navigator the arrows move from cell to cell.
function arrows(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".cell")) return false;
  const cells = [...document.querySelectorAll("#navigator button.cell")];
  cells[(cells.indexOf(event.target) + step + cells.length) % cells.length].focus();
  event.preventDefault();
  return true;
}
