// Skipped where TensorFlow's library is not installed: `npm run build-tensorflow` builds it.

import { afterAll, describe, expect, test } from "vitest";
import { compareEngines } from "../../../src/lab/engines/compareEngines.ts";
import { smallSubjects } from "../../../src/lab/engines/smallSubjects.ts";
import { engines } from "../../../src/learning/engine/engines.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const missing = await engines.tensorflow.whyUnavailable();

describe.skipIf(missing !== null)("tensorflow beside wasm", () => {
  afterAll(() => startEngineUnderTest());

  test("keeps and breaks the same laws, and computes the same gradients within the tolerance", async () => {
    const parity = await compareEngines(smallSubjects(1), ["tensorflow", "wasm"], {
      sampling: { rounds: 1, sampleMs: 1 },
    });

    expect(parity).toMatchObject({ agree: true, missing: [] });
    const verdicts = parity.comparisons.map(({ results }) => results.map(({ check }) => check.verdict));
    expect(verdicts).toEqual([
      ["learns", "learns"],
      ["collapsed", "collapsed"],
    ]);
    for (const { results } of parity.comparisons) expect(results[0]?.gradientDifference).toBeGreaterThan(0);
  });
});
