// The query desk with its editor: every state without a violation, an error or a request to another host.
import assert from "node:assert/strict";
import { address, browse } from "./site.mjs";

const byUnit = 'SELECT ?unit ?n WHERE { VALUES (?unit ?n) { ("TK" 3) ("BB" 5) } }';
const asked = (query) => `/query?${new URLSearchParams({ query, lang: "en" })}`;
const ready = (page) => page.waitForSelector(".tabPanel.active .yasqe .CodeMirror");

// The page with a query in its editor, run.
async function ran({ page, visit }, query) {
  await visit(asked(query));
  await ready(page);
  await page.click(".tabPanel.active .yasqe_queryButton");
}

for (const window of [{}, { dark: true, width: 390 }]) {
  const size = `${window.width ?? 1280} ${window.dark ? "dark" : "light"}`;

  browse(`editor ${size}`, window, async ({ page, visit, inspect }) => {
    await visit("/query?lang=en");
    await ready(page);
    await inspect();
  });

  browse(`table and chart ${size}`, window, async (test) => {
    await ran(test, byUnit);
    await test.page.waitForSelector(".yasr table.dataTable");
    await test.inspect("table");
    await test.page.click(".select_chart");
    await test.page.waitForSelector(".yasr figure.chart svg");
    await test.inspect("chart");
    await test.page.click(".select_response");
    await test.page.waitForSelector(".yasr_results .CodeMirror");
    await test.inspect("as it came");
  });

  browse(`many rows ${size}`, window, async (test) => {
    await ran(test, "SELECT * WHERE { ?s ?p ?o } LIMIT 300");
    await test.page.waitForSelector(".dt-paging-button");
    await test.inspect();
  });

  browse(`mistake ${size}`, { ...window, failures: [400] }, async (test) => {
    await ran(test, "SELECT ?s\nWHERE { ?s a nosuch:Thing }");
    await test.page.waitForSelector(".errorResult [role=alert]");
    await test.inspect();
  });

  browse(`tabs and settings ${size}`, window, async ({ page, visit, inspect }) => {
    await visit("/query?lang=en");
    await ready(page);
    await page.click(".addTab");
    await page.waitForFunction(() => document.querySelectorAll("[role=tab]").length === 2);
    await inspect("tabs");
    await page.click(".tabPanel.active .tabContextButton");
    await page.waitForSelector(".tabPanel.active .tabMenu.open .graphInput input");
    await inspect("settings");
  });
}

browse("without script the form asks", { script: false }, async ({ page, visit, inspect }) => {
  await visit("/query?lang=en");
  await inspect();
  await page.fill("textarea", byUnit);
  await page.click("form.ask button:not(.plain)");
  await page.waitForSelector("tbody tr");
  assert.equal(await page.locator("tbody tr").count(), 2);
  await inspect("answer");
  await page.goBack();
  assert.ok(await page.isVisible("textarea"));
});

browse("without script a mistake is told beside the query", { script: false, width: 390, dark: true, failures: [400] }, async ({ page, visit, inspect }) => {
  await visit("/query?lang=en");
  await page.fill("textarea", "SELECT nonsense");
  await page.click("form.ask button:not(.plain)");
  await page.waitForSelector(".note.bad mark");
  assert.equal(await page.inputValue("textarea"), "SELECT nonsense");
  await inspect();
});

browse("examples are found, run and opened", {}, async ({ page, visit, inspect }) => {
  await visit("/query?lang=en");
  await page.fill("#example-words", "each unit responsible for");
  await page.press("#example-words", "Enter");
  await page.waitForSelector("[role=status]");
  await inspect("found");
  await page.click(".examples >> text=Run");
  await page.waitForSelector("figure.chart");
  await inspect("run");
  await page.goBack();
  await page.click(".examples >> text=Open here");
  await ready(page);
  assert.match(await page.textContent(".tabPanel.active .CodeMirror"), /nbkg:responsible/);
});

