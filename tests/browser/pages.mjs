// Every kind of page: no error, nothing from another host, no violation; wide and narrow, light and dark, with and
// without script.
import { browse } from "./site.mjs";

const pages = ["/", "/measures", "/measures?theme=infrastruktur&sort=-due", "/doc/measure/2020-2025/14", "/doc/unit/tk", "/ns", "/prefixes", "/.well-known/void", "/doc/observation/2025-10-14/14", "/graph/current", "/doc/text/2025-10-14", "/search?q=metadata", "/shapes", "/data-sets", "/about", "/accessibility"];
const windows = [
  { width: 1280, dark: false },
  { width: 390, dark: true, script: false },
];

for (const path of pages) {
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
