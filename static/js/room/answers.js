// What the server answers to a save: kept, refused, changed elsewhere, or closed. The navigator shows what it has.
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerIn, current, fill, formOf, inPage, numbers, withAnswered } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const kept = new Map(numbers().map((number) => [number, answerIn(formOf(number))])); // as the server has them

/** The answer that an entry of the outbox sends. */
function sentBy({ fields }) {
  const all = (name) => fields.filter(([key]) => key === name).map(([, value]) => value);
  return withAnswered({ choice: all("choice"), text: all("text")[0] ?? "", marked: all("marked")[0] === "1" });
}

/** Entries of an earlier page of this attempt: the forms and the navigator show them, and they are sent first. */
export function restore(seqs) {
  for (const entry of outbox.all()) {
    navigator.update(entry.number, sentBy(entry));
    if (!inPage(entry.number)) continue;
    fill(formOf(entry.number), sentBy(entry));
    seqs.set(entry.number, Math.max(entry.seq, seqs.get(entry.number)));
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

const valueOf = ({ choice, text, marked }) => JSON.stringify([choice, text, marked]);
const differs = (entry) => !kept.has(entry.number) || valueOf(sentBy(entry)) !== valueOf(kept.get(entry.number));

function showKept(number) {
  if (kept.has(number)) navigator.update(number, kept.get(number));
  navigator.refresh(current());
}

/** Follow the replies; `bases` and `seqs` are this page's numbers a question, `save(number)` sends one again. */
export function listen({ bases, seqs, save, goTo }) {
  saver.on("kept", (entry, reply) => {
    bases.set(entry.number, reply.seq);
    kept.set(entry.number, sentBy(entry));
    say.unnotice(`unfit-${entry.number}`, `stale-${entry.number}`);
    if (!outbox.waiting()) say.unnotice("section", "hand-in");
    if (!inPage(entry.number)) return;
    formOf(entry.number).elements.base.value = reply.seq;
    unfit(formOf(entry.number), "");
  });
  saver.on("refused", ({ number }, reply) => {
    const before = kept.get(number)?.text.trim();
    const words = `${reply.text} It is not saved.${before ? ` Your earlier answer, ${before}, stands.` : ""}`;
    say.unsaved();
    showKept(number);
    if (inPage(number)) unfit(formOf(number), words);
    if (number !== current()) say.notice(`unfit-${number}`, "bad", `Question ${number}: ${words}`, [["Go back to it", () => goTo(number)]]);
  });
  saver.on("stale", ({ number }, stored) => {
    bases.set(number, stored.seq);
    seqs.set(number, Math.max(stored.seq, seqs.get(number) ?? 0));
    kept.set(number, withAnswered(stored));
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
