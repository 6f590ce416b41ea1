// What the server has to say of a query and its result: terms that the data does not have, and what SPARQL passes over.

export async function advise(tab, { advice, words }) {
  const yasr = tab.getYasr();
  yasr.rootEl.querySelector(".advice")?.remove();
  const { results } = yasr;
  if (!results || results.hasError()) return;
  const outcome = outcomeOf(results);
  const url = new URL(advice, location.href);
  url.searchParams.set("query", tab.getYasqe().getValue());
  url.searchParams.set("outcome", outcome);
  const answer = await fetch(url).catch(() => undefined);
  const sentences = answer?.ok ? await answer.json() : [];
  if (outcome === "empty" && !sentences.length) sentences.push(words.empty);
  if (!sentences.length) return;
  const box = Object.assign(document.createElement("div"), { className: "note advice" });
  box.setAttribute("role", "status");
  for (const text of sentences) {
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  yasr.resultsEl.before(box);
}

// What a result looks like, in the server's words for it.
function outcomeOf(results) {
  if (results.getBoolean()) return "full";
  const rows = results.getBindings() ?? [];
  if (!rows.length) return "empty";
  const cells = rows.flatMap((row) => results.getVariables().map((name) => row[name]?.value));
  if (cells.includes(undefined)) return "gaps";
  return cells.some((value) => ["0", "0.0", "0.0E0"].includes(value)) ? "zero" : "full";
}
