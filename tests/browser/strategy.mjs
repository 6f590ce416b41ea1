// What the pages about the strategy do beside being read: the network's drawing, its filters, the report's passages.
import assert from "node:assert/strict";
import { browse } from "./site.mjs";

browse("what a node is connected with is lit, by pointer and by keyboard", {}, async ({ page, visit, inspect }) => {
  await visit("/network");
  const picture = page.locator("#picture");
  const node = page.locator("#picture a", { hasText: "The Metadata Well" });
  await node.hover();
  assert.equal(await picture.getAttribute("class"), "drawn net choosing");
  const lit = await page.locator("#picture .edge.lit").count();
  assert.equal(await page.locator("#picture .node.lit").count(), lit + 1);
  await inspect("lit");
  await page.mouse.move(0, 0);
  assert.equal(await page.locator("#picture .edge.lit").count(), 0);
  await node.focus();
  assert.equal(await page.locator("#picture .edge.lit").count(), lit);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/doc/service/metadatabronnen");
});

browse("the drawing can be zoomed and fits a narrow window", { width: 390 }, async ({ page, visit, inspect }) => {
  await visit("/network");
  const width = () => page.locator("#picture").evaluate((drawing) => drawing.getBoundingClientRect().width);
  const before = await width();
  await page.getByRole("button", { name: "Larger" }).click();
  assert.ok((await width()) > before);
  await page.getByRole("button", { name: "Fit the width" }).click();
  assert.ok((await width()) <= 390);
  await inspect("fitted");
});

browse("filters stand in the address, and going back undoes them", {}, async ({ page, visit }) => {
  await visit("/network");
  const all = await page.locator("#picture .node").count();
  await page.getByLabel("Theme").selectOption({ index: 1 });
  await page.getByRole("checkbox", { name: "Partners" }).uncheck();
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/theme=.*kind=unit&kind=service/);
  assert.ok((await page.locator("#picture .node").count()) < all);
  assert.equal(await page.locator("#picture .node.partner").count(), 0);
  await page.goBack();
  assert.equal(await page.locator("#picture .node").count(), all);
});

browse("from a passage of a report to what it became", { script: false }, async ({ page, visit }) => {
  await visit("/doc/report/2025-10-14");
  await page.locator("mark.entity a", { hasText: "Metadatabrønnen" }).first().click();
  await page.waitForURL("**/doc/service/metadatabronnen");
  await page.getByRole("link", { name: "Infrastructure for sharing metadata" }).first().click();
  await page.waitForURL("**/doc/measure/2020-2025/14");
});
