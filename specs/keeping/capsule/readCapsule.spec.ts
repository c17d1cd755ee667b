import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printCapsule, readCapsule } from "../../../src/keeping/capsule/capsule.ts";
import { keepFailure, replayLine } from "../../../src/keeping/capsule/keepFailure.ts";
import { replay } from "../../../src/keeping/capsule/replay.ts";

const CAPSULE = "fixtures/capsules/dead-relu-units-dense.json";

let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capsules "));
  text = await readFile(CAPSULE, "utf8");
});

afterAll(() => rm(folder, { recursive: true }));

async function refusal(content: string): Promise<string> {
  const file = join(folder, "capsule.json");
  await writeFile(file, content);
  return readCapsule(file).then(
    () => "read",
    (error: Error) => error.message,
  );
}

describe("a capsule is refused", () => {
  test.each([
    ["cut short", (whole: string) => whole.slice(0, 700), "is no whole JSON; it was cut short or edited"],
    ["empty", () => "", "must hold a capsule; record it again"],
    [
      "with another seed",
      (whole: string) => whole.replace('"seed": 1', '"seed": 2'),
      "was changed since it was recorded",
    ],
    [
      "with another digest",
      (whole: string) => whole.replace(/"digest": "./, '"digest": "f'),
      "was changed since it was recorded",
    ],
    [
      "of a later version",
      (whole: string) => whole.replace('"version": 1', '"version": 2'),
      "is of a later version than this learnproof reads (1); update learnproof",
    ],
    [
      "of an unknown engine",
      (whole: string) => whole.replace('"engine": "wasm"', '"engine": "abacus"'),
      "is no capsule: engine",
    ],
    [
      "with a key too many",
      (whole: string) => whole.replace('"engine"', '"extra": 1, "engine"'),
      "is no capsule: it: Unrecognized key",
    ],
    ["that is a config", () => "{}", "is no capsule: version"],
    [
      "of a cause that nobody knows",
      (whole: string) => whole.replace(/"cause": "[^"]*"/, '"cause": "\\u001b[31m::error::x"'),
      "is no capsule: expected.cause: must be a cause that this learnproof knows, or null",
    ],
    [
      "nested without an end",
      (whole: string) => whole.replace('"seed": 1', `"seed": ${"[".repeat(50_000)}${"]".repeat(50_000)}`),
      "lists and objects lie at most 100 deep",
    ],
    ["of 2 MiB", (whole: string) => whole + " ".repeat(2 ** 21), "of at most 1 MiB"],
  ])("%s", async (_, change, reason) => {
    expect(await refusal(change(text))).toContain(reason);
  });

  test("but not for another layout of the same JSON: the twin", async () => {
    expect(await refusal(JSON.stringify(JSON.parse(text)))).toBe("read");
  });

  test("by an engine that did not record it, before anything is trained", async () => {
    const capsule = await readCapsule(CAPSULE);

    await expect(replay(capsule, { name: "cpu", device: "CPU", reason: "", bitExact: true })).rejects.toThrow(
      "engine: must be wasm, on which the capsule was recorded",
    );
  });
});

describe("a failure that is kept", () => {
  test("is one file however often it is found, beside those of other failures", async () => {
    const kept = join(folder, "kept");
    const capsule = await readCapsule(CAPSULE);
    const other = { ...capsule, config: { ...capsule.config, seed: 3 } };

    const paths = await Promise.all([capsule, capsule, other].map((one) => keepFailure(one, kept)));

    expect(new Set(paths).size).toBe(2);
    expect((await readdir(kept)).sort()).toEqual(
      [...new Set(paths)].map((path) => path.slice(kept.length + 1)).sort(),
    );
    expect(await readFile(paths[0] as string, "utf8")).toBe(printCapsule(capsule));
  });

  test("is replayed by one line, quoted where its path needs it", () => {
    expect(replayLine("learnproof-capsules/a.json")).toBe("npx learnproof replay learnproof-capsules/a.json");
    expect(replayLine("my capsules/a.json")).toBe('npx learnproof replay "my capsules/a.json"');
  });
});
