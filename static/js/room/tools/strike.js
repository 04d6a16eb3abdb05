// Striking out a choice: a mark for the eye only, kept on this device for the attempt and gone at hand-in. It never
// changes the answer. Buttons beside the choices while the tool is on; Shift and the letter works at any time.
import { current, formOf } from "../questions.js";
import { announce } from "../say.js";
import "./styles.js";

const KEY = `mockhall:strike:${document.getElementById("room").dataset.code}`;
const struck = new Map(recalled()); // question: ids of its struck choices
const toggles = document.querySelectorAll("[data-tool=strike]");
let on = struck.get("on") === true;

function recalled() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return []; // Storage is blocked: it lasts until the page is left.
  }
}

function keep() {
  try {
    if (struck.size) localStorage.setItem(KEY, JSON.stringify([...struck]));
    else localStorage.removeItem(KEY);
  } catch {
    // The same.
  }
}

const boxes = (number) => [...formOf(number).querySelectorAll(".options :is([type=radio], [type=checkbox])[name=choice]")];
const letterOf = (box) => box.closest(".option").querySelector(".letter")?.textContent.trim() || box.closest(".option").textContent.trim();
const has = (number, box) => (struck.get(number) ?? []).includes(box.value);

function flip(number, box) {
  const ids = struck.get(number) ?? [];
  const left = has(number, box) ? ids.filter((id) => id !== box.value) : [...ids, box.value];
  if (left.length) struck.set(number, left);
  else struck.delete(number);
  keep();
  show(number);
  const words = has(number, box) ? "struck out" : "no longer struck out";
  announce(`Choice ${letterOf(box)} ${words}${box.checked ? ". It is still your answer" : ""}`);
}

/** A choice with its button beside it; the label stays as it is, so that choosing works as ever. */
function row(number, box) {
  const option = box.closest(".option");
  if (option.parentElement.matches(".strikable")) return option.parentElement;
  const around = Object.assign(document.createElement("div"), { className: "strikable" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet strike" });
  button.addEventListener("click", () => flip(number, box));
  option.replaceWith(around);
  around.append(option, button);
  option.append(Object.assign(document.createElement("span"), { className: "visually-hidden" }));
  return around;
}

function show(number) {
  for (const box of boxes(number)) {
    const gone = has(number, box);
    if (!on && !gone && !box.closest(".strikable")) continue;
    const around = row(number, box);
    const [option, button] = around.children;
    option.classList.toggle("struck", gone);
    option.lastElementChild.textContent = gone ? " (struck out)" : "";
    button.hidden = !on && !gone;
    button.textContent = gone ? "Put back" : "Strike";
    button.setAttribute("aria-label", `${button.textContent} choice ${letterOf(box)}`);
  }
}

/** The menu's button turns the buttons beside the choices on and off; a letter strikes that choice. */
export function open(what) {
  if (typeof what === "string") return strike(what);
  on = !on;
  if (on) struck.set("on", true);
  else struck.delete("on");
  for (const toggle of toggles) toggle.setAttribute("aria-pressed", String(on));
  keep();
  show(current());
  announce(on ? "Each choice has a button to strike it out" : "Buttons to strike out are put away");
}

function strike(letter) {
  const box = boxes(current())[letter.toLowerCase().charCodeAt(0) - 97];
  if (box) flip(current(), box);
}

for (const toggle of toggles) toggle.setAttribute("aria-pressed", String(on));
show(current());
document.addEventListener("mockhall:shown", ({ detail }) => show(detail.number));
