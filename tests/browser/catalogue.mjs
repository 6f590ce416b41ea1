// Every kind of page of the catalogue, as pages.mjs has it for the others; and that search names what it finds.
import assert from "node:assert/strict";
import { kinds } from "./catalogue_kinds.mjs";
import { browse } from "./site.mjs";
import { inspectEach } from "./windows.mjs";

inspectEach(kinds);

for (const [language, kind] of [["nb", "utgave"], ["nn", "utgåve"], ["en", "edition"]]) {
  browse(`search in the catalogue names the kinds in ${language}`, { language }, async ({ page, visit }) => {
    await visit("/search?q=peer+gynt");
    const results = (await page.locator(".hits .kind").allTextContents()).join(" ");
    assert.match(results, new RegExp(`\\b${kind}`));
    assert.doesNotMatch(results, /bf:|rdaregistry/);
    assert.deepEqual(await page.locator("nav .kinds a", { hasText: /:/ }).allTextContents(), []);
  });
}
