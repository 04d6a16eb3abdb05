// What the server is known to have of each question, and the numbers this page counts its own saves with.
import { withAnswered } from "./questions.js";

const rows = new Map(); // number: {base, seq, kept}; base is the server's seq, seq this page's newest

/** A question as a page of the server's holds it. */
export const enter = (number, seq, answer) => rows.set(number, { base: seq, seq, kept: withAnswered(answer) });

/** The server has this answer under this seq now. */
export function confirm(number, seq, answer) {
  const row = rows.get(number) ?? { seq: 0 };
  rows.set(number, { base: seq, seq: Math.max(seq, row.seq), kept: withAnswered(answer) });
}

/** This page, or an earlier one whose unsent answer it took over, has counted this far. */
export const reached = (number, seq) => rows.has(number) && (rows.get(number).seq = Math.max(seq, rows.get(number).seq));

export const next = (number) => (rows.get(number).seq += 1);
export const baseOf = (number) => rows.get(number)?.base ?? 0;
export const keptOf = (number) => rows.get(number)?.kept;
/** The same answer, marks and all? */
export const same = (one, other) => valueOf(one) === valueOf(other);

const valueOf = ({ choice = [], text = "", parts = {}, certainty = 0, marked = false }) =>
  JSON.stringify([choice, text, Object.entries(parts).filter(([, value]) => value).sort(), Number(certainty), marked]);
