// Answers that the server has not confirmed yet, kept on this device so that a reload or a crash loses none.
// One entry a question, the newest: {number, seq, tab, base, at, fields: [[name, value], ...], quiet, log}. Each page keeps its own under
// a key of its own, so that two tabs never write over each other; a page that opens takes over what it finds.
import * as ledger from "./ledger.js";

const data = document.getElementById("room").dataset;
const PREFIX = `mockhall:outbox:${data.code}`;
export const TAB = crypto.getRandomValues(new Uint32Array(3)).join("-");
const KEY = `${PREFIX}:${TAB}`;
let durable = true;
let entries = adopt();
let since = performance.now(); // when the first of those that wait came

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

// A page that is still open keeps its entries in memory and sends them too: the same save twice is one save.
function adopt() {
  let found = [];
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    found = keys.flatMap(read);
    if (found.length) localStorage.setItem(KEY, JSON.stringify(found));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // Storage is blocked, or too full to move them: they stay where they are.
  }
  return found;
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

/** Under which numbers a question is saved now. Whoever replaces an unsent entry goes on counting in its name. */
export function numbersFor(number) {
  const unsent = of(number);
  return { seq: ledger.next(number), tab: unsent?.tab ?? TAB, base: unsent?.base ?? ledger.baseOf(number) };
}

/** Put an entry in, in place of an older one of the same question; the order of first arrival stays. */
export function put(entry) {
  if (!entries.length) since = performance.now();
  // What a strict paper only logs stands beside an answer that waits, and is void once a newer answer is kept.
  if (!entry.log) entries = entries.filter((each) => each.number !== entry.number || !each.log);
  const place = entries.findIndex((each) => each.number === entry.number && Boolean(each.log) === Boolean(entry.log));
  if (place < 0) entries.push(entry);
  else entries[place] = { ...entry, quiet: entry.quiet && entries[place].quiet };
  write();
}

/** Take a confirmed entry out, unless a newer one of the question has come meanwhile. */
export function drop(entry) {
  entries = entries.filter((each) => each.number !== entry.number || each.seq !== entry.seq || each.tab !== entry.tab);
  write();
}

export const of = (number) => entries.find((each) => each.number === number && !each.log);
export const next = () => entries[0];
/** How many answers are not saved yet; where only the time on a question or a visit waits, nothing of worth is. */
export const waiting = () => entries.filter((entry) => !entry.quiet).length;
/** For how many ms something has been waiting. */
export const age = () => performance.now() - since;
export const all = () => [...entries];
export const isDurable = () => durable;
