import { join } from "node:path";
import { expect, it } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import type { CapturedProgram } from "../../../src/learning/keras/program/capturedFile.ts";
import { programOf } from "../../../src/learning/keras/program/loadProgram.ts";
import { changeArgument, describeEdit } from "../../../src/learning/keras/words/edit.ts";
import { editsFor } from "../../../src/learning/keras/words/edits.ts";

async function editsOf(name: string, change: Record<string, unknown>) {
  const { config } = await readWhat(join("fixtures", "keras", "captured", name));
  const { captured } = programOf(config) as { captured: CapturedProgram };
  const changed = changeConfig(config, change)?.config as OwnConfig;
  return editsFor(captured, config as OwnConfig, changed);
}

it("gives a change of the learning rate as the argument of the optimizer, where it was made", async () => {
  const [edit, ...others] = await editsOf("deadOutput", { "training.optimizer.learningRate": 0.001 });
  expect(others).toEqual([]);
  expect(edit).toMatchObject({
    argument: "learning_rate",
    value: "0.001",
    source: { file: "deadOutput.py", line: 21 },
    replace: { find: "learning_rate=0.01", with: "learning_rate=0.001" },
  });
});

it("makes an object of an optimizer that the script names by a word", async () => {
  const [edit] = await editsOf("denseRegression", { "training.optimizer.learningRate": 0.01 });
  expect(edit?.replace).toEqual({ find: '"adam"', with: "keras.optimizers.Adam(learning_rate=0.01)" });
});

it("shuffles a table by an argument of fit, and what has an order of its own where it is made", async () => {
  const { config } = await readWhat(join("fixtures", "keras", "captured", "deadOutput"));
  const { captured } = programOf(config) as { captured: CapturedProgram };
  const inOrder = changeConfig(config, { "training.shuffle": false })?.config as OwnConfig;
  const shuffled = changeConfig(inOrder, { "training.shuffle": true })?.config as OwnConfig;
  const editOf = (isTable: boolean) => {
    const { program } = captured;
    const own = { ...captured, program: { ...program, fit: { ...program.fit, isTable, examples: 64 } } };
    return editsFor(own, inOrder, shuffled).map(describeEdit)[0];
  };
  expect(editOf(true)).toContain("shuffle=True");
  expect(editOf(false)).toContain(
    "a shuffle of all rows for each epoch, such as dataset.shuffle(64) before batch",
  );
  expect(editOf(false)).not.toContain("shuffle=True");
});

it("gives changes of layers with their names and lines", async () => {
  const [output] = await editsOf("deadOutput", { "model.outputActivation": "linear" });
  expect(output).toMatchObject({
    layer: "price",
    replace: { find: 'activation="relu"', with: 'activation="linear"' },
  });
  const [hidden] = await editsOf("deadOutput", { "model.activation": "elu" });
  expect(hidden).toMatchObject({ layer: "dense", replace: { with: 'activation="elu"' } });
  const [wide] = await editsOf("denseRegression", { "model.width": 2 });
  expect(wide).toMatchObject({ argument: "units", replace: { find: "Dense(16", with: "Dense(32" } });
});

it("changes the call of each layer where one line makes several", async () => {
  const { config } = await readWhat(join("fixtures", "keras", "captured", "deadOutput"));
  const { captured } = programOf(config) as { captured: CapturedProgram };
  const text = 'layers = [Dense(16, activation="relu"), Dense(1, activation="relu")]';
  const names = Object.keys(captured.source.layers ?? {});
  const own = (line: string) => ({
    ...captured,
    source: {
      ...captured.source,
      layers: Object.fromEntries(names.map((name) => [name, { file: "deadOutput.py", line: 3, text: line }])),
    },
  });
  const changed = changeConfig(config, { "model.outputActivation": "linear" })?.config as OwnConfig;
  const [edit] = editsFor(own(text), config as OwnConfig, changed);
  expect(edit?.replace).toEqual({
    find: 'Dense(1, activation="relu")',
    with: 'Dense(1, activation="linear")',
  });
  const loop = 'for size in sizes: model.add(Dense(size, activation="relu"))';
  const [whole] = editsFor(own(loop), config as OwnConfig, changed);
  expect(whole?.replace?.find).toBe('activation="relu"');
});

