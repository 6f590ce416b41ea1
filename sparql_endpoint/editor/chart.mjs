// A view of results as the chart that the server draws of them.

const numeric = /#(integer|decimal|double|float|long|int|short|byte|unsigned\w+|nonNegativeInteger|positiveInteger|negativeInteger|nonPositiveInteger)$/;

export const Chart = ({ endpoint, words, sent }) =>
  class {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = words.chart;
      this.priority = 1;
    }

    // Whether a column may hold numbers; the server knows best.
    canHandleResults() {
      const rows = this.yasr.results?.getBindings() ?? [];
      return rows.length > 1 && Object.values(rows[0]).some((term) => numeric.test(term.datatype ?? ""));
    }

    getIcon() {
      return null;
    }

    async draw() {
      const body = new URLSearchParams(sent(this.yasr));
      const answer = await fetch(endpoint, { method: "POST", body, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const figure = page.querySelector("figure.chart");
      this.yasr.resultsEl.append(figure ? document.importNode(figure, true) : told(words.chart_none));
    }
  };

function told(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "note";
  paragraph.textContent = text;
  return paragraph;
}
