// The clock on screen and its spoken warnings; at zero it asks for the hand-in, once.
import { isSure, left } from "./clock.js";
import { announce } from "./say.js";

const timer = document.getElementById("timer");
const MARKS = [[600, "10 minutes left"], [300, "5 minutes left"], [60, "1 minute left"], [30, "30 seconds left"], [10, "10 seconds left"]];
const ICONS = { calm: "clock", warning: "clock-alert", critical: "alarm-clock" };
const two = (n) => String(n).padStart(2, "0");
let before = Infinity;
let over = false;

/** "27:18"; "about 27:18" while the server can't be asked. */
function words(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const exact = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return isSure() ? exact : `about ${exact}`;
}

function look(seconds) {
  const state = seconds > 600 ? "calm" : seconds > 60 ? "warning" : "critical";
  timer.querySelector("time").textContent = words(seconds);
  if (timer.dataset.state === state) return;
  timer.dataset.state = state;
  const use = timer.querySelector("use");
  use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#i-${ICONS[state]}`);
  const note = timer.querySelector("small");
  note.hidden = state === "calm";
  note.textContent = state === "critical" ? "last minute" : "under 10 min";
}

function warn(seconds) {
  for (const [mark, said] of MARKS) {
    if (before > mark && seconds <= mark && before !== Infinity) {
      announce(said);
      if (mark >= 60) document.dispatchEvent(new CustomEvent("mockhall:show-timer"));
    }
  }
  before = seconds;
}

/** How much is left, in words: a key says it on demand. */
export const sayLeft = () => left() !== null && announce(`${words(Math.max(0, Math.ceil(left() / 1000)))} left`);

/** Count down; `timeUp` is called once at zero. */
export function start(timeUp) {
  if (!timer || left() === null) return;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil(left() / 1000));
    look(seconds);
    warn(seconds);
    if (seconds === 0 && !over && isSure()) {
      over = true;
      timeUp();
    }
    if (seconds > 0) over = false; // extra time came in meanwhile
  };
  tick();
  setInterval(tick, 250);
}
