// Time was given: said once, to eyes and ears; answering that had stopped goes on.
import * as say from "./say.js";
import { goOn } from "./time-up.js";

/** `more` milliseconds were added; the time ends at the instant `ends` now. */
export function tell(more, ends) {
  goOn();
  const minutes = Math.max(1, Math.round(more / 60000));
  const at = new Date(ends).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const words = `${minutes} more ${minutes === 1 ? "minute" : "minutes"}: your time now ends at ${at}.`;
  say.notice("more-time", "good", words, [["Close", () => {}]]);
  say.announce(words);
}
