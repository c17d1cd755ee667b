import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { featureMapSizes } from "../../../src/learning/config/boxLimits.ts";
import { parseBoxConfig, parseConfig } from "../../../src/learning/config/parseConfig.ts";

function refusal(input: unknown): InputError {
  try {
    parseConfig(input);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("expected parseConfig to refuse the input");
}

describe("an empty config", () => {
  test("means the healthy default run", () => {
    expect(parseConfig({})).toEqual({
      subject: "box-regression",
      seed: 1,
      model: {
        imageSize: 32,
        channels: 3,
        filters: [32, 64, 128],
        kernelSize: 5,
        strides: 2,
        padding: "same",
        hiddenUnits: [100],
        activation: "relu",
        outputActivation: "linear",
        kernelInitializer: "glorotUniform",
        useBias: true,
        batchNorm: false,
        dropout: 0,
        l2: 0,
      },
      data: {
        examples: 100,
        heldOut: 100,
        boxSize: 8,
        noise: 0,
        background: "plain",
        inputRange: [0, 1],
        targetRange: [-1, 1],
      },
      training: {
        loss: { name: "mse" },
        optimizer: {
          name: "adam",
          learningRate: 0.001,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay: 0,
        },
        batchSize: 32,
        steps: 500,
      },
      thresholds: { varianceRatio: 0.05, lossOverVariance: 0.2, divergedLossOverVariance: 10 },
    });
  });

  test("and defaults fill in what a loss or an optimizer leaves out", () => {
    const { training } = parseConfig({
      training: { loss: { name: "mse+msle" }, optimizer: { learningRate: 0.1 } },
    });

    expect(training.loss).toEqual({ name: "mse+msle", alpha: 5, epsilon: 1e-9 });
    expect(training.optimizer).toMatchObject({ name: "adam", learningRate: 0.1, beta1: 0.9 });
  });
});

describe("every knob", () => {
  test.each([
    ...["relu", "leakyRelu", "elu", "tanh", "sigmoid", "linear"].map((activation) => ({
      model: { activation },
    })),
    ...["softplus", "softmax", "sigmoid"].map((outputActivation) => ({ model: { outputActivation } })),
    ...["glorotUniform", "glorotNormal", "heUniform", "heNormal", "zeros", "constant"].map(
      (kernelInitializer) => ({ model: { kernelInitializer } }),
    ),
    { model: { padding: "valid", kernelSize: 3, strides: 1, hiddenUnits: [], channels: 1, useBias: false } },
    { model: { batchNorm: true, dropout: 0.9, l2: 0.1 } },
    { data: { background: "contrast", noise: 0.4, heldOut: 0, inputRange: [0, 255], targetRange: [0, 1] } },
    { training: { loss: { name: "mae" } } },
    { training: { loss: { name: "huber", delta: 2 } } },
    { training: { loss: { name: "msle", epsilon: 1e-3 } } },
    { training: { optimizer: { name: "sgd", learningRate: 0, weightDecay: 1 } } },
    { training: { optimizer: { name: "momentum", momentum: 0 } } },
    { training: { optimizer: { name: "rmsprop", decay: 0.5, epsilon: 1 } } },
    { seed: 2_147_483_647 },
    { thresholds: { varianceRatio: 0.1, lossOverVariance: 0.5 } },
  ])("is accepted: %j", (input) => {
    expect(parseConfig(input)).toMatchObject(input);
  });
});

describe("a config that breaks a rule is refused with field, rule and value", () => {
  test.each([
    [{ model: { filters: [0] } }, "model.filters[0]", "must be a whole number from 1 to 1024", "0"],
    [{ model: { filters: [] } }, "model.filters", "must name at least one convolution", "[]"],
    [{ model: { channels: 2 } }, "model.channels", "must be 1 (grey) or 3 (colour)", "2"],
    [{ model: { dropout: 1 } }, "model.dropout", "must be a number from 0 to below 1", "1"],
    [{ model: { useBias: "yes" } }, "model.useBias", "must be true or false", '"yes"'],
    [{ model: null }, "model", "must be a JSON object", "null"],
    [{ data: { examples: 1e9 } }, "data.examples", "must be a whole number from 1 to 1000000", "1000000000"],
    [{ data: { boxSize: -1 } }, "data.boxSize", "must be a whole number from 1 to 255", "-1"],
    [{ data: { boxSize: 32 } }, "data.boxSize", "must be smaller than model.imageSize, 32", "32"],
    [{ data: { noise: Number.NaN } }, "data.noise", "must be a number from 0 to 1", "NaN"],
    [{ data: { inputRange: [1, 0] } }, "data.inputRange", "the lower one first", "[1,0]"],
    [
      { data: { targetRange: [0, Number.POSITIVE_INFINITY] } },
      "data.targetRange[1]",
      "two numbers",
      "Infinity",
    ],
    [{ training: { steps: 1.5 } }, "training.steps", "must be a whole number", "1.5"],
    [{ training: { loss: "mes" } }, "training.loss", 'must be one of "mse", "mae"', '"mes"'],
    [{ training: { loss: { name: "l2" } } }, "training.loss.name", 'must be one of "mse"', '"l2"'],
    [{ training: { optimizer: { learningRate: -1 } } }, "training.optimizer.learningRate", "from 0", "-1"],
    [{ seed: 0 }, "seed", "must be a whole number from 1 to 2147483647", "0"],
    [{ seed: "1" }, "seed", "must be a whole number", '"1"'],
    [{ subject: "digits" }, "subject", 'must be "box-regression"', '"digits"'],
    [[], "config", "must be a JSON object, such as {}", "[]"],
    ["{}", "config", "must be a JSON object, such as {}", '"{}"'],
  ])("%j", (input, field, rule, got) => {
    const error = refusal(input);

    expect(error.field).toBe(field);
    expect(error.message).toContain(rule);
    expect(error.message).toContain(`(got ${got})`);
  });

  test.each([
    [{ sead: 1 }, "sead"],
    [{ model: { filter: [1] } }, "model.filter"],
    [{ training: { loss: { name: "mse", alpha: 5 } } }, "training.loss.alpha"],
    [{ training: { optimizer: { name: "sgd", beta1: 0.9 } } }, "training.optimizer.beta1"],
    [JSON.parse('{"__proto__": {"seed": 2}}'), "__proto__"],
  ])("unknown key: %j", (input, field) => {
    expect(refusal(input)).toMatchObject({ code: "unknown-key", field });
  });

  test("a key that is no plain word is quoted, on one short line", () => {
    const { message, field } = refusal({ model: { "line\nbreak": 1 } });

    expect(field).toBe('model."line\\nbreak"');
    expect(message.split("\n")).toHaveLength(1);
    expect(refusal({ ["x".repeat(100_000)]: 1 }).message.length).toBeLessThan(300);
  });

  test("every message ends with what to do or says what must be, whatever the rule", () => {
    const inputs = [{ seed: 0 }, { model: [] }, { data: { boxSize: 40 } }, { training: { loss: null } }, 7];

    const messages = inputs.map((input) => refusal(input).message);

    expect(messages.filter((message) => !/: must be .+ \(got .+\)$/.test(message))).toEqual([]);
  });
});

describe("a config too large for a machine is refused before anything is made", () => {
  test.each([
    [{ model: { imageSize: 256 }, data: { examples: 1_000_000 } }, "data.examples"],
    [{ model: { imageSize: 256 }, data: { heldOut: 1_000_000 } }, "data.heldOut"],
    [{ model: { imageSize: 256 }, data: { examples: 4000, heldOut: 3000 } }, "data.examples"],
    [{ model: { hiddenUnits: [8192, 8192, 8192] } }, "model.filters"],
    [
      { model: { imageSize: 256 }, data: { examples: 1000 }, training: { batchSize: 1000 } },
      "training.batchSize",
    ],
  ])("%j", (input, field) => {
    expect(refusal(input)).toMatchObject({ code: "too-large", field });
  });
});

describe("the memory that a config may ask for", () => {
  const large = { imageSize: 256, channels: 1 };

  // 2 ** 28 numbers of float32; a picture has 256 × 256 of them, its target two.
  test("ends at 1 GiB of pictures and their targets, training and held-out together", () => {
    const pictures = (examples: number, heldOut: number) => ({ model: large, data: { examples, heldOut } });

    expect(parseConfig(pictures(4_000, 95))).toMatchObject(pictures(4_000, 95));
    expect(refusal(pictures(4_000, 96))).toMatchObject({ field: "data.examples", got: 4_000 });
    expect(refusal(pictures(2048, 2048))).toMatchObject({ field: "data.examples", got: 2048 });
    expect(refusal(pictures(384, 4_001))).toMatchObject({ field: "data.heldOut", got: 4_001 });
    expect(refusal(pictures(384, 4_001)).message).toContain("4095 examples of this size");
  });

  // One-hot targets are numbers, too, and what is brought to scale is there twice.
  test("counts targets, and both copies of what is brought to scale", () => {
    const classes = (examples: number, standardiseInputs = false) => ({
      subject: "dense",
      model: { inputs: 24, outputs: 1000, hidden: [] },
      data: { examples, heldOut: 0, formula: ["x0"], classification: true, standardiseInputs },
    });

    expect(parseConfig(classes(2 ** 18))).toMatchObject(classes(2 ** 18));
    expect(refusal(classes(2 ** 18 + 1))).toMatchObject({ code: "too-large", field: "data.examples" });
    expect(parseConfig(classes(2 ** 17, true))).toMatchObject(classes(2 ** 17, true));
    expect(refusal(classes(2 ** 17 + 1, true))).toMatchObject({ code: "too-large", field: "data.examples" });
  });

  // Measured as WebAssembly's memory; see memory.ts.
  test.each([
    ["sgd", 50_000_000],
    ["adam", 50_000_000],
    ["adamax", Math.floor((3 * 2 ** 30) / (21 * 4))],
    ["adadelta", Math.floor((3 * 2 ** 30) / (27 * 4))],
  ])("ends under %s at %d weights", (name, most) => {
    const network = (units: number) => ({
      subject: "dense",
      model: { hidden: [{ units }, { units }] },
      data: { examples: 4 },
      training: { optimizer: { name } },
    });
    const weights = (units: number) => units * units + 4 * units + 1;
    const units = Math.floor(Math.sqrt(most)) - 3;

    expect([weights(units) < most, weights(units + 6) > most]).toEqual([true, true]);
    expect(parseConfig(network(units))).toMatchObject(network(units));
    expect(refusal(network(units + 6))).toMatchObject({ code: "too-large", field: "model.hidden" });
    expect(refusal(network(units + 6)).message).toContain(`at most ${most} weights under ${name}`);
  });

  test("ends at 50,000,000 weights", () => {
    const wide = (units: number) => ({ model: { hiddenUnits: [8192, units] } });
    const weights = (units: number) => {
      const convolutions = 25 * (3 * 32 + 32 * 64 + 64 * 128) + 32 + 64 + 128;
      return convolutions + 2048 * 8192 + 8192 + 8192 * units + units + 2 * units + 2;
    };
    const most = 4021;

    expect([weights(most) <= 50_000_000, weights(most + 1) <= 50_000_000]).toEqual([true, false]);
    expect(parseConfig(wide(most))).toMatchObject(wide(most));
    expect(refusal(wide(most + 1)).message).toContain(`this one has ${weights(most + 1)}`);
  });

  // Measured at the peak of a step, in tensors as large as the layers' outputs: DESIGN's engine has 4 GiB.
  test.each([
    [{}, 4],
    [{ channels: 3 }, 4],
    [{ activation: "linear" }, 4],
    [{ activation: "leakyRelu" }, 6],
    [{ batchNorm: true }, 20],
    [{ batchNorm: true, activation: "tanh" }, 20],
  ])("ends at 3 GiB for a training step of %j, of %d tensors for each output", (changes, copies) => {
    const model = { ...large, filters: [64], kernelSize: 3, strides: 1, hiddenUnits: [], ...changes };
    const { channels } = model;
    const outputs = 256 ** 2 * (channels + 64) + 2;
    const weights = 9 * channels * 64 + 64 + 256 ** 2 * 64 * 2 + 2;
    const most = Math.floor((3 * 2 ** 30 - 11 * 4 * weights) / (copies * 4 * outputs));
    const batchOf = (batchSize: number) => ({ model, data: { examples: 100 }, training: { batchSize } });

    expect(parseConfig(batchOf(most))).toMatchObject(batchOf(most));
    expect(refusal(batchOf(most + 1))).toMatchObject({ code: "too-large", field: "training.batchSize" });
    expect(refusal(batchOf(most + 1)).message).toContain(`${most} examples for this network`);
  });
});

describe("a batch larger than its set", () => {
  test("is as large as the set, so that its memory is not refused", () => {
    const input = { model: { imageSize: 256 }, data: { examples: 10 }, training: { batchSize: 65_536 } };

    expect(parseConfig(input)).toMatchObject(input);
  });
});

describe("feature maps", () => {
  test("follow Keras's sizes for same and valid padding", () => {
    const { model } = parseBoxConfig({});

    expect(featureMapSizes(model)).toEqual([16, 8, 4]);
    expect(featureMapSizes({ ...model, padding: "valid" })).toEqual([14, 5, 1]);
  });

  test('that "valid" padding uses up are refused, naming the convolution', () => {
    const error = refusal({ model: { padding: "valid", filters: [8, 8, 8, 8] } });

    expect(error.field).toBe("model.filters[3]");
    expect(error.message).toContain("has used up the picture");
  });
});
