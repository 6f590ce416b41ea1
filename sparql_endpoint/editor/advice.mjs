// What the server has to say of a query that finds nothing: terms that the data does not have, and what may be meant.

export async function advise(tab, { advice, words }) {
  const yasr = tab.getYasr();
  yasr.rootEl.querySelector(".advice")?.remove();
  const { results } = yasr;
  if (!results || results.hasError() || results.getBoolean() || (results.getBindings() ?? []).length) return;
  const url = new URL(advice, location.href);
  url.searchParams.set("query", tab.getYasqe().getValue());
  const answer = await fetch(url).catch(() => undefined);
  const sentences = answer?.ok ? await answer.json() : [];
  const box = Object.assign(document.createElement("div"), { className: "note advice" });
  box.setAttribute("role", "status");
  for (const text of sentences.length ? sentences : [words.empty]) {
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  yasr.resultsEl.before(box);
}
