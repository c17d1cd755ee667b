// Scripts that train weights again, or by the side of others, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readLaterFit } from "../../../src/learning/keras/program/readAsked.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-turns-"));
const MINUTE = 60_000;

const START = `
import numpy as np
import keras
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
y = x[:, :1] * 0.5
def net(inputs, outputs):
    return keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(outputs)])
`;

const FIT_TWICE = `${START}
model = net(4, 1)
model.compile("adam", "mse")
model.fit(x[:32], y[:32], epochs=2, verbose=0)
model.evaluate(x[32:], -y[32:], verbose=0)
model.compile("sgd", "mse")
`;

/** A judge, and a model that holds it behind another; the judge's flag is turned on and off in the loop where asked. */
const turns = (on: string, off: string) => `${START}
judge = net(4, 1)
judge.compile("adam", "mse")
judge.trainable = False
end = keras.Input((2,))
both = keras.Model(end, judge(net(2, 4)(end)))
both.compile("adam", "mse")
for step in range(6):
    ${on}
    judge.train_on_batch(x, y)
    ${off}
    both.train_on_batch(x[:, :2], y)
`;

const ONE_MODEL = `${START}
model = net(4, 1)
base = model.layers[0]
base.trainable = False
model.compile("adam", "mse")
for step in range(6):
    model.train_on_batch(x, y)
    CHANGE
`;

/** A walk that goes where its model says, or where chance does, and trains on the places behind it. */
const walk = (move: string, asks = "pass") => `${START}
model = net(2, 2)
model.compile("adam", "mse")
rng = np.random.default_rng(1)
for episode in range(8):
    place, seen, worth = np.zeros(2), [], []
    for step in range(8):
        at = place
        ${move}
        place = at + rng.normal(size=2) + [2 * go - 1, 0]
        seen.append(at)
        worth.append([place[0] - go, go - place[0]])
    ${asks}
    model.train_on_batch(np.array(seen), np.array(worth))
`;
const BY_CHANCE = "go = int(rng.integers(2))";

const scripts = {
  acting: walk("go = int(np.argmax(model.predict_on_batch(at[None])[0]))"),
  actingByCalls: walk("go = int(np.argmax(model(at[None])[0]))"),
  byChance: walk(BY_CHANCE),
  looksAtItsRows: walk(BY_CHANCE, "model.predict_on_batch(np.array(seen))"),
  looksAtOthers: walk(BY_CHANCE, "for one in x[:8, :2]: model.predict_on_batch(one[None])"),
  measuredBetween: `${FIT_TWICE}model.fit(x[32:], -y[32:], epochs=2, verbose=0)\n`,
  sameRowsAgain: `${FIT_TWICE}model.fit(x[:32], y[:32], epochs=2, verbose=0)\n`,
  againstEachOther: turns("judge.trainable = True", "judge.trainable = False"),
  idleJudge: turns("pass", "pass"),
  pretrained: turns("judge.trainable = True", "break").replace("    both.train", "both.train"),
  thawedAtTheEnd: ONE_MODEL.replace("CHANGE", "base.trainable = True"),
  thawedAndCompiled: ONE_MODEL.replace(
    "CHANGE",
    'if step == 2:\n        base.trainable = True\n        model.compile("adam", "mse")',
  ),
  offAsAWhole: `${START}
model = net(4, 1)
model.trainable = False
model.layers[-1].trainable = True
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
`,
  baseOff: `${START}
base = net(4, 8)
base.trainable = False
base.layers[-1].trainable = True
model = keras.Sequential([base, keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
`,
  fitInTurns: `${turns("pass", "pass").replace(/train_on_batch\((.*)\)/g, "fit($1, verbose=0)")}`,
};

type Name = keyof typeof scripts;
const layersOf = (name: Name) => JSON.stringify(readCaptured(join(folder, name)).program.model);
const questionsOf = (name: Name) => readCaptured(join(folder, name)).arrays.asked ?? [];

describe.skipIf(isWithoutKeras)(`weights that are trained more than once${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, scripts), 8 * MINUTE);

  it("leaves out what was asked before other rows train the same weights", () => {
    expect(questionsOf("measuredBetween")).toEqual([]);
    expect(readLaterFit(join(folder, "measuredBetween"))?.fit).toBe(2);
  });

  it("keeps it where the same rows train them again: the twin", () => {
    expect(questionsOf("sameRowsAgain").map(({ call }) => call)).toEqual(["evaluate"]);
  });

  it("refuses a loop that trains two models in turns, one of which holds the other", () => {
    const { message } = JSON.parse(readFileSync(join(folder, "againstEachOther.json"), "utf8"));
    expect(message).toMatch(/trains functional\w* by what sequential\w* answers.*against each other/);
  });

  it("captures the loop of a model of which no weight is trained, and of one that is trained no more", () => {
    expect(layersOf("idleJudge")).toContain('"trainable":false');
    expect(layersOf("pretrained")).not.toContain('"trainable":false');
  });

  it("takes the layers to train from the first call, or from the first one behind a compile", () => {
    expect(layersOf("thawedAtTheEnd")).toContain('"trainable":false');
    expect(layersOf("thawedAndCompiled")).not.toContain('"trainable":false');
  });

  it("takes every layer of a model that is off as a whole for frozen, and no layer that is on within an inner one", () => {
    const countsOf = (name: Name) =>
      layersOf(name).match(/"trainable":(true|false),"dtype":\{[^}]*\}[^}]*\},"units"/g);
    expect(countsOf("offAsAWhole")?.filter((one) => one.includes(":true"))).toEqual([]);
    expect(countsOf("baseOff")?.filter((one) => one.includes(":true"))).toHaveLength(2);
  });

  it.each(["acting", "actingByCalls"] as const)("refuses an agent that acts by the answers: %s", (name) => {
    const { message } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    expect(message).toMatch(
      /trains on rows about which it asked a model step by step before, as an agent does/,
    );
  });

  it.each(["byChance", "looksAtItsRows", "looksAtOthers"] as const)(
    "captures a loop whose rows are no doing of the model, whatever it asks: %s",
    (name) => expect(layersOf(name)).toContain('"trainable":true'),
  );

  it("takes no training for the later one that goes on in turns with the first", () => {
    expect(readLaterFit(join(folder, "fitInTurns"))).toBeNull();
  });
});
