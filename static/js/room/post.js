// One entry of the outbox as a request. The same entry sent twice is one save: it keeps its number.
import * as outbox from "./outbox.js";

const data = document.getElementById("room").dataset;
const LIMIT = 8000; // ms a request may take before it counts as lost
const BEACON = 60000; // bytes that may be under way when a page goes; browsers allow 64 kB

function bodyOf({ fields, seq, tab, base, at }) {
  return new URLSearchParams([...fields, ["seq", seq], ["tab", tab], ["base", base], ["claimed_at", at]]).toString();
}

export function post(entry, body = bodyOf(entry)) {
  return fetch(`/attempts/${data.code}/responses/${entry.number}`, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    keepalive: body.length < BEACON, // the page may be closing
    signal: AbortSignal.timeout(LIMIT),
  });
}

/** The page goes: everything that waits is handed to the browser, as far as it takes it. */
export function beacon() {
  let room = BEACON;
  for (const entry of outbox.all()) {
    const body = bodyOf(entry);
    if ((room -= body.length) > 0) post(entry, body).catch(() => {});
  }
}
