// What YASGUI draws, mended as it appears: names for its fields, roles that hold, words in the page's language, links to
// this host.

import { name } from "./labels.mjs";

export function keepMended(root, { base, labels, words }) {
  const mend = () => mends.forEach(([selector, act]) => root.querySelectorAll(selector).forEach((found) => act(found, words, base, labels)));
  mend();
  new MutationObserver(mend).observe(root, {
    childList: true,
    subtree: true,
    attributeFilter: ["aria-label", "class", "title"],
  });
}

const set = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
const say = (element, text) => element.textContent === text || (element.textContent = text);
const named = (word) => (element, words) => set(element, "aria-label", words[word]);
const titled = (word) => (element, words) => {
  set(element, "aria-label", words[word]);
  set(element, "title", words[word]);
};
const written = (word) => (element, words) => say(element, words[word]);

// The settings that are of use here: the default graphs and the named ones.
function graphs(box, words) {
  const label = box.querySelector(":scope > .label");
  const word = { "Default Graphs": "default_graphs", "Named Graphs": "named_graphs" }[label?.textContent];
  if (!word) return;
  box.classList.add("graphs");
  say(label, words[word]);
}

// What runs the query stands below the editor, not over its first line, and first.
function below(buttons) {
  const editor = buttons.closest(".yasqe");
  if (buttons.parentElement !== editor) editor.append(buttons);
  const run = buttons.querySelector(".yasqe_queryButton");
  if (run && buttons.firstElementChild !== run) buttons.prepend(run);
}

// The button runs the query, and while it runs stops it.
function runs(button, words) {
  const isRunning = button.classList.contains("busy");
  titled(isRunning ? "stop" : "run")(button, words);
  set(button, "data-text", isRunning ? words.stop_short : words.run_short);
}

// A box that is closed by Esc gives the focus back to what opened it.
function closed(popup) {
  const opener = popup.closest(".yasqe_buttons").querySelector(".yasqe_share");
  popup.remove();
  opener.focus();
}

// “n results in s seconds”, in the page's language.
function counted(chip, words) {
  const [, count, seconds] = /^(?:(\d+) results?|Response) in ([\d.]+) seconds?$/.exec(chip.textContent) ?? [];
  if (!seconds) return;
  const language = document.documentElement.lang;
  const told = { count: count ? Number(count).toLocaleString(language) : "", seconds: Number(seconds).toLocaleString(language) };
  say(chip, (count ? words.rows : words.seconds).replace("{count}", told.count).replace("{seconds}", told.seconds));
}

const mends = [
  // Tabs
  [".tabsList", named("tabs")],
  [".tabsList .tab > a", (tab) => (tab.oncontextmenu = null)],
  [".closeTab", (cross, words) => (cross.removeAttribute("tabindex"), set(cross, "title", words.close))],
  [".tab input", (field) => set(field, "tabindex", "-1") && (field.hidden = true)],
  [".addTab", titled("add")],
  // Settings: the graphs that are asked
  [".tabContextButton", titled("settings")],
  [".requestConfigWrapper", (box, words) => graphs(box, words)],
  [".graphInput input", (field) => set(field, "aria-label", field.closest(".requestConfigWrapper").querySelector(".label").textContent)],
  [".removeButton", titled("remove")],
  // The editor
  [".yasqe .CodeMirror textarea", named("query")],
  [".yasqe_buttons", below],
  [".yasqe_share", titled("link")],
  [".yasqe_sharePopup", (popup) => (popup.onkeydown = (event) => event.key === "Escape" && closed(popup))],
  [".yasqe_sharePopup input", named("link")],
  [".yasqe_queryButton", runs],
  // Results
  [".yasr .CodeMirror textarea", named("response")],
  [".select_table", titled("table")],
  [".select_table span", written("table")],
  [".select_chart", titled("chart")],
  [".select_response", titled("response")],
  [".select_response span", written("response")],
  [".yasr_btnGroup button", (button) => set(button, "aria-pressed", `${button.classList.contains("selected")}`)],
  [".yasr_response_chip", counted],
  [".booleanResult span", (text, words) => say(text, { True: words.true, False: words.false }[text.textContent] ?? text.textContent)],
  [".switch:has(input) .label", (label, words) => say(label, { "Simple view": words.compact, Ellipse: words.ellipse }[label.textContent] ?? label.textContent)],
  [".tableSizer option[value='-1']", written("all")],
  [".dt-paging nav", named("pages")],
  [".dt-info", (info) => info.remove()],
  [".dt-empty", written("empty")],
  [".yasr_plugin_control", (box) => box.removeAttribute("aria-controls")],
  [".yasr_downloadIcon", titled("download")],
  [".tableFilter", (field, words) => (titled("filter")(field, words), set(field, "placeholder", words.filter))],
  [".pageSizerLabel", written("page_size")],
  [".tableSizer", named("page_size")],
  [".dataTable thead th:first-child .dt-column-title", (title) => title.textContent || (title.textContent = "#")],
  ["a.iri", (link, _, __, labels) => name(link, labels)],
  ["a.iri", (link, _, base) => link.href.startsWith(base) && (link.href = location.origin + "/" + link.href.slice(base.length))],
];
