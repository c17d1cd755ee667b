import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openPage } from "../../src/cli/openPage.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-open-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

// Other systems name their browser elsewhere.
test.runIf(process.platform === "linux")("a page is opened by the browser of the system", async () => {
  const browser = join(folder, "browser.sh");
  const asked = join(folder, "asked");
  await writeFile(browser, `#!/bin/sh\nprintf %s "$1" > "${asked}.part" && mv "${asked}.part" "${asked}"\n`);
  await chmod(browser, 0o700);
  vi.stubEnv("BROWSER", browser);
  const page = join(folder, "a page #1.html");
  await writeFile(page, "page");

  await openPage(page);

  await vi.waitUntil(() => existsSync(asked), { timeout: 100_000 });
  expect(await readFile(asked, "utf8")).toBe(pathToFileURL(page).href);
});
