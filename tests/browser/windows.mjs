// Pages in several windows: wide and narrow, light and dark, with and without script, in turns of languages.
import { browse } from "./site.mjs";

const languages = ["en", "nb", "nn"];
const windows = (number) => [
  { width: 1280, dark: number % 2 === 1, language: languages[number % 3] },
  { width: 390, dark: number % 2 === 0, script: false, language: languages[(number + 1) % 3] },
];

export function inspectEach(paths) {
  for (const [number, path] of paths.entries()) {
    for (const window of windows(number)) {
      browse(`${path} ${window.width} ${window.dark ? "dark" : "light"} ${window.language}`, window, async ({ visit, inspect }) => {
        await visit(path);
        await inspect();
      });
    }
  }
}
