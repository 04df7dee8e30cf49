/** The report in a real browser: what it draws, fetches and lays out. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainNumber } from "../helpers/report.ts";
import { ROOT, resultOf, run, temporaryFolder } from "../helpers/run.ts";

/** CHROMIUM, or the browser of that name on the PATH. */
function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
  return process.env.CHROMIUM ?? found;
}

const executablePath = findChromium();
const folder = temporaryFolder();
const CELLS: Record<string, string> = {
  "two units": "fixtures/homework6.json",
  "a zero row": "fixtures/zero-row.json",
  "a sequence": "fixtures/sequence.json",
  "32 units": join(folder, "cell-32.json"),
};
const THEMES = ["light", "dark"] as const;
const WIDTHS = [400, 1400];

/** What the page is caught at. */
interface Opened {
  readonly page: Page;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

describe.skipIf(executablePath === undefined)(
  "the report in a browser (skipped without chromium on the PATH or in CHROMIUM)",
  () => {
    let browser: Browser;
    const pages: Record<string, string> = {};

    beforeAll(async () => {
      run(["schema", "--example", "--hidden", "32", "-o", CELLS["32 units"]!]);
      for (const [name, cell] of Object.entries(CELLS)) {
        pages[name] = join(folder, `${name.replaceAll(" ", "-")}.html`);
        run(["report", cell, "-o", pages[name]]);
      }
      // as root, which continuous integration may be, the sandbox does not start
      browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"], timeout: 0 });
    });
    afterAll(() => browser?.close());

    /** @param bypassCSP lets a test run scripts of its own, which the page forbids */
    async function open(
      name: string,
      width: number,
      colorScheme: (typeof THEMES)[number],
      bypassCSP = false,
    ): Promise<Opened> {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
      // a slow machine is no fault of the page
      context.setDefaultTimeout(0);
      const page = await context.newPage();
      const messages: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => messages.push(message.text()));
      page.on("pageerror", (error) => messages.push(String(error)));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(pages[name]!).href);
      return { page, messages, requests };
    }

    /** The names of the elements that stick out of the window without being in a box that scrolls. */
    const overflow = (page: Page) => page.evaluate("document.documentElement.scrollWidth - window.innerWidth");

    describe.each(Object.keys(CELLS))("%s", (name) => {
      test.each(THEMES)("says nothing, fetches nothing and fits, %s", async (theme) => {
        const { page, messages, requests } = await open(name, 400, theme);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        }
        await page.check("#numbers");
        await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        }
        expect(messages).toEqual([]);
        expect(requests).toEqual([pathToFileURL(pages[name]!).href]);
        const paper = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        expect(paper).toBe(theme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 21, 24)");
        await page.context().close();
      });

      test("draws every entry of the Jacobian as the command prints it", async () => {
        const steps = name === "a sequence" ? ["--step", "5"] : [];
        const { jacobian, terms } = resultOf(["jacobian", CELLS[name]!, "--terms", "--json", ...steps]) as {
          jacobian: Record<string, { h_prev: number[][] }>;
          terms: Record<string, number[][]>;
        };
        const { page } = await open(name, 1400, "light");
        const drawn = (await page.evaluate(`[...document.querySelectorAll("#jacobians .heat table")].map((table) => [
        table.caption.textContent,
        [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")].map((cell) =>
          [cell.title || cell.textContent, getComputedStyle(cell).backgroundColor])),
      ])`)) as [string, [string, string][][]][];
        const expected = [jacobian.f!.h_prev, jacobian.h_t!.h_prev, terms.o!, terms.f!, terms.i!, terms.u!];
        // behind them come those by the biases
        const captions = drawn.slice(0, 6).map(([caption]) => caption.slice(0, 3));
        expect(captions).toEqual(["∂ft", "∂ht", "To ", "Tf ", "Ti ", "Tu "]);
        const large = Math.max(...expected.slice(0, 2).flat(2).map(Math.abs));
        for (const [k, rows] of expected.entries()) {
          // ∂f_t and ∂h_t share a scale, each path has its own
          const largest = k < 2 ? large : Math.max(...rows.flat().map(Math.abs));
          for (const [r, row] of rows.entries()) {
            for (const [c, entry] of row.entries()) {
              const [text, colour] = drawn[k]![1][r]![c]!;
              const value = Number(plainNumber(text));
              expect(Math.abs(value - entry)).toBeLessThanOrEqual(5.1e-6 * Math.max(...rows.flat().map(Math.abs)));
              const [red, , blue] = colour.match(/\d+/g)!.map(Number) as [number, number, number];
              // orange above zero, blue below, nearly grey around it
              if (Math.abs(entry) > 0.1 * largest) expect(Math.sign(red - blue)).toBe(Math.sign(entry));
            }
          }
        }
        await page.context().close();
      });

