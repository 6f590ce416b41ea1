// Every kind of page: no error, nothing from another host, no violation; wide and narrow, light and dark, with and
// without script. Colours and languages take turns, so that the same pages in the same time meet all of them.
import { kinds } from "./kinds.mjs";
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

browse("what is not there", { width: 390, failures: [404] }, async ({ visit, inspect }) => {
  await visit("/id/service/metadatabronn", 404);
  await inspect();
});

browse("a filter with a wrong value", { width: 390, failures: [400] }, async ({ visit, inspect }) => {
  await visit("/measures?theme=x", 400);
  await inspect();
});
