// From question to question. In the page's own sections that asks no network.
import { bring } from "./bring.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerIn, current, formOf, inPage, show } from "./questions.js";
import * as saver from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;

function arrive(number, options) {
  say.unnotice("section");
  show(number, options);
  navigator.update(number, answerIn(formOf(number)));
  navigator.refresh(number);
}

const OFFLINE = "That question can't be opened now: there is no connection. Go on in this section; your answers are kept on this device.";

/** To a question that this page can't show: a page of its own, once everything is sent. */
async function leave(number) {
  await saver.pump();
  if (saver.isFailing() || outbox.waiting() || !window.navigator.onLine) return say.reply("section", "warn", OFFLINE);
  location.assign(`/attempts/${data.code}/questions/${number}`);
}

/** Show a question, whatever it takes; who listens to `mockhall:go` may hold it back. */
export async function goTo(number, options = {}) {
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet"));
  if (!document.dispatchEvent(new CustomEvent("mockhall:go", { cancelable: true, detail: { number } }))) return;
  if (inPage(number)) return arrive(number, options);
  if ("single" in data) return leave(number); // one question at a time, by the paper's rules
  try {
    await bring(number);
    arrive(number, options);
  } catch (error) {
    if (error.message === "refused") return leave(number); // the page itself says why
    saver.lost();
    say.reply("section", "warn", OFFLINE);
  }
}

addEventListener("popstate", (event) => {
  if (event.state?.number && event.state.number !== current()) goTo(event.state.number, { push: false });
});
