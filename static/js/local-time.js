// <time datetime="2026-11-14T05:33:00Z" data-local="time|date|datetime|seconds"> reads in the viewer's own zone; the server's
// words, in UTC, stay as the title.
const FORMS = {
  date: { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  datetime: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};
FORMS.seconds = { ...FORMS.datetime, second: "2-digit" };

function localise(within) {
  for (const time of within.querySelectorAll("time[data-local]")) {
    const at = new Date(time.dateTime);
    const form = FORMS[time.dataset.local];
    if (!form || Number.isNaN(at.getTime())) continue;
    time.title = time.textContent;
    time.textContent = new Intl.DateTimeFormat("en-GB", form).format(at);
    time.removeAttribute("data-local"); // done: a second pass would take our words for the server's
  }
}

localise(document);
document.addEventListener("htmx:after:swap", () => localise(document));
