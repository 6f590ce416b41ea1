// What pages must reach beside the rules of axe-core: reflow and larger text, the keyboard, the language of each text,
// little weight, nothing that moves, and paper.
import assert from "node:assert/strict";
import { browse } from "./site.mjs";
import { inLanguage, kinds } from "./kinds.mjs";

// Words that are common in one language and none in the others.
const signs = {
  nb: /\b(ikke|fra|hva|hvor|noen|navn|hver)\b/i,
  nn: /\b(ikkje|frå|kva|noko|namn|kvar|dei)\b/i,
  en: /\b(the|and|with|which|each|this)\b/i,
};

// 320 CSS pixels is 1280 at 400 %: WCAG 1.4.10. Text of twice the size: 1.4.4.
for (const [number, path] of [...kinds, "/query"].entries()) {
  const language = Object.keys(signs)[number % 3];
  browse(`${path} is narrow, large and in one language`, { width: 320, height: 256, language }, async ({ page, visit }) => {
    await visit(path);
    assert.equal(await page.getAttribute("html", "lang"), language);
    assert.deepEqual(await page.evaluate(sideways), [], "at 320 pixels");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    assert.deepEqual(await page.evaluate(sideways), [], "text of twice the size");
    // The source's text has no language in the data.
    for (const spoken of path.startsWith("/doc/text") ? [] : Object.keys(signs)) {
      if (spoken !== language) await visit(inLanguage(path, spoken));
      for (const other of Object.keys(signs)) {
        if (other === spoken) continue;
        assert.deepEqual(await page.evaluate(foreign, [signs[other].source, spoken]), [], `${other} in ${spoken}`);
      }
    }
  });
}

// What must be scrolled in two directions, but for tables, drawings and code, whose meaning is in their two dimensions.
function sideways() {
  const wide = [...document.querySelectorAll("body, body *")].filter((one) => {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    return scrolls && one.scrollWidth > one.clientWidth && !one.matches("pre, textarea, :has(> table, > svg), .CodeMirror *");
  });
  const page = document.documentElement;
  const told = wide.map((one) => one.outerHTML.slice(0, 120));
  return page.scrollWidth > page.clientWidth ? [...told, `the page, ${page.scrollWidth} in ${page.clientWidth}`] : told;
}

// Texts that are said to be in a language and have a word of another.
function foreign([sign, language]) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("[lang]").lang !== language || parent.closest("code, pre, textarea, script, .mono, .CodeMirror, cite")) continue;
    if (new RegExp(sign, "i").test(walker.currentNode.data.replace(/\S+[/:.]\S+/g, ""))) found.push(walker.currentNode.data.trim().slice(0, 120));
  }
  return [...new Set(found)];
}

for (const path of ["/", "/doc/measure/2020-2025/14", "/measures", "/network", "/dumps/"]) {
  browse(`${path} by keyboard, from the top to the end`, {}, async ({ page, visit }) => {
    await visit(path);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    const box = await page.locator(".skip").boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0, "the skip link is in sight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "after the skip link comes the content");

    await visit(path);
    const stops = await page.evaluate(reachable);
    for (let at = 0; at < stops; at++) {
      await page.keyboard.press("Tab");
      const wrong = await page.evaluate(stop, at);
      assert.equal(wrong, "", `stop ${at} of ${stops}`);
    }
  });
}

// How many things the keyboard must come to; each keeps its number in reading order.
function reachable() {
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  globalThis.stops = all.filter((one) => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)"));
  return globalThis.stops.length;
}

// What is wrong with what has the focus; empty where it is the right one, is in sight and shows it.
function stop(at) {
  const here = document.activeElement;
  if (here !== globalThis.stops[at]) return `${here.outerHTML.slice(0, 200)} instead of ${globalThis.stops[at].outerHTML.slice(0, 200)}`;
  const { top, bottom, left, right } = here.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight || right < 0 || left > innerWidth) return `out of sight: ${here.outerHTML.slice(0, 200)}`;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? `nothing shows the focus: ${here.outerHTML.slice(0, 200)}` : "";
}

browse("what is folded opens by keyboard, and links are followed", {}, async ({ page, visit }) => {
  await visit("/");
  await page.locator("section.card summary").first().focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("table.numbers").first().isVisible());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/measures?*");
});

for (const path of ["/", "/doc/measure/2020-2025/14", "/network", "/doc/report/2025-10-14"]) {
  browse(`${path} is light, is there at once and stays where it is`, { own: true, still: false }, async ({ page, visit }) => {
    await page.addInitScript(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map((shift) => shift.value))).observe({ type: "layout-shift", buffered: true });
    });
    const sizes = [];
    page.on("requestfinished", async (request) => sizes.push(request.sizes()));
    await visit(path);
    await page.waitForLoadState("networkidle");
    const told = await Promise.all(sizes);
    const bytes = told.reduce((sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize, 0);
    assert.ok(bytes > 10_000 && bytes < 150_000, `${bytes} bytes`);
    console.log(`${path}: ${bytes} bytes in ${told.length} requests`);
    const blocking = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.renderBlockingStatus === "blocking").map((one) => one.name));
    assert.deepEqual(blocking.filter((name) => !name.endsWith(".css")), []);
    await page.mouse.wheel(0, 4000);
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    const [paint] = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").map((one) => one.startTime));
    assert.ok(paint > 0, "text is painted");
  });
}

browse("nothing moves for those who ask for that", {}, async ({ page, visit }) => {
  for (const path of ["/", "/network", "/doc/measure/2020-2025/14"]) {
    await visit(path);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
    const moving = () => [...document.querySelectorAll("*")].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    }).length;
    assert.equal(await page.evaluate(moving), 0);
  }
});

browse("on paper there is the content, and nothing to click or fill in", { dark: true }, async ({ page, visit }) => {
  for (const path of ["/", "/doc/measure/2020-2025/14", "/measures"]) {
    await visit(path);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("h1").isVisible(), true);
    for (const hidden of await page.locator("nav, form, .skip, .formats, button, input").all()) assert.equal(await hidden.isVisible(), false, await hidden.evaluate((one) => one.outerHTML.slice(0, 120)));
    assert.deepEqual(await page.evaluate(pale), [], path);
    const pdf = await page.pdf({ format: "A4" });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets >= 1 && sheets < 15, `${sheets} sheets`);
    await page.emulateMedia({ media: "screen" });
  }
});

// Texts with less contrast than 4.5 : 1 on white paper, where a ground is not printed.
function pale() {
  const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((value) => part(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const words = [...document.querySelectorAll("main *")].filter((one) => !one.closest("svg") && one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return words.filter((one) => 1.05 / (light(getComputedStyle(one).color) + 0.05) < 4.5).map((one) => one.outerHTML.slice(0, 120));
}
