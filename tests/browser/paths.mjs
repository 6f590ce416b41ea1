// The paths of the four users, as people walk them: by clicking and by keyboard, back again, and from an address that
// was kept.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { address, browse } from "./site.mjs";

const path = (page) => page.url().slice(address.length);
const shown = (page) => page.locator("tbody tr th a").allTextContents();

// Someone from a library, who knows no RDF.
for (const script of [true, false]) {
  browse(`from the overview to the words of the report, ${script ? "with" : "without"} script`, { script, width: script ? 1280 : 390 }, async ({ page, context, visit }) => {
    await visit("/");
    await page.locator("svg.bars a", { hasText: "Infrastructure" }).first().click();
    await page.waitForURL("**/measures?theme=infrastruktur*");
    const theme = await shown(page);
    const status = page.locator(".facet a", { hasText: "In progress" });
    await status.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/theme=infrastruktur.*status=|status=.*theme=infrastruktur/);
    const chosen = await shown(page);
    assert.ok(chosen.length > 0 && chosen.length < theme.length, `${chosen.length} of ${theme.length}`);
    assert.ok((await page.locator("tbody .badge").allTextContents()).every((status) => status === "In progress"));
    const list = path(page);

    const measure = page.getByRole("link", { name: "Infrastructure for central production and sharing of metadata" });
    await measure.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/doc/measure/2020-2025/14");
    await page.locator(".source mark a.ref").first().click();
    await page.waitForURL("**#supports-1");
    assert.equal(await page.locator("tr:target").count(), 1);
    await page.locator("section[aria-labelledby=source] > p a").click();
    await page.waitForURL("**/report/2026-03-02#*");
    const words = page.locator(":target");
    assert.ok(await words.evaluate((part) => part.getBoundingClientRect().top < innerHeight && part.getBoundingClientRect().bottom > 0), "the words are in sight");

    for (const back of [/#supports-1$/, /measure\/2020-2025\/14$/, /status=/, /theme=infrastruktur/, /\/$/]) {
      await page.goBack();
      await page.waitForURL(back);
      if (path(page) === list) assert.deepEqual(await shown(page), chosen);
    }
    await page.goForward();
    assert.deepEqual(await shown(page), theme);
    const kept = await context.newPage();
    await kept.goto(address + list);
    assert.deepEqual(await shown(kept), chosen);
    assert.equal(await kept.locator(".facet strong", { hasText: "In progress" }).count(), 1);
  });
}

// A researcher.
browse("from the overview to data in two clicks", {}, async ({ page, visit }) => {
  await visit("/");
  await page.getByRole("link", { name: "All measures" }).click();
  const csv = await saved(page, page.getByRole("link", { name: "CSV", exact: true }));
  assert.equal(csv.trim().split("\r\n").length - 1, (await shown(page)).length);
  await page.goBack();
  await page.locator("section[aria-labelledby=entrances]").getByRole("link", { name: "Query", exact: true }).click();
  await page.locator(".examples").getByRole("link", { name: "Run" }).first().click();
  await page.waitForSelector("main tbody tr");
  await page.goBack();
  await page.goBack();
  assert.equal(path(page), "/");
});

browse("from an example to a file and an address to keep, in the editor", {}, async ({ page, context, visit }) => {
  await visit("/");
  await page.locator("section[aria-labelledby=entrances]").getByRole("link", { name: "Query", exact: true }).click();
  await page.locator("#example-words").fill("each unit");
  await page.locator("#example-words").press("Enter");
  await page.locator(".examples").getByRole("link", { name: "Open here" }).first().click();
  await page.waitForSelector(".tabPanel.active .yasqe .CodeMirror");
  await page.click(".tabPanel.active .yasqe_queryButton");
  await page.waitForSelector(".yasr table.dataTable tbody tr");
  const csv = await saved(page, page.locator(".downloads a", { hasText: /^csv$/i }));
  assert.ok(csv.split("\r\n").length > 3);
  const kept = await context.newPage();
  await kept.goto(page.url());
  await kept.waitForSelector(".tabPanel.active .yasqe .CodeMirror");
  assert.match(await kept.textContent(".tabPanel.active .CodeMirror"), /SELECT/);
  await kept.close();
  await page.goBack();
  await page.waitForSelector(".examples");
});

