// When a question is saved: at each change, a moment after typing, and, where it was only looked at, once in a while.
import { unfit } from "./answers.js";
import * as ledger from "./ledger.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { beacon } from "./post.js";
import { answerIn, answerOf, current, fieldsOf, fill, focusTitle, formOf } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const typing = new Map();
const seen = new Set(); // opened, and left as they were: told with the next save, or after a while

/** Save a question; `at` is where the candidate is after it. */
export function save(number, at = current(), quiet = false) {
  clearTimeout(typing.get(number));
  typing.delete(number);
  seen.delete(number);
  saver.queue({ number, ...outbox.numbersFor(number), fields: fieldsOf(formOf(number), at), quiet });
  navigator.update(number, answerIn(formOf(number)));
  navigator.refresh(current());
}

/** Is the answer on the page the one that was sent last? */
function isSettled(number) {
  const last = outbox.of(number) ? answerOf(outbox.of(number).fields) : ledger.keptOf(number);
  return ledger.same(answerIn(formOf(number)), last);
}

/** The candidate goes from `number` to `at`: where nothing changed, that costs no network. */
export function leave(number, at) {
  if (isSettled(number)) seen.add(number);
  else save(number, at);
}

/** A key was pressed in a field of a question. */
export function typed(number) {
  clearTimeout(typing.get(number));
  typing.set(number, setTimeout(() => save(number), 600));
}

/** What was typed in the last moment is kept before the page goes, or the time; and where the candidate has been. */
export function flush() {
  for (const number of [...typing.keys()]) save(number);
  if (!saver.isFailing()) for (const number of [...seen]) save(number, current(), true);
}
addEventListener("pagehide", () => (flush(), beacon()));
document.addEventListener("visibilitychange", () => document.hidden && flush());
setInterval(flush, 20000);

/** Empty the answer, and offer it back. */
export function clear(number) {
  const form = formOf(number);
  const before = answerIn(form);
  fill(form, { marked: before.marked });
  unfit(form, "");
  save(number);
  say.announce("Answer cleared");
  if (before.answered) say.toast("Answer cleared", "Undo", () => (fill(form, before), save(number), focusTitle()));
}
