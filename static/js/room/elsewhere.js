// An answer that another device or tab has changed meanwhile: both are shown, and the candidate says which one counts.
import * as ledger from "./ledger.js";
import * as navigator from "./navigator.js";
import * as outbox from "./outbox.js";
import { answerIn, current, fill, formOf, inPage, withAnswered } from "./questions.js";
import * as say from "./say.js";

const data = document.getElementById("room").dataset;
const LONGEST = 80; // characters of an answer shown

const short = (words) => {
  const one = words.replace(/\s+/g, " ").trim();
  return one.length > LONGEST ? `${one.slice(0, LONGEST)}…` : one;
};

function option(form, id) {
  const box = [...form.querySelectorAll("[name=choice]")].find((each) => each.value === id);
  const label = box?.closest("label");
  if (!label) return id;
  const letter = label.querySelector(".letter")?.textContent;
  const what = label.querySelector(".what")?.textContent ?? label.textContent;
  return short(letter ? `${letter}, ${what}` : what);
}

function part(form, name, value) {
  const field = form.elements[`pair.${name}`] ?? form.elements[`gap.${name}`];
  const chosen = [...(field?.options ?? [])].find((each) => each.value === String(value));
  const label = field?.labels?.[0]?.textContent ?? `part ${name}`;
  return `${short(label)}: ${short(chosen?.textContent ?? String(value))}`;
}

/** An answer in words: letters and texts, as the form shows them. */
export function describe(form, answer) {
  const { choice, text, parts, marked, answered } = withAnswered(answer);
  const pieces = [...choice.map((id) => option(form, id)), ...(text.trim() ? [`“${short(text)}”`] : [])];
  for (const [name, value] of Object.entries(parts)) if (value) pieces.push(part(form, name, value));
  return `${answered ? pieces.join("; ") : "no answer"}${marked ? ", marked for review" : ""}`;
}

/** Everything as the server has it; from here this page goes on. Unsent answers to other questions stay and are sent. */
async function takeOver() {
  const reply = await fetch(`/attempts/${data.code}`, { headers: { Accept: "application/json" } });
  const questions = (await reply.json()).sections.flatMap((section) => section.questions);
  for (const each of questions) {
    ledger.confirm(each.number, each.seq, each);
    if (outbox.of(each.number)) continue;
    if (inPage(each.number)) fill(formOf(each.number), each);
    if (each.visited) navigator.update(each.number, withAnswered(each));
    say.unnotice(`stale-${each.number}`);
  }
  navigator.refresh(current());
  say.announce("All answers are up to date here.");
}

/** The code of this attempt was entered on another device. */
export function moved() {
  const words = "This test goes on on another device now. Answer on one of them only, or go on here with the newest answers.";
  const failed = () => say.notice("elsewhere", "warn", "There is no connection just now. Try again in a moment.");
  say.notice("moved", "warn", words, [["Answer here from now on", () => takeOver().catch(failed)]]);
}

/** Question `number` was changed elsewhere to `stored`; `save(number)` keeps what this page shows. */
export function ask(number, stored, save) {
  const form = formOf(number);
  const words = `Question ${number} was answered in another tab or on another device. `
    + `Here: ${describe(form, answerIn(form))}. There: ${describe(form, stored)}.`;
  const failed = () => say.notice("elsewhere", "warn", "There is no connection just now. Try again in a moment.");
  say.notice(`stale-${number}`, "warn", words, [
    ["Keep the answer on this page", () => save(number)],
    ["Take the other one", () => { fill(form, stored); save(number); }],
    ["Answer here from now on", () => takeOver().catch(failed)],
  ]);
}
