// The navigator, section tabs and counts follow the answers on this page; the server works the same states out.
// A move writes to a handful of elements, however many questions there are.
import { total } from "./questions.js";

const WORDS = {
  new: "not visited", skipped: "not answered", answered: "answered", marked: "marked for review",
  both: "answered and marked for review",
};
const BLANK = ["new", "skipped", "marked"];
const FLAGGED = ["marked", "both"];
const isDone = (state) => state === "answered" || state === "both";
const counts = { new: 0, skipped: 0, answered: 0, marked: 0, both: 0 };
const states = []; // by number
const sections = []; // {part, tab, done, size}
const sectionOf = []; // by number
let shown = 0;

const tabs = document.querySelectorAll("#sections > button");
document.querySelectorAll("#navigator .part").forEach((part, place) => {
  const cells = part.querySelectorAll(".cell");
  if (!cells.length) return; // closed, or not open yet
  const section = { part, tab: tabs[place], done: 0, size: cells.length };
  sections.push(section);
  for (const cell of cells) {
    const number = Number(cell.id.slice(5));
    states[number] = cell.dataset.state;
    sectionOf[number] = section;
    counts[states[number]] += 1;
    section.done += isDone(states[number]);
  }
});

const write = (element, words) => element && element.textContent !== words && (element.textContent = words);

/** The state of a question opened on this page. */
export function update(number, { answered, marked }) {
  const state = answered ? (marked ? "both" : "answered") : marked ? "marked" : "skipped";
  const before = states[number];
  if (state === before || !before) return;
  states[number] = state;
  counts[before] -= 1;
  counts[state] += 1;
  sectionOf[number].done += isDone(state) - isDone(before);
  const cell = document.getElementById(`cell-${number}`);
  cell.dataset.state = state;
  cell.setAttribute("aria-label", `Question ${number}, ${WORDS[state]}`);
}

export const isNew = (number) => states[number] === "new";

/** The first question in one of these states after `here`, going round; 0 when there is none. */
function following(wanted, here) {
  for (let step = 1; step <= total; step += 1) {
    const number = ((here + step - 1) % total) + 1;
    if (wanted.includes(states[number])) return number;
  }
  return 0;
}

function jump(kind, words, number) {
  const button = document.querySelector(`[data-jump=${kind}]`);
  button.hidden = !number;
  button.value = `goto:${number}`;
  write(button, `${words}: ${number}`);
}

/** Few tabs fit a phone: the current one is brought into the row. */
function bringIn(tab) {
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
}

function point(here) {
  document.getElementById(`cell-${shown}`)?.removeAttribute("aria-current");
  document.getElementById(`cell-${here}`).setAttribute("aria-current", "step");
  const before = sectionOf[shown];
  const section = sectionOf[here];
  shown = here;
  if (before === section) return;
  before?.tab?.removeAttribute("aria-current");
  section.tab?.setAttribute("aria-current", "true");
  bringIn(section.tab);
  section.part.open = true;
}

/** Bring every count on the page up to date; `here` is the question on screen. */
export function refresh(here) {
  if (here !== shown) point(here);
  for (const [state, count] of Object.entries(counts)) {
    const sample = document.querySelector(`#legend [data-state=${state}]`);
    write(sample, String(count));
    write(sample.parentElement.querySelector(".visually-hidden"), `: ${count}`);
  }
  jump("blank", "Next blank", following(BLANK, here));
  jump("marked", "Next marked", following(FLAGGED, here));
  for (const { part, tab, done, size } of sections) {
    write(part.querySelector("summary small"), `${done} of ${size} answered`);
    if (tab) tab.querySelector("small").lastChild.textContent = `${done}/${size}`;
  }
  const handle = document.querySelector(".sheet-handle");
  write(handle.querySelector("span"), `${here} of ${total}`);
  const blank = BLANK.reduce((sum, state) => sum + counts[state], 0);
  write(handle.querySelector("small"), `${blank} blank, ${counts.marked + counts.both} marked`);
}
{
  const current = document.querySelector("#navigator .cell[aria-current]");
  shown = current ? Number(current.id.slice(5)) : 0;
  bringIn(document.querySelector("#sections [aria-current]"));
}
