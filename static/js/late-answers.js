// Answers that never left this device before the attempt ended: they go to the server now, which keeps them apart and shows
// them to whoever set the test. Only what it has acknowledged is taken off the device.
const keysOf = (code) => Object.keys(localStorage).filter((key) => key.startsWith(`mockhall:outbox:${code}`));

async function deliver(code, { number, fields, seq, tab, base, at }) {
  const body = new URLSearchParams([...fields, ["seq", seq], ["tab", tab], ["base", base], ["claimed_at", at ?? ""]]);
  const reply = await fetch(`/attempts/${code}/responses/${number}`, { method: "POST", body, headers: { Accept: "application/json" } });
  const { saved, reason } = await reply.json();
  return { settled: saved === true || [409, 410, 422].includes(reply.status), late: ["time_over", "submitted"].includes(reason) };
}

function tell(count) {
  const box = Object.assign(document.createElement("p"), { className: "callout warn" });
  box.setAttribute("role", "status");
  box.textContent = `${count === 1 ? "1 answer was" : `${count} answers were`} still on this device. `
    + "They were sent now, too late to count; whoever set the test may see them.";
  document.querySelector("h1").after(box);
}

/** Send what waits for this attempt; tried again when the page is opened the next time. */
export async function send(code) {
  let late = 0;
  for (const key of keysOf(code)) {
    const rest = [];
    for (const entry of JSON.parse(localStorage.getItem(key) ?? "[]")) {
      const came = await deliver(code, entry).catch(() => ({ settled: false }));
      if (!came.settled) rest.push(entry);
      else if (came.late && !entry.quiet) late += 1;
    }
    if (rest.length) localStorage.setItem(key, JSON.stringify(rest));
    else localStorage.removeItem(key);
  }
  if (late) tell(late);
}
