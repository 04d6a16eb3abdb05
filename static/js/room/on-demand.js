// What a plain paper doesn't need at first comes when a control or a question asks for it:
//   <button data-tool="help">              each press calls open(button) of tools/help.js
//   <button data-tool="help" data-key="?"> and so does the key
//   <form data-number data-needs="order">  attach(form) of kinds/order.js, once for each such form
import { notice } from "./say.js";

const loaded = new Map();
let tries = 0;

/** A module of this folder, by its name without `.js`; a load that failed is tried anew the next time. */
export function load(name) {
  if (!loaded.has(name)) {
    // Browsers remember a failed address: the second try needs one of its own.
    const again = import(`./${name}.js`).catch(() => import(`./${name}.js?again=${(tries += 1)}`));
    again.catch(() => loaded.delete(name));
    loaded.set(name, again);
  }
  return loaded.get(name);
}

/** What these forms need besides the fields every question has. */
export function attach(forms) {
  for (const form of forms) {
    for (const name of (form.dataset.needs ?? "").split(" ").filter(Boolean)) {
      load(`kinds/${name}`).then((kind) => kind.attach(form)).catch(() => {}); // it works as a plain form too
    }
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-tool]");
  if (!button) return;
  event.preventDefault(); // where it is a link, that is for browsers without scripts
  try {
    (await load(`tools/${button.dataset.tool}`)).open(button);
  } catch {
    if (button.href) return location.assign(button.href);
    notice("tool", "warn", "This can't be opened just now: there is no connection. Your answers are kept. Try again later.");
  }
});
