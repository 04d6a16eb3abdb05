// What the room says: the save status, announcements for screen readers, notices and a toast.
const status = document.getElementById("save-status");
const announcer = document.getElementById("announce");
const notices = document.getElementById("notice");
const iconUrl = document.querySelector("use").getAttribute("href").split("#")[0];

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${iconUrl}#i-${name}`);
  svg.append(use);
  return svg;
}

const text = (words) => Object.assign(document.createElement("span"), { textContent: words });
export const answers = (n) => `${n} ${n === 1 ? "answer" : "answers"}`;
let shown = "";
let last = [...status.childNodes]; // how it stood when nothing waited

function show(state, ...parts) {
  const words = parts.map((part) => part.textContent).join("");
  if (shown === state + words) return;
  shown = state + words;
  status.dataset.state = state;
  status.replaceChildren(...parts);
}

export const saving = () => show("saving", icon("loader-circle"), text("Saving"));

/** A strict paper: something is selected, and not kept by that. */
export const unkept = () => show("idle", text("Press Save & next to keep your answer"));

/** `at` is the server's time of the save. */
export function saved(at) {
  last = [icon("check"), text(`Saved ${new Date(at).toLocaleTimeString("en-GB")}`)];
  show("saved", ...last);
}

/** There is a connection again, and nothing waits. */
export const back = () => show(last.length > 1 ? "saved" : "idle", ...last);

/** `durable`: would what waits survive this page? With storage blocked it would not. */
export function offline(waiting, durable = true) {
  const kept = durable ? "kept on this device" : "only in this page: keep it open";
  const words = waiting ? `Not saved yet, ${answers(waiting)} ${kept}` : "Offline";
  show("offline", icon("cloud-off"), text(words));
}

/** The server answers but can't keep it; `retry` is what Try again does. */
export function failed(waiting, retry) {
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
  again.addEventListener("click", retry);
  show("failed", icon("cloud-alert"), text(`Not saved, ${answers(waiting)} kept here`), again);
}

/** The server has refused the last save; a notice or the field says why. */
export const unsaved = () => show("failed", icon("cloud-alert"), text("Not saved"));

/** For screen readers only. */
export function announce(words) {
  announcer.textContent = "";
  requestAnimationFrame(() => (announcer.textContent = words));
}

/** A callout above the question: `actions` are [words, function] pairs or [words, address]. */
export function notice(id, tone, words, actions = []) {
  const old = document.getElementById(`notice-${id}`);
  if (old?.dataset.words === words) return; // said already: not again every few seconds
  old?.remove();
  const box = Object.assign(document.createElement("div"), { id: `notice-${id}`, className: `callout ${tone}` });
  box.dataset.words = words;
  box.setAttribute("role", tone === "bad" ? "alert" : "status");
  const body = document.createElement("div");
  body.append(text(words), ...actions.flatMap(([label, does]) => [" ", control(label, does, box)]));
  box.append(icon(tone === "bad" ? "circle-alert" : "info"), body);
  notices.append(box);
  notices.hidden = false;
}

/** A notice that answers a button somewhere else on the page: it is scrolled to, and read. */
export function reply(id, tone, words) {
  notice(id, tone, words);
  const box = document.getElementById(`notice-${id}`);
  box.tabIndex = -1;
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center" });
}

function control(label, does, box) {
  if (typeof does === "string") return Object.assign(document.createElement("a"), { href: does, textContent: label });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.addEventListener("click", () => (box.remove(), does()));
  return button;
}

export const unnotice = (...ids) => ids.forEach((id) => document.getElementById(`notice-${id}`)?.remove());

/** One at a time, above the action bar, for ten seconds; stays while it has the focus or the pointer. */
export function toast(words, label, does) {
  document.querySelector(".toasts")?.remove();
  const place = Object.assign(document.createElement("div"), { className: "toasts" });
  const box = Object.assign(document.createElement("div"), { className: "toast" });
  box.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.addEventListener("click", () => (place.remove(), does()));
  box.append(text(words), button);
  place.append(box);
  document.body.append(place);
  const fade = () => (place.matches(":hover, :focus-within") ? setTimeout(fade, 2000) : place.remove());
  setTimeout(fade, 10000);
}
