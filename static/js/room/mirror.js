// The answers that the server has confirmed, kept on this device until the hand-in: a room that opens without the network
// (room-worker.js) is as old as its page, and takes the newer answers from here. One entry a question.
const data = document.getElementById("room").dataset;
const PREFIX = `mockhall:mirror:${data.code}:`;
const LASTING = /^(?:choice|text|certainty|marked|pair\..*|gap\..*)$/;

/** Keep what an entry of the outbox sent, now that the server has it. */
export function keep({ number, seq, tab, fields }) {
  if ((of(number)?.seq ?? 0) > seq) return;
  try {
    localStorage.setItem(PREFIX + number, JSON.stringify({ number, seq, tab, fields: fields.filter(([name]) => LASTING.test(name)) }));
  } catch {
    // Storage is blocked or full: the server has it.
  }
}

/** {number, seq, tab, fields} of a question, or null. */
export function of(number) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + number));
  } catch {
    return null;
  }
}

/** Everything of this attempt. */
export function all() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => of(key.slice(PREFIX.length))).filter(Boolean);
  } catch {
    return [];
  }
}
