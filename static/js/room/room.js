// The exam room's hub: what a button, key or change does, and where the next question comes from.
// Others hook in without a line here: `mockhall:go` (cancelable, before a move), `mockhall:shown`, a form's
// `mockhall:fill`, controls with data-tool and data-key, forms with data-needs (on-demand.js). A change event saves.
import { listen, restore, unfit } from "./answers.js";
import { ahead } from "./bring.js";
import "./keys.js";
import * as ledger from "./ledger.js";
import { goTo } from "./moves.js";
import * as navigator from "./navigator.js";
import { attach, load } from "./on-demand.js";
import * as outbox from "./outbox.js";
import { beacon } from "./post.js";
import { answerIn, answerOf, asMade, current, enlist, fieldsOf, fill, focusTitle, formOf, numbers, total } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";
import { timeUp } from "./time-up.js";
import * as timer from "./timer.js";

const data = document.getElementById("room").dataset;
const typing = new Map();

const seen = new Set(); // opened, and left as they were: told with the next save, or after a while

function save(number, at = current(), quiet = false) {
  clearTimeout(typing.get(number));
  typing.delete(number);
  seen.delete(number);
  saver.queue({ number, ...outbox.numbersFor(number), fields: fieldsOf(formOf(number), at), quiet });
  navigator.update(number, answerIn(formOf(number)));
  navigator.refresh(current());
}

/** Take forms that are new in the page: what the server has of them, what waits for them, what their kind needs. */
function adopt(forms) {
  const fresh = enlist(forms);
  for (const number of fresh) ledger.enter(number, Number(formOf(number).dataset.seq), asMade(formOf(number)));
  // Answered on a slow line before this script came: that is newer than whatever waited.
  const early = fresh.map((number) => [number, answerIn(formOf(number))]).filter(([number, is]) => !ledger.same(is, ledger.keptOf(number)));
  restore(fresh);
  for (const [number, answer] of early) (fill(formOf(number), answer), save(number));
  attach(fresh.map(formOf));
}

/** What was typed in the last moment is kept before the page goes, or the time; and where the candidate has been. */
function flush() {
  for (const number of [...typing.keys()]) save(number);
  if (!saver.isFailing()) for (const number of [...seen]) save(number, current(), true);
}
addEventListener("pagehide", () => (flush(), beacon()));
document.addEventListener("visibilitychange", () => document.hidden && flush());
setInterval(flush, 20000);

function clear(number) {
  const form = formOf(number);
  const before = answerIn(form);
  fill(form, { marked: before.marked });
  unfit(form, "");
  save(number);
  say.announce("Answer cleared");
  if (before.answered) say.toast("Answer cleared", "Undo", () => (fill(form, before), save(number), focusTitle()));
}

async function review() {
  flush();
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet"));
  const handIn = await load("hand-in").catch(() => null);
  if (handIn) return handIn.review(goTo);
  say.notice("hand-in", "warn", "No connection. Your answers are kept; hand in when you are back online.");
}

/** Is the answer on the page the one that was sent last? */
function isSettled(number) {
  const last = outbox.of(number) ? answerOf(outbox.of(number).fields) : ledger.keptOf(number);
  return ledger.same(answerIn(formOf(number)), last);
}

/** What a button does: `then` is its value. */
function act(then, number = current()) {
  if (then === "clear") return clear(number);
  if (then === "mark_next") formOf(number).elements.marked.checked = true;
  const to = then.startsWith("goto:") ? Number(then.slice(5)) : then === "back" ? Math.max(1, number - 1)
    : then === "review" || number === total ? 0 : number + 1;
  if (isSettled(number)) seen.add(number); // moving costs no network
  else save(number, to || number);
  return to ? goTo(to) : review();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("#navigator [name=then], #sections [name=then]");
  if (!button) return;
  event.preventDefault();
  act(button.value);
});
const formAt = (event) => event.target.closest("form[data-number]");
document.addEventListener("submit", (event) => {
  if (!formAt(event)) return;
  event.preventDefault();
  act(event.submitter?.value ?? "next", Number(formAt(event).dataset.number));
});
document.addEventListener("change", (event) => formAt(event) && save(Number(formAt(event).dataset.number)));
document.addEventListener("input", (event) => {
  const isTyped = formAt(event) && event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (!isTyped) return;
  const number = Number(formAt(event).dataset.number);
  clearTimeout(typing.get(number));
  typing.set(number, setTimeout(() => save(number), 600));
});
adopt(document.querySelectorAll("form[data-number]"));
listen({ save, goTo });
for (const number of numbers()) if (number === current() || !navigator.isNew(number)) navigator.update(number, answerIn(formOf(number)));
navigator.refresh(current());
const asked = Number(location.pathname.split("/questions/")[1]);
if (data.offline) {
  saver.lost();
  if (asked && asked !== current()) goTo(asked, { push: false, focus: false });
} else saver.pump();
history.replaceState({ number: current() }, "", `/attempts/${data.code}/questions/${current()}`);
timer.start(() => (flush(), timeUp()));
const keepPage = () => load("keep-page").then((page) => page.keep()).catch(() => {}); // then a reload needs the network
setTimeout(keepPage, 2500);
ahead(current, (forms) => (adopt(forms), keepPage()));
