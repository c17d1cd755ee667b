// Runs the scripts of fixtures/keras with the Python that LEARNPROOF_PYTHON names. Without one, nothing here can run.

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { runCli } from "../../cli/runCli.ts";
import { captureAll } from "./captureScripts.ts";
import { spellings } from "./spellings.ts";

const python = process.env.LEARNPROOF_PYTHON ?? "";
const scripts = resolve("fixtures", "keras");
const folder = mkdtempSync(join(tmpdir(), "learnproof-scripts-"));
const written = join(folder, "spellings");

const why = python === "" ? " (skipped: LEARNPROOF_PYTHON names no Python with Keras)" : "";

function classOf(object: unknown): string | undefined {
  return (object as { class_name?: string } | undefined)?.class_name;
}

/** What each script trains: its layers with weights, loss, optimizer, batch size, epochs and examples. */
const expected: Readonly<Record<string, readonly [string[], string, string, number, number, number]>> = {
  autoencoder: [["Dense", "Dense"], "mse", "Adam", 25, 200, 100],
  binary: [["Dense", "Dense"], "binary_crossentropy", "SGD", 16, 30, 160],
  broadcastLoss: [["Dense", "Dense"], "TracedLoss", "Adam", 16, 20, 128],
  climbingLoss: [["Dense", "Dense"], "TracedLoss", "Adam", 16, 20, 128],
  cnn: [["Conv2D", "BatchNormalization", "Dense"], "sparse_categorical_crossentropy", "Adam", 16, 15, 80],
  deadOutput: [["Dense", "Dense"], "mse", "Adam", 16, 60, 64],
  denseRegression: [["Dense", "Dense"], "mean_squared_error", "Adam", 20, 60, 200],
  embedding: [["Embedding", "Dense"], "binary_crossentropy", "Adam", 32, 60, 150],
  functional: [["Dense", "Dense", "Dense"], "mse", "Adam", 32, 100, 100],
  generator: [["Dense", "Dense"], "mse", "SGD", 16, 40, 1024],
  gru: [["GRU", "GRU", "Dense"], "mae", "Adam", 32, 10, 120],
  lstm: [["LSTM", "Dense"], "mse", "Adam", 20, 20, 180],
  mergedBranches: [["Dense", "Dense", "Dense"], "mse", "Adam", 32, 10, 60],
  multiClass: [["Dense", "Dense"], "categorical_crossentropy", "RMSprop", 15, 25, 150],
  plots: [["Dense", "Dense"], "mse", "Adam", 32, 7, 64],
  python2: [["Dense", "Dense"], "categorical_crossentropy", "Adadelta", 10, 20, 90],
  question2016: [["Conv2D", "Conv2D", "Dense", "Dense"], "mse", "SGD", 32, 50, 60],
  questionToday: [["Conv2D", "Conv2D", "Dense", "Dense"], "mse", "Adam", 32, 50, 60],
  scheduled: [["Dense", "Dense"], "mse", "SGD", 32, 10, 128],
  sklearnWrapper: [["Dense", "Dense"], "mean_squared_error", "Adam", 5, 20, 48],
  sparseClasses: [["Dense", "Dense"], "SparseCategoricalCrossentropy", "Adam", 32, 20, 160],
  subclassed: [["Dense", "Dense"], "mse", "Adam", 32, 30, 100],
  tfData: [["Dense", "Dense"], "Huber", "Adam", 24, 60, 96],
  weightedLoss: [["Dense", "Scaled", "Dense"], "TracedLoss", "Adam", 16, 60, 128],
  trainOnBatch: [["Dense", "Dense"], "mse", "SGD", 8, 1, 160],
};

