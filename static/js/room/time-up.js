// Time is up: send what waits, then hand in; offline it goes on trying, and the server hands in by itself.
import * as outbox from "./outbox.js";
import { isClosed, pump } from "./saver.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;

export async function timeUp() {
  document.getElementById("hand-in").close();
  for (const form of document.querySelectorAll("form[data-number]")) form.inert = true;
  await pump();
  if (isClosed()) return;
  try {
    const reply = await fetch(`/attempts/${data.code}/submission`, { method: "POST", headers: { Accept: "application/json" } });
    if (reply.ok && !outbox.waiting()) return location.assign(`/attempts/${data.code}/result`);
  } catch {
    // Offline: the server hands in by itself with what it has.
  }
  const kept = outbox.waiting() ? ` Not sent yet, and kept on this device: ${say.answers(outbox.waiting())}.` : "";
  say.notice("time-up", "bad", `Time is up. The test hands itself in with everything saved.${kept}`);
  setTimeout(timeUp, 3000);
}
