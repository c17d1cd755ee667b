import { pathToFileURL } from "node:url";
import { remark } from "./output.ts";

/**
 * Shows a page in the browser that the system, or `BROWSER` on Linux, names. The page is written by now: that nothing
 * could be opened is worth a remark, and no failure.
 */
export async function openPage(path: string): Promise<void> {
  const { default: open } = await import("open");
  const refuse = ({ message }: Error) =>
    remark(`learnproof: no browser could be opened (${message}); open ${path}`);
  try {
    const browser = await open(pathToFileURL(path).href);
    browser.once("error", refuse);
  } catch (error) {
    refuse(error as Error);
  }
}
