// `npm test` has neither a GPU, nor Python, nor a browser: a spec that asks for one would be skipped in it for good.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** What a spec writes to find out whether a program or a device is here. */
const ASKS = /process\.env\.LEARNPROOF_(?:PYTHON|GPU)|from "[^"]*\/(?:whyNoGpu|inChromium)\.ts"/;

function askingFiles(ending: string): string[] {
  return readdirSync("specs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending) && ASKS.test(readFileSync(join("specs", file), "utf8")))
    .map((file) => file.replaceAll("\\", "/"));
}

describe("what asks for a GPU, Python or a browser", () => {
  test("is in no spec of `npm test`", () => {
    expect(askingFiles(".spec.ts")).toEqual([]);
  });

  test("is found in those of `npm run test:commit`: the twin", () => {
    const files = askingFiles(".commit.ts");
    expect(files).toContain("gpu/webgpu.commit.ts");
    expect(files).toContain("learning/keras/scripts.commit.ts");
    expect(files).toContain("report/html/browser.commit.ts");
  });
});
