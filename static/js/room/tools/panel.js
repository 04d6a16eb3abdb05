// A panel beside the question: it stays open while one works, and Escape closes it. Keys typed in it are its own.
import { announce } from "../say.js";
import "./styles.js";

const openers = new WeakMap();

/** Open or close; opening puts the focus into `first`, closing gives it back to where it was. */
export function toggle(panel, first, name) {
  if (!panel.hidden) return close(panel, name);
  openers.set(panel, document.activeElement);
  panel.hidden = false;
  panel.dispatchEvent(new Event("panel:open"));
  first.focus();
}

/** Close a panel and say so. */
export function close(panel, name) {
  panel.hidden = true;
  panel.dispatchEvent(new Event("panel:close"));
  const opener = openers.get(panel);
  const back = opener?.isConnected && opener.checkVisibility() ? opener : document.querySelector("form[data-number]:not([hidden]) h2");
  back.focus({ preventScroll: true });
  announce(`${name} closed`);
}

/** The room's commands must not hear what is typed in the panel. */
export function ownKeys(panel, name) {
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(panel, name);
  });
}
