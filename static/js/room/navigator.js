// The navigator, section tabs and counts follow the answers on this page; the server works the same states out.
import { total } from "./questions.js";

const WORDS = {
  new: "not visited", skipped: "not answered", answered: "answered", marked: "marked for review",
  both: "answered and marked for review",
};
const BLANK = ["new", "skipped", "marked"];
const FLAGGED = ["marked", "both"];
const cellOf = (number) => document.getElementById(`cell-${number}`);
const stateOf = (number) => cellOf(number).dataset.state;

/** The state of a question opened on this page. */
export function update(number, { answered, marked }) {
  const state = answered ? (marked ? "both" : "answered") : marked ? "marked" : "skipped";
  const cell = cellOf(number);
  cell.dataset.state = state;
  cell.setAttribute("aria-label", `Question ${number}, ${WORDS[state]}`);
}

/** The first question in one of these states after `here`, going round; 0 when there is none. */
function following(states, here) {
  for (let step = 1; step <= total; step += 1) {
    const number = ((here + step - 1) % total) + 1;
    if (states.includes(stateOf(number))) return number;
  }
  return 0;
}

function countStates() {
  const counts = { new: 0, skipped: 0, answered: 0, marked: 0, both: 0 };
  for (let number = 1; number <= total; number += 1) counts[stateOf(number)] += 1;
  return counts;
}

function jump(kind, words, number) {
  const button = document.querySelector(`[data-jump=${kind}]`);
  button.hidden = !number;
  button.value = `goto:${number}`;
  button.textContent = `${words}: ${number}`;
}

/** Bring every count on the page up to date; `here` is the question on screen. */
export function refresh(here) {
  const counts = countStates();
  for (let number = 1; number <= total; number += 1) {
    if (number === here) cellOf(number).setAttribute("aria-current", "step");
    else cellOf(number).removeAttribute("aria-current");
  }
  for (const [state, count] of Object.entries(counts)) {
    const sample = document.querySelector(`#legend [data-state=${state}]`);
    sample.textContent = count;
    sample.parentElement.querySelector(".visually-hidden").textContent = `: ${count}`;
  }
  jump("blank", "Next blank", following(BLANK, here));
  jump("marked", "Next marked", following(FLAGGED, here));
  sections();
  const handle = document.querySelector(".sheet-handle");
  handle.querySelector("span").textContent = `${here} of ${total}`;
  const blank = BLANK.reduce((sum, state) => sum + counts[state], 0);
  handle.querySelector("small").textContent = `${blank} blank, ${counts.marked + counts.both} marked`;
}

function sections() {
  document.querySelectorAll("#navigator .part").forEach((part, place) => {
    const states = [...part.querySelectorAll(".cell")].map((cell) => cell.dataset.state);
    const done = states.filter((state) => state === "answered" || state === "both").length;
    part.querySelector("summary small").textContent = `${done} of ${states.length} answered`;
    const tab = document.querySelectorAll("#sections small")[place];
    if (tab) tab.lastChild.textContent = `${done}/${states.length}`;
  });
}
