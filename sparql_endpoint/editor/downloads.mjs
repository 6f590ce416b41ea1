// Links to the answer of a tab in every format, and to a notebook that asks for it, below its results.

const rows = { json: "json", xml: "xml", csv: "csv", tsv: "tsv" };
const graphs = { turtle: "ttl", jsonld: "jsonld", ntriples: "nt", rdfxml: "rdf", trig: "trig", nquads: "nq" };
const longest = 8000;

export function downloads(tab, { endpoint, notebook, words }) {
  const { rootEl, results } = tab.getYasr();
  rootEl.querySelector(".downloads")?.remove();
  if (!results || results.hasError()) return;
  const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(tab.getYasqe().getQueryType());
  const links = Object.entries(isGraph ? graphs : rows).map(([format, suffix]) =>
    made("a", { href: address(endpoint, [...tab.sent, ["format", format]]), download: `result.${suffix}`, textContent: format }),
  );
  links.push(made("a", { href: address(notebook, tab.sent), textContent: words.notebook }));
  if (links.some((link) => link.href.length > longest)) return;
  const list = made("ul", { className: "row" });
  for (const link of links) list.append(made("li"));
  links.forEach((link, place) => list.children[place].append(link));
  const box = made("nav", { className: "downloads" });
  box.setAttribute("aria-label", words.download);
  box.append(made("span", { textContent: `${words.download}:` }), list);
  rootEl.append(box);
}

const made = (name, said = {}) => Object.assign(document.createElement(name), said);

function address(place, asked) {
  const found = new URL(place, location.href);
  asked.forEach(([name, value]) => found.searchParams.append(name, value));
  return found.href;
}
