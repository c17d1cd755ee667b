import { beforeAll, describe, expect, test } from "vitest";
import { calibrate } from "../../../src/lab/calibration/calibrate.ts";
import { judgeItem } from "../../../src/lab/calibration/judgeItem.ts";
import { mutations } from "../../../src/lab/calibration/mutations.ts";
import { sequenceSubjects } from "../../../src/lab/calibration/recurrent/sequenceSubjects.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ name: "wasm" });
});

const sum = sequenceSubjects.sum.config({
  model: { cell: "simpleRNN", units: 12 },
  data: { examples: 300, length: 6 },
  training: { optimizer: { name: "adam", learningRate: 0.008 }, batchSize: 32, steps: 400 },
});
const opinion = sequenceSubjects.opinion.config({
  model: { cell: "simpleRNN", units: 12, outputActivation: "sigmoid" },
  data: { examples: 300, length: 6 },
  training: { loss: { name: "binaryCrossentropy" }, batchSize: 32, steps: 300 },
});

const mutantOf = (name: string, config = sum) =>
  mutations.find((mutation) => mutation.name === name)?.mutate(config);

describe("a recurrent network under calibration", () => {
  test("that is healthy is not accused", async () => {
    const { healthy } = await calibrate([sum], { engine, mutated: 0 });

    expect(healthy[0]).toMatchObject({ caught: false, verdict: "learns" });
  });

  test.each([
    ["recurrent: kernels of zeros", "symmetric-initialisation"],
    ["recurrent: L2 of 10", "too-much-regularisation"],
    ["labels shuffled", "shuffled-labels"],
    ["learning rate ÷ 1000", "learning-rate-too-low"],
  ])("is caught with the mutation %s, and the cause named", async (mutation, cause) => {
    const judged = await judgeItem({ config: sum, mutation }, { bitExact: true });

    expect(judged?.judgement).toMatchObject({ caught: true, cause });
  });

  test("is not mutated where a mutation is for other networks, or for numbers instead of words", async () => {
    expect(await mutantOf("L2 of 1")).toBeNull();
    expect(await mutantOf("inputs × 255", opinion)).toBeNull();
    expect(await mutantOf("inputs × 255")).not.toBeNull();
    expect(await mutantOf("recurrent: an embedding of one number")).toBeNull();
    expect(await mutantOf("recurrent: an embedding of one number", opinion)).not.toBeNull();
  });
});
