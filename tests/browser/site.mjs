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
const used = new Map(); // kind: a window that is open and empty

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
  own: false, // true: the window is a new one; else it may be one that tests had before, emptied of what they left
};

// A test in a window; `use` is given the page, `visit` and `inspect`.
export function browse(name, options, use) {
  const asked = { ...usual, ...options };
  test(name, { timeout: 60_000 }, async () => {
    const window = await opened(asked);
    const { context, page, watch, scripts } = window;
    let good = false;
    try {
      await scripts.set(asked.script);
      await use({
        page,
        context,
        visit: (path, status) => visit(page, path, status),
        inspect: (state = "") => inspect(page, scripts, `${name} ${state}`),
      });
      if (!asked.own) await emptied(window);
      assert.deepEqual(watch.wrong, []);
      good = true;
    } finally {
      if (good && !asked.own) used.set(kind(asked), window);
      else await context.close();
    }
  });
}

const kind = ({ language, still, permissions }) => [language, still, ...permissions].join(" ");

// A window as it is asked for. A new one costs the machine four times as much as a page in one that is open.
async function opened(asked) {
  const size = { width: asked.width, height: asked.height };
  const colorScheme = asked.dark ? "dark" : "light";
  const window = asked.own ? undefined : used.get(kind(asked));
  if (window) {
    used.delete(kind(asked));
    await window.page.setViewportSize(size);
    await window.page.emulateMedia({ colorScheme, media: null });
    window.watch.failures = asked.failures;
    return window;
  }
  const context = await browser.newContext({
    viewport: size,
    colorScheme,
    reducedMotion: asked.still ? "reduce" : "no-preference",
    locale: asked.language,
    permissions: asked.permissions,
  });
  context.setDefaultTimeout(15_000);
  const watch = watched(context, asked.failures);
  const page = await context.newPage();
  return { context, page, watch, scripts: await scripts(page) };
}

// Leaves the page, and takes from the window what it kept: a page may still write there when it is left.
async function emptied({ context, page, scripts }) {
  await Promise.all(context.pages().map((other) => other === page || other.close()));
  await scripts.on(() => page.evaluate(() => sessionStorage.clear()));
  await page.goto("about:blank");
  await scripts.session.send("Storage.clearDataForOrigin", { origin: address, storageTypes: "all" });
}

// What goes wrong in any page of the context, as it happens; `failures` are the statuses that a test expects.
function watched(context, failures) {
  const watch = { failures, wrong: [] };
  const { wrong } = watch;
  const expected = () => new RegExp(`the server responded with a status of (${watch.failures.join("|") || "none"}) `);
  context.on("console", (message) => {
    if (message.type() === "error" && !expected().test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => wrong.push(`thrown: ${error.error().stack}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!["data:", "blob:", "about:"].includes(protocol) && origin !== address) wrong.push(`foreign: ${request.url()}`);
  });
  return watch;
}

// Opens a path of the server and tells its answer; the status must be 200, or the one that is given.
async function visit(page, path, status = 200) {
  const answer = await page.goto(new URL(path, address).href);
  assert.equal(answer.status(), status, path);
  return answer;
}

// Fails on what axe-core finds, and on a page that must be scrolled sideways.
async function inspect(page, scripts, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name.trim().replace(/\W+/g, "-")}.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
  const found = await scripts.on(() => page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`));
  const told = found.violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    nodes: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 200)} — ${node.failureSummary}`),
  }));
  assert.deepEqual(told, [], "axe-core finds violations");
}

// Switches the page's scripts on and off, as a person does (`set`), and on for as long as `inspect` needs them (`on`), for
// axe-core waits for timers. Scripts that were not run while the page was loaded are not run then either.
async function scripts(page) {
  const session = await page.context().newCDPSession(page);
  let run = true;
  const send = (value) => session.send("Emulation.setScriptExecutionDisabled", { value });
  const set = (value) => send(!(run = value));
  const on = async (use) => {
    await send(false);
    try {
      return await use();
    } finally {
      await send(!run);
    }
  };
  return { session, set, on };
}
