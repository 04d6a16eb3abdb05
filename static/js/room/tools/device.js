// The code with which a guest goes on on another device, in a dialog: the test stays on screen.
import * as say from "../say.js";
import { pump } from "../saver.js";
import { flush } from "../saving.js";

/** Ask for a code and show it. What waits is sent first: the other device gets what the server has. */
export async function open(button) {
  flush();
  await pump();
  const reply = await fetch(button.form.action, { method: "POST", headers: { Accept: "text/html", "HX-Request-Type": "partial" } });
  if (!reply.ok || reply.redirected) return button.form.submit();
  document.getElementById("tools")?.hidePopover?.();
  const dialog = Object.assign(document.createElement("dialog"), { className: "dialog stack" });
  dialog.setAttribute("aria-labelledby", "device-title");
  dialog.append(document.createRange().createContextualFragment(await reply.text()));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.querySelector("[data-close-device]").addEventListener("click", (event) => (event.preventDefault(), dialog.close()));
  dialog.showModal();
  dialog.querySelector("h2").focus();
  say.announce("The code for the other device is shown");
}
