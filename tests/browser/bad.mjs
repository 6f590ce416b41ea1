// Pages with one fault each: every test of this file must fail, or the others prove nothing.
import { browse } from "./site.mjs";

const faults = {
  console: () => console.error("a fault"),
  thrown: () => setTimeout(() => { throw new Error("a fault"); }),
  foreign: () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "http://elsewhere.example/style.css" })),
  unnamed: () => document.querySelector("main").append(document.createElement("select")),
  pale: () => Object.assign(document.querySelector("h1").style, { color: "#ddd", background: "#fff" }),
  wide: () => Object.assign(document.querySelector("main").style, { minWidth: "3000px" }),
};

for (const [name, fault] of Object.entries(faults)) {
  browse(name, {}, async ({ page, visit, inspect }) => {
    await visit("/prefixes");
    await page.evaluate(fault);
    await page.waitForTimeout(100);
    await inspect();
  });
}
