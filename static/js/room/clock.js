// The server's time on this page. The computer's own clock is never asked: its user can change it.
const data = document.getElementById("room").dataset;
let offset = Date.parse(data.serverNow) - performance.now();
let deadline = data.deadline ? Date.parse(data.deadline) : null;

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = () => performance.now() + offset;

/** Milliseconds left, or null without a time limit. */
export const left = () => (deadline === null ? null : deadline - serverNow());

/** Take over what a reply says; `sent` is performance.now() when its request left. */
export function sync(reply, sent) {
  if (reply.server_now) offset = Date.parse(reply.server_now) - (sent + performance.now()) / 2;
  if (reply.deadline_at) deadline = Date.parse(reply.deadline_at);
}

// A sleeping laptop may stop performance.now(): asked again when the page comes back, and whenever both clocks drift apart.
let drift = Date.now() - performance.now();
async function resync() {
  const sent = performance.now();
  try {
    const reply = await fetch(`/attempts/${data.code}`, { headers: { Accept: "application/json" } });
    if (reply.ok) sync(await reply.json(), sent);
    drift = Date.now() - performance.now();
  } catch {
    // Offline: the next reply to a save tells the time.
  }
}
document.addEventListener("visibilitychange", () => document.hidden || resync());
setInterval(() => Math.abs(Date.now() - performance.now() - drift) > 2000 && resync(), 5000);
