// The scratchpad: kept on this device at once and on the server a moment later. Where another page wrote meanwhile, the
// server keeps both texts and this page shows them.
import { close, ownKeys, toggle } from "./panel.js";

const NAME = "Scratchpad";
const { code } = document.getElementById("room").dataset;
const KEY = `mockhall:scratch:${code}`;
const address = `/attempts/${code}/scratch`;
const panel = document.getElementById("scratchpad");
const area = panel.querySelector("textarea");
const status = document.getElementById("scratchpad-state");
const pad = { text: "", base: "", dirty: false, ...recalled() };
let timer = 0;
let sending = false;
let closed = false;

function recalled() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // Storage is blocked: until it is sent, it lasts as long as the page.
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(pad));
    return true;
  } catch {
    return false; // The same.
  }
}

function say(words, wrong = false) {
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("bad", wrong);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

async function send() {
  clearTimeout(timer);
  if (!pad.dirty || sending || closed) return;
  sending = true;
  const text = pad.text;
  try {
    const body = new URLSearchParams({ text, base: pad.base });
    const reply = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: text.length < 20000 });
    settle(reply.status, await reply.json(), text);
  } catch {
    say(keep() ? "Not saved yet: kept on this device" : "Not saved yet: keep this page open", true);
    later(10000);
  } finally {
    sending = false;
  }
  if (pad.dirty && pad.text !== text) later(800);
}

function settle(code_, reply, text) {
  if (code_ === 200 && reply.saved === true) {
    // What was typed since goes out over the old base again: the server then keeps both rather than lose one.
    if (pad.text !== text && reply.text !== text) return;
    Object.assign(pad, { base: reply.base, dirty: pad.text !== text });
    if (reply.text !== text) show(reply.text);
    keep();
    return say(reply.text === text ? "Saved" : "Another page had changed it: both texts are kept below");
  }
  if (code_ === 409 || code_ === 410) closed = true;
  if (code_ < 500) return say(`${reply.text} It is kept on this device.`, true);
  throw new Error("not kept");
}

function show(text) {
  pad.text = text;
  area.value = text;
}

/** The server's text, unless this device has one that it hasn't got yet. */
async function refresh() {
  if (pad.dirty) return send();
  try {
    const reply = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
    if (pad.dirty || typeof reply.text !== "string") return;
    pad.base = reply.base;
    if (reply.text !== pad.text) show(reply.text);
    keep();
  } catch {
    say("No connection: notes are kept on this device until it is back");
  }
}

area.value = pad.text;
area.addEventListener("input", () => {
  Object.assign(pad, { text: area.value, dirty: true });
  keep();
  later(800);
});
area.addEventListener("change", send);
addEventListener("pagehide", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => (document.hidden ? send() : refresh()));
panel.querySelector("[data-close-panel]").addEventListener("click", () => close(panel, NAME));
ownKeys(panel, NAME);
refresh();

/** Show it, or put it away. */
export const open = () => toggle(panel, area, NAME);
