import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import { resolveWhat } from "../../../src/judging/check/what/what.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { readKerasFile } from "../../../src/learning/keras/saved/kerasFile.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const saved = (name: string) => join("fixtures", "keras", "saved", name);
const data = saved("data.npz");
const folder = mkdtempSync(join(tmpdir(), "learnproof-saved-"));

beforeAll(async () => {
  await startEngineUnderTest();
});

it.each(["regression3.keras", "regression2.keras", "regression3.h5", "regression2.h5"])(
  "trains the model of %s with what it was compiled with",
  async (name) => {
    const resolved = await resolveWhat(saved(name), { data });
    expect(resolved.what).toEqual({ kind: "keras-model", name });
    expect(resolved.config).toMatchObject({
      data: { examples: 32, heldOut: 8 },
      training: { steps: 500, loss: { name: "mse" }, optimizer: { name: "adam" } },
    });
    const { verdict, run } = await trainAndDiagnose(resolved.subject, { thresholds: resolved.thresholds });
    expect(verdict).toBe("learns");
    expect(run.train.lossOverVariance).toBeLessThan(0.01);
  },
);

it("reads the same weights from the archive and from HDF5", () => {
  const archive = readKerasFile(saved("regression3.keras")).weights;
  expect(Object.keys(archive).sort()).toEqual(["hidden/0", "hidden/1", "out/0", "out/1"]);
  expect(archive["hidden/0"]?.shape).toEqual([3, 4]);
  expect(readKerasFile(saved("regression3.h5")).weights).toEqual(archive);
  expect(readKerasFile(saved("regression2.keras")).weights["hidden/0"]).not.toEqual(archive["hidden/0"]);
});

it("keeps a bidirectional layer's forward half before its backward half, as Keras does", () => {
  const { weights } = readKerasFile(saved("recurrent3.keras"));
  const shapes = Object.entries(weights).filter(([name]) => name.startsWith("bidirectional"));
  expect(shapes.map(([, { shape }]) => shape)).toEqual([[1, 8], [2, 8], [8], [1, 8], [2, 8], [8]]);
});

it("takes the loss that belongs to the last activation where the file does not say it", async () => {
  const { config, notes } = await readWhat(saved("regression3.json"), { data });
  expect(config.training.loss).toEqual({ name: "mse" });
  expect(notes.join()).toContain("the file does not say what the model was compiled with");
});

it("takes two .npy files, or the columns of a table", async () => {
  const arrays = unzipSync(readFileSync(data));
  const paths = ["x.npy", "y.npy"].map((name) => {
    writeFileSync(join(folder, name), arrays[name] as Uint8Array);
    return join(folder, name);
  });
  const pair = await readWhat(saved("regression3.h5"), { data: paths.join(",") });
  expect(pair.config.data).toMatchObject({ examples: 32, heldOut: 8 });
  const csv = join(folder, "table.csv");
  const rows = Array.from({ length: 12 }, (_, row) => `${row},${row % 3},${row % 5},${2 * row}`);
  writeFileSync(csv, `a,b,c,total\n${rows.join("\n")}\n`);
  const { config } = await readWhat(saved("regression3.h5"), { data: csv, target: "total" });
  expect(config.data).toMatchObject({ examples: 9, heldOut: 3 });
  await expect(readWhat(saved("regression3.h5"), { data: csv })).rejects.toThrow("--target: must name");
  await expect(readWhat(saved("regression3.h5"))).rejects.toThrow("--data: must be given");
});

it("runs no code of a file: a Lambda layer is refused by name", async () => {
  await expect(readWhat(saved("lambda.keras"), { data })).rejects.toThrow("twice: Lambda holds Python code");
});

it("refuses damaged files in a sentence", async () => {
  for (const name of ["regression3.keras", "regression3.h5"]) {
    const whole = readFileSync(saved(name));
    const path = join(folder, name);
    for (const length of [0, 3, 100, whole.length >> 1]) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(readWhat(path, { data }), `${name} ${length}`).rejects.toThrow(
        /must be a whole|must hold/,
      );
    }
  }
});
