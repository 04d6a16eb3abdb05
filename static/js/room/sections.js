// Sections that come in order, and questions that are opened one after the other: leaving needs the network and says so.
import { left as untilEnd, serverNow } from "./clock.js";
import { current, formOf } from "./questions.js";
import * as outbox from "./outbox.js";
import * as saver from "./saver.js";
import { flush } from "./saving.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const dialog = document.getElementById("leave-section");
const room = `/attempts/${data.code}`;
const isOrdered = "section" in data;
const OFFLINE = "needs a connection, and there is none now. Your answers are kept on this device; go on here and try again.";
let moving = false;

/** Everything waiting is sent first; false where that can't be done now. */
async function sent() {
  flush();
  await saver.pump();
  return !outbox.waiting() && !saver.isFailing();
}

/** POST to a section or a question; the reply's JSON, or null without a connection. */
async function post(address) {
  try {
    const reply = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    return { ok: reply.ok, ...(await reply.json()) };
  } catch {
    return null;
  }
}

async function warn() {
  if (!dialog) return;
  const words = `Leaving ${data.sectionTitle} ${OFFLINE}`;
  if (!(await sent())) return say.notice("section", "warn", words);
  try {
    const reply = await fetch(`${room}/sections/${data.section}`, { headers: { "HX-Request-Type": "partial", Accept: "text/html" }, signal: AbortSignal.timeout(8000) });
    if (!reply.ok || reply.redirected) return location.assign(room);
    dialog.replaceChildren(document.createRange().createContextualFragment(await reply.text()));
  } catch {
    return say.notice("section", "warn", words);
  }
  dialog.querySelector("[data-keep-working]").addEventListener("click", (event) => (event.preventDefault(), dialog.close()));
  dialog.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), leave()));
  dialog.showModal();
}

async function leave() {
  const said = dialog.querySelector("[data-said]");
  const reply = (await sent()) && (await post(`${room}/sections/${data.section}`));
  if (reply?.ok) return location.assign(room);
  const at = reply?.may_leave_at && new Date(reply.may_leave_at).toLocaleTimeString("en-GB");
  said.textContent = reply ? `${reply.text}${at ? ` It may be left from ${at} on.` : ""}` : `Leaving ${OFFLINE}`;
  say.announce(said.textContent);
}

/** Open question `number`: its time begins, or the way back closes. */
async function open(number) {
  if (moving) return;
  moving = true;
  const reply = (await sent()) && (await post(`${room}/questions/${number}`));
  moving = false;
  if (reply?.ok || reply?.reason === "locked") return location.assign(`${room}/questions/${number}`);
  say.notice("section", "warn", reply ? reply.text : `Question ${number} ${OFFLINE}`);
}

document.addEventListener("mockhall:go", (event) => {
  const { number } = event.detail;
  if (isOrdered && (number > Number(data.last) || number < Number(data.first))) {
    event.preventDefault();
    if (number > Number(data.last)) warn();
    else say.notice("section", "warn", `The section before is closed. ${data.sectionTitle} begins with this question.`);
  } else if ("single" in data && number !== current()) {
    event.preventDefault();
    if ("oneWay" in data && number < current()) say.notice("section", "warn", "In this section there is no way back to a question.");
    else open(number);
  }
});

const two = (n) => String(n).padStart(2, "0");
const clockOf = (ms) => (ms > 0 ? `${Math.floor(Math.ceil(ms / 1000) / 60)}:${two(Math.ceil(ms / 1000) % 60)}` : "0:00");
const sectionTimer = document.querySelector("[data-section-timer]");
const questionTimer = document.querySelector("#question-time [role=timer]");

/** Time over: what waits is sent, then the server opens what comes next; offline it goes on trying. */
async function over(words, next) {
  formOf(current()).inert = true;
  say.notice("section", "warn", words);
  if ((await sent()) && (await next())) return location.assign(room);
  setTimeout(() => over(words, next), 3000);
}

/** Count one clock down; `done` is called once at its end. */
function count(ends, shown, done) {
  const timer = setInterval(() => {
    const ms = Date.parse(ends()) - serverNow();
    if (shown) shown.hidden = false;
    if (shown && shown.textContent !== clockOf(ms)) shown.textContent = clockOf(ms);
    if (ms > 0 || (untilEnd() ?? 1) <= 0) return;
    clearInterval(timer);
    done();
  }, 250);
}
if (data.sectionCloses && "onward" in data) {
  count(() => data.sectionCloses, sectionTimer, () => over(`Time for ${data.sectionTitle} is over. The next section opens.`, () => post(`${room}/sections/${data.section}`)));
}
if (data.questionCloses && data.questionCloses !== data.sectionCloses) {
  count(() => data.questionCloses, questionTimer, () => over("Time for this question is over.", () => current() === Number(data.last) || post(`${room}/questions/${current() + 1}`)));
}
