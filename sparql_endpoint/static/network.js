// Makes the drawings of the network better where scripts run: what is pointed at or focused shows its neighbours.
"use strict";
for (const picture of document.querySelectorAll("svg.net[role=group]")) {
  const edges = [...picture.querySelectorAll(".edge")];
  const nodes = [...picture.querySelectorAll(".node")];

  const light = (node) => {
    const own = node ? edges.filter((edge) => edge.dataset.one === node.id || edge.dataset.other === node.id) : [];
    const lit = new Set(own.flatMap((edge) => [edge.dataset.one, edge.dataset.other]));
    picture.classList.toggle("choosing", own.length > 0);
    for (const edge of edges) edge.classList.toggle("lit", own.includes(edge));
    for (const other of nodes) other.classList.toggle("lit", lit.has(other.id));
  };
  for (const node of nodes) {
    node.addEventListener("pointerenter", () => light(node));
    node.addEventListener("focus", () => light(node));
    node.addEventListener("pointerleave", () => light(document.activeElement.closest?.(".node")));
    node.addEventListener("blur", () => light(null));
  }
}
