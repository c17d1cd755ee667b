// Every page in every width and in both schemes of colour, as axe sees it. Skipped where no Chromium is installed.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, findChromium, startChromium, WIDTHS } from "./inChromium.ts";
import { type PageName, pageNames, renderPages } from "./pages.ts";

const chromium = findChromium();
let browser: Browser;
let pages: Record<PageName, string>;

beforeAll(async () => {
  if (!chromium) return;
  pages = await renderPages();
  browser = await startChromium(chromium);
});

afterAll(() => browser?.close());

describe.skipIf(chromium === null)("a page in Chromium (skipped where none is installed)", () => {
  describe.each(pageNames)("of %s", (name) => {
    test.each(["light", "dark"] as const)(
      "has nothing that axe finds, in three widths and %s colours",
      async (colorScheme) => {
        const page = await browser.newPage({ colorScheme, bypassCSP: true });
        await page.setContent(pages[name]);
        const found: string[] = [];
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          for (const fault of await faultsOf(page)) found.push(`${width}: ${fault}`);
        }
        await page.close();

        expect(found).toEqual([]);
      },
    );
  });

  test("that is grey on white is found: the twin", async () => {
    const page = await browser.newPage({ bypassCSP: true });
    await page.setContent(pages.table.replace("<main", '<p style="color: #999">pale</p><main'));
    const found = (await faultsOf(page)).join("\n");
    await page.close();

    expect(found).toMatch(/color-contrast/);
  });
});
