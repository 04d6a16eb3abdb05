// The list of keys.
import { show } from "./sheet.js";

/** Open the list. */
export const open = () => show(document.getElementById("keys-sheet"));
