import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { chromium } from "playwright-core";

/** The Chromium that is installed, or that CHROME_PATH names; null where there is none. */
export function findChromium(): string | null {
  for (const name of [process.env.CHROME_PATH, "chromium", "chromium-browser", "google-chrome"]) {
    if (!name) continue;
    try {
      execFileSync(name, ["--version"], { stdio: "ignore" });
      return execFileSync(process.platform === "win32" ? "where" : "which", [name], { encoding: "utf8" })
        .split("\n")[0]
        ?.trim() as string;
    } catch {
      // Try the next.
    }
  }
  return null;
}

// Functions for the page are text: this project has no types of browsers.

/** A phone, a tablet and a desk. */
export const WIDTHS = [390, 820, 1280] as const;

/** Starts a browser. */
export function startChromium(executablePath: string) {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds in a page, by the names of its rules. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))",
  );
}

/** The least size of text that is shown, in CSS pixels as they lie on the screen, and that text. */
export function smallestText(page: Page): Promise<{ size: number; text: string }> {
  return page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let [size, text] = [Infinity, ""];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.textContent.trim() || !parent.checkVisibility() || /^(SCRIPT|STYLE)$/.test(parent.tagName)) continue;
      const matrix = parent instanceof SVGGraphicsElement ? parent.getScreenCTM() : null;
      const scale = matrix ? Math.min(Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d)) : 1;
      const here = scale * parseFloat(getComputedStyle(parent).fontSize);
      if (here < size) [size, text] = [here, node.textContent];
    }
    return { size, text };
  })()`);
}

/** How far the page is wider than its window, in CSS pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - innerWidth");
}
