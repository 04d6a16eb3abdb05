// Keeps what is typed into a question on the server, a second after the last key, and says whether it is kept.

const form = document.querySelector("[data-question-form]");
const shown = document.querySelector("[data-draft-said]");
const spoken = document.querySelector("[data-draft-spoken]");
const PAUSE = 1000; // ms after the last key
const AGAIN = 10000; // ms until a draft that found no network is tried again
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
let timer;
let typed = 0;
let under = null;

/** Each keystroke's draft is shown; spoken is only that it is kept now, or no longer. */
function say(state, text, aloud) {
  shown.textContent = text;
  const whole = shown.parentElement;
  if (whole.dataset.state !== state) spoken.textContent = aloud ?? text;
  whole.dataset.state = state;
}

function body() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

async function refused(reply) {
  if (reply.status === 401) return "Draft not saved: you are signed out. Sign in in another tab, then type on here.";
  const { text } = await reply.json().catch(() => ({}));
  return text ?? "Draft not saved. Save the question, or copy your text.";
}

async function keep() {
  if (under) return wait(PAUSE); // one at a time, and the newest last
  const now = typed;
  under = new AbortController();
  try {
    const reply = await fetch(form.dataset.draft, {
      method: "POST", body: body(), headers: { Accept: "application/json" }, signal: under.signal,
    });
    if (!reply.ok) return say("failed", await refused(reply));
    const { kept, saved_at: at } = await reply.json();
    form.elements.kept.value = kept;
    say("saved", `Draft saved ${CLOCK.format(new Date(at))}`, "Draft saved. It is kept as you type on.");
    if (now === typed) form.dispatchEvent(new Event("draft:kept"));
  } catch (fault) {
    if (fault.name === "AbortError") return;
    say("offline", "Not saved, offline: what you typed is on this page only.");
    wait(AGAIN);
  } finally {
    under = null;
  }
}

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

function changed(event) {
  if (event.target.name === "picture" || event.target.name === "picture_for") return;
  typed += 1;
  wait(PAUSE);
}

form?.addEventListener("input", changed);
form?.addEventListener("htmx:after:swap", changed);
// What is saved needs no draft: one that came after it would be offered as unsaved.
form?.addEventListener("submit", () => { clearTimeout(timer); under?.abort(); });
window.addEventListener("online", () => { if (typed) wait(0); });