      test("draws square cells, readable row names and formulas", async () => {
        const { page } = await open(name, 1400, "dark");
        const cell = await page.locator("#jacobians .heat tbody td").first().boundingBox();
        expect(cell!.width / cell!.height).toBeCloseTo(1, 0);
        expect(cell!.width).toBeGreaterThan(5);
        await page.locator("#derivation summary").click();
        const formulas = page.locator("#derivation math");
        expect(await formulas.count()).toBeGreaterThan(50);
        const fraction = await page.locator("#derivation mfrac").first().boundingBox();
        const numerator = await page.locator("#derivation mfrac > :first-child").first().boundingBox();
        const denominator = await page.locator("#derivation mfrac > :last-child").first().boundingBox();
        // a browser without MathML would set one behind the other
        expect(denominator!.y).toBeGreaterThan(numerator!.y + numerator!.height / 2);
        expect(fraction!.height).toBeGreaterThan(numerator!.height);
        await page.context().close();
      });
    });

    test.each(THEMES)("a class says nothing, fetches nothing and fits, %s", async (theme) => {
      pages["a class"] = join(folder, "a-class.html");
      run(["grade", "fixtures/homework6.json", "fixtures/answers", "-o", pages["a class"]]);
      const { page, messages, requests } = await open("a class", 400, theme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      }
      expect(await page.locator("svg rect").count()).toBe(4);
      const labels = await Promise.all((await page.locator("svg text").all()).map((label) => label.boundingBox()));
      const onAxis = labels.map((box) => box!).filter(({ y }) => y === labels[4]!.y);
      expect(onAxis).toHaveLength(6);
      for (const [k, { x, width }] of onAxis.slice(0, -1).entries()) expect(x + width).toBeLessThan(onAxis[k + 1]!.x);
      expect(messages).toEqual([]);
      expect(requests).toEqual([pathToFileURL(pages["a class"]).href]);
      await page.context().close();
    });

    test("no label sticks out of its picture, no bar out of its table", async () => {
      pages["gates far apart"] = join(folder, "gates-far-apart.html");
      run(["report", "fixtures/saturated-gates.json", "-o", pages["gates far apart"]]);
      const outside = `[...document.querySelectorAll("svg text")].filter((label) => {
        const [box, frame] = [label.getBBox(), label.ownerSVGElement.viewBox.baseVal];
        return box.width > 0 && (box.x < -1 || box.x + box.width > frame.width + 1);
      }).map((label) => label.textContent)`;
      const scrolled = `[...document.querySelectorAll("table.paths")].map(({ parentElement: box }) => box.scrollWidth - box.clientWidth)`;
      const wide = `[...document.querySelectorAll("svg:not(svg svg)")].filter((svg) => svg.getBoundingClientRect().right > 400).map((svg) => svg.ariaLabel)`;
      for (const name of ["two units", "32 units", "a sequence", "gates far apart"]) {
        const { page } = await open(name, 1400, "light");
        expect(await page.evaluate(outside), name).toEqual([]);
        expect(await page.evaluate(scrolled), name).toEqual([0]);
        // on a phone no picture is wider than the window, whether it scrolls or not
        await page.setViewportSize({ width: 400, height: 900 });
        expect(await page.evaluate(outside), name).toEqual([]);
        expect(await page.evaluate(wide), name).toEqual([]);
        await page.evaluate("document.querySelector('svg.narrow text').setAttribute('x', 900)");
        expect(await page.evaluate(outside), "a planted one").toHaveLength(1);
        await page.context().close();
      }
    });

    test("notices a planted overflow, script and request", async () => {
      const { page, messages } = await open("two units", 400, "light");
      await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div style=width:500px;height:9px>')");
      expect(await overflow(page)).toBeGreaterThan(0);
      await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=file:///picture.png onerror=1>')");
      await expect.poll(() => messages.length).toBeGreaterThan(0);
      await page.context().close();
    });

    test("shows a hostile name as text", async () => {
      const name = "</title><script>document.title = 1</script><img src=x onerror=alert(1)>\u202e\"'";
      const cell = JSON.parse(readFileSync(join(ROOT, "fixtures/homework6.json"), "utf8"));
      const path = join(folder, "hostile.json");
      writeFileSync(path, JSON.stringify({ ...cell, name }));
      pages.hostile = join(folder, "hostile.html");
      run(["report", path, "-o", pages.hostile]);
      const { page, messages, requests } = await open("hostile", 400, "light");
      const shown = name.replace("\u202e", "\\u202e");
      expect(await page.locator("h1").textContent()).toBe(`${shown.slice(0, 80)}${shown.length > 80 ? "…" : ""}`);
      expect(await page.title()).toContain("</title><script>");
      expect(await page.locator("script, img").count()).toBe(0);
      expect([messages, requests.length]).toEqual([[], 1]);
      await page.context().close();
    });

    test("shows the number under the pointer", async () => {
      const { page } = await open("32 units", 1400, "light");
      const selector = "#jacobians .heat tbody tr:nth-child(4) td:nth-of-type(6)";
      const colour = () => page.evaluate(`getComputedStyle(document.querySelector("${selector} p")).color`);
      expect(await colour()).toBe("rgba(0, 0, 0, 0)");
      await page.locator(selector).first().hover();
      expect(await colour()).toBe("rgb(27, 28, 30)");
      const before = `getComputedStyle(document.querySelector("${selector} p"), "::before").content`;
      expect(await page.evaluate(before)).toBe('"[" counter(row) "][" counter(column) "] = "');
      await page.context().close();
    });

    test("is cut off nowhere on paper, although numbers were asked for in the pictures", async () => {
      const { page } = await open("32 units", 700, "dark");
      await page.check("#numbers");
      const cut = () =>
        page.evaluate(
          "[...document.querySelectorAll('.heat')].filter((box) => box.scrollWidth > box.clientWidth + 1).length",
        );
      expect(await cut()).toBeGreaterThan(0);
      await page.emulateMedia({ media: "print" });
      expect(await cut()).toBe(0);
      await page.context().close();
    });

    test("is at most three screens of 900 before what is folded, and six pages on paper", async () => {
      const { page } = await open("two units", 1400, "light");
      expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThanOrEqual(2700);
      const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g)!;
      expect(pages.length).toBeLessThanOrEqual(6);
      // what is between the margins of A4: panels stand beside each other, no table is cut off, and nothing is a heading alone
      await page.setViewportSize({ width: 703, height: 1032 });
      await page.emulateMedia({ media: "print" });
      const tops = `[...document.querySelectorAll(".panels")].filter((box) => box.checkVisibility()).map((box) =>
        new Set([...box.querySelectorAll("svg.figure")].filter((svg) => svg.checkVisibility()).map((svg) => svg.getBoundingClientRect().top)).size)`;
      expect(await page.evaluate(tops)).toEqual([1, 1, 1]);
      const cut = `[...document.querySelectorAll(".scroll")].filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth).length`;
      expect(await page.evaluate(cut)).toBe(0);
      expect(await page.locator("#derivation").isVisible()).toBe(false);
      await page.context().close();
    });

    test.each(["two units", "a sequence"])("has nothing that axe-core finds serious: %s", async (name) => {
      for (const theme of THEMES) {
        const { page } = await open(name, 400, theme, true);
        await page.evaluate(readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8"));
        const found = await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))",
        );
        expect(found).toEqual([]);
        // a planted fault; the whole page takes half a minute
        await page.evaluate("document.querySelector('h1').style.color = '#8888'");
        const planted = await page.evaluate(
          "axe.run('h1', { runOnly: ['color-contrast'] }).then(({ violations }) => violations.map(({ id }) => id))",
        );
        expect(planted).toEqual(["color-contrast"]);
        await page.context().close();
      }
    });

    test("is read as tables with named rows and columns", async () => {
      const { page } = await open("two units", 400, "light");
      const snapshot = await page.locator("#jacobians .heat").first().ariaSnapshot();
      expect(snapshot).toContain("table");
      expect(snapshot).toContain("columnheader");
      expect(snapshot).toContain("rowheader");
      await page.context().close();
    });
  },
);
