// A sheet over the room: a dialog whose time left goes on, so that nobody reads the clock away.
import { left } from "../clock.js";
import "./styles.js";

const two = (n) => String(n).padStart(2, "0");

function tick(dialog) {
  const shown = dialog.querySelector("[data-left]");
  if (!dialog.open || !shown || left() === null) return;
  const seconds = Math.max(0, Math.ceil(left() / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  shown.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  setTimeout(tick, 500, dialog);
}

/** Show a dialog; its close buttons, Escape and a press beside it close it, and the focus goes back by itself. */
export function show(dialog) {
  if (dialog.open) return;
  dialog.showModal();
  dialog.scrollTop = 0;
  tick(dialog);
  if (dialog.dataset.ready) return;
  dialog.dataset.ready = "yes";
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close-sheet]")) dialog.close();
  });
}
