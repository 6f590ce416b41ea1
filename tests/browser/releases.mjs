// The query desk on a store that keeps an earlier release: it can be asked with the editor and without script.
import assert from "node:assert/strict";
import { browse } from "./site.mjs";

const query = 'SELECT ?year ?n WHERE { ?year <urn:n> ?n }';
const asked = `/query?${new URLSearchParams({ query, lang: "en" })}`;

browse("as of a release, in the editor", {}, async ({ page, visit, inspect }) => {
  await visit(asked);
  await page.waitForSelector(".yasqe .CodeMirror");
  await page.click(".yasqe_queryButton");
  await page.waitForSelector(".yasr td:has-text('20')");
  await page.selectOption("#as-of", "2026-03-02");
  await inspect();
  await page.click(".yasqe_queryButton");
  await page.waitForSelector(".yasr td:has-text('11')");
  assert.equal(new URL(page.url()).searchParams.get("as-of"), "2026-03-02");
  await page.click(".select_chart");
  await page.waitForSelector(".yasr figure.chart text:has-text('11')");
  const csv = await page.getAttribute(".downloads a >> text=csv", "href");
  assert.equal(new URL(csv).searchParams.get("as-of"), "2026-03-02");
  await page.goBack();
  assert.equal(await page.inputValue("#as-of"), "");
  await page.goForward();
  assert.equal(await page.inputValue("#as-of"), "2026-03-02");
  await page.reload();
  await page.waitForSelector(".yasqe .CodeMirror");
  assert.equal(await page.inputValue("#as-of"), "2026-03-02");
});

browse("as of a release, without script", { script: false }, async ({ page, visit, inspect }) => {
  await visit(asked);
  await page.selectOption("#as-of", "2026-03-02");
  await page.click("form.ask button:not(.plain)");
  await page.waitForSelector("td:has-text('11')");
  assert.equal(await page.inputValue("#as-of"), "2026-03-02");
  await inspect();
});
