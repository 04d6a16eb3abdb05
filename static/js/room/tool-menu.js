// The Tools menu: closes when a tool is chosen (on-demand.js opens it), and sets the text size, which theme.js puts on
// before painting. What a tool kept on this device for the attempt is put back when the page opens.
import { load } from "./on-demand.js";

const { code } = document.getElementById("room").dataset;
const menu = document.getElementById("tools");
const sizes = document.getElementById("text-sizes");
const root = document.documentElement;

menu.addEventListener("click", (event) => {
  if (!event.target.closest("[data-tool]")) return;
  if (CSS.supports("selector(:popover-open)") && menu.matches(":popover-open")) menu.hidePopover();
  document.dispatchEvent(new CustomEvent("mockhall:close-sheet")); // on a phone the menu stands over the navigator
});
for (const button of document.querySelectorAll("[data-tool][hidden]")) button.hidden = false;

sizes.hidden = false;
for (const box of sizes.elements) box.checked = box.value === (root.dataset.text ?? "1");
sizes.addEventListener("change", ({ target }) => {
  root.dataset.text = target.value;
  try {
    localStorage.setItem("text", target.value);
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
});

const speak = () => document.querySelector(".translation") && load("tools/language").catch(() => {}); // else they unfold
speak();
document.addEventListener("mockhall:shown", speak);

try {
  for (const name of ["strike", "scratch"]) if (localStorage.getItem(`mockhall:${name}:${code}`)) load(`tools/${name}`).catch(() => {});
} catch {
  // The same: nothing was kept.
}
