// Keeps what is typed into a question on the server, a second after the last key or when the page is left, and says so.

const form = document.querySelector("[data-question-form]");
const shown = document.querySelector("[data-draft-said]");
const spoken = document.querySelector("[data-draft-spoken]");
const PAUSE = 1000; // ms after the last key
const AGAIN = 10000; // ms until a draft that found no network is tried again
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
let timer;
let typed = 0;
let kept = 0; // of what was typed
let under = null;
let gone = false; // sent or thrown away: nothing more to keep
const LARGEST = 60000; // bytes that a browser sends of a page that is left

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

async function keep(leaving = false) {
  if (under && !leaving) return wait(PAUSE); // one at a time, and the newest last
  under?.abort();
  const now = typed;
  const mine = (under = new AbortController());
  const sent = body();
  try {
    const reply = await fetch(form.dataset.draft, {
      method: "POST", body: sent, headers: { Accept: "application/json" }, signal: mine.signal,
      keepalive: leaving && `${sent}`.length < LARGEST,
    });
    if (!reply.ok) return say("failed", await refused(reply));
    const { kept: stamp, saved_at: at } = await reply.json();
    form.elements.kept.value = stamp;
    kept = now;
    say("saved", `Draft saved ${CLOCK.format(new Date(at))}`, "Draft saved. It is kept as you type on.");
    if (now === typed) form.dispatchEvent(new Event("draft:kept"));
  } catch (fault) {
    if (fault.name === "AbortError") return;
    say("offline", "Not saved, offline: what you typed is on this page only.");
    wait(AGAIN);
  } finally {
    if (under === mine) under = null;
  }
}

/** Words typed in the last second go along; browsers say so twice, and once on a phone that only changes the app. */
function leave() {
  if (gone || typed === kept || leave.typed === typed) return;
  leave.typed = typed;
  clearTimeout(timer);
  keep(true);
}

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

function changed(event) {
  if (event.target.name === "picture" || event.target.name === "picture_for") return;
  typed += 1;
  gone = false;
  wait(PAUSE);
}

form?.addEventListener("input", changed);
form?.addEventListener("htmx:after:swap", changed);
// What is saved needs no draft: one that came after it would be offered as unsaved. Nor does what is thrown away.
document.addEventListener("submit", (event) => {
  const { target, defaultPrevented } = event;
  if (!form || defaultPrevented || (target !== form && !target.action.endsWith("/draft"))) return;
  gone = true;
  clearTimeout(timer);
  under?.abort();
});
window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
window.addEventListener("online", () => { if (typed > kept) wait(0); });
