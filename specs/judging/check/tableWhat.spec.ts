import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";

const HOUSES = "fixtures/tables/houses.csv";
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "learnproof-table-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A table with a number in each row and this target. */
function tableOf(
  targets: readonly unknown[],
  name = `${targets.length}-${targets.join("").length}.csv`,
): string {
  const path = join(folder, name);
  const rows = targets.map((target, row) => `${row},${row % 7},${target}`);
  writeFileSync(path, `a,b,y\n${rows.join("\n")}\n`);
  return path;
}
const repeated = (values: readonly unknown[], times = 30) =>
  Array.from({ length: times }, () => values).flat();

describe("a table that a command names", () => {
  test("is learnt as numbers from every other column of numbers, and says what it was taken for", async () => {
    const { what, config, notes } = await readWhat(HOUSES, { target: "price" });

    expect(what).toEqual({ kind: "table", name: "houses.csv" });
    expect(config).toMatchObject({
      subject: "table",
      model: { outputActivation: "linear" },
      data: { targets: ["price"], inputs: ["rooms", "age", "garden"], classification: false },
      training: { loss: { name: "mse" } },
    });
    expect(notes).toEqual([
      "took price for a regression, because it holds more than 20 different numbers; change it with --task classification",
      "left out heating, which holds words",
    ]);
  });

  test("is learnt as classes where the column holds words, with the loss that belongs to them", async () => {
    const path = tableOf(repeated(["gas", "oil", "wood"]), "words.csv");

    const { config, notes } = await readWhat(path, { target: "y" });

    expect(config).toMatchObject({
      model: { outputActivation: "softmax" },
      data: { targets: ["y"], classification: true },
      training: { loss: { name: "categoricalCrossentropy" } },
    });
    expect(notes[0]).toContain("took y for a classification, because it holds words");
  });

  test.each([
    [repeated([0, 1]), "classification"],
    [repeated([1, 2]), "classification"],
    [repeated(["yes", "no"]), "classification"],
    [repeated([0, 1, 2, 3]), "classification"],
    [repeated([1, 2, 3, 4]), "regression"],
    [repeated([0, 1, 2.5]), "regression"],
    [[...repeated([0.5, 1.5, 7]), "", "NA"], "regression"],
    [Array.from({ length: 21 }, (_, row) => row), "regression"],
  ])("with the targets %j is a %s", async (targets, task) => {
    const path = tableOf(targets, `${task}-${JSON.stringify(targets).length}.csv`);

    // Missing cells are refused when the examples are read, and not before.
    const { config } = await readWhat(path, { target: "y" });

    expect(config.data).toMatchObject({ classification: task === "classification" });
  });

  test("takes two classes for one output, with the loss and activation that belong to it", async () => {
    const { config } = await readWhat(tableOf(repeated(["yes", "no"]), "two.csv"), { target: "y" });

    expect(config).toMatchObject({
      model: { outputActivation: "sigmoid" },
      training: { loss: { name: "binaryCrossentropy" } },
    });
  });

  test("follows --task, --loss, --inputs and --exclude", async () => {
    const path = tableOf(repeated([0, 1, 2]), "options.csv");

    const regression = await readWhat(path, { target: "y", task: "regression", loss: "mae", exclude: "b" });
    const named = await readWhat(path, { target: "y,b", inputs: "a" });

    expect(regression.config).toMatchObject({
      data: { inputs: ["a"], classification: false },
      training: { loss: { name: "mae" } },
    });
    expect(regression.notes).toEqual([]);
    expect(named.config.data).toMatchObject({ targets: ["y", "b"], inputs: ["a"], classification: false });
    expect(named.notes).toEqual(["took y, b for a regression, because classes are a single column"]);
  });

  test.each([
    [{}, "--target: must name the column of houses.csv to predict, such as --target price"],
    [{ target: "pirce" }, "--target: must name columns of the file (did you mean price?): rooms, age"],
    [{ target: "price", exclude: "roms" }, "--exclude: must name columns of the file (did you mean rooms?)"],
    [{ target: "price", inputs: "x" }, "--inputs: must name columns of the file"],
    [{ target: "price", exclude: "rooms,age,garden,heating" }, "--exclude: must leave a column"],
    [{ target: "price", exclude: "rooms,age,garden" }, "--inputs: must leave a column of numbers"],
    [
      { target: "price", task: "clasification" },
      "--task: must be regression or classification (did you mean",
    ],
    [{ target: "price", loss: "mze" }, "training.loss"],
  ])("with the options %j is refused in a sentence", async (options, message) => {
    await expect(readWhat(HOUSES, options)).rejects.toThrow(message);
  });
});
