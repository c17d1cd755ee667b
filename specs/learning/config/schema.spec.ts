import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configSchema } from "../../../src/learning/config/schema.ts";

type Bounds = readonly [path: string, inside: readonly number[], outside: readonly number[]];

/** Every number of a config: its extreme values that are allowed, and the nearest that are not. */
const WHOLE_NUMBERS: readonly Bounds[] = [
  ["seed", [1, 2_147_483_647], [0, 2_147_483_648, 1.5]],
  ["model.imageSize", [4, 256], [3, 257, 4.5]],
  ["model.channels", [1, 3], [0, 2, 4]],
  ["model.filters.0", [1, 1024], [0, 1025, 1.5]],
  ["model.kernelSize", [1, 31], [0, 32, 1.5]],
  ["model.strides", [1, 8], [0, 9, 1.5]],
  ["model.hiddenUnits.0", [1, 8192], [0, 8193, 1.5]],
  ["data.examples", [1, 1_000_000], [0, 1_000_001, 1.5]],
  ["data.heldOut", [0, 1_000_000], [-1, 1_000_001, 0.5]],
  ["data.boxSize", [1, 255], [0, 256, 1.5]],
  ["training.batchSize", [1, 65_536], [0, 65_537, 1.5]],
  ["training.steps", [1, 10_000_000], [0, 10_000_001, 1.5]],
];

const REAL_NUMBERS: readonly Bounds[] = [
  ["model.dropout", [0, 0.999], [-1e-9, 1]],
  ["model.l2", [0, 1e6], [-1e-9, 1e6 + 1]],
  ["data.noise", [0, 1], [-1e-9, 1.001]],
  ["data.inputRange.0", [-1e6, -1], [-1e6 - 1, 1, 2]],
  ["data.targetRange.1", [0.001, 1e6], [1e6 + 1, 0, -1]],
  ["training.loss.delta", [1e-9, 1e6], [0, -1, 1e6 + 1]],
  ["training.optimizer.learningRate", [0, 1e6], [-1e-9, 1e6 + 1]],
  ["training.optimizer.beta1", [0, 0.999], [-1e-9, 1]],
  ["training.optimizer.beta2", [0, 0.999], [-1e-9, 1]],
  ["training.optimizer.epsilon", [0, 1e3], [-1e-9, 1e3 + 1]],
  ["training.optimizer.weightDecay", [0, 1e6], [-1e-9, 1e6 + 1]],
  ["thresholds.varianceRatio", [0, 1], [-1e-9, 1.001]],
  ["thresholds.lossOverVariance", [0, 1], [-1e-9, 1.001]],
  ["thresholds.divergedLossOverVariance", [1, 1e12], [0.999, 2e12]],
];

const NUMBERS = [...WHOLE_NUMBERS, ...REAL_NUMBERS];
const OBJECTS = ["", "model", "data", "training", "training.loss", "training.optimizer", "thresholds"];
const NO_NUMBER = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "1", null, [], {}, true];

/** A config that spells out what its defaults may be left to, so that any path into it exists. */
function spelledOut(): Record<string, unknown> {
  return {
    model: { filters: [1], hiddenUnits: [1] },
    data: { inputRange: [-1, 0], targetRange: [0, 1] },
    training: { loss: { name: "huber" }, optimizer: { name: "adam" } },
    thresholds: {},
  };
}

/** The spelled-out config with `value` at a dotted path. */
function configWith(path: string, value: unknown): object {
  const config = spelledOut();
  const keys = path.split(".");
  const owner = keys.slice(0, -1).reduce((object, key) => object[key] as Record<string, unknown>, config);
  // Not by assignment, which would set a prototype where the key is __proto__.
  Object.defineProperty(owner, keys.at(-1) as string, { value, enumerable: true, configurable: true });
  return config;
}

function accepts(path: string, value: unknown): boolean {
  return configSchema.safeParse(configWith(path, value)).success;
}

/** The place that the first broken rule names. */
function refusedAt(path: string, value: unknown): string | undefined {
  const { error } = configSchema.safeParse(configWith(path, value));
  return error?.issues[0]?.path.join(".");
}

describe("a number in a config", () => {
  test.each(NUMBERS)("%s reaches from the lowest of %j to the highest", (path, inside) => {
    expect(inside.filter((value) => !accepts(path, value))).toEqual([]);
  });

  test.each(NUMBERS)("%s is refused just outside: %j lie inside, %j do not", (path, _, outside) => {
    expect(outside.filter((value) => accepts(path, value))).toEqual([]);
  });

  test.each(NUMBERS)("%s is refused where it is no finite number, at its own path", (path) => {
    expect(NO_NUMBER.filter((value) => !refusedAt(path, value)?.startsWith(path))).toEqual([]);
  });
});

describe("an object in a config", () => {
  test.each(OBJECTS.filter(Boolean))("%s is refused where it is something else", (path) => {
    expect([null, [], "{}", 1, true].filter((value) => accepts(path, value))).toEqual([]);
  });

  // A schema that drops unknown keys would pass a misspelt knob off as its default.
  property.prop([fc.constantFrom(...OBJECTS), fc.string()])(
    "refuses every key that is not its own",
    (object, key) => {
      fc.pre(!key.includes("."));
      const path = object === "" ? key : `${object}.${key}`;
      const own = [...NUMBERS.map(([known]) => known), ...OBJECTS].some((known) => known.startsWith(path));

      fc.pre(!own);

      expect(accepts(path, 1)).toBe(false);
    },
  );

  test.each(OBJECTS)("refuses the keys __proto__ and constructor in the object '%s'", (object) => {
    for (const key of ["__proto__", "constructor"]) {
      expect(accepts(object === "" ? key : `${object}.${key}`, { seed: 2 })).toBe(false);
    }
  });
});

describe("a list in a config", () => {
  test.each([
    ["model.filters", 1, 8],
    ["model.hiddenUnits", 0, 8],
  ])("%s has from %d to %d entries", (path, fewest, most) => {
    const lengths = [0, 1, 2, 7, 8, 9, 1000];

    const accepted = lengths.filter((length) => accepts(path, new Array(length).fill(1)));

    expect(accepted).toEqual(lengths.filter((length) => length >= fewest && length <= most));
  });

  test.each(["data.inputRange", "data.targetRange"])("%s is two different numbers in order", (path) => {
    const wrong = [[], [1], [0, 1, 2], [1, 1], [2, 1], [0, Number.NaN], ["0", "1"], "01", { 0: 0, 1: 1 }];

    expect(wrong.filter((value) => accepts(path, value))).toEqual([]);
    expect(accepts(path, [-1e6, 1e6])).toBe(true);
  });
});

describe("a word in a config", () => {
  test.each([
    "subject",
    "model.padding",
    "model.activation",
    "model.outputActivation",
    "model.kernelInitializer",
    "data.background",
    "training.loss.name",
    "training.optimizer.name",
  ])("%s is one of its list, in its case", (path) => {
    const wrong = ["", "RELU", "Same", "toString", "__proto__", "constructor", 0, null, ["same"], {}];

    expect(wrong.filter((value) => accepts(path, value))).toEqual([]);
  });

  test("softplus and softmax activate outputs only", () => {
    const accepted = ["softplus", "softmax"].map((word) => [
      accepts("model.activation", word),
      accepts("model.outputActivation", word),
    ]);

    expect(accepted).toEqual([
      [false, true],
      [false, true],
    ]);
  });
});
