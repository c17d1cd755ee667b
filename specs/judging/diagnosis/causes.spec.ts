import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test as property } from "@fast-check/vitest";
import { transform } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { causes } from "../../../src/judging/diagnosis/causes.ts";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { healthyDenseConfig } from "../../../src/lab/arbitrary/healthyDenseConfig.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Every text that stands alone in the code of a folder's specs: a comment or a word in a sentence is none. */
async function textsIn(folder: string): Promise<ReadonlySet<string>> {
  const texts = new Set<string>();
  for (const file of await readdir(folder)) {
    // The spec of the command new writes and removes a failure mode of its own, maybe meanwhile.
    if (!file.endsWith(".spec.ts") || file.startsWith("made-by-the-spec-of-new")) continue;
    const source = await readFile(join(folder, file), "utf8");
    const { code } = await transform(source, { loader: "ts", legalComments: "none" });
    for (const [, text] of code.matchAll(/"([^"\n]*)"/g)) texts.add(text as string);
  }
  return texts;
}

describe("every cause", () => {
  test("has a failure mode that it must be named for", async () => {
    // That each is registered, and not only written, is asked in registered.nightly.ts.
    const written = await textsIn("specs/failure-modes");

    expect(causes.map(({ name }) => name).filter((name) => !written.has(name))).toEqual([]);
    expect(written.has("no-such-cause")).toBe(false);
  });

  // Networks for pictures, and more of these: registered.nightly.ts.
  property.prop([healthyDenseConfig()], { numRuns: 1 })(
    "is unnamed where a network learns",
    async (config) => {
      const subject = await createSubject(config);
      expect(await diagnose(subject, await train(subject), config)).toEqual([]);
    },
  );

  test("needs the probes of a run", async () => {
    const config = parseConfig(broken({ training: { steps: 1 } }));
    const subject = await createSubject(config);

    await expect(diagnose(subject, await train(subject, { probes: false }), config)).rejects.toThrow(
      "a run without probes cannot be diagnosed",
    );
  });
});

describe("a cure", () => {
  async function search(input: Record<string, unknown>) {
    const config = parseConfig(input);
    const failed = await trainAndDiagnose(await createSubject(config), config);
    return proveCure(config, failed, { bitExact: true, judgesAll: true });
  }

  test("is a change that was tried, under the same seed, and made every law hold", async () => {
    const { cure, attempts, causes } = await search(broken({ model: { kernelInitializer: "zeros" } }));

    expect(cure).toMatchObject({
      cause: "symmetric-initialisation",
      change: 'model.kernelInitializer "zeros" → "glorotUniform"',
      verdict: "learns",
      brokenLaws: [],
      cures: true,
    });
    expect(cure?.config.seed).toBe(1);
    expect(attempts).toContain(cure);
    expect(causes[0]).toMatchObject({
      cause: "symmetric-initialisation",
      status: "proven",
      change: cure?.change,
    });
  });

  test("is not claimed where nothing tried helps: the twin", async () => {
    const { cure, attempts, causes } = await search(broken({ data: { formula: ["0.25"] } }));

    expect(cure).toBeNull();
    expect(causes[0]).toMatchObject({ cause: "constant-labels", status: "not-tried", change: null });
    expect(causes.filter(({ status }) => status === "proven")).toEqual([]);
    expect(attempts.every(({ cures }) => !cures)).toBe(true);
  });
});

describe("a change", () => {
  const config = parseConfig({});

  test("says what was there and what is now", () => {
    const made = changeConfig(config, { "training.steps": 7, "model.l2": 0 });

    expect(made?.description).toBe("training.steps 500 → 7");
    expect(made?.config.training.steps).toBe(7);
    expect(config.training.steps).toBe(500);
  });

  test("may set an optional field that the config leaves out, and remove it again", () => {
    const clipped = changeConfig(config, { "training.optimizer.clipNorm": 1 });

    expect(clipped?.description).toBe("training.optimizer.clipNorm unset → 1");
    expect(clipped?.config.training.optimizer.clipNorm).toBe(1);
    const back = clipped && changeConfig(clipped.config, { "training.optimizer.clipNorm": undefined });
    expect(back?.config).toEqual(config);
  });

  test.each([
    ["changes nothing", { "training.steps": 500 }],
    ["names what is not there", { "training.optimizer.momentum": 0.9 }],
    ["goes into what is not there", { "rework.width": 2 }],
    ["breaks a rule", { "training.steps": 0 }],
  ])("is none where it %s", (_, values) => {
    expect(changeConfig(config, values)).toBeNull();
  });
});
