// Time is up: send what waits, then hand in; offline it goes on trying, and the server hands in by itself.
import { left, resync } from "./clock.js";
import * as outbox from "./outbox.js";
import { isClosed, pump } from "./saver.js";
import * as say from "./say.js";

let over = false;
const data = document.getElementById("room").dataset;

/** Extra time came: answering goes on. */
export function goOn() {
  if (over) for (const form of document.querySelectorAll("form[data-number]")) form.inert = false;
  over = false;
  say.unnotice("time-up");
}

export async function timeUp() {
  if (left() > 0) return goOn();
  over = true;
  document.getElementById("hand-in").close();
  for (const form of document.querySelectorAll("form[data-number]")) form.inert = true;
  await pump();
  if (isClosed()) return;
  try {
    // The server ends nothing by this before its own deadline: time may have been given a moment ago.
    if ((await resync()) && left() > 0) return goOn();
    const body = new URLSearchParams({ time_up: "1" });
    const reply = await fetch(`/attempts/${data.code}/submission`, { method: "POST", body, headers: { Accept: "application/json" } });
    if (reply.ok && !outbox.waiting()) return location.assign(`/attempts/${data.code}/result`);
  } catch {
    // Offline: the server hands in by itself with what it has.
  }
  const kept = outbox.waiting() ? ` Not sent yet, and kept on this device: ${say.answers(outbox.waiting())}.` : "";
  say.notice("time-up", "bad", `Time is up. Everything called saved is safe.${kept}`);
  setTimeout(timeUp, 3000);
}
