// The exam room's hub: what a button, key or change does, and where the next question comes from.
// Others hook in without a line here: `mockhall:go` (cancelable, before a move), `mockhall:shown`, a form's
// `mockhall:fill`, controls with data-tool and data-key, forms with data-needs (on-demand.js). A change event saves.
import { listen, restore } from "./answers.js";
import { ahead } from "./bring.js";
import "./keys.js";
import * as ledger from "./ledger.js";
import { goTo } from "./moves.js";
import * as navigator from "./navigator.js";
import { attach, load } from "./on-demand.js";
import { answerIn, asMade, current, enlist, fill, formOf, numbers, total } from "./questions.js";
import * as saver from "./saver.js";
import { changed, clear, flush, leave, save, typed } from "./saving.js";
import * as say from "./say.js";
import { timeUp } from "./time-up.js";
import * as timer from "./timer.js";

const data = document.getElementById("room").dataset;

/** Take forms that are new in the page: what the server has of them, what waits for them, what their kind needs. */
function adopt(forms) {
  const fresh = enlist(forms);
  for (const number of fresh) ledger.enter(number, Number(formOf(number).dataset.seq), asMade(formOf(number)));
  // Answered on a slow line before this script came: that is newer than whatever waited.
  const early = fresh.map((number) => [number, answerIn(formOf(number))]).filter(([number, is]) => !ledger.same(is, ledger.keptOf(number)));
  restore(fresh);
  for (const [number, answer] of early) (fill(formOf(number), answer), changed(number));
  attach(fresh.map(formOf));
}

async function review() {
  flush();
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet"));
  const handIn = await load("hand-in").catch(() => null);
  if (handIn) return handIn.review(goTo);
  say.reply("hand-in", "warn", "No connection. Your answers are kept; hand in when you are back online.");
}

/** What a button does: `then` is its value. */
function act(then, number = current()) {
  if (then === "clear") return clear(number);
  if (then === "mark_next") formOf(number).elements.marked.checked = true;
  const to = then.startsWith("goto:") ? Number(then.slice(5)) : then === "back" ? Math.max(1, number - 1)
    : then === "review" || number === total ? 0 : number + 1;
  leave(number, to || number, then);
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
document.addEventListener("change", (event) => formAt(event) && changed(Number(formAt(event).dataset.number)));
document.addEventListener("input", (event) => {
  const isTyped = formAt(event) && event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (isTyped) typed(Number(formAt(event).dataset.number));
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
timer.start(() => (flush(true), timeUp()));
const keepPage = () => load("keep-page").then((page) => page.keep()).catch(() => {}); // then a reload needs the network
setTimeout(keepPage, 2500);
ahead(current, (forms) => (adopt(forms), keepPage()));
