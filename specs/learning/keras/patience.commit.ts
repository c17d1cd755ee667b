import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { captureScript } from "../../../src/learning/keras/capture/captureScript.ts";
import { captureScripts, isWithoutKeras, loadedPython, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-patience-"));
const MODEL = `import itertools, time
import numpy as np
import keras
x = np.arange(64.0).reshape(32, 2)
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
`;

function write(name: string, lines: string): string {
  const script = join(folder, `${name}.py`);
  writeFileSync(script, lines);
  return script;
}

describe.skipIf(isWithoutKeras)(
  `what a budget leaves to a script${whySkipped}`,
  () => {
    // Keras is loaded before any clock runs.
    beforeAll(() => captureScripts(folder, { brief: `${MODEL}model.fit(x, x[:, :1])\n` }));

    it("ends a script that has not reached its training call", async () => {
      const script = write("slow", "import time\ntime.sleep(3600)\n");
      await expect(captureScript(script, join(folder, "slow"), { seconds: 1 })).rejects.toThrow(
        "--budget: is spent before",
      );
    });

    it("watches a loop for a part of it, and goes on with what it saw", async () => {
      const endless =
        "for _ in itertools.count():\n    model.train_on_batch(x, x[:, :1])\n    time.sleep(0.01)\n";
      const script = write("endless", MODEL + endless);
      await captureScript(script, join(folder, "endless"), { python: loadedPython, seconds: 15 });
      const { notes } = JSON.parse(readFileSync(join(folder, "endless", "program.json"), "utf8"));
      const calls = Number(/watched for its first (\d+) calls/.exec(notes.join("\n"))?.[1]);
      expect(calls).toBeGreaterThan(0);
      expect(calls).toBeLessThan(10_000);
    });
  },
  120_000,
);
