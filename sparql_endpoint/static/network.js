// Makes the drawing of the network better where scripts run: what is pointed at shows its neighbours, and it can be zoomed.
"use strict";
{
  const picture = document.getElementById("picture");
  const edges = picture ? [...picture.querySelectorAll(".edge")] : [];
  const nodes = picture ? [...picture.querySelectorAll(".node")] : [];

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

  const zoom = document.querySelector(".zoom");
  if (picture && zoom) {
    const { width, height } = picture.viewBox.baseVal;
    const scroller = picture.parentElement;
    let scale = 1;
    const set = (next) => {
      const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / scale;
      scale = Math.min(3, Math.max(0.25, next));
      picture.setAttribute("width", Math.round(width * scale));
      picture.setAttribute("height", Math.round(height * scale));
      scroller.scrollLeft = middle * scale - scroller.clientWidth / 2;
    };
    const steps = { in: () => scale * 1.25, out: () => scale / 1.25, fit: () => scroller.clientWidth / width };
    zoom.hidden = false;
    zoom.addEventListener("click", (event) => {
      const step = steps[event.target.dataset.zoom];
      if (step) set(step());
    });
  }
}
