// Captures models that name their inputs, read text, or compute their loss in ways of their own, with the Python that
// LEARNPROOF_PYTHON names.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadProgram } from "../../../src/learning/keras/program/loadProgram.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { translateProgram } from "../../../src/learning/keras/translate/translateProgram.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-told-"));
const MINUTE = 60_000;

const head = `import numpy as np, keras, tensorflow as tf
from keras import layers as L
random = np.random.RandomState(0)
x = random.normal(size=(96, 6)).astype("float32")
y = x[:, :1] * x[:, 1:2]
`;
/** A class with a call of its own, and how it is trained. */
const own = (parts: string, call: string, fit: string) => `${head}class Net(keras.Model):
    def __init__(self):
        super().__init__()
        ${parts}
    def call(self, given):
        ${call}
model = Net()
model.compile("sgd", "mse")
model.fit(${fit}, epochs=2)
`;
const functional = (parts: string, rest: string) => `${head}${parts}
start = keras.Input((6,), name="rows")
${rest}
`;

const scripts = {
  byName: own(
    "self.end = L.Dense(1)",
    'return self.end(tf.concat([given["left"], given["right"]], -1))',
    '{"right": x[:, 2:], "left": x[:, :2]}, y',
  ),
  towers: own(
    'self.who = keras.Sequential([L.StringLookup(vocabulary=["a", "b"]), L.Embedding(3, 2)]); self.end = L.Dense(1)',
    'return self.end(tf.concat([self.who(given["who"]), given["rows"]], -1))',
    '{"who": random.choice(["a", "b"], 96), "rows": x}, y',
  ),
  unknownLayers: own(
    "self.end = L.Dense(1); self.held = type('Held', (), {})(); self.held.inner = L.Dense(4)",
    "return self.end(self.held.inner(given))",
    "x, y",
  ),
  knownLayers: own(
    "self.end = L.Dense(1); self.held = {'inner': L.Dense(4)}",
    "return self.end(self.held['inner'](given))",
    "x, y",
  ),
  outputs: own(
    "self.one = L.Dense(1); self.two = L.Dense(1)",
    'return {"z": self.one(given), "a": self.two(given)}',
    'x, {"z": y, "a": y * 0}',
  ).replace('"mse"', '{"z": "mae", "a": "mse"}'),
  computed: functional(
    `class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.ops.abs(y - y_pred)) + sum(self.losses)`,
    'model = Net(start, L.Dense(1, kernel_regularizer="l2")(start))\nmodel.compile("sgd")\nmodel.fit(x, y)',
  ),
  unpunished: functional(
    `class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.ops.abs(y - y_pred))`,
    'model = Net(start, L.Dense(1, kernel_regularizer="l2")(start))\nmodel.compile("sgd")\nmodel.fit(x, y)',
  ),
  endpoint: functional(
    `class End(L.Layer):
    def call(self, logits, targets=None):
        self.add_loss(keras.losses.BinaryCrossentropy(from_logits=True)(targets, logits))
        return keras.ops.sigmoid(logits)`,
    `wanted = keras.Input((1,), name="wanted")
model = keras.Model([start, wanted], End()(L.Dense(1, name="last")(start), wanted))
model.compile("sgd")
model.fit({"wanted": (y > 0).astype("float32"), "rows": x}, epochs=2)`,
  ),
  slices: functional(
    "optimizer = keras.optimizers.SGD(0.1)\nloss_of = keras.losses.MeanSquaredError()",
    `model = keras.Model(start, L.Dense(1)(start))
for at in range(0, 96, 16):
    with tf.GradientTape() as tape:
        loss = loss_of(y[at:at + 16], model(x[at:at + 16], training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))`,
  ),
  reshaped: functional(
    "",
    'model = keras.Model(start, L.Dense(1)(L.Flatten()(keras.ops.reshape(start, (-1, 2, 3)))))\nmodel.compile("sgd", keras.losses.MeanSquaredError(reduction="sum"))\nmodel.fit(x, y)',
  ),
  withoutLossByName: functional(
    "other = keras.Input((2,))",
    `both = L.Concatenate()([start, other])
model = keras.Model({"wide": start, "narrow": other}, {"price": L.Dense(1)(both), "days": L.Dense(1)(both)})
model.compile("sgd", {"price": "mse", "days": None})
model.fit({"wide": x, "narrow": x[:, :2]}, {"price": y, "days": y})`,
  ),
  withoutLoss: functional(
    "",
    'inner = L.Dense(3)(start)\nmodel = keras.Model(start, [L.Dense(1)(inner), inner, L.Dense(2)(inner)])\nmodel.compile("sgd", ["mse", None, "mae"], loss_weights=[1.0, 0.0, 0.5])\nmodel.fit(x, [y, x[:, :3], x[:, :2]])',
  ),
  stepWeights: functional(
    "",
    'model = keras.Model(start, L.Dense(2)(L.Reshape((3, 2))(start)))\nmodel.compile("sgd", "mse")\nmodel.fit(x, x.reshape(-1, 3, 2), sample_weight=random.uniform(size=(96, 3)))',
  ),
  openSteps: functional(
    "class Cell(L.Layer):\n    state_size = 2\n    def call(self, x, states):\n        return x + states[0], [x + states[0]]",
    'model = keras.Sequential([keras.Input((None, 2)), L.RNN(Cell()), L.Dense(1)])\nmodel.compile("sgd", "mse")\nmodel.fit(x.reshape(-1, 3, 2), y)',
  ),
  layerInCall: `${head}class Made(keras.layers.Layer):
    def call(self, inputs):
        return keras.layers.Dense(1)(inputs)
    def compute_output_shape(self, shape):
        return (shape[0], 1)
net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), Made()])
net.compile("adam", "mse", run_eagerly=True)
net.fit(np.ones((96, 3)), np.ones((96, 1)), verbose=0)
`,
  maskedSum: functional(
    "",
    'rows = L.Masking()(L.Reshape((3, 2))(start))\nmodel = keras.Model(start, L.Dense(1)(L.GlobalAveragePooling1D()(rows + L.Dense(2)(rows))))\nmodel.compile("sgd", "mse")\nmodel.fit(x, y)',
  ),
  plainSum: functional(
    "",
    'rows = L.Reshape((3, 2))(start)\nmodel = keras.Model(start, L.Dense(1)(L.GlobalAveragePooling1D()(rows + L.Dense(2)(rows))))\nmodel.compile("sgd", "mse")\nmodel.fit(x, y)',
  ),
  maskedSteps: functional(
    "",
    'model = keras.Model(start, L.Dense(2)(L.Masking()(L.Reshape((3, 2))(start))))\nmodel.compile("sgd", "mse")\nx[:, 4:] = 0\nmodel.fit(x, x.reshape(-1, 3, 2))',
  ),
  evenWeights: functional(
    "",
    'model = keras.Model(start, L.Dense(2)(L.Reshape((3, 2))(start)))\nmodel.compile("sgd", "mse")\nmodel.fit(x, x.reshape(-1, 3, 2), sample_weight=np.repeat(random.uniform(size=(96, 1)), 3, 1))',
  ),
  rebuilt: functional(
    `class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.ops.abs(x - y_pred))`,
    'model = Net(start, L.Dense(6)(start))\nmodel.compile("sgd")\nmodel.fit(x, y * np.ones((1, 6)))',
  ),
};

