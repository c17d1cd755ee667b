import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { ConfigChange } from "../../../src/keeping/gate/configChanges.ts";
import { describeGate } from "../../../src/keeping/gate/describeGate.ts";
import { madeUpRegression, madeUpResult } from "./madeUp.ts";

const STEERING = "\u009b31m\u202e\u0085\u2028";

function describeOne(name: string, configChanges: readonly ConfigChange[]): string {
  const subject = madeUpRegression({ name, configFile: `${name}.json`, configChanges });
  const kept = [
    { subject: name, seed: 1, path: `${name}-kept.json`, verdict: "stalled" as const, cause: null },
  ];
  return stripVTControlCharacters(describeGate(madeUpResult([subject], { kept })));
}

describe("a regression in a terminal", () => {
  test("names the fields of the config that changed, a missing one too", () => {
    const text = describeOne("tiny", [
      { field: "training.steps", baseline: "60", now: "6" },
      { field: "model.note", baseline: undefined, now: '"x"' },
    ]);

    expect(text).toContain('\n  training.steps: 60 → 6\n  model.note: nothing → "x"\n  Replay: ');
  });

  test("holds nothing that steers the terminal, wherever it comes from", () => {
    const text = describeOne(`a${STEERING}b`, [
      { field: `model.${STEERING}`, baseline: JSON.stringify(STEERING), now: JSON.stringify(`x${STEERING}`) },
    ]);

    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('"model.\\u009b31m\\u202e\\u0085\\u2028": "\\u009b31m');
  });

  test("is short, however long the values and however many the fields are", () => {
    const long = JSON.stringify("+".repeat(300_000));
    const text = describeOne("tiny", [
      { field: "y".repeat(100_000), baseline: long, now: long.replaceAll("+", "*") },
      ...Array.from({ length: 5_000 }, (_, at) => ({ field: `model.f${at}`, baseline: "1", now: "2" })),
    ]);

    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(1_000);
    expect(text.split("\n").length).toBeLessThan(100);
    expect(text).toContain("(299882 more characters)");
    expect(text).toContain("\n  4981 more fields changed\n");
  });
});
