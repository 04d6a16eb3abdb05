// What the server answers to a save: kept, refused, changed elsewhere, or closed. The navigator shows what it has.
import * as ledger from "./ledger.js";
import * as mirror from "./mirror.js";
import * as navigator from "./navigator.js";
import { load } from "./on-demand.js";
import * as outbox from "./outbox.js";
import { answerOf, current, fill, formOf, inPage, numbers } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";
import * as tabs from "./tabs.js";

const data = document.getElementById("room").dataset;
const sentBy = (entry) => answerOf(entry.fields);
const NONE_OF_IT = "None of this question's answers is saved until that is put right.";
/** What this device knows of questions beyond the page: answers confirmed after it was made, and those not sent yet. */
export function restore(fresh) {
  const newer = (data.offline ? mirror.all() : fresh.map(mirror.of)).filter((each) => each && each.seq > ledger.baseOf(each.number));
  for (const each of newer) {
    // A page just made by the server lacks what it had confirmed: it was put back to an older state. It gets it again.
    if (!data.offline) outbox.put({ ...each, base: ledger.baseOf(each.number), at: new Date().toISOString() });
    else if (fresh.includes(each.number)) ledger.enter(each.number, each.seq, sentBy(each));
  }
  for (const entry of [...(data.offline ? newer : []), ...outbox.all()]) {
    if (entry.log) ledger.reached(entry.number, entry.seq);
    if (entry.log) continue; // a strict paper: selected, and not to be kept
    navigator.update(entry.number, sentBy(entry));
    if (!fresh.includes(entry.number)) continue;
    fill(formOf(entry.number), sentBy(entry));
    ledger.reached(entry.number, entry.seq);
  }
}

/** What the server can't take stands beside its field; the stored answer is as it was. */
export function unfit(form, words) {
  form.querySelector(".error")?.remove();
  const field = form.elements.text;
  if (field instanceof HTMLInputElement) field.toggleAttribute("aria-invalid", Boolean(words));
  if (!words) return;
  const error = Object.assign(document.createElement("p"), { className: "error bad small strong", textContent: words });
  error.setAttribute("role", "alert");
  form.querySelector("fieldset").append(error);
}

const differs = (entry) => !ledger.keptOf(entry.number) || !ledger.same(sentBy(entry), ledger.keptOf(entry.number));

function showKept(number) {
  if (ledger.keptOf(number)) navigator.update(number, ledger.keptOf(number));
  navigator.refresh(current());
}

/** The server didn't take an answer: its own stands, and the page says why. */
function refuse({ number }, reply, goTo) {
  const before = ledger.keptOf(number)?.text.trim();
  const words = `${reply.text} ${/^(gap|pair)\./.test(reply.field) ? NONE_OF_IT : "It is not saved."}${before ? ` Your earlier answer, ${before}, stands.` : ""}`;
  say.unsaved();
  showKept(number);
  if (inPage(number)) unfit(formOf(number), words);
  if (number !== current()) say.notice(`unfit-${number}`, "bad", `Question ${number}: ${words}`, [["Go back to it", () => goTo(number)]]);
}

async function stale({ number }, stored, save) {
  ledger.confirm(number, stored.seq, stored);
  say.unsaved();
  showKept(number);
  const words = `Question ${number} was answered in another tab or on another device.`;
  if (!inPage(number)) return say.notice(`stale-${number}`, "warn", words);
  const elsewhere = await load("elsewhere").catch(() => null);
  if (elsewhere) return elsewhere.ask(number, stored, save);
  const keep = ["Keep the answer on this page", () => save(number)];
  say.notice(`stale-${number}`, "warn", words, [keep, ["Take the other one", () => { fill(formOf(number), stored); save(number); }]]);
}

/** Nobody who may is signed in: everything waits on this device, and is tried again. */
function shut(reason, unsent) {
  const signIn = [["Sign in", `/sign-in?next=${encodeURIComponent(location.pathname)}`]];
  const n = say.answers(unsent.filter((entry) => !entry.quiet).length);
  say.unsaved();
  say.unnotice("section", "hand-in", "time-up");
  const words = reason === "sign_in" ? `You are signed out. Not sent yet, and kept on this device: ${n}. Sign in and come back.`
    : `Somebody else is signed in on this device now. Not sent yet, and kept here: ${n}.`;
  say.notice("shut", "bad", words, signIn);
}

/** What became of answers that came too late, where the server says that it has them. */
const keptWords = (kept, all) => (kept ? ` ${kept < all ? "Some are" : all === 1 ? "It is" : "They are"} kept, and your teacher can see ${all === 1 ? "it" : "them"}.` : "");

/** The attempt has ended; `late` is what came after. */
function close(reason, late) {
  const lost = late.filter((entry) => !entry.log && differs(entry));
  say.unsaved();
  say.unnotice("section", "hand-in", "time-up", "shut");
  import("../forget.js").then(({ forgetPages }) => forgetPages(data.code)).catch(() => {}); // the result's page does it too
  for (const { number } of late) showKept(number);
  for (const number of numbers()) formOf(number).inert = true;
  const over = reason === "time_over" ? "Time is up." : "This test is handed in.";
  const words = keptWords(lost.filter(({ reply: said }) => said.kept_late).length, lost.length);
  const told = lost.length ? `${over} ${say.answers(lost.length)} came too late to count.${words}` : over;
  say.notice("closed", "bad", told, [["See the result", `/attempts/${data.code}/result`]]);
}

/** Follow the replies; `save(number)` sends a question's answer again. */
export function listen({ save, goTo }) {
  saver.on("back", () => say.unnotice("section", "hand-in", "shut"));
  saver.on("refused", (entry, reply) => entry.log || refuse(entry, reply, goTo));
  saver.on("stale", (entry, stored) => entry.log || stale(entry, stored, save));
  saver.on("shut", shut);
  saver.on("closed", (reason, late) => (close(reason, late), tabs.tell({ closed: reason })));
  tabs.listen((reason) => close(reason, []));
  saver.on("kept", (entry, reply) => {
    say.unnotice(`unfit-${entry.number}`, `stale-${entry.number}`, "shut");
    if (reply.kept === false) return; // a strict paper: looked at, not kept
    ledger.confirm(entry.number, reply.seq, sentBy(entry));
    mirror.keep(entry);
    tabs.tell({ kept: entry });
    if (!inPage(entry.number)) return;
    formOf(entry.number).elements.base.value = reply.seq;
    unfit(formOf(entry.number), "");
  });
}
