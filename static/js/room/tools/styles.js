// The style bundle of the tools, fetched with the first of them: who imports this waits for it.
const { styles } = document.getElementById("tools").dataset;

await new Promise((done) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles });
  link.addEventListener("load", done);
  link.addEventListener("error", done); // it works without, only plainer
  document.head.append(link);
});
