// The exam room: every change is saved at once, moving needs no network, nothing unsent is forgotten.
import { listen, restore, unfit } from "./answers.js";
import * as handIn from "./hand-in.js";
import "./keys.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerIn, current, fieldsOf, fill, focusTitle, formOf, inPage, numbers, show, total } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";
import * as timer from "./timer.js";

const data = document.getElementById("room").dataset;
const bases = new Map(numbers().map((number) => [number, Number(formOf(number).dataset.seq)]));
const seqs = new Map(bases);
const typing = new Map();

function save(number, at = current()) {
  clearTimeout(typing.get(number));
  typing.delete(number);
  const seq = seqs.get(number) + 1;
  seqs.set(number, seq);
  saver.queue({ number, seq, tab: outbox.TAB, base: bases.get(number), fields: fieldsOf(formOf(number), at) });
  navigator.update(number, answerIn(formOf(number)));
  navigator.refresh(current());
}

async function goTo(number) {
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet"));
  if (inPage(number)) {
    show(number);
    navigator.update(number, answerIn(formOf(number)));
    navigator.refresh(number);
    return;
  }
  await saver.pump();
  if (outbox.waiting() && (saver.isFailing() || !outbox.isDurable())) {
    const words = "Another section can't be opened now: there is no connection. Go on in this one; your answers are kept on this device.";
    return say.notice("section", "warn", words);
  }
  location.assign(`/attempts/${data.code}/questions/${number}`);
}

/** What was typed in the last moment is kept before the page goes, or the time. */
function flush() {
  for (const number of [...typing.keys()]) save(number);
}
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => document.hidden && flush());

function clear(number) {
  const form = formOf(number);
  const before = answerIn(form);
  fill(form, { marked: before.marked });
  unfit(form, "");
  save(number);
  say.announce("Answer cleared");
  if (before.answered) say.toast("Answer cleared", "Undo", () => (fill(form, before), save(number), focusTitle()));
}

function review() {
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet"));
  handIn.review(goTo);
}

/** Where a button leads: a question, or 0 for the summary. */
function target(then, number) {
  if (then.startsWith("goto:")) return Number(then.slice(5));
  if (then === "back") return Math.max(1, number - 1);
  return then === "review" || number === total ? 0 : number + 1;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-number]");
  if (!form) return;
  event.preventDefault();
  const number = Number(form.dataset.number);
  const then = event.submitter?.value ?? "next";
  if (then === "clear") return clear(number);
  if (then === "mark_next") form.elements.marked.checked = true;
  const to = target(then, number);
  save(number, to || number);
  if (to) goTo(to);
  else review();
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-number]");
  if (form) save(Number(form.dataset.number));
});
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-number]");
  if (!form || event.target.name !== "text") return;
  const number = Number(form.dataset.number);
  clearTimeout(typing.get(number));
  typing.set(number, setTimeout(() => save(number), 600));
});
for (const button of document.querySelectorAll("[data-sign]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = button.form.elements.text;
    field.value = /^\s*[-\u2212]/.test(field.value) ? field.value.replace(/^\s*[-\u2212]/, "") : `-${field.value}`;
    save(Number(button.form.dataset.number));
  });
}
addEventListener("popstate", () => {
  const number = Number(location.pathname.split("/").at(-1));
  if (inPage(number)) show(number, { push: false });
  navigator.refresh(current());
});

restore(seqs);
listen({ bases, seqs, save, goTo });
history.replaceState({ number: current() }, "", `/attempts/${data.code}/questions/${current()}`);
for (const number of numbers()) {
  const cell = document.getElementById(`cell-${number}`).dataset.state;
  if (cell !== "new" || number === current()) navigator.update(number, answerIn(formOf(number)));
}
navigator.refresh(current());
saver.pump();
timer.start(() => (flush(), handIn.timeUp()));
