// Pictures pasted, dropped or chosen go up by themselves and into the text, with the cursor where their words go.

const form = document.querySelector("[data-question-form]");
const block = document.querySelector("[data-pictures]");
const said = document.getElementById("picture-said");
const file = document.getElementById("picture");
const where = document.getElementById("picture_for");
const LARGEST = 10 * 1024 * 1024;
const TAKES = ":is([name=stem], [name=solution], [name=passage], [name=option_text], [name=why_text], [name=pair_left],"
  + " [name=pair_right], [name=step_text], [name^=hi_]):is(textarea):not([hidden])";

function nameOf(field) {
  return field.getAttribute("aria-label") ?? field.labels[0]?.textContent ?? "This text";
}

/** The list follows the text that was written in last; rows come and go without it. */
function aim(field) {
  if (![...where.options].some((each) => each.value === field.id)) where.add(new Option(nameOf(field), field.id));
  where.value = field.id;
}

async function sent(picture) {
  if (picture.size > LARGEST) throw new Error("The picture is over 10 MB. Make it smaller, and add it again.");
  const body = new FormData();
  body.append("picture", picture);
  const reply = await fetch("/desk/images", { method: "POST", body, headers: { Accept: "application/json" } })
    .catch(() => { throw new Error("The picture could not be sent: there is no network. Try again when it is back."); });
  const told = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(told.text ?? "The picture could not be added. Try again in a moment.");
  return told;
}

/** What parts a picture from the text on one side of it: a blank line, in a row of the answers a space. */
function apart(field, text, edge) {
  const [white] = text.match(edge);
  if (white === text) return "";
  if (field.matches(".line-area")) return white ? "" : " ";
  return "\n".repeat(Math.max(0, 3 - white.split("\n").length));
}

function put(field, markdown) {
  const { selectionStart, selectionEnd, value } = field;
  const before = apart(field, value.slice(0, selectionStart), /\s*$/);
  const after = apart(field, value.slice(selectionEnd), /^\s*/);
  field.setRangeText(before + markdown + after, selectionStart, selectionEnd, "end");
  field.focus();
  const words = selectionStart + before.length + 2; // between [ and ]
  field.setSelectionRange(words, words);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function add(picture, field) {
  block.open = true;
  said.textContent = "Sending the picture";
  try {
    const told = await sent(picture);
    put(document.getElementById(field.id) ?? form.elements.stem, told.markdown);
    const still = told.first_frame ? " Only its first frame is kept: pictures here stand still." : "";
    said.textContent = `Picture added. Write what can be seen in it, where the cursor is.${still}`;
    file.value = "";
  } catch (fault) {
    said.textContent = fault.message;
  }
}

function carried(event, data) {
  const picture = [...(data?.files ?? [])].find((each) => each.type.startsWith("image/"));
  // Who copies from an office program copies text and a picture of it: the text is meant.
  if (!picture || data.types.includes("text/plain") || !event.target.matches?.(TAKES)) return;
  event.preventDefault();
  add(picture, event.target);
}

form?.addEventListener("focusin", (event) => { if (event.target.matches(TAKES)) aim(event.target); });
form?.addEventListener("paste", (event) => carried(event, event.clipboardData));
form?.addEventListener("drop", (event) => carried(event, event.dataTransfer));
form?.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files") && event.target.matches?.(TAKES)) event.preventDefault();
});
document.getElementById("add-picture")?.addEventListener("click", (event) => {
  event.preventDefault();
  const field = document.getElementById(where.value) ?? form.elements.stem;
  if (file.files[0]) add(file.files[0], field);
  else said.textContent = "Choose a picture first.";
});
