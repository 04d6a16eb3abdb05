// Questions that the page doesn't hold: another section, or the next hundred. Fetched when one is asked for and, a
// little later and one part after the other, beforehand: then moving needs no network there either.
import { inPage, total } from "./questions.js";

const data = document.getElementById("room").dataset;
const PAUSE = 4000;
let adopt = () => {};
let coming = null;

async function fetchPart(number) {
  const headers = { Accept: "text/html", "HX-Request-Type": "partial" };
  const reply = await fetch(`/attempts/${data.code}/questions/${number}`, { headers, signal: AbortSignal.timeout(8000) });
  if (!reply.ok || reply.redirected) throw new Error("refused");
  const part = document.createRange().createContextualFragment(await reply.text());
  const forms = [...part.querySelectorAll("form[data-number]")];
  if (!forms.some((form) => Number(form.dataset.number) === number)) throw new Error("refused");
  for (const form of forms) form.hidden = true;
  document.getElementById("actions").before(part);
  adopt(forms);
}

/** Put question `number` and those around it into the page; rejects where that can't be done now. */
export async function bring(number) {
  await coming?.catch(() => {});
  if (inPage(number)) return;
  coming = fetchPart(number);
  await coming.finally(() => (coming = null));
}

/** The nearest question after `here` that is not in the page, may be, and is open; 0 when there is none. */
function missing(here) {
  for (let step = 1; step <= total; step += 1) {
    const number = ((here + step - 1) % total) + 1;
    const cell = inPage(number) ? null : document.getElementById(`cell-${number}`);
    if (cell && !cell.disabled && !cell.closest("[data-alone]")) return number;
  }
  return 0;
}

/** From now on; `adopts(forms)` takes what came, `here()` is the question on screen. */
export function ahead(here, adopts) {
  adopt = adopts;
  if ("single" in data) return; // one question at a time, by the paper's rules
  const step = async () => {
    const number = document.hidden || !navigator.onLine ? here() : missing(here());
    if (!number) return;
    if (!inPage(number)) await bring(number).catch(() => {});
    setTimeout(step, PAUSE);
  };
  setTimeout(step, PAUSE + Math.random() * PAUSE); // not everybody at the same moment after a start
}
