// Attacks with drawn input: whatever a file holds, reading it gives a value or one InputError in one clean sentence, and
// a writer that is killed leaves the old file or the new one.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, inject, test } from "vitest";
import { readTable } from "../../../src/foundation/files/table/readTable.ts";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { readSavedModel } from "../../../src/foundation/savedModel/savedModelFile.ts";
import { readCapsule } from "../../../src/keeping/capsule/capsule.ts";
import { readBaselines } from "../../../src/keeping/gate/readBaselines.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { mutatedJson, mutatedText } from "../mutate.ts";

const HOUR_MS = 3_600_000;
const MAX_SENTENCE = 1500;
const { campaign, part } = inject("part");
const draw = { seed: 1000 * campaign + part, numRuns: 2000 };

const folder = mkdtempSync(join(tmpdir(), "attacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Control characters, marks that turn the reading direction round, and what JavaScript engines say of a mistake. */
const UNCLEAN =
  /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|Cannot (?:read|set) propert|is not a function/u;

/** Runs a reader. @throws {Error} where it fails in another way than by one clean sentence. */
async function mustAnswer(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (UNCLEAN.test(error.message)) throw new Error(`unclean: ${JSON.stringify(error.message)}`);
    if (error.message.length > MAX_SENTENCE) throw new Error(`${error.message.length} characters`);
  }
}

function attack<Value>(name: string, values: fc.Arbitrary<Value>, read: (value: Value) => unknown): void {
  test(`${name}, campaign ${campaign}`, { timeout: HOUR_MS }, () =>
    fc.assert(
      fc.asyncProperty(values, (value) => mustAnswer(() => read(value))),
      draw,
    ),
  );
}

function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const configs = readdirSync("fixtures/configs").map((name) => json(join("fixtures/configs", name)));
const capsule = readFileSync("fixtures/capsules/dead-relu-units.json", "utf8");
const baseline = readFileSync("fixtures/baselines/wasm/dense.json", "utf8");
const houses = readFileSync("fixtures/tables/houses.csv", "utf8");
const model = {
  format: "layers-model",
  modelTopology: {
    class_name: "Sequential",
    config: {
      name: "s",
      layers: [{ class_name: "Dense", config: { name: "d", units: 1, batch_input_shape: [null, 2] } }],
    },
  },
  weightsManifest: [{ paths: ["w.bin"], weights: [{ name: "d/kernel", shape: [2, 1], dtype: "float32" }] }],
};

attack("configs with one part changed", fc.constantFrom(...configs).chain(mutatedJson), parseConfig);
attack("configs of any JSON", fc.json({ maxDepth: 6 }), (text) => parseConfig(JSON.parse(text)));
attack("capsules with a piece of text changed", mutatedText(capsule), (text) =>
  readCapsule(put("capsule.json", text)),
);
attack("capsules with one part changed", mutatedJson(JSON.parse(capsule)), (value) =>
  readCapsule(put("capsule.json", JSON.stringify(value))),
);
attack("tables with a piece of text changed", mutatedText(houses), (text) =>
  readTable(put("table.csv", text)),
);
attack("saved models with one part changed", mutatedJson(model), (value) => {
  writeFileSync(join(folder, "w.bin"), new Uint8Array(8));
  return readSavedModel(put("model.json", JSON.stringify(value)));
});
attack("baselines with one part changed", mutatedJson(JSON.parse(baseline)), (value) => {
  mkdirSync(join(folder, "wasm"), { recursive: true });
  put(join("wasm", "dense.json"), JSON.stringify(value));
  return readBaselines(folder, "wasm");
});

test(`a writer that is killed leaves a whole file, campaign ${campaign}`, { timeout: HOUR_MS }, () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 120 }), async (milliseconds) => {
      const [old, next] = ["o".repeat(200_000), "n".repeat(200_000)];
      const path = put("written.txt", old);
      const module = JSON.stringify(resolve("src/foundation/files/writeWhole.ts"));
      const program = `const { writeWhole } = await import(${module}); console.log("ready"); for (;;) await writeWhole(${JSON.stringify(path)}, "n".repeat(200_000));`;
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await once(child.stdout, "data");
      await new Promise((done) => setTimeout(done, milliseconds));
      child.kill("SIGKILL");
      await once(child, "exit");
      const text = readFileSync(path, "utf8");
      if (text !== old && text !== next) throw new Error(`torn: ${text.length} characters`);
    }),
    { ...draw, numRuns: 10 },
  ),
);