describe.runIf(python !== "")("Keras scripts", () => {
  beforeAll(() => {
    const names = readdirSync(scripts).filter((name) => name.endsWith(".py"));
    captureAll(
      scripts,
      folder,
      names.map((name) => basename(name, ".py")),
    );
    mkdirSync(written);
    for (const [name, { script }] of Object.entries(spellings))
      writeFileSync(join(written, `${name}.py`), script);
    captureAll(written, folder, Object.keys(spellings));
  });

  it.each(Object.entries(expected))(
    "captures what %s trains",
    (name, [layers, loss, optimizer, batch, epochs, rows]) => {
      const { program, arrays, source } = readCaptured(join(folder, name));
      const config = program.model.config as { layers: { class_name: string; config: { name: string } }[] };
      const weights = new Set(Object.keys(program.weights ?? {}).map((weight) => weight.split("/")[0]));
      const weighty = config.layers.filter(({ config }) => weights.has(config.name));
      expect(weighty.map(({ class_name }) => class_name)).toEqual(layers);
      const { compile, fit } = program;
      const written = typeof compile?.loss === "string" ? compile.loss : classOf(compile?.loss);
      expect(written).toBe(loss);
      expect(classOf(compile?.optimizer)).toBe(optimizer);
      expect([fit?.batch_size, fit?.epochs, arrays.x[0]?.shape[0]]).toEqual([batch, epochs, rows]);
      const line = readFileSync(join(scripts, `${name}.py`), "utf8").split("\n")[(source.fit?.line ?? 0) - 1];
      expect(line).toMatch(/\.fit|train_on_batch|cross_val_score/);
    },
  );

  it("says why there is nothing to capture, with the place in the script", () => {
    const failure = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    expect(failure("neverTrains")).toMatchObject({ code: "no-training", place: null });
    expect(failure("failsByItself")).toMatchObject({
      code: "script-failed",
      place: { file: "failsByItself.py", line: 5, text: "y = x[:, 2]" },
    });
    expect(failure("failsByItself").message).toContain("IndexError: index 2 is out of bounds");
    expect(failure("failsByAName")).toMatchObject({
      code: "script-failed",
      place: { file: "failsByAName.py", line: 5, text: "print(names[kind])" },
    });
  });

  it("keeps the rate that fell by itself in Keras 2, and the weights in the order of get_weights", () => {
    const { program } = readCaptured(join(folder, "question2016"));
    expect(program.compile?.optimizer).toMatchObject({
      config: { decay: 1e-6, learning_rate: 0.01, momentum: 0.9 },
    });
    const [first] = (
      program.model.config as { layers: { class_name: string; config: { name: string } }[] }
    ).layers.filter(({ class_name }) => class_name === "Conv2D");
    const name = first?.config.name ?? "";
    expect(program.weights?.[`${name}/0`]?.shape).toEqual([5, 5, 1, 8]);
    expect(program.weights?.[`${name}/1`]?.shape).toEqual([8]);
  });

  it.each(Object.entries(spellings).filter(([, { refused }]) => !refused))("reads %s", (name, expected) => {
    const { program, arrays, notes } = readCaptured(join(folder, name));
    if (expected.x) expect(arrays.x[0]?.shape).toEqual(expected.x);
    const loss = { loss: program.compile?.loss };
    if (expected.loss) expect(loss).toMatchObject({ loss: expected.loss });
    if (expected.optimizer) expect(program.compile?.optimizer).toMatchObject({ config: expected.optimizer });
    if (expected.note) expect(notes.join("\n")).toMatch(expected.note);
    const { layers } = program.model.config as { layers: { class_name: string; config: object }[] };
    const [className, settings = {}] = expected.layer ?? [];
    if (className) expect(layers.find((one) => one.class_name === className)?.config).toMatchObject(settings);
  });

  it.each(Object.entries(spellings).filter(([, { refused }]) => refused))(
    "says in one sentence why %s has nothing to capture",
    (name, { refused, why = /^/ }) => {
      const { code, message, place } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
      expect([code, place?.line ?? null]).toEqual(refused);
      expect(message).toMatch(/^[^\n]{30,700}$/);
      expect(message).toMatch(why);
      expect(message).not.toMatch(/[.!?]\s+[A-Z]/);
    },
  );

  it("says of the question's own program of 2016 that it learns nothing, why, and what to change in which line", async () => {
    const here = mkdtempSync(join(tmpdir(), "learnproof-question-"));
    cpSync(join(scripts, "question2016.py"), join(here, "question.py"));
    const checked = await runCli(["check", "question.py", "--json"], here);
    const result = JSON.parse(checked.stdout);
    expect(checked.code).toBe(1);
    expect(result).toMatchObject({
      verdict: "collapsed",
      what: { kind: "keras-script", name: "question.py" },
    });
    expect(result.cause.source.file).toBe("question.py");
    expect(result.cure.edits[0].source.line).toBeGreaterThan(1);
    expect(existsSync(join(here, ".learnproof", "question", "program.json"))).toBe(true);
  });

  it("judges a script that changes its working directory, and none that the budget ends before its fit", async () => {
    const here = mkdtempSync(join(tmpdir(), "learnproof-moves-"));
    writeFileSync(
      join(here, "moves.py"),
      `import os\nos.chdir("/")\n${spellings.oldArguments?.script ?? ""}`,
    );
    const early = await runCli(["check", "moves.py", "--budget", "0.5s", "--json"], here);
    expect(early.code).toBe(2);
    expect(JSON.parse(early.stdout).error).toMatchObject({ code: "budget-spent", field: "--budget" });
    expect(existsSync(join(here, ".learnproof", "moves"))).toBe(false);
    const { code, stdout } = await runCli(["check", "moves.py", "--budget", "1m", "--json"], here);
    expect([0, 1]).toContain(code);
    expect(JSON.parse(stdout).run.steps).toBeGreaterThan(0);
    expect(existsSync(join(here, ".learnproof", "moves", "program.json"))).toBe(true);
  });

  it("captures a script with its arguments, and refuses to write over another folder", async () => {
    const here = mkdtempSync(join(tmpdir(), "learnproof-capture-"));
    const script = join(scripts, "plots.py");
    const done = await runCli(["capture", script, "--out", "kept", "--json", "--", "--epochs", "9"], here);
    expect(JSON.parse(done.stdout)).toMatchObject({ captured: "kept", framework: "keras" });
    expect(readCaptured(join(here, "kept")).program.fit?.epochs).toBe(9);
    const without = await runCli(["capture", script, "--out", "kept"], here);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain("ends by itself with exit code 2 before it trains");
    writeFileSync(join(here, "file"), "");
    const over = await runCli(["capture", script, "--out", "."], here);
    expect(over.stderr).toContain("--out: must be a new folder");
  });
});

it.runIf(python === "")(`Keras scripts are not run${why}`, () => {
  expect(python).toBe("");
});