browse("from an example to a file and an address to keep, without script", { script: false, width: 390, dark: true }, async ({ page, context, visit }) => {
  await visit("/");
  await page.locator("section[aria-labelledby=entrances]").getByRole("link", { name: "Query", exact: true }).click();
  await page.locator(".examples").getByRole("link", { name: "Open here" }).first().click();
  const query = await page.inputValue("textarea");
  await page.getByRole("button", { name: "Run" }).click();
  await page.waitForSelector("main tbody tr");
  const rows = await page.locator("main tbody tr").count();
  const csv = await saved(page, page.locator("section[aria-labelledby=downloads] a", { hasText: /^csv$/i }));
  assert.equal(csv.trim().split("\r\n").length - 1, rows);
  await page.locator("form.ask button.plain").first().click();
  await page.waitForURL("**/query?query=*");
  const kept = await context.newPage();
  await kept.goto(page.url());
  const unlined = (text) => text.replaceAll("\r\n", "\n");
  assert.equal(unlined(await kept.inputValue("textarea")), unlined(query));
  await page.goBack();
  assert.equal(await page.locator("main tbody tr").count(), rows);
});

// What a link saves.
async function saved(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.first().click()]);
  return readFile(await download.path(), "utf8");
}

// A metadata librarian.
browse("from a name to its identifier and its Turtle", {}, async ({ page, context, visit }) => {
  await visit("/");
  await page.getByRole("searchbox").first().fill("Metadatabrønnen");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=*");
  const results = path(page);
  await page.locator(".hits .hit a", { hasText: "The Metadata Well" }).first().click();
  await page.waitForURL("**/doc/service/metadatabronnen");
  const identifier = await page.locator("main code", { hasText: "https://w3id.org/nbkg/id/service/metadatabronnen" }).first().textContent();
  const negotiated = await context.request.get(identifier.replace("https://w3id.org/nbkg", address), { headers: { Accept: "text/turtle" } });
  assert.match(negotiated.headers()["content-type"], /^text\/turtle/);
  const turtle = await negotiated.text();
  assert.ok(turtle.includes(`"Metadatabrønnen"@nb`), turtle.slice(0, 500));
  await page.locator(".formats a", { hasText: "turtle" }).click();
  await page.waitForURL("**?format=turtle");
  assert.equal(await page.evaluate(() => document.body.innerText), turtle);
  await page.goBack();
  await page.waitForURL("**/doc/service/metadatabronnen");
  await page.goBack();
  assert.equal(path(page), results);
  assert.equal(await page.inputValue("#q"), "Metadatabrønnen");
  const redirect = await page.goto(identifier.replace("https://w3id.org/nbkg", address));
  assert.equal(redirect.request().redirectedFrom() !== null && path(page), "/doc/service/metadatabronnen");
});

// A publisher.
for (const script of [true, false]) {
  browse(`from the overview to a release, the record, the licence and the changes, ${script ? "with" : "without"} script`, { script, width: script ? 1280 : 390, dark: !script }, async ({ page, context, visit, inspect }) => {
    await visit("/");
    await page.locator("section[aria-labelledby=entrances]").getByRole("link", { name: "Downloads" }).click();
    await page.locator("main tbody th a").first().click();
    await page.waitForURL(/\/dumps\/\d{4}-\d\d-\d\d\/$/);
    await inspect("release");
    const row = page.locator("tr", { has: page.getByRole("link", { name: "everything.ttl.gz", exact: true }) });
    const [download] = await Promise.all([page.waitForEvent("download"), row.getByRole("link").click()]);
    const sum = createHash("sha256").update(await readFile(await download.path())).digest("hex");
    assert.equal(await row.locator("code").getAttribute("title"), sum);
    await page.goBack();
    await page.goBack();
    assert.equal(path(page), "/");

    await page.locator("section[aria-labelledby=entrances]").getByRole("link", { name: "Data", exact: true }).click();
    await page.locator("section[aria-labelledby=get]").getByRole("link", { name: /national library strategy/i }).click();
    await page.waitForURL("**/dataset/nbkg");
    const licence = page.locator("main a[href^='http://creativecommons.org/publicdomain/zero/1.0']");
    assert.ok((await licence.count()) > 0, "the licence is linked");
    const feed = await page.locator("footer").getByRole("link", { name: /changes/i }).getAttribute("href");
    const changes = await context.request.get(new URL(feed, page.url()).href, { headers: { Accept: "application/atom+xml" } });
    assert.match(changes.headers()["content-type"], /^application\/atom\+xml/);
    assert.match(await changes.text(), /<entry>/);
    await page.goBack();
    assert.equal(path(page), "/data-sets");
  });
}