browse("Esc, then Tab, leaves the editor", {}, async ({ page, visit }) => {
  await visit(asked(byUnit));
  await ready(page);
  await page.focus(".tabPanel.active .yasqe textarea");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".CodeMirror") !== null && document.activeElement.tagName === "TEXTAREA"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className.split(" ")[0]), "yasqe_queryButton");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".yasr table.dataTable");
});

browse("Ctrl+Enter runs; each query has an address; back and forward", {}, async ({ page, visit }) => {
  const other = "SELECT ?other WHERE { VALUES ?other { 7 } }";
  await visit(asked(byUnit));
  await ready(page);
  await page.focus(".tabPanel.active .yasqe textarea");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".yasr th:has-text('unit')");
  await page.focus(".tabPanel.active .yasqe textarea");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(other);
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".yasr th:has-text('other')");
  assert.equal(new URL(page.url()).searchParams.get("query"), other);
  await page.goBack();
  await page.waitForSelector(".tabPanel.active .yasr th:has-text('unit')");
  await page.goForward();
  await page.waitForSelector(".tabPanel.active .yasr th:has-text('other')");
  await page.reload();
  await ready(page);
  assert.match(await page.textContent(".tabPanel.active .CodeMirror"), /\?other/);
});

browse("prefixes, classes and properties are completed from the data, and nobody else is asked", {}, async ({ page, visit }) => {
  await visit(asked("PREFIX nbkg: <https://w3id.org/nbkg/ns#>\n"));
  await ready(page);
  const field = ".tabPanel.active .yasqe textarea";
  await page.focus(field);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("SELECT * WHERE { ?m a nbkg:Mea");
  await page.keyboard.press("Control+Space");
  await page.waitForSelector(".CodeMirror-hint:has-text('nbkg:Measure')");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" ; nbkg:respons");
  await page.keyboard.press("Control+Space");
  await page.waitForSelector(".CodeMirror-hint:has-text('nbkg:responsible')");
  await page.keyboard.press("Escape");
  await page.keyboard.type("ible ?a . ?a skos:");
  await page.waitForFunction(() => /PREFIX skos:/.test(document.querySelector(".tabPanel.active .CodeMirror").textContent));
});

browse("hostile values are only text", {}, async (test) => {
  const { page } = test;
  await ran(
    test,
    `SELECT * WHERE { VALUES (?a ?n) {
      ("<img src=x onerror='document.title=1'><script>document.title=2</script>" 1) (<javascript:alert(1)> 2)
      ("{{n}}" 3) (<http://example.org/?x=1&copy=2> 4) ("'><b>bold" 5) } }`,
  );
  await page.waitForSelector(".yasr table.dataTable tbody tr");
  const table = await page.textContent(".yasr table.dataTable");
  for (const shown of ["<img src=x", "<script>", "{{n}}", "x=1&copy=2", "<b>bold"]) assert.ok(table.includes(shown), shown);
  assert.equal(await page.locator(".yasr table img, .yasr table script, .yasr table b, .yasr table a[href^=javascript]").count(), 0);
  await page.click(".select_chart");
  await page.waitForSelector(".yasr figure.chart");
  assert.equal(await page.locator(".yasr figure img, .yasr figure script").count(), 0);
  assert.match(await page.title(), /Ask the data/);
});

browse("a permalink is shown and leads to the query", {}, async ({ page, visit, inspect }) => {
  await visit(asked(byUnit));
  await ready(page);
  await page.click(".yasqe_share");
  const link = await page.inputValue(".yasqe_sharePopup input");
  await inspect("shown");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.className), "yasqe_share");
  await visit(link);
  await ready(page);
  assert.match(await page.textContent(".tabPanel.active .CodeMirror"), /"TK" 3/);
});

browse("IRIs of the data lead to this host", {}, async (test) => {
  await ran(test, "SELECT * WHERE { VALUES ?thing { <https://w3id.org/nbkg/id/unit/tk> } }");
  await test.page.waitForSelector(".yasr a.iri");
  assert.equal(await test.page.locator(".yasr a.iri").first().evaluate((link) => link.href), `${address}/id/unit/tk`);
});

