// What of YASGUI is mended while it is bundled, because it cannot be from outside. Each mend must be found exactly once:
// a release of YASGUI that has changed there fails the build instead of losing the mend.
import { readFileSync } from "node:fs";

const mends = [
  // A tab list may hold tabs only: the button that adds one stands beside it.
  [
    "this._tabsListEl.appendChild(this.addTabEl), this.tabContextMenu",
    'this._barEl = document.createElement("div"), this._barEl.className = "tabsBar", this._barEl.append(this._tabsListEl, this.addTabEl), this.tabContextMenu',
  ],
  ["this.yasgui.config.contextMenuContainer : this._tabsListEl), this._tabsListEl", "this.yasgui.config.contextMenuContainer : this._barEl), this._barEl"],
  ["this._tabsListEl?.insertBefore(this._tabs[e].draw(n.name), this.addTabEl || null)", "this._tabsListEl?.append(this._tabs[e].draw(n.name))"],
  // The graphs that the settings name: what is typed was never kept, and the named ones were sent as the default ones.
  ["}, a.onblur = r, e.appendChild(a), a;", '}, a.addEventListener("focusout", r), e.appendChild(a), a;'],
  ['"default-graph-uri" : "using-graph-uri ";\n\t\tr[e] = s;', '"default-graph-uri" : "using-graph-uri ";\n\t\tr[e] = c;'],
  // A literal is shown as it is, also where it holds {{…}}.
  ['e[t].value.replace(/{{(.*?)}}/g, (t) => (t = t.substring(2, t.length - 2).trim(), e[t] ? e[t].value : t))', "e[t].value"],
  // An IRI is text, not HTML: “&copy” in one is not ©.
  ["let n = sanitize_default(e.value), r = n, a = !1;", "let n = escape$1(e.value), r = n, a = !1;"],
  ["href='${n}'>${sanitize_default(r)}</a>", "href='${n}'>${r}</a>"],
  // What is searched and sorted is the text too; Chromium tells of handlers in HTML even where it is parsed to be cleaned.
  ['n === "filter" || n === "sort" || !n ? sanitize_default(t.value)', 'n === "filter" || n === "sort" || !n ? escape$1(t.value)'],
  // Long values are whole: cut ones would all look alike.
  ['this.persistentConfig = {}, this.helpReference = "https://docs.triply.cc/yasgui/#table"', 'this.persistentConfig = { isEllipsed: !1 }, this.helpReference = "https://docs.triply.cc/yasgui/#table"'],
  // Styles within HTML are what the content security policy forbids; columns then fit their contents, and are not dragged.
  ['l(this, "createStyle", (function(e, n) {', 'l(this, "createStyle", (function(e, n) { return;'],
  ["<strong style='text-decoration:underline'>", "<strong>"],
];

export const mended = {
  name: "mended",
  setup(build) {
    build.onLoad({ filter: /yasgui\.esm\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [found, mend] of mends) {
        if (contents.split(found).length !== 2) throw new Error(`to be mended, but not found once: ${found}`);
        contents = contents.replace(found, () => mend);
      }
      return { contents, loader: "js" };
    });
  },
};
