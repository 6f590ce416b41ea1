// What is sent beside a query: the graphs that the tab's settings name, and the release that is asked.

const chosen = () => document.getElementById("as-of");

// The release, as a parameter; none for what is served now, and where the store keeps none.
export const release = () => (chosen()?.value ? [["as-of", chosen().value]] : []);

// All that a tab sends, as parameters of the protocol.
export function sent(tab) {
  const { defaultGraphs = [], namedGraphs = [] } = tab.getRequestConfig();
  const graphs = [
    ...defaultGraphs.map((graph) => ["default-graph-uri", graph]),
    ...namedGraphs.map((graph) => ["named-graph-uri", graph]),
  ];
  return [...graphs, ...release(), ["query", tab.getQuery()]];
}

// Shows the form's choice of a release above the editor, and chooses one.
export function showRelease(desk, mount, name) {
  const select = chosen();
  if (!select) return;
  if (!desk.querySelector(":scope > .as-of")) {
    const box = Object.assign(document.createElement("p"), { className: "as-of" });
    box.append(desk.querySelector("label[for=as-of]"), " ", select);
    mount.before(box);
  }
  if (name !== undefined) select.value = name;
}
