// Pages as a browser shows them. Skipped where no Chromium is installed: set CHROME_PATH to name one.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, findChromium, overflowOf, smallestText, startChromium, WIDTHS } from "./inChromium.ts";
import { type PageName, pageNames, renderPages } from "./pages.ts";

const chromium = findChromium();
let folder: string;
let browser: Browser;
let pages: Record<PageName, string>;

beforeAll(async () => {
  if (!chromium) return;
  folder = await mkdtemp(join(tmpdir(), "report-"));
  pages = await renderPages();
  browser = await startChromium(chromium);
});

afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Opens a page from disk, as a person would. */
async function open(html: string, options: BrowserContextOptions = {}): Promise<Page> {
  const file = join(folder, "report.html");
  await writeFile(file, html);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

describe.skipIf(chromium === null)("a page in Chromium (skipped where none is installed)", () => {
  describe.each(pageNames)("of %s", (name) => {
    test("fits each width, with text of 11 pixels and more", async () => {
      const page = await open(pages[name]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const { size, text } = await smallestText(page);

        expect(await overflowOf(page), `at ${width}`).toBeLessThanOrEqual(0);
        expect(size, `${text} at ${width}`).toBeGreaterThanOrEqual(11);
      }
      await page.context().close();
    });

    test("asks for nothing, runs its script under its policy, and links to what it has", async () => {
      const page = await open("<p>first</p>");
      const asked: string[] = [];
      const said: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", ({ message }) => said.push(message));
      await writeFile(join(folder, "report.html"), pages[name]);
      await page.goto(pathToFileURL(join(folder, "report.html")).href);

      const [charts, cursors, dangling, twice] = await page.evaluate<
        [number, number, number, number]
      >(`(() => {
        const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        const links = [...document.querySelectorAll("a[href^='#']")];
        return [
          document.querySelectorAll("figure.lines").length,
          document.querySelectorAll("input[type=range]").length,
          links.filter(({ hash }) => !document.getElementById(hash.slice(1))).length,
          ids.length - new Set(ids).size,
        ];
      })()`);
      await page.context().close();
      expect(asked.filter((url) => !url.startsWith("data:image/png"))).toHaveLength(1);
      expect(said).toEqual([]);
      expect(charts).toBeGreaterThan(0);
      expect({ cursors, dangling, twice }).toEqual({ cursors: charts, dangling: 0, twice: 0 });
    });
  });

  // Every page in every width and in both schemes of colour: axe.nightly.ts.
  test("has nothing that axe finds, in dark colours on a telephone", async () => {
    const page = await open(pages.pictures, {
      colorScheme: "dark",
      bypassCSP: true,
      viewport: { width: WIDTHS[0], height: 800 },
    });
    const found = await faultsOf(page);
    await page.context().close();

    expect(found).toEqual([]);
  });

  test("shows the numbers under the cursor, in all charts of one axis, by keyboard", async () => {
    const page = await open(pages.pictures);
    await page.locator("input[type=range]").first().focus();
    await page.keyboard.press("ArrowLeft");

    const readings = (await page.locator(".reading").allTextContents()).filter((text) => text !== "");
    const spoken = await page.locator("input[type=range]").first().getAttribute("aria-valuetext");
    expect(readings.length).toBe(await page.locator("figure.lines[data-axis=step]").count());
    expect(readings[0]).toMatch(/^step \d+: this run [\d.e-]+ · with the cure [\d.e-]+$/);
    expect(spoken).toBe(readings[0]);
    // The twin: without a cursor, there are none.
    await page.locator("input[type=range]").first().blur();
    expect((await page.locator(".reading").allTextContents()).join("")).toBe("");
    await page.context().close();
  });

  test("shows the numbers under the pointer as they are", async () => {
    const page = await open(pages.pictures);
    const area = page.locator("figure.lines .area").first();
    const box = await area.boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) - 1, (box?.y ?? 0) + 20);

    const reading = await page.locator(".reading").first().textContent();
    await page.context().close();
    // At the right end: the last step of the run.
    expect(reading).toMatch(/^step 60: /);
  });

  test("switches series and scale without a script", async () => {
    const page = await open(pages.pictures, { javaScriptEnabled: false });
    const chart = page.locator("figure.lines").first();
    const isShown = (selector: string) => chart.locator(selector).isVisible();

    expect(await isShown(".logarithmic path.s0")).toBe(true);
    expect(await isShown(".linear path.s0")).toBe(false);
    await chart.locator("input.log").uncheck();
    expect(await isShown(".logarithmic path.s0")).toBe(false);
    expect(await isShown(".linear path.s0")).toBe(true);
    await chart.locator("fieldset input.s0").uncheck();
    expect(await isShown(".linear path.s0")).toBe(false);
    expect(await isShown(".linear path.s1")).toBe(true);
    // What only a script can do is not offered.
    expect(await page.locator("button").first().isVisible()).toBe(false);
    await page.context().close();
  });

  test("copies the change", async () => {
    const page = await open(pages.pictures);
    await page.getByRole("button", { name: "Copy the change" }).click();
    await page.getByRole("button", { name: /^Copied|^Selected/ }).waitFor();

    const selected = await page.evaluate<string>("String(getSelection())");
    const shown = await page.locator("#change").textContent();
    await page.context().close();
    expect(Object.keys(JSON.parse(selected)).length).toBeGreaterThan(0);
    expect(selected).toBe(shown);
  });

  describe("the twins:", () => {
    test("a page that is too wide, or has small text, is seen", async () => {
      const wide = await open(pages.table.replace("<main", '<div class="wide">wide</div><main'), {
        bypassCSP: true,
      });
      await wide.addStyleTag({ content: ".wide { width: 2000px; font-size: 10px }" });

      expect(await overflowOf(wide)).toBeGreaterThan(0);
      expect(await smallestText(wide)).toMatchObject({ size: 10, text: "wide" });
      await wide.context().close();
    });

    test("text that a drawing scales down is seen", async () => {
      const svg = '<svg viewBox="0 0 2000 200" width="390"><text y="50" font-size="20">scaled</text></svg>';
      const page = await open(pages.table.replace("<main", `${svg}<main`));

      expect((await smallestText(page)).text).toBe("scaled");
      await page.context().close();
    });

    test("a script that is not the page's own does not run", async () => {
      const foreign = pages.table.replace("</main>", "</main><script>document.title = 'run'</script>");
      const page = await open(foreign);

      expect(await page.title()).not.toBe("run");
      await page.context().close();
    });

    test("axe finds a table without a name for a column, and grey on white", async () => {
      const faulty = pages.table.replace(
        "<main",
        '<table><tr><th></th></tr><tr><td>1</td></tr></table><p class="pale">pale</p><main',
      );
      const page = await open(faulty, { bypassCSP: true });
      await page.addStyleTag({ content: ".pale { color: #999 }" });

      const found = (await faultsOf(page)).join("\n");
      await page.context().close();
      expect(found).toMatch(/color-contrast/);
      expect(found).toMatch(/empty-table-header/);
    });
  });
});
