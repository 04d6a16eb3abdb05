// What the server answers to a save: kept, refused, changed elsewhere, or closed. The navigator shows what it has.
import * as ledger from "./ledger.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerOf, current, fill, formOf, inPage, numbers } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const sentBy = (entry) => answerOf(entry.fields);

/** Entries of an earlier page of this attempt: the forms and the navigator show them, and they are sent first. */
export function restore(fresh) {
  for (const entry of outbox.all()) {
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

/** Follow the replies; `save(number)` sends a question's answer again. */
export function listen({ save, goTo }) {
  saver.on("kept", (entry, reply) => {
    ledger.confirm(entry.number, reply.seq, sentBy(entry));
    say.unnotice(`unfit-${entry.number}`, `stale-${entry.number}`);
    if (!inPage(entry.number)) return;
    formOf(entry.number).elements.base.value = reply.seq;
    unfit(formOf(entry.number), "");
  });
  saver.on("back", () => say.unnotice("section", "hand-in"));
  saver.on("refused", ({ number }, reply) => {
    const before = ledger.keptOf(number)?.text.trim();
    const words = `${reply.text} It is not saved.${before ? ` Your earlier answer, ${before}, stands.` : ""}`;
    say.unsaved();
    showKept(number);
    if (inPage(number)) unfit(formOf(number), words);
    if (number !== current()) say.notice(`unfit-${number}`, "bad", `Question ${number}: ${words}`, [["Go back to it", () => goTo(number)]]);
  });
  saver.on("stale", ({ number }, stored) => {
    ledger.confirm(number, stored.seq, stored);
    say.unsaved();
    showKept(number);
    const keep = ["Keep the answer on this page", () => save(number)];
    const take = ["Take the other one", () => { fill(formOf(number), stored); save(number); }];
    const words = `Question ${number} was answered in another tab or on another device.`;
    say.notice(`stale-${number}`, "warn", words, inPage(number) ? [keep, take] : []);
  });
  saver.on("closed", (reason, unsent) => {
    const next = encodeURIComponent(location.pathname);
    const lost = unsent.filter(differs);
    const n = say.answers(lost.length);
    const signIn = [["Sign in", `/sign-in?next=${next}`]];
    say.unsaved();
    say.unnotice("section", "hand-in", "time-up");
    if (reason === "sign_in") return say.notice("closed", "bad", `You are signed out. Not sent yet, and kept on this device: ${n}. Sign in and come back.`, signIn);
    if (reason === "not_found") return say.notice("closed", "bad", `Somebody else is signed in on this device now. Not sent yet, and kept here: ${n}.`, signIn);
    for (const { number } of unsent) showKept(number);
    for (const number of numbers()) formOf(number).inert = true;
    const late = reason === "time_over" ? "Time is up." : "This test is handed in.";
    say.notice("closed", "bad", lost.length ? `${late} ${n} came too late to count.` : late, [["See the result", `/attempts/${data.code}/result`]]);
  });
}
