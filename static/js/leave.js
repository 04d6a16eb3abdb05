// Leaving this computer clears what was kept on it. Browsers do so by themselves only on https (Clear-Site-Data), and a
// college's own address is often plain http. A finished attempt leaves nothing behind either.
import { forgetPages, forgetRest } from "./forget.js";

const BECOMES_SOMEBODY = ["/sign-in", "/sign-up", "/sign-out", "/continue"];

document.addEventListener("submit", (event) => {
  const { pathname } = new URL(event.target.action, location.href);
  if (!BECOMES_SOMEBODY.includes(pathname)) return;
  forgetPages();
  if (pathname === "/sign-out") forgetRest();
});

const finished = /^\/attempts\/([\w-]+)\/(?:result|review)$/.exec(location.pathname)?.[1];
if (finished && !document.querySelector("[data-closing]")) {
  forgetPages(finished);
  forgetRest(finished);
  try {
    const waits = Object.keys(localStorage).some((key) => key.startsWith(`mockhall:outbox:${finished}`));
    if (waits) import("./late-answers.js").then((late) => late.send(finished));
  } catch {
    // Storage is blocked: nothing waits.
  }
}
