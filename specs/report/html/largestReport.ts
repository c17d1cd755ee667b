import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import type { ReportContent } from "../../../src/report/html/renderReport.ts";
import { madeUpConfig, madeUpLaw, madeUpProbe, madeUpReport, madeUpRun } from "./madeUpCheck.ts";

const STEPS = 20_000;
const LAYERS = 60;
const OUTPUTS = 30;
const COUNT = 256;
const SIDE = 64;

/** A report about as large as one can be: long and deep, of many outputs, cured, every law broken, of noisy pictures. */
export function largestReport(): ReportContent {
  const { uniform: random } = seedStream(1, "noise");
  const noise = (length: number) => Float32Array.from({ length }, () => 1e-5 * random());
  const targets = noise(COUNT * OUTPUTS);
  const predictions = noise(COUNT * OUTPUTS);
  const examples: Examples = {
    count: COUNT,
    inputShape: [SIDE, SIDE, 3],
    outputs: OUTPUTS,
    inputs: noise(COUNT * SIDE * SIDE * 3),
    targets,
  };
  const evaluation = {
    ...madeUpRun.train,
    targets,
    predictions,
    varianceRatios: Array.from({ length: OUTPUTS }, () => random()),
    errorOverVariances: Array.from({ length: OUTPUTS }, () => random()),
  };
  const layerNames = Array.from({ length: LAYERS }, (_, index) => `a_layer_with_a_long_name_${index}`);
  const probes = Array.from({ length: STEPS / 10 }, (_, index) => ({
    ...madeUpProbe(10 * index, { lossOverVariance: random(), varianceRatio: random(), biasRatio: random() }),
    layers: layerNames.map((layer) => ({
      layer,
      gradientNorm: 1e-6 * random(),
      updateRatio: 1,
      deadFraction: random(),
      trainable: true,
    })),
  }));
  const run = {
    ...madeUpRun,
    steps: STEPS,
    train: evaluation,
    heldOut: evaluation,
    trace: { ...madeUpRun.trace, losses: Array.from({ length: STEPS }, () => random()), probes },
  };
  const broken = laws.map(({ name, claim }) => madeUpLaw({ name, claim, holds: false }));
  const content = madeUpReport(broken);
  const subject = { ...content.subject, showsBoxes: false, train: examples, heldOut: examples, steps: STEPS };
  const attempt = {
    cause: "dead-relu-units" as const,
    values: {},
    change: "training.optimizer.learningRate 0.1 → 0.01",
    config: madeUpConfig,
    verdict: "learns" as const,
    lossOverVariance: 0.1,
    brokenLaws: broken.map(({ name }) => name),
    remaining: [],
    cures: true,
    cut: null,
  };
  const finding = {
    cause: attempt.cause,
    rank: 0.9,
    evidence: "evidence of one sentence, as long as it gets",
  };
  return {
    ...content,
    subject,
    examination: {
      ...content.examination,
      verdict: "collapsed",
      run,
      findings: Array.from({ length: 8 }, () => finding),
    },
    cures: {
      cure: attempt,
      cured: { subject, run },
      attempts: Array.from({ length: 12 }, () => attempt),
      notTried: [],
      causes: Array.from({ length: 8 }, () => ({
        ...finding,
        status: "proven" as const,
        why: finding.evidence,
        change: attempt.change,
      })),
    },
  };
}
