// Answers that the server has not confirmed yet, kept on this device so that a reload or a crash loses none.
// One entry a question, the newest: {number, seq, tab, base, fields: [[name, value], ...]}.
const data = document.getElementById("room").dataset;
const KEY = `mockhall:outbox:${data.code}`;
let entries = read();
let durable = true;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function write() {
  try {
    if (entries.length) localStorage.setItem(KEY, JSON.stringify(entries));
    else localStorage.removeItem(KEY);
    durable = true;
  } catch {
    durable = false; // Storage is blocked or full: the page must stay open until everything is sent.
  }
}

/** Put an entry in, in place of an older one of the same question; the order of first arrival stays. */
export function put(entry) {
  const place = entries.findIndex((each) => each.number === entry.number);
  if (place < 0) entries.push(entry);
  else entries[place] = entry;
  write();
}

/** Take a confirmed entry out, unless a newer one of the question has come meanwhile. */
export function drop(entry) {
  entries = entries.filter((each) => each.number !== entry.number || each.seq !== entry.seq);
  write();
}

export const next = () => entries[0];
export const waiting = () => entries.length;
export const all = () => [...entries];
export const isDurable = () => durable;