browse("graphs that the settings name are the ones that are asked", {}, async ({ page, visit }) => {
  await visit(asked("SELECT DISTINCT ?p WHERE { ?s ?p ?o }"));
  await ready(page);
  await page.click(".tabPanel.active .tabContextButton");
  await page.fill(".tabMenu.open .graphInput input >> nth=0", "https://w3id.org/nbkg/graph/none");
  await page.keyboard.press("Tab");
  await page.click("h1");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.click(".yasqe_queryButton");
  assert.deepEqual(new URLSearchParams((await sent).postData()).getAll("default-graph-uri"), ["https://w3id.org/nbkg/graph/none"]);
  await page.waitForSelector(".dt-empty, .yasr .dataTables_empty");
  const links = await page.$$eval(".downloads a", (all) => all.map((link) => new URL(link.href).searchParams.get("default-graph-uri")));
  assert.deepEqual([...new Set(links)], ["https://w3id.org/nbkg/graph/none"]);
});

browse("a query that runs can be stopped", {}, async (test) => {
  const { page } = test;
  await ran(test, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
  const button = page.locator(".tabPanel.active .yasqe_queryButton");
  await page.waitForSelector(".yasqe_queryButton.busy");
  assert.equal(await button.getAttribute("aria-label"), "Stop the query");
  await button.click();
  await page.waitForSelector(".yasqe_queryButton:not(.busy)");
  assert.equal(await button.getAttribute("aria-label"), "Run the query");
  await page.waitForSelector(".errorResult:has-text('The query was stopped.')");
  await test.inspect();
});

browse("tabs by keyboard: the arrows move, F2 renames, Delete closes", {}, async ({ page, visit }) => {
  page.on("dialog", (dialog) => dialog.accept("Mine"));
  await visit("/query?lang=en");
  await ready(page);
  await page.click(".addTab");
  await page.click("[role=tab] >> nth=1");
  await page.keyboard.press("F2");
  await page.waitForSelector("[role=tab]:has-text('Mine')");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll("[role=tab]")[0]), true);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await page.waitForFunction(() => document.querySelectorAll("[role=tab]").length === 1);
});

for (const language of ["nb", "nn"]) {
  browse(`the editor speaks ${language}`, { language }, async ({ page, visit }) => {
    await visit(`/query?${new URLSearchParams({ query: byUnit, lang: language })}`);
    await ready(page);
    await page.click(".yasqe_queryButton");
    await page.waitForSelector(".yasr table.dataTable");
    await page.focus(".tabPanel.active .yasqe textarea");
    await page.keyboard.type(" ");
    await page.waitForTimeout(300);
    const told = await page.evaluate(() => {
      const labels = [...document.querySelectorAll("#desk [aria-label], #desk [title]")].filter((one) => one.checkVisibility());
      return [...labels.flatMap((one) => [one.ariaLabel, one.title]), document.querySelector("#desk").innerText].join("\n");
    });
    assert.doesNotMatch(told, /\b(query|results?|seconds|rows|page|download|settings|share|table|response|close|add)\b/i);
  });
}

browse("constructed triples and yes", { dark: true }, async (test) => {
  await ran(test, "DESCRIBE <https://w3id.org/nbkg/id/unit/tk>");
  await test.page.waitForSelector(".yasr table.dataTable tbody tr");
  await test.inspect("triples");
  await test.page.click(".tabPanel.active .select_response");
  await test.page.waitForSelector(".tabPanel.active .yasr_results .CodeMirror");
  await test.inspect("turtle");
  const [download] = await Promise.all([test.page.waitForEvent("download"), test.page.click(".downloads >> text=turtle")]);
  assert.equal(download.suggestedFilename(), "result.ttl");
  await ran(test, "ASK {}");
  await test.page.waitForSelector(".booleanResult");
  await test.inspect("yes");
});
