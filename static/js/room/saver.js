// Sends what the outbox holds, one after the other, and says truthfully how it stands. The server decides what counts.
import { resync, serverNow, sync } from "./clock.js";
import * as outbox from "./outbox.js";
import { post } from "./post.js";
import * as say from "./say.js";

const LATE = 4000; // ms after which the page says that an answer is not saved yet
const REFUSED = { 409: ["locked"], 413: ["too_large"], 422: ["nonsense"] };
const SHUT = { 401: "sign_in", 404: "not_found" }; // until somebody signs in again
const OVER = { 409: "submitted", 410: "time_over" };
const listeners = {};
let sending = null;
let failures = 0;
let pause = 0; // ms the server asked for
let closed = "";
let ended = []; // what came after the end
let timer = 0;

/** `kept(entry, reply)`, `stale(entry, stored)`, `refused(entry, reply)`, `shut(reason, unsent)`, `closed(reason, late)`,
 * `back()`: everything is sent. */
export const on = (event, does) => (listeners[event] = does);
/** Did the last attempt to send fail, with no connection or a server that can't keep it? */
export const isFailing = () => failures > 0;
/** Nothing can be sent from this page any more, and the notice says why. */
export const isClosed = () => closed !== "";

const offline = () => say.offline(outbox.waiting(), outbox.isDurable());

/** Something else found no connection; what waits says so and is tried again. */
export function lost() {
  failures += 1;
  offline();
  retryLater();
}

/** Keep an entry on the device and send it. `at` is when it was answered, by the server's clock as the page knows it. */
export function queue(entry) {
  outbox.put({ ...entry, at: entry.at ?? new Date(serverNow()).toISOString() });
  if (failures) offline();
  else if (!entry.quiet) say.saving(); // at once: "Saved" would be said of this answer too
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
    const late = setTimeout(offline, LATE);
    const settled = await send(outbox.next());
    clearTimeout(late);
    if (!settled) return retryLater();
  }
  if (failures && !ended.length) {
    if (!(await resync())) return lost();
    say.back();
  }
  failures = 0;
  if (ended.length) listeners.closed(closed, ended.splice(0));
  else if (!closed) listeners.back();
}

/** True when the entry is settled, false when it must be sent again. */
async function send(entry) {
  const sent = performance.now();
  try {
    const reply = await post(entry);
    const body = await reply.json().catch(() => ({})); // a page in place of our JSON is no reply of ours
    sync(body, sent);
    return settle(entry, reply, body);
  } catch {
    failures += 1;
    offline();
    return false;
  }
}

function settle(entry, reply, body) {
  const { status } = reply;
  const isKept = status === 200 && body.saved === true && (body.seq === entry.seq || body.kept === false);
  if (isKept || (status === 409 && body.reason === "stale") || REFUSED[status]?.includes(body.reason)) {
    failures = 0;
    outbox.drop(entry);
    listeners[isKept ? "kept" : body.reason === "stale" ? "stale" : "refused"](entry, body);
    if (isKept && body.kept !== false && !outbox.waiting()) say.saved(body.saved_at);
    return true;
  }
  if (OVER[status] === body.reason && body.reason) {
    outbox.drop(entry); // the server has it now, apart from those that count
    closed = body.reason;
    failures = 0;
    ended.push({ ...entry, reply: body });
    return true;
  }
  failures += 1;
  pause = 1000 * Math.min(60, Number(reply.headers.get("Retry-After")) || 0);
  if (SHUT[status] === body.reason && body.reason) listeners.shut(body.reason, outbox.all());
  else say.failed(outbox.waiting(), pump);
  return false;
}

function retryLater() {
  const wait = Math.min(15000, 1000 * 2 ** Math.min(failures, 4)) * (0.8 + Math.random() * 0.4);
  timer = setTimeout(pump, Math.max(wait, pause));
  pause = 0;
}

addEventListener("online", pump);
addEventListener("offline", offline);
document.addEventListener("visibilitychange", () => document.hidden || (outbox.waiting() && pump()));
addEventListener("beforeunload", (event) => {
  if (outbox.waiting() && (failures || !outbox.isDurable() || outbox.age() > 1000)) event.preventDefault();
});
