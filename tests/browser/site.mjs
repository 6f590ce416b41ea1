// What every browser test needs: a page of the server at NBKG_ADDRESS in Debian's Chromium, watched while a test uses it.
//
//     import { browse } from "./site.mjs";
//     browse("the start page", { width: 390, dark: true }, async ({ page, visit, inspect }) => {
//       await visit("/");
//       await inspect();
//     });
//
// A test fails when the page writes an error to the console, throws, breaks its content security policy, or asks
// another host for anything. `inspect` fails on every violation that axe-core finds and where the page is wider than
// the window. With NBKG_SCREENSHOTS=FOLDER each `inspect` leaves a picture there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { chromium } from "playwright-core";

export const address = process.env.NBKG_ADDRESS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.NBKG_SCREENSHOTS;

const browser = await chromium.launch({
  executablePath: process.env.NBKG_CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Names of other hosts lead nowhere, so that even a request that is missed here cannot go out.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});
after(() => browser.close());

// What a test may say of its window and what it expects; the defaults are those of most.
const usual = {
  width: 1280,
  height: 900,
  dark: false,
  script: true, // false: no script of the page runs
  language: "en",
  still: true, // prefers-reduced-motion
  failures: [], // statuses that are part of the test: Chromium writes an error to the console for each above 399
  permissions: [],
};

// A test in a window of its own; `use` is given the page, `visit` and `inspect`.
export function browse(name, options, use) {
  const asked = { ...usual, ...options };
  test(name, { timeout: 60_000 }, async () => {
    const context = await browser.newContext({
      viewport: { width: asked.width, height: asked.height },
      colorScheme: asked.dark ? "dark" : "light",
      reducedMotion: asked.still ? "reduce" : "no-preference",
      locale: asked.language,
      permissions: asked.permissions,
    });
    context.setDefaultTimeout(15_000);
    try {
      const wrong = watched(context, asked);
      const page = await context.newPage();
      const scripted = await scripts(page, asked.script);
      await use({
        page,
        context,
        visit: (path, status) => visit(page, path, status),
        inspect: (state = "") => inspect(page, scripted, `${name} ${state}`),
      });
      assert.deepEqual(wrong, []);
    } finally {
      await context.close();
    }
  });
}

// What goes wrong in any page of the context, as it happens.
function watched(context, asked) {
  const wrong = [];
  const expected = new RegExp(`the server responded with a status of (${asked.failures.join("|") || "none"}) `);
  context.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => wrong.push(`thrown: ${error.error().stack}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!["data:", "blob:", "about:"].includes(protocol) && origin !== address) wrong.push(`foreign: ${request.url()}`);
  });
  return wrong;
}

// Opens a path of the server and tells its answer; the status must be 200, or the one that is given.
async function visit(page, path, status = 200) {
  const answer = await page.goto(new URL(path, address).href);
  assert.equal(answer.status(), status, path);
  return answer;
}

// Fails on what axe-core finds, and on a page that must be scrolled sideways.
async function inspect(page, scripted, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name.trim().replace(/\W+/g, "-")}.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
  const found = await scripted(() => page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`));
  const told = found.violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    nodes: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 200)} — ${node.failureSummary}`),
  }));
  assert.deepEqual(told, [], "axe-core finds violations");
}

// Switches the page's scripts off, as a person does; gives back how `inspect` switches them on for itself, for
// axe-core waits for timers. Scripts that were not run while the page was loaded are not run then either.
async function scripts(page, run) {
  const session = await page.context().newCDPSession(page);
  const set = (value) => session.send("Emulation.setScriptExecutionDisabled", { value });
  await set(!run);
  return async (use) => {
    await set(false);
    try {
      return await use();
    } finally {
      await set(!run);
    }
  };
}
