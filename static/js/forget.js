// What a room keeps on this device (its page, its answers) goes at the hand-in, and when this browser becomes somebody else's.
const STORE = "mockhall-room-";

/** The pages of one attempt's room, or of all; without any left the worker that opens them goes too. */
export async function forgetPages(code = "") {
  try {
    for (const name of await caches.keys()) if (name.startsWith(STORE + code)) await caches.delete(name);
    if ((await caches.keys()).some((name) => name.startsWith(STORE))) return;
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  } catch {
    // Storage is blocked, or the page is on plain http: nothing was kept.
  }
}

/** Everything else under a room's code but what may never have been sent (room-over.js looks after the notes); with no code, simply everything of ours. */
export function forgetRest(code) {
  try {
    for (const key of Object.keys(localStorage)) {
      const isOf = !code || (key.includes(code) && !/^mockhall:(outbox|scratch):/.test(key));
      if (key.startsWith("mockhall:") && isOf) localStorage.removeItem(key);
    }
    if (!code) sessionStorage.clear();
  } catch {
    // The same.
  }
}
