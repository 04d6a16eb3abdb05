// Keyboard commands of the room; off while typing and while a dialog is open.
import { current, formOf } from "./questions.js";
import { sayLeft } from "./timer.js";

const press = (then) => document.querySelector(`.attempt-actions [value=${then}]`)?.click();
const COMMANDS = {
  n: () => press("next"),
  p: () => press("back"),
  m: () => press("mark_next"),
  x: () => press("clear"),
  g: () => document.querySelector("#navigator [aria-current]").focus(),
  t: sayLeft,
};

function choose(key) {
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : key.charCodeAt(0) - 97;
  formOf(current()).querySelectorAll("[name=choice]")[place]?.click();
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (event.ctrlKey && event.key === "Enter") return press("next");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  if (arrows(event)) return;
  const key = event.key.toLowerCase();
  if (COMMANDS[key]) COMMANDS[key]();
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
