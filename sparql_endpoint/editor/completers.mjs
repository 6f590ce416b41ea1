// What the editor completes: prefixes of the data, classes and properties that the data uses or its vocabularies declare.
// YASGUI's own completers ask other hosts with every letter typed; these take their places.

const most = 100;

export function complete(Yasqe, prefixes, fetchTerms) {
  let terms;
  const of = (kind) => async (_, token) => {
    terms ??= fetchTerms();
    const all = (await terms)[kind] ?? [];
    return suggested(all, token?.autocompletionString ?? "");
  };
  const named = Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
  Object.assign(Yasqe.Autocompleters.prefixes, { get: () => named, persistenceId: null });
  Object.assign(Yasqe.Autocompleters.class, { get: of("classes"), autoShow: false });
  Object.assign(Yasqe.Autocompleters.property, { get: of("properties"), autoShow: false });
}

// The IRIs that begin with what is typed, then those whose last part or name holds it; the most used first.
function suggested(terms, typed) {
  const wanted = typed.toLowerCase();
  const last = wanted.replace(/^.*[/#:]/, "");
  const begins = terms.filter(([iri]) => iri.toLowerCase().startsWith(wanted));
  const holds = terms.filter(([iri, name]) => last && (iri.replace(/^.*[/#]/, "").toLowerCase().includes(last) || name.toLowerCase().includes(last)));
  const found = wanted.includes("/") ? begins : [...new Set([...begins, ...holds])];
  return found.slice(0, most).map(([iri]) => iri);
}