it("gives changes of the training and of the data at fit", async () => {
  const { config } = await readWhat(join("fixtures", "keras", "captured", "deadOutput"));
  const [longer] = await editsOf("deadOutput", { "training.steps": 3 * config.training.steps });
  expect(longer).toMatchObject({ replace: { find: "epochs=60", with: "epochs=180" } });
  const [scaled] = await editsOf("deadOutput", { "data.standardiseInputs": true });
  expect(scaled && describeEdit(scaled)).toBe(
    "deadOutput.py:22: add x = StandardScaler().fit_transform(x) before model.fit(x, y, epochs=60, batch_size=16, verbose=0)",
  );
  const [shuffled] = await editsOf("deadOutput", { "data.resplit": true });
  expect(shuffled && describeEdit(shuffled)).toMatch(
    /^deadOutput.py:22: add order = np.random.permutation[(]len[(]x[)][)]; x, y = x.order., y.order. before model.fit/,
  );
});

it.each([
  [
    "compile('mse', SGD(lr=0.1, decay=0))",
    "SGD",
    "clipnorm",
    "compile('mse', SGD(lr=0.1, decay=0, clipnorm=1))",
  ],
  ["opt = Adam()", "Adam", "clipnorm", "opt = Adam(clipnorm=1)"],
  ["Adam(0.5, clipnorm=f(1, 2))", "Adam", "learning_rate", "Adam(1, clipnorm=f(1, 2))"],
  ["Adam( 1. / 100, name='a, b)')", "Adam", "learning_rate", "Adam(1, name='a, b)')"],
  ["Adam(1. / 100, name='a, b)')", "Adam", "clipnorm", "Adam(1. / 100, name='a, b)', clipnorm=1)"],
])("changes %s, a call of %s that does not name %s", (text, call, argument, changed) => {
  const { replace } = changeArgument(argument, "1", { source: { file: "a.py", line: 1, text }, call });
  expect(text.replace(replace?.find ?? "", replace?.with ?? "")).toBe(changed);
});

it("adds nothing where the argument may stand there without its name, or the call is not whole", () => {
  const change = (text: string) =>
    changeArgument("beta_1", "0.5", { source: { file: "a.py", line: 1, text }, call: "Adam" }).replace;
  expect([change("Adam(0.001, 0.9)"), change("Adam(0.001,"), change("opt = other()")]).toEqual([
    null,
    null,
    null,
  ]);
});

it.each([
  ["scale", "Rescaling(scale=1./255, offset=0)", "Rescaling(scale=1, offset=0)"],
  ["learning_rate", "Adam(learning_rate=1e-3 * BATCH / 32)", "Adam(learning_rate=1)"],
  ["learning_rate", "Adam(learning_rate=rates['low'][0], beta_1=0.9)", "Adam(learning_rate=1, beta_1=0.9)"],
  [
    "epochs",
    "fit(x, y, epochs=len(rows) // (2 if quick else 1), verbose=0)",
    "fit(x, y, epochs=1, verbose=0)",
  ],
  ["batch_size", "fit(x, y, batch_size=size if size < 64 else 64)", "fit(x, y, batch_size=1)"],
  [
    "loss",
    "compile(loss=lambda a, b=(0, 1): f(a, b), optimizer='adam')",
    "compile(loss=1, optimizer='adam')",
  ],
  [
    "kernel_regularizer",
    "Dense(4, kernel_regularizer=l2(float(c[1])), name='a')",
    "Dense(4, kernel_regularizer=1, name='a')",
  ],
  [
    "kernel_initializer",
    "Dense(4, kernel_initializer='he' + 'Normal)', name='b')",
    "Dense(4, kernel_initializer=1, name='b')",
  ],
  ["epochs", "fit(x, y, batch_size=8, epochs=2 *", "fit(x, y, batch_size=8, epochs=2 *"],
  ["rate", "Dropout(opt.rate == 3, rate=-0.5)", "Dropout(opt.rate == 3, rate=1)"],
])("replaces the whole expression that %s has in %s", (argument, text, changed) => {
  const { replace } = changeArgument(argument, "1", { source: { file: "a.py", line: 1, text } });
  expect(text.replace(replace?.find ?? "", replace?.with ?? "")).toBe(changed);
});

