// The hand-in dialog: everything waiting is sent first, then the server's own summary is shown.
import { left } from "./clock.js";
import * as outbox from "./outbox.js";
import { pump } from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const dialog = document.getElementById("hand-in");
const address = `/attempts/${data.code}/submission`;

/** Open the summary; `goTo(number)` shows a question. */
export async function review(goTo) {
  await pump();
  if (outbox.waiting()) {
    say.reply("hand-in", "warn", "Your last answers are not saved yet. They are kept on this device; hand in when the connection is back.");
    return;
  }
  try {
    const reply = await fetch(address, { headers: { "HX-Request-Type": "partial", Accept: "text/html" } });
    if (!reply.ok || reply.redirected) return location.assign(address);
    dialog.replaceChildren(document.createRange().createContextualFragment(await reply.text()));
  } catch {
    say.reply("hand-in", "warn", "No connection. Your answers are saved; hand in when you are back online.");
    return;
  }
  sayRefused(goTo);
  dialog.querySelector("[data-keep-working]").addEventListener("click", close);
  dialog.querySelector("[data-goto]")?.addEventListener("click", (event) => {
    close(event);
    goTo(Number(event.currentTarget.dataset.goto));
  });
  dialog.showModal();
  count();
  dialog.querySelector("[data-keep-working]").focus();
}

// What stands in a field and can't be read is not in the summary: who hands in now would lose it without a word.
function sayRefused(goTo) {
  const refused = [...document.querySelectorAll("form[data-number] .error")].map((error) => Number(error.closest("form").dataset.number));
  if (!refused.length) return;
  const text = `What you wrote at question ${refused.join(", ")} is not saved, because it can't be read. `;
  const said = Object.assign(document.createElement("p"), { className: "callout bad", textContent: text });
  const way = Object.assign(document.createElement("button"), { className: "button small", type: "button", textContent: "Go back to it" });
  way.addEventListener("click", (event) => (close(event), goTo(refused[0])));
  said.append(way);
  dialog.querySelector("#hand-in-text").after(said);
}

// The time left in the dialog goes on as in the bar, until the dialog is closed.
function count() {
  const shown = dialog.querySelector("[data-left]");
  if (!dialog.open || !shown || left() === null) return;
  const seconds = Math.max(0, Math.ceil(left() / 1000));
  shown.textContent = `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  setTimeout(count, 1000);
}

function close(event) {
  event.preventDefault();
  dialog.close();
}
