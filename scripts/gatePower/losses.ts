// Nine ways to make a program learn worse, from hardly noticeable to plain.

import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../src/foundation/random/shuffle.ts";
import { changeConfig } from "../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { resize } from "../../src/learning/config/resize.ts";
import type { Config } from "../../src/learning/config/schema.ts";
import { firstExamples, gather } from "../../src/learning/subject/examples.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";

/** A change of a program that makes it learn worse. */
export interface PlantedLoss {
  readonly name: string;
  /** Returns the spoilt config; undefined where it cannot be changed so. */
  readonly change?: (config: Config) => Config | undefined;
  readonly spoil?: (subject: Subject) => Subject;
}

/** Returns the config with a planted loss. @throws {Error} where the loss changes nothing of it. */
export function plantIn(config: Config, { name, change }: PlantedLoss): Config {
  if (change === undefined) return config;
  const changed = change(config);
  if (!changed) throw new Error(`${name} changes nothing of ${config.subject}`);
  return changed;
}

/** The planted losses; the first is none. */
export const plantedLosses: readonly PlantedLoss[] = [
  { name: "no change" },
  { name: "rate / 2", change: slower(2) },
  { name: "rate / 1.5", change: slower(1.5) },
  { name: "width × 3/4", change: narrower(3 / 4) },
  { name: "width / 2", change: narrower(1 / 2) },
  { name: "steps × 0.5", change: shorter(0.5) },
  { name: "steps × 0.8", change: shorter(0.8) },
  {
    name: "half of the examples",
    spoil: (subject) => ({ ...subject, train: firstExamples(subject.train, subject.train.count >> 1) }),
  },
  { name: "1 % of the labels", spoil: dealAnew(0.01) },
  { name: "2 % of the labels", spoil: dealAnew(0.02) },
];

function slower(factor: number) {
  return (config: Config) => {
    const learningRate = config.training.optimizer.learningRate / factor;
    return changeConfig(config, { "training.optimizer.learningRate": learningRate })?.config;
  };
}

function shorter(share: number) {
  return (config: Config) =>
    changeConfig(config, { "training.steps": Math.round(share * config.training.steps) })?.config;
}

function narrower(share: number) {
  return (config: Config) =>
    config.subject === "own"
      ? parseConfig({ ...config, model: { units: Math.round(share * Number(config.model.units)) } })
      : changeConfig(config, resize(config, share))?.config;
}

/** Deals the labels of a share of the examples, two at least, anew among them: each gets that of another. */
function dealAnew(share: number) {
  return (subject: Subject): Subject => {
    const { train, seed } = subject;
    const chosen = shuffledIndices(train.count, seedStream(seed, "dealt anew")).subarray(
      0,
      Math.max(2, Math.round(share * train.count)),
    );
    const from = Array.from({ length: train.count }, (_, index) => index);
    chosen.forEach((row, index) => {
      from[row] = chosen[(index + 1) % chosen.length] as number;
    });
    return { ...subject, train: { ...train, targets: gather(train, from).targets } };
  };
}
