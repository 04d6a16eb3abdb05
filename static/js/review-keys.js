// On a review page J goes to the next question and K to the one before, over the ends of a page too; N opens its note, B
// sets its bookmark, ? goes to where these keys are written. Off while typing and with a modifier key, which belong to the
// browser and to assistive technology.
const titles = [...document.querySelectorAll("article[id^=q] h2")];
const hint = document.querySelector("[data-review-keys]");
if (hint && titles.length) hint.hidden = false;

// The question being read: the one with the focus, else the last one whose title has reached the upper part of the window.
function here() {
  const article = document.activeElement?.closest("article[id^=q]");
  if (article) return titles.findIndex((title) => article.contains(title));
  return titles.findLastIndex((title) => title.getBoundingClientRect().top < 140);
}

function go(step) {
  const next = titles[here() + step];
  if (next) {
    next.focus({ preventScroll: true });
    next.closest("article").scrollIntoView({ block: "start" });
  } else {
    document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  }
}

function own(name) {
  return titles[Math.max(here(), 0)]?.closest("article").querySelector(`[data-own=${name}]`);
}

function note() {
  const summary = own("note");
  if (!summary) return;
  summary.parentElement.open = true;
  (summary.parentElement.querySelector("input:checked") ?? summary.parentElement.querySelector("input")).focus();
}

const keys = { j: () => go(1), k: () => go(-1), n: note, b: () => own("bookmark")?.click(), "?": () => hint?.focus() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
