// What the pages about the strategy do beside being read: the network's drawing, its filters, the report's passages.
import assert from "node:assert/strict";
import { browse } from "./site.mjs";

browse("what a node is connected with is lit, by pointer and by keyboard", {}, async ({ page, visit, inspect }) => {
  await visit("/network?unit=tk");
  const picture = page.locator("#picture");
  const node = page.locator("#picture a", { has: page.getByText("The Metadata Well", { exact: true }) });
  await node.hover();
  assert.match(await picture.getAttribute("class"), /choosing/);
  const lit = await page.locator("#picture .edge.lit").count();
  assert.equal(await page.locator("#picture .node.lit").count(), lit + 1);
  await inspect("lit");
  await page.mouse.move(0, 0);
  assert.equal(await page.locator("#picture .edge.lit").count(), 0);
  await node.focus();
  assert.equal(await page.locator("#picture .edge.lit").count(), lit);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/network?service=metadatabronnen*");
  assert.equal(await page.locator("#picture a.selected title").textContent(), "The Metadata Well");
});

for (const width of [1280, 390])
  browse(`the network at a glance fits a window of ${width} and leads to one unit`, { width, script: false }, async ({ page, visit, inspect }) => {
    await visit("/network");
    const drawings = page.locator("figure.glance:visible");
    assert.equal(await drawings.count(), 1);
    assert.ok((await drawings.locator("svg").evaluate((svg) => svg.getBoundingClientRect().right)) <= width);
    const cut = await drawings.locator("svg").evaluate((svg) => {
      const { left, right } = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < left || box.right > right;
      }).length;
    });
    assert.equal(cut, 0, "labels are whole");
    await inspect("glance");
    await drawings.getByRole("link", { name: /Digital Dissemination/ }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/unit=/);
    assert.ok((await page.locator(".network-table tbody tr").count()) > 1);
  });

browse("the table of the network keeps its words, and paper has the table alone", {}, async ({ page, visit }) => {
  await visit("/network");
  const broken = await page.locator(".network-table td a").evaluateAll((links) =>
    links.filter((link) => {
      const widest = Math.max(...link.textContent.split(" ").map((word) => word.length));
      return link.getClientRects().length > link.textContent.split(" ").length && widest > 1;
    }).length);
  assert.equal(broken, 0);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".network:visible").count(), 0);
  assert.ok(await page.locator(".network-table table").isVisible());
});

browse("filters stand in the address, and going back undoes them", {}, async ({ page, visit }) => {
  await visit("/network?theme=infrastruktur");
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
  await page.getByRole("link", { name: "Infrastructure for central production and sharing of metadata" }).first().click();
  await page.waitForURL("**/doc/measure/2020-2025/14");
});
