// Every kind of page: no error, nothing from another host, no violation; wide and narrow, light and dark, with and
// without script. Colours and languages take turns, so that the same pages in the same time meet all of them.
import { kinds } from "./kinds.mjs";
import { browse } from "./site.mjs";
import { inspectEach } from "./windows.mjs";

inspectEach(kinds);

browse("what is not there", { width: 390, failures: [404] }, async ({ visit, inspect }) => {
  await visit("/id/service/metadatabronn", 404);
  await inspect();
});

browse("a filter with a wrong value", { width: 390, failures: [400] }, async ({ visit, inspect }) => {
  await visit("/measures?theme=x", 400);
  await inspect();
});
