// Autoencoders whose code is too narrow for all of their noisy inputs, as their author chose.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { check } from "../../src/judging/check/check.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const ROWS = 600;
const SENSORS = 30;
const SOURCES = 4;

/** Sensors that see a few sources mixed, each with noise of its own. */
function draw() {
  const random = seedStream(9, "specs/narrowCode");
  const normal = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, one) => sum + one, -6);
  const many = (count: number) => Array.from({ length: count }, normal);
  const mixing = Array.from({ length: SENSORS }, () => many(SOURCES));
  const inputs = Array.from({ length: ROWS }, () => {
    const sources = many(SOURCES);
    return mixing.map(
      (row) => 0.5 * row.reduce((sum, share, at) => sum + share * (sources[at] as number), 0) + normal(),
    );
  });
  return { train: { inputs, targets: inputs } };
}

interface Made {
  readonly rate?: number;
  readonly areZero?: boolean;
  /** Asks for the inputs in reverse order, which are no inputs that a code gives back. */
  readonly turned?: boolean;
}

function checked({ rate = 0.005, areZero = false, turned = false }: Made = {}) {
  const kernel = areZero ? { kernelInitializer: "zeros" as const } : {};
  const { train } = draw();
  const targets = turned ? train.inputs.map((row) => [...row].reverse()) : train.targets;
  const subject = defineSubject({
    name: "narrow-code",
    examples: { train: { inputs: train.inputs, targets } },
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [SENSORS], units: 16, activation: "selu", ...kernel }),
          layers.dense({ units: SOURCES, ...kernel }),
          layers.dense({ units: 16, activation: "selu", ...kernel }),
          layers.dense({ units: SENSORS }),
        ],
      }),
    training: { optimizer: { name: "adam", learningRate: rate }, batchSize: 32, epochs: 60 },
  });
  return check(subject.config(), { cures: false });
}

test("a code that holds what principal components hold has learnt, and no law accuses it", async () => {
  const { verdict, laws, causes } = await checked();

  expect({ verdict, broken: laws.filter(({ holds }) => !holds), causes }).toEqual({
    verdict: "learns",
    broken: [],
    causes: [],
  });
});

test("a rate too low is found", async () => {
  const { verdict, cause } = await checked({ rate: 1e-6 });

  expect(verdict).not.toBe("learns");
  expect(cause?.name).toBe("learning-rate-too-low");
});

test("weights of zero are found", async () => {
  const { verdict, cause } = await checked({ areZero: true });

  expect(verdict).toBe("collapsed");
  expect(cause?.name).toBe("symmetric-initialisation");
});

test("a narrow layer is found where the targets are not the inputs", async () => {
  const { verdict, causes } = await checked({ turned: true });

  expect(verdict).not.toBe("learns");
  expect(causes.map(({ name }) => name)).toContain("too-little-capacity");
});
