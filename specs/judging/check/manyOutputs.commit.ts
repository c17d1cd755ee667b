import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { resolveWhat } from "../../../src/judging/check/what/what.ts";
import { withoutSearch } from "../../../src/judging/diagnosis/cure/attempt.ts";
import { examine } from "../../../src/judging/examine.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { writeReport } from "../../../src/report/html/writeReport.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { uniform } from "../../learning/subject/severalParts.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** More pixels than a call takes arguments. */
const SIDE = 400;
const COUNT = 6;
const SHAPE = [COUNT, SIDE, SIDE, 1];

const pixels = uniform(COUNT * SIDE * SIDE, "many outputs");

/** Whether a pixel is bright, or its brightness. */
const pictures = (classes: number) =>
  defineSubject({
    name: `pictures-${classes}`,
    buildModel() {
      const given = input({ shape: [SIDE, SIDE, 1], name: "picture" });
      const activation = classes > 1 ? "softmax" : "linear";
      const answer = layers.conv2d({ filters: classes, kernelSize: 1, activation }).apply(given);
      return model({ inputs: given, outputs: answer as SymbolicTensor });
    },
    examples: {
      train: {
        inputs: { shape: SHAPE, values: pixels },
        targets: { shape: SHAPE, values: classes > 1 ? pixels.map((value) => Number(value > 0.5)) : pixels },
      },
    },
    loss: classes > 1 ? "sparseCategoricalCrossentropy" : "meanSquaredError",
    training: { optimizer: { name: "adam", learningRate: 0.1 }, batchSize: 3, steps: 6 },
  });

test.each([1, 2])(
  "pictures with %i number(s) for each of 160,000 pixels are judged and reported",
  async (classes) => {
    const config = parseConfig({});
    const { subject } = await resolveWhat(pictures(classes));
    const examination = await examine(subject, {
      thresholds: config.thresholds,
      bitExact: true,
      laws: laws.filter(({ trains }) => !trains),
    });
    const folder = await mkdtemp(join(tmpdir(), "learnproof-many-"));
    try {
      const path = join(folder, "report.html");
      const cures = withoutSearch(examination.findings, "no cures were asked for");
      await writeReport(path, { config, subject, engine: await startEngineUnderTest(), examination, cures });

      const page = await readFile(path, "utf8");
      expect(page).toContain("</html>");
      expect(page.includes("classes ")).toBe(classes > 1);
      expect(page.length).toBeLessThan(1e6);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
