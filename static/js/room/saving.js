// When a question is saved: at each change, a moment after typing, and, where it was only looked at, once in a while.
// In a strict paper only buttons that say so save: what else was selected is told to the server, which logs it.
import { unfit } from "./answers.js";
import { left, serverNow } from "./clock.js";
import * as ledger from "./ledger.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { beacon } from "./post.js";
import { answerIn, answerOf, current, fieldsOf, fill, focusTitle, formOf } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const strict = "strict" in document.getElementById("room").dataset;
const KEEPS = ["next", "mark_next"];
const typing = new Map();
const seen = new Set(); // opened, and left as they were: told with the next save, or after a while

/** Save a question; `at` is where the candidate is after it. */
export function save(number, at = current(), quiet = false) {
  const given = givenAt(number);
  clearTimeout(typing.get(number)?.timer);
  typing.delete(number);
  seen.delete(number);
  saver.queue({ number, ...outbox.numbersFor(number), fields: fieldsOf(formOf(number), at), quiet, at: given });
  navigator.update(number, answerIn(formOf(number)));
  navigator.refresh(current());
}

/** When the answer on the page was given, if not now: it waits unchanged, or was typed a moment ago. Staff see it, should it
 * come too late. */
function givenAt(number) {
  const waits = outbox.of(number);
  if (waits && ledger.same(answerIn(formOf(number)), answerOf(waits.fields))) return waits.at;
  return typing.get(number)?.at;
}

/** Is the answer on the page the one that was sent last? */
function isSettled(number) {
  const last = outbox.of(number) ? answerOf(outbox.of(number).fields) : ledger.keptOf(number);
  return ledger.same(answerIn(formOf(number)), last);
}

/** Something was chosen or marked. */
export function changed(number) {
  // At the end the page lets go of a field, which tells of what was typed in it before: that is saved, or waits.
  if (!strict) return (left() ?? 1) > 0 || !isSettled(number) ? save(number) : undefined;
  if (!saver.isFailing()) say.unkept();
}

/** The candidate goes from `number` to `at` by the button `then`: where nothing changed, that costs no network. */
export function leave(number, at, then) {
  if (strict && KEEPS.includes(then)) save(number, at, isSettled(number)); // it also takes back what was logged before
  else if (isSettled(number)) seen.add(number);
  else if (strict) pass(number, at);
  else save(number, at);
}

/** Strict: tell what is selected. It is not kept, and an answer that still waits to be sent stays as it is. */
function tell(number, at = current()) {
  seen.delete(number);
  const fields = [...fieldsOf(formOf(number), at), ["then", `goto:${at}`]];
  saver.queue({ number, ...outbox.numbersFor(number), fields, quiet: true, log: true });
}

/** Strict: the question is left. What was selected is gone; the kept answer shows again. */
function pass(number, at) {
  tell(number, at);
  const kept = outbox.of(number) ? answerOf(outbox.of(number).fields) : ledger.keptOf(number);
  fill(formOf(number), kept);
  unfit(formOf(number), "");
  navigator.update(number, kept);
}
// The browser's Back and links to a question move too.
document.addEventListener("mockhall:go", ({ detail }) => strict && !isSettled(current()) && pass(current(), detail.number));

/** A key was pressed in a field of a question. */
export function typed(number) {
  if (strict) return changed(number);
  clearTimeout(typing.get(number)?.timer);
  typing.set(number, { timer: setTimeout(() => save(number), 600), at: new Date(serverNow()).toISOString() });
}

/** What was typed in the last moment is kept before the page goes, or the time; and where the candidate has been. */
export function flush(isEnd = false) {
  for (const number of [...typing.keys()]) save(number);
  if (strict && isEnd && !isSettled(current())) tell(current());
  if (saver.isFailing()) return;
  for (const number of [...seen]) strict ? tell(number) : save(number, current(), true);
}
addEventListener("pagehide", () => (flush(true), beacon()));
document.addEventListener("visibilitychange", () => document.hidden && flush());
setInterval(() => flush(), 20000);

/** Empty the answer, and offer it back. */
export function clear(number) {
  const form = formOf(number);
  const before = answerIn(form);
  fill(form, { marked: before.marked });
  unfit(form, "");
  save(number);
  say.announce("Answer cleared");
  if (before.answered && !strict) say.toast("Answer cleared", "Undo", () => (fill(form, before), save(number), focusTitle()));
}
