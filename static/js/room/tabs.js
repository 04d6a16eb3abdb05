// Two tabs of one attempt in one browser tell each other what the server has confirmed, so that neither shows what is no
// longer so. What a tab has not sent yet stays its own: about that the server decides.
import * as ledger from "./ledger.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerIn, answerOf, current, fill, formOf, inPage } from "./questions.js";

const data = document.getElementById("room").dataset;
const channel = "BroadcastChannel" in window ? new BroadcastChannel(`mockhall:${data.code}`) : null;

/** `{kept: entry}` or `{closed: reason}`, to the other tabs. */
export const tell = (message) => channel?.postMessage(message);

function take({ number, seq, fields }) {
  const before = ledger.keptOf(number);
  const isMine = outbox.of(number) || (inPage(number) && before && !ledger.same(answerIn(formOf(number)), before));
  if (isMine || seq <= ledger.baseOf(number)) return;
  const answer = answerOf(fields);
  ledger.confirm(number, seq, answer);
  if (inPage(number)) fill(formOf(number), answer);
  navigator.update(number, answer);
  navigator.refresh(current());
}

/** Listen; `closed(reason)` when another tab finds the attempt at its end. */
export function listen(closed) {
  if (!channel) return;
  channel.onmessage = ({ data: message }) => (message.kept ? take(message.kept) : closed(message.closed));
}
