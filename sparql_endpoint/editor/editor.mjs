// The editor of the query desk: YASGUI on this endpoint alone, in place of the form that the page came with.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";
import { advise } from "./advice.mjs";
import { Chart } from "./chart.mjs";
import { complete } from "./completers.mjs";
import { downloads } from "./downloads.mjs";
import { keepMended } from "./mending.mjs";
import { shown } from "./mistake.mjs";
import { release, sent, showRelease } from "./request.mjs";
import { tabs } from "./tabs.mjs";

const desk = document.getElementById("desk");
const { advice, base, completions, desk: page, endpoint, given, labels, notebook, prefixes } = desk.dataset;
const words = JSON.parse(desk.dataset.words);
const here = new URL(endpoint, location.href);
const asked = desk.querySelector("textarea").value;

// The address of a query, and of the release that it is asked of.
function permalink(query) {
  const found = new URL(page, location.href);
  [["query", query], ...release()].forEach(([name, value]) => found.searchParams.set(name, value));
  return found.href;
}

start();

async function start() {
  const known = await fetched(prefixes);
  const { Yasqe, Yasr, Tab } = Yasgui;
  complete(Yasqe, known, () => fetched(completions));
  Yasr.registerPlugin("chart", Chart({ endpoint: here.href, words, sent: sentBy }));
  Yasr.defaults.pluginOrder = ["table", "chart", "response"];
  Yasr.defaults.errorRenderers = [(error) => shown(error, yasgui.getTab()?.getYasqe(), words)];
  Tab.prototype.getShareableLink = function () {
    return permalink(this.getQuery());
  };
  const mount = document.createElement("div");
  desk.append(mount);
  const yasgui = new Yasgui(mount, {
    autofocus: false,
    contextMenuContainer: document.createElement("div"),
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: "nbkg-query",
    populateFromUrl: false,
    requestConfig: { endpoint: here.href, method: "POST", acceptHeaderGraph: "text/turtle", headers: { "Accept-Language": document.documentElement.lang } },
    tabName: words.tab,
    yasqe: { value: asked, editorHeight: "auto" },
    yasr: { prefixes: known },
  });
  showRelease(desk, mount);
  desk.querySelector("form").hidden = true;
  document.querySelector(".editing").hidden = false;
  keepMended(mount, { base, labels, words });
  tabs(yasgui, words);
  yasgui.on("queryBefore", (_, tab) => tab.setRequestConfig({ args: release().map(([name, value]) => ({ name, value })) }));
  yasgui.on("query", (_, tab) => (tab.sent = sent(tab)));
  yasgui.on("queryResponse", (_, tab) => setTimeout(() => (downloads(tab, { endpoint: here.href, notebook, words }), advise(tab, { advice, words }))));
  Object.values(yasgui._tabs).forEach((tab) => tab.setEndpoint(here.href));
  if (given) show(yasgui, asked);
  keepHistory(yasgui, mount);

  // What was sent for the answer that a result view shows.
  function sentBy(yasr) {
    const tab = Object.values(yasgui._tabs).find((one) => one.getYasr() === yasr);
    return tab.sent ?? sent(tab);
  }
}

// The JSON at an address; nothing where it cannot be had: the editor serves without.
async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

// Shows a query in the tab that has it, else in a new one.
function show(yasgui, query) {
  const found = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === query);
  if (found) yasgui.selectTabId(found.getId());
  else yasgui.addTab(true, { yasqe: { value: query } });
}

// Each query that is run has an address of its own; going back shows the one before and its answer.
function keepHistory(yasgui, mount) {
  yasgui.on("query", (_, tab) => {
    const address = permalink(tab.getQuery());
    if (address !== location.href) history.pushState(null, "", address);
  });
  addEventListener("popstate", () => {
    const { searchParams } = new URL(location.href);
    showRelease(desk, mount, searchParams.get("as-of") ?? "");
    show(yasgui, searchParams.get("query") ?? asked);
    yasgui.getTab()?.query().catch(() => {});
  });
}
