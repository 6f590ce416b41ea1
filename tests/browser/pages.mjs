// Every kind of page: no error, nothing from another host, no violation; wide and narrow, light and dark, with and
// without script, in English and in Norwegian; `reach.mjs` has nynorsk.
import { kinds } from "./kinds.mjs";
import { browse } from "./site.mjs";

const windows = [
  { width: 1280, dark: false, language: "en" },
  { width: 390, dark: true, script: false, language: "nb" },
];

for (const path of kinds) {
  for (const window of windows) {
    browse(`${path} ${window.width} ${window.dark ? "dark" : "light"}`, window, async ({ visit, inspect }) => {
      await visit(path);
      await inspect();
    });
  }
}

browse("what is not there", { width: 390, failures: [404] }, async ({ visit, inspect }) => {
  await visit("/id/service/metadatabronn", 404);
  await inspect();
});

browse("a filter with a wrong value", { width: 390, failures: [400] }, async ({ visit, inspect }) => {
  await visit("/measures?theme=x", 400);
  await inspect();
});