it("finds an argument under its name of 2016, and says what to set where it is not written", () => {
  const source = { file: "a.py", line: 3, text: "sgd = SGD(lr=0.01, momentum=0.9)" };
  expect(changeArgument("learning_rate", "0.1", { source }).replace).toEqual({
    find: "lr=0.01",
    with: "lr=0.1",
  });
  const unwritten = changeArgument("clipnorm", "1", { source });
  expect(unwritten.replace).toBeNull();
  expect(describeEdit(unwritten)).toBe("a.py:3: set clipnorm=1 in sgd = SGD(lr=0.01, momentum=0.9)");
});

it.each([
  ["Rescaling(1. / 255)", "Rescaling(1.0)"],
  ["layers.Rescaling(scale=1./255, input_shape=(8, 8, 1))", "layers.Rescaling(1.0, input_shape=(8, 8, 1))"],
  ["Rescaling(1 / 127.5, offset=-1)", "Rescaling(1.0)"],
  ["Rescaling(1 / 127.5, -1, name='scale')", "Rescaling(1.0, name='scale')"],
  ["Rescaling(offset=-1. / 2, scale=1 / 127.5, name='scale')", "Rescaling(1.0, name='scale')"],
  ["Rescaling(1 / 127.5, -1 + 0.5)", "Rescaling(1.0)"],
  ["Rescaling(factor_of(images))", "Rescaling(1.0)"],
  ["Rescaling(factor_of(", null],
])("lets %s hand its inputs on as they are", async (text, changed) => {
  const { config } = await readWhat(join("fixtures", "keras", "captured", "deadOutput"));
  const { captured } = programOf(config) as { captured: CapturedProgram };
  const layer = (kind: string, more: object) => ({ class_name: kind, config: { name: kind, ...more } });
  const rescaled = {
    program: { model: { config: { layers: [layer("Rescaling", {}), layer("Dense", { units: 1 })] } } },
    source: { layers: { Rescaling: { file: "a.py", line: 1, text } } },
  };
  const after = changeConfig(config, { "rework.rescaling": false })?.config as OwnConfig;
  const [edit, ...others] = editsFor(
    { ...captured, ...rescaled } as unknown as CapturedProgram,
    config as OwnConfig,
    after,
  );

  expect(others).toEqual([]);
  expect(edit).toMatchObject({ argument: "scale", value: "1.0", layer: "Rescaling" });
  expect(edit?.replace ? text.replace(edit.replace.find, edit.replace.with) : null).toBe(changed);
});

it("takes out of fit what ends learning, and evens the classes", async () => {
  const said = async (name: string, change: Record<string, unknown>) =>
    (await editsOf(name, change)).map(describeEdit).join("; ");

  expect(await said("scheduled", { "training.earlyStopping": null })).toMatch(
    /^scheduled.py:\d+: leave EarlyStopping out of the callbacks in model.fit/,
  );
  expect(await said("deadOutput", { "data.evenClasses": true })).toMatch(
    /set sample_weight=compute_sample_weight[(]"balanced", y[)] in model.fit/,
  );
  expect(await said("deadOutput", { "training.steps": 1 })).not.toContain("callbacks");
});

it("exchanges the arguments in the line that defines a loss", async () => {
  const [edit, ...others] = await editsOf("climbingLoss", { "rework.turnLoss": true });
  expect(others).toEqual([]);
  expect(edit).toMatchObject({ source: { file: "climbingLoss.py" } });
  expect(edit?.replace).toEqual({ find: "y_true, y_pred", with: "y_pred, y_true" });
});
