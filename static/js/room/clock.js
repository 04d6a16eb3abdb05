// The server's time on this page. The computer's own clock is never believed against it: its user can change it. Only
// where the server can't be asked, after a sleep or a reload without the network, it gives a guess, and nothing ends by that.
const data = document.getElementById("room").dataset;
const ANCHOR = `mockhall:clock:${data.code}`;
const POLL = 18000 + Math.random() * 4000; // ms of silence after which the server is asked: extra time shows within 30 s
const JUMP = 2000; // ms by which both clocks of the computer may part before one of them is in doubt
let offset = Date.parse(data.serverNow) - performance.now();
let deadline = data.deadline ? Date.parse(data.deadline) : null;
let wall = Date.now() - performance.now();
let certain = offset; // by the server's last word: it is never earlier than this says
let sure = true;
let told = ""; // when another device took over, once that is said
let heard = performance.now();

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = () => performance.now() + offset;
/** Milliseconds left, or null without a time limit. */
export const left = () => (deadline === null ? null : deadline - serverNow());
/** Is the time left known, or a guess until the server is heard again? */
export const isSure = () => sure;

/** Take over what a reply says; `sent` is performance.now() when its request left. */
export function sync(reply, sent) {
  if (reply.server_now) {
    certain = offset = Date.parse(reply.server_now) - (sent + performance.now()) / 2;
    wall = Date.now() - performance.now();
    sure = true;
  }
  if (reply.server_now) heard = performance.now();
  if (reply.deadline_at) move(Date.parse(reply.deadline_at));
  if (reply.continued_at > data.serverNow && reply.continued_at !== told) {
    told = reply.continued_at;
    import("./elsewhere.js").then(({ moved }) => moved(), () => (told = ""));
  }
  if (reply.server_now) remember();
}

// Staff may give time while the test runs: it is said at once, and then is simply there.
function move(later) {
  const more = deadline === null ? 0 : later - deadline;
  deadline = later;
  if (more > 1000) import("./more-time.js").then(({ tell }) => tell(more, later));
}

function remember() {
  if (!sure) return;
  try {
    localStorage.setItem(ANCHOR, JSON.stringify({ server: serverNow(), device: Date.now(), deadline }));
  } catch {
    // Storage is blocked: then no page comes from the device either.
  }
}

// A page of the device's own store: the server's time is what it was when we last heard it, and what has passed since.
if (data.offline) {
  let last = { server: Date.parse(data.serverNow), device: Number(data.offline), deadline };
  try {
    last = JSON.parse(localStorage.getItem(ANCHOR)) ?? last;
  } catch {
    // The page's own time is the next best.
  }
  certain = last.server - performance.now();
  offset = certain + Math.max(0, Date.now() - last.device);
  deadline = last.deadline;
  sure = false;
}

/** Ask the server; was it heard? */
export async function resync() {
  const sent = performance.now();
  try {
    const reply = await fetch(`/attempts/${data.code}/clock`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    const body = await reply.json();
    if (reply.ok) sync(body, sent);
    return Boolean(body.server_now ?? body.reason);
  } catch {
    return false; // Offline: asked again soon, and the next reply to a save tells the time too.
  }
}

// A sleeping laptop may stop performance.now(): then the other clock has run ahead. Somebody may also have set it.
let round = 0;
function watch() {
  const jump = Date.now() - performance.now() - wall;
  round += 1;
  if (Math.abs(jump) > JUMP) {
    wall += jump;
    if (jump > 0 || !sure) offset = Math.max(certain, offset + jump);
    sure = false;
    resync();
  } else if (!document.hidden && performance.now() - heard > POLL) {
    heard = performance.now();
    resync();
  } else if (!sure && round % 5 === 0) resync();
  else if (round % 10 === 0) remember();
}
document.addEventListener("visibilitychange", () => document.hidden || (watch(), resync()));
addEventListener("online", () => sure || resync());
setInterval(watch, 1000);
remember();
