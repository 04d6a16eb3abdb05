// On a review page J goes to the next question and K to the one before, over the ends of a page too. Off while typing
// and with a modifier key, which belong to the browser and to assistive technology.
const titles = [...document.querySelectorAll("article[id^=q] h2")];
const hint = document.querySelector("[data-review-keys]");
if (hint && titles.length) hint.hidden = false;

// The question being read: the last one whose title has reached the upper part of the window.
function here() {
  const focused = titles.indexOf(document.activeElement);
  if (focused >= 0) return focused;
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

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    event.preventDefault();
    go(step);
  }
});