const captured = (name: keyof typeof scripts) => readCaptured(join(folder, name));
const lossOf = (name: keyof typeof scripts) =>
  captured(name).program.compile?.loss as { class_name: string; config: Record<string, unknown> };

describe.skipIf(isWithoutKeras)(`models of the script's own${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, scripts), 8 * MINUTE);

  it("takes inputs by name, in whatever order the rows come", () => {
    const { arrays, program } = captured("byName");

    expect(arrays.x.map(({ shape }) => shape[1]).sort()).toEqual([2, 4]);
    expect(JSON.stringify(program.model)).toContain('"left"');
    expect(loadProgram({ path: join(folder, "byName") } as never, "byName").steps).toBe(6);
  });

  it("looks up text within models of a model, and begins behind it", () => {
    const { arrays, notes, program } = captured("towers");

    expect(notes.join()).toContain("looks up numbers before anything is trained");
    expect(JSON.stringify(program.model)).toContain("Embedding");
    expect(arrays.x.map(({ shape }) => shape.length)).not.toContain(0);
    expect(loadProgram({ path: join(folder, "towers") } as never, "towers").config.subject).toBe("own");
  });

  it("marks the weights of layers that an object holds which is no layer", () => {
    const marked = (name: keyof typeof scripts) =>
      JSON.stringify(captured(name).program.model).split('"untracked":true').length - 1;

    expect(marked("unknownLayers")).toBe(2);
    expect(marked("knownLayers")).toBe(0);
  });

  it("gives each output by name its own loss and targets", () => {
    const { arrays, program } = captured("outputs");
    const losses = program.compile?.loss as string[];
    const ofZero = arrays.y.findIndex(({ values }) => values.every((one) => one === 0));

    expect(losses[ofZero]).toBe("mse");
    expect(losses[1 - ofZero]).toBe("mae");
  });

  it("reads compute_loss, and penalties where it asks for them alone", () => {
    expect(lossOf("computed")).toBe("mean_absolute_error");
    expect(lossOf("unpunished")).toBe("mean_absolute_error");
    expect(JSON.stringify(captured("computed").program.model)).toContain('"class_name":"L2"');
    expect(JSON.stringify(captured("unpunished").program.model)).not.toContain('"class_name":"L2"');
  });

  it("puts what a compute_loss makes of the inputs beside other targets", () => {
    expect(lossOf("rebuilt").config.graph).toBeDefined();
    expect(captured("rebuilt").arrays.y.map(({ shape }) => shape[1])).toEqual([12]);
    expect(captured("rebuilt").notes.join()).toContain("stand beside the targets");
    const loaded = loadProgram({ path: join(folder, "rebuilt") } as never, "rebuilt");
    expect(loaded.steps).toBeGreaterThan(0);
  });

  it("leaves out the outputs to which compile gives no loss", () => {
    const { arrays, program, notes } = captured("withoutLoss");

    expect(arrays.y.map(({ shape }) => shape[1])).toEqual([1, 2]);
    expect(program.compile).toMatchObject({ loss: ["mse", "mae"], loss_weights: [1, 0.5] });
    expect(notes.join()).toContain("no loss to some of the outputs");
  });

  it("keeps each input in its place beside outputs that are left out, whatever the order of their names", async () => {
    const { arrays } = captured("withoutLossByName");

    expect(arrays.x.map(({ shape }) => shape[1])).toEqual([6, 2]);
    expect(
      loadProgram({ path: join(folder, "withoutLossByName") } as never, "withoutLossByName").steps,
    ).toBeGreaterThan(0);
  });

  it("takes a weight for each example, one for each of its steps, and the steps that a mask shows", () => {
    const { arrays, notes } = captured("maskedSteps");

    expect(captured("stepWeights").arrays.sampleWeights.map(({ shape }) => shape)).toEqual([[96, 3]]);
    expect(captured("evenWeights").arrays.sampleWeights.map(({ shape }) => shape)).toEqual([[96]]);
    expect(arrays.shown?.map(({ shape }) => shape)).toEqual([[96, 3]]);
    expect([...(arrays.shown?.[0]?.values.subarray(0, 6) ?? [])]).toEqual([1, 1, 0, 1, 1, 0]);
    expect(notes.join()).not.toContain("mask");
  });

  it("takes the number of steps that an input leaves open from the examples", () => {
    const { topology } = translateProgram(captured("openSteps").program);

    expect(JSON.stringify(topology)).toContain("TracedLayer");
  });

  it("says of a layer that makes another one in its call that nothing trains it", () => {
    expect(() => translateProgram(captured("layerInCall").program)).toThrow(
      "it makes weights anew in each call, as a layer that is made in call() does, so that nothing ever trains them",
    );
  });

  it("hands no mask on where an operation is written on tensors", () => {
    const kindsOf = (name: "maskedSum" | "plainSum") =>
      JSON.stringify(translateProgram(captured(name).program).topology).match(/"class_name":"[A-Za-z]+"/g) ??
      [];

    expect(kindsOf("maskedSum").join()).toContain("TracedLayer");
    expect(kindsOf("plainSum").join()).not.toContain("TracedLayer");
  });

  it("makes targets of what an endpoint takes", () => {
    const { arrays, program, notes } = captured("endpoint");

    expect(arrays.x.map(({ shape }) => shape)).toEqual([[96, 6]]);
    expect(new Set(arrays.y[0]?.values)).toEqual(new Set([0, 1]));
    expect(JSON.stringify(program.model)).not.toContain("End");
    expect(notes.join()).toContain("End adds the loss from the targets");
    expect(lossOf("endpoint")).toEqual({ class_name: "BinaryCrossentropy", config: { from_logits: true } });
  });

  it("sees rows that a tape's block takes out of a table", () => {
    const { arrays, program } = captured("slices");

    expect(arrays.y[0]?.shape).toEqual([96, 1]);
    expect(program.fit?.call).toBe("GradientTape");
  });

  it("computes an operation that bears the name of a layer, and a sum of losses", () => {
    expect(lossOf("reshaped").config).toMatchObject({ adds: true });
    expect(() => loadProgram({ path: join(folder, "reshaped") } as never, "reshaped")).not.toThrow();
    expect(readFileSync(join(folder, "reshaped", "program.json"), "utf8")).toContain('"Reshape"');
  });
});
