// What the server answers to a save: kept, refused, changed elsewhere, or closed.
import * as navigator from "./navigator.js";
import { answerIn, current, fill, formOf, inPage } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;

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

/** Follow the replies; `bases` and `seqs` are this page's numbers a question, `save(number)` sends one again. */
export function listen({ bases, seqs, save }) {
  saver.on("kept", (entry, reply) => {
    bases.set(entry.number, reply.seq);
    if (!inPage(entry.number)) return;
    formOf(entry.number).elements.base.value = reply.seq;
    unfit(formOf(entry.number), "");
  });
  saver.on("refused", (entry, reply) => {
    if (!inPage(entry.number)) return;
    unfit(formOf(entry.number), `${reply.text} It is not saved.`);
    navigator.update(entry.number, { ...answerIn(formOf(entry.number)), answered: false });
    navigator.refresh(current());
  });
  saver.on("stale", (entry, stored) => {
    bases.set(entry.number, stored.seq);
    seqs.set(entry.number, Math.max(stored.seq, seqs.get(entry.number) ?? 0));
    const keep = ["Keep the answer on this page", () => save(entry.number)];
    const take = ["Take the other one", () => { fill(formOf(entry.number), stored); save(entry.number); }];
    const words = `Question ${entry.number} was answered in another tab or on another device.`;
    say.notice(`stale-${entry.number}`, "warn", words, inPage(entry.number) ? [keep, take] : []);
  });
  saver.on("closed", (reason, unsent) => {
    const next = encodeURIComponent(location.pathname);
    const n = unsent.length;
    if (reason === "sign_in") {
      say.notice("closed", "bad", `You are signed out. ${n} unsent answers are kept on this device: sign in and come back.`, [["Sign in", `/sign-in?next=${next}`]]);
    } else {
      const late = reason === "time_over" ? "Time is up." : "This test is handed in.";
      say.notice("closed", "bad", `${late} ${n === 1 ? "1 answer" : `${n} answers`} came too late to count.`, [["See the result", `/attempts/${data.code}/result`]]);
    }
  });
}
