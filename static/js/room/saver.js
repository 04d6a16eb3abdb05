// Sends what the outbox holds, one after the other, and says truthfully how it stands. The server decides what counts.
import { sync } from "./clock.js";
import * as outbox from "./outbox.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const LIMIT = 8000; // ms a request may take before it counts as lost
const listeners = { stale: () => {}, refused: () => {}, closed: () => {}, kept: () => {}, back: () => {} };
let sending = null;
let failures = 0;
let closed = false;
let timer = 0;

/** `stale(entry, stored)`, `refused(entry, reply)`, `closed(reason)`, `kept(entry, reply)`, `back()`: nothing waits. */
export const on = (event, does) => (listeners[event] = does);

/** Did the last attempt to send fail, with no connection or a server that can't keep it? */
export const isFailing = () => failures > 0;
/** Nothing can be sent from this page any more, and the notice says why. */
export const isClosed = () => closed;

/** Something else found no connection; what waits says so and is tried again. */
export function lost() {
  failures += 1;
  say.offline(outbox.waiting(), outbox.isDurable());
  retryLater();
}

/** Keep an entry on the device and send it. */
export function queue(entry) {
  outbox.put(entry);
  if (failures) say.offline(outbox.waiting(), outbox.isDurable());
  pump();
}

/** Send until nothing waits; resolves when it is empty or can't be sent now. */
export function pump() {
  clearTimeout(timer);
  sending ??= run().finally(() => (sending = null));
  return sending;
}

async function run() {
  while (outbox.next()) {
    const slow = setTimeout(say.saving, 400);
    const went = await send(outbox.next());
    clearTimeout(slow);
    if (went === null) return;
    if (!went) return retryLater();
  }
  if (failures) say.back();
  failures = 0;
  listeners.back();
}

/** True when the entry is settled, false when it must be sent again, null when nothing can be sent any more. */
async function send(entry) {
  const sent = performance.now();
  let reply;
  try {
    reply = await post(entry);
  } catch {
    failures += 1;
    say.offline(outbox.waiting(), outbox.isDurable());
    return false;
  }
  const body = await reply.json().catch(() => ({}));
  sync(body, sent);
  return settle(entry, reply.status, body);
}

function post(entry) {
  const form = new URLSearchParams([...entry.fields, ["seq", entry.seq], ["tab", entry.tab], ["base", entry.base]]);
  return fetch(`/attempts/${data.code}/responses/${entry.number}`, {
    method: "POST",
    body: form,
    headers: { Accept: "application/json" },
    keepalive: true, // the page may be closing
    signal: AbortSignal.timeout(LIMIT),
  });
}

function settle(entry, status, body) {
  if (status === 200) {
    failures = 0;
    outbox.drop(entry);
    listeners.kept(entry, body);
    if (!outbox.waiting()) say.saved(body.saved_at);
    return true;
  }
  if (status === 422 || (status === 409 && body.reason === "stale")) {
    failures = 0;
    outbox.drop(entry);
    listeners[status === 422 ? "refused" : "stale"](entry, body);
    return true;
  }
  if (status === 401 || status === 404 || status === 410 || status === 409) {
    failures = 0;
    closed = true;
    listeners.closed(body.reason ?? "not_found", outbox.all());
    return null;
  }
  failures += 1;
  say.failed(outbox.waiting(), pump);
  return false;
}

function retryLater() {
  const wait = Math.min(15000, 1000 * 2 ** Math.min(failures, 4)) * (0.8 + Math.random() * 0.4);
  timer = setTimeout(pump, wait);
}

addEventListener("online", pump);
addEventListener("offline", () => say.offline(outbox.waiting(), outbox.isDurable()));
addEventListener("beforeunload", (event) => {
  if (outbox.waiting() && (!outbox.isDurable() || failures)) event.preventDefault();
});
