import { expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { sampleExamples } from "../../../src/learning/subject/sample.ts";
import { MOST_PROBED } from "../../../src/learning/training/probeSchedule.ts";
import { measureFinalProbe } from "../../../src/report/html/finalProbe.ts";
import { madeUpRun } from "./madeUpCheck.ts";

// Fewer examples than are probed, than are judged, and more than both.
test.each([60, 200, 400])(
  "of %i examples, the final probe looks at those that probes look at",
  async (count) => {
    const subject = await createSubject(
      parseConfig({ model: { imageSize: 16, channels: 1 }, data: { examples: count, heldOut: 0 } }),
    );
    const judged = sampleExamples(subject.train, subject.seed);
    const probed = sampleExamples(subject.train, subject.seed, MOST_PROBED);
    // Predictions that are right for these examples only: any other example adds an error.
    const isProbed = (row: number) =>
      Array.from({ length: probed.count }, (_, index) => index).some(
        (index) =>
          probed.targets[2 * index] === judged.targets[2 * row] &&
          probed.targets[2 * index + 1] === judged.targets[2 * row + 1],
      );
    const predictions = judged.targets.map((target, index) =>
      isProbed(Math.floor(index / 2)) ? target : target + 1,
    );
    const train = { ...madeUpRun.train, targets: judged.targets, predictions };

    const { lossOverVariance, varianceRatio } = measureFinalProbe(subject, { ...madeUpRun, train });

    expect(lossOverVariance).toBe(0);
    expect(varianceRatio).toBe(1);
    // The twin: with one wrong prediction among them, it sees that.
    predictions.fill(5);
    expect(measureFinalProbe(subject, { ...madeUpRun, train }).lossOverVariance).toBeGreaterThan(1);
  },
);
