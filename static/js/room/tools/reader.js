// The question paper and the instructions, read over the room; their links are pages of their own without scripts.
import { notice, unnotice } from "../say.js";
import { show } from "./sheet.js";

const dialog = document.getElementById("reader");

/** Fetch what the link leads to and show it; a question's link goes there in the room. */
export async function open(link) {
  let text = "";
  try {
    const reply = await fetch(link.href, { headers: { "HX-Request-Type": "partial", Accept: "text/html" } });
    if (!reply.ok || reply.redirected) return location.assign(link.href);
    text = await reply.text();
  } catch {
    return notice("tool", "warn", "This page needs the connection, which is gone just now. Your answers are safe on this device.");
  }
  unnotice("tool");
  dialog.querySelector(".sheet-body").replaceChildren(document.createRange().createContextualFragment(text));
  show(dialog);
  dialog.querySelector("h2").focus();
}

dialog.addEventListener("click", (event) => {
  const link = event.target.closest("[data-goto]");
  const cell = link && document.getElementById(`cell-${link.dataset.goto}`);
  if (!cell) return;
  event.preventDefault();
  dialog.close();
  cell.click(); // as in the navigator: what is typed is saved first
});
