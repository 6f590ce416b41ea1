// Every kind of page of the catalogue, as pages.mjs has it for the others; and that search names what it finds.
import assert from "node:assert/strict";
import { kinds } from "./catalogue_kinds.mjs";
import { browse } from "./site.mjs";

const languages = ["en", "nb", "nn"];
const windows = (number) => [
  { width: 1280, dark: number % 2 === 1, language: languages[number % 3] },
  { width: 390, dark: number % 2 === 0, script: false, language: languages[(number + 1) % 3] },
];

for (const [number, path] of kinds.entries()) {
  for (const window of windows(number)) {
    browse(`${path} ${window.width} ${window.dark ? "dark" : "light"} ${window.language}`, window, async ({ visit, inspect }) => {
      await visit(path);
      await inspect();
    });
  }
}

for (const [language, kind] of [["nb", "utgave"], ["nn", "utgåve"], ["en", "edition"]]) {
  browse(`search in the catalogue names the kinds in ${language}`, { language }, async ({ page, visit }) => {
    await visit("/search?q=peer+gynt");
    const results = (await page.locator(".hits .kind").allTextContents()).join(" ");
    assert.match(results, new RegExp(`\\b${kind}`));
    assert.doesNotMatch(results, /bf:|rdaregistry/);
    assert.deepEqual(await page.locator("nav .kinds a", { hasText: /:/ }).allTextContents(), []);
  });
}
