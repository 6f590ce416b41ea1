// Names of the IRIs in a result, in the page's language, in place of addresses that all begin alike. The server knows
// them; they are fetched for the rows that are shown, and kept.

const most = 40; // IRIs of one request, so that its address stays short
const known = new Map();
let waiting = new Set();
let timer;

// Shows the name of the IRI that a link of a result leads to; fetches it first where it is not there.
export function name(link, address) {
  const iri = (link.dataset.iri ??= link.getAttribute("href") ?? "");
  // A link whose address was taken away because it would run a script has no name to ask for.
  if (link.dataset.named || !URL.canParse(iri)) return;
  if (known.has(iri)) return write(link, ...known.get(iri));
  waiting.add(iri);
  clearTimeout(timer);
  timer = setTimeout(() => fetchNames(address), 30);
}

// The name in place of the address, and below it the short one.
function write(link, label, short) {
  link.dataset.named = "yes";
  link.title = link.dataset.iri;
  link.textContent = label;
  for (const node of [...link.parentElement.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE && /^\s*[<>]\s*$/.test(node.data)) node.remove();
  }
  if (short && short !== label) link.after(Object.assign(document.createElement("small"), { className: "short", textContent: short }));
}

async function fetchNames(address) {
  const iris = [...waiting];
  waiting = new Set();
  for (let first = 0; first < iris.length; first += most) {
    const url = new URL(address, location.href);
    iris.slice(first, first + most).forEach((iri) => url.searchParams.append("iri", iri));
    try {
      const answer = await fetch(url);
      if (answer.ok) Object.entries(await answer.json()).forEach(([iri, names]) => known.set(iri, names));
    } catch {
      continue; // the addresses stay, which serve without names
    }
  }
  for (const link of document.querySelectorAll(".yasr a.iri")) if (known.has(link.dataset.iri)) name(link, address);
}
