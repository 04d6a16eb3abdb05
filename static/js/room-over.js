// Once an attempt is handed in, what its tools kept on this device goes: struck choices, and the scratchpad's copy. Notes
// that never reached the server are shown instead, for nobody else has them.
const section = document.getElementById("scratchpad");
const { code } = section.dataset;

function unsent() {
  const { text, dirty } = JSON.parse(localStorage.getItem(`mockhall:scratch:${code}`) ?? "{}");
  return dirty ? text : "";
}

try {
  localStorage.removeItem(`mockhall:strike:${code}`);
  sessionStorage.removeItem(`calculator:${code}`);
  const text = unsent();
  if (text) {
    section.hidden = false;
    const words = "Not sent before the hand-in, and only on this device:";
    section.append(Object.assign(document.createElement("p"), { className: "small strong", textContent: words }));
    section.append(Object.assign(document.createElement("pre"), { className: "scratch-kept", textContent: text, tabIndex: 0 }));
  } else localStorage.removeItem(`mockhall:scratch:${code}`);
} catch {
  // Storage is blocked: nothing was kept.
}
