// On a phone the navigator is a sheet over the question: the handle opens it, Escape, the close button or a tap beside
// it closes it. Without JavaScript the handle is a link to #navigator and :target does the opening.
const phone = matchMedia("(max-width: 63.99rem)");
const main = document.getElementById("main");
const panel = () => document.getElementById("navigator");
const handle = () => document.querySelector(".sheet-handle");
const isOpen = () => panel()?.hasAttribute("data-open");

function set(open) {
  panel().toggleAttribute("data-open", open);
  main.inert = open;
  handle().setAttribute("aria-expanded", String(open));
  if (open) panel().querySelector(".cell[aria-current]")?.focus();
  else handle().focus();
}

// Delegated: the handle and the panel are replaced when a question is swapped in.
document.addEventListener("click", (event) => {
  if (event.target.closest(".sheet-handle") && panel()) {
    event.preventDefault();
    set(true);
  } else if (isOpen() && (event.target.closest("[data-close]") || !event.target.closest("#navigator, [popover]"))) {
    event.preventDefault();
    set(false);
  }
});
const hasMenu = () => CSS.supports("selector(:popover-open)") && document.querySelector(":popover-open"); // Escape closes that first
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen() && !hasMenu()) set(false);
  if (event.key === " " && event.target.matches("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
});
phone.addEventListener("change", () => {
  if (!phone.matches && isOpen()) set(false);
});
// Whoever shows another question closes the sheet first, and then says where the focus goes.
document.addEventListener("mockhall:close-sheet", () => isOpen() && set(false));
