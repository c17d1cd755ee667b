import { describe, expect, test } from "vitest";
import { OWN_LOSS } from "../../../src/learning/measure/lossMeasure.ts";
import { describeRun, describeVerdict } from "../../../src/report/terminal/describeRun.ts";
import { madeUpRun } from "../html/madeUpCheck.ts";

describe("a verdict in one line", () => {
  test.each([
    ["learns", "learns: its loss is far below what any constant can reach"],
    ["collapsed", "collapsed: it predicts a constant, whatever the input"],
    ["diverged", "diverged: its loss or weights ran away"],
    ["stalled", "stalled: its predictions vary, but its loss is not far below that of a constant"],
  ] as const)("%s says what it means", (verdict, text) => {
    expect(describeVerdict(verdict)).toBe(text);
  });
});

describe("a run that its data let tell little", () => {
  const leaving = (changes: object) => {
    const outputs = madeUpRun.train.outputs.map((output) => ({ ...output, ...changes }));
    return { ...madeUpRun, train: { ...madeUpRun.train, outputs } };
  };

  test.each([
    [{ lossOverVariance: 0.91 }, "learns: its error is 0.91 of what a constant leaves, and its data"],
    [{ errorOverPrior: 0.8 }, "learns: it makes 0.8 of the mistakes of always naming the commonest class"],
  ])("is not said to be far below a constant: %j", (changes, text) => {
    expect(describeVerdict("learns", leaving(changes))).toContain(text);
  });

  test("is called what it is where it tells more than half, or has another verdict: the twin", () => {
    expect(describeVerdict("learns", leaving({ lossOverVariance: 0.4 }))).toContain("far below");
    expect(describeVerdict("stalled", leaving({ lossOverVariance: 0.91 }))).toContain("not far below");
  });
});

describe("a loss far above that of a constant", () => {
  const course = (losses: number[]) => ({
    ...madeUpRun,
    finite: true,
    trace: { losses, predictionVariances: [], probes: [] },
  });
  const falling = Array.from({ length: 60 }, (_, step) => 1000 - 10 * step);

  test("fell too little where it was there from the beginning", () => {
    const text = describeVerdict("diverged", course(falling));

    expect(text).toMatch(
      /^diverged: its loss fell, or stayed, and is still over ten times that of a constant/,
    );
  });

  test("ran away where it rose: the twin", () => {
    expect(describeVerdict("diverged", course([...falling].reverse()))).toBe(
      "diverged: its loss or weights ran away",
    );
  });
});

describe("a run in a few lines", () => {
  test("says of outputs that their own loss judges what that loss says, and no ratio to the targets", () => {
    const [output] = madeUpRun.train.outputs;
    if (!output) throw new Error("the run has an output");
    const measured = {
      name: OWN_LOSS,
      error: 0.25,
      errors: new Float32Array(1),
      errorOfConstant: 1,
      constantInTraining: 1,
      variation: 1,
      degree: 1,
    } as const;
    const train = { ...madeUpRun.train, outputs: [{ ...output, measured }] };
    const text = describeRun({ ...madeUpRun, train, heldOut: train }, "learns");

    expect(text).toContain(`${OWN_LOSS} 0.25`);
    expect(text).not.toMatch(/Var\(|R²/);
  });

  test("says the verdict first, then each number with its name", () => {
    const text = describeRun(madeUpRun, "learns");

    expect(text).toMatchInlineSnapshot(`
      "learns: its loss is far below what any constant can reach
        loss             0.0123 after 3 steps
        Var(Y)           0.25, the lowest mean squared error that a constant can reach
        error / Var(Y)   0.0492
        Var(Ŷ) / Var(Y)  0.9 (per output 1, 0.8)
        held-out R²      0.75
        digest           d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"
    `);
  });

  test("says so where there is no held-out set and where a ratio is undefined", () => {
    const train = {
      ...madeUpRun.train,
      varianceRatio: null,
      varianceRatios: [null, 1],
      lossOverVariance: null,
    };

    const text = describeRun({ ...madeUpRun, train, heldOut: null }, "stalled");

    expect(text).toContain("no held-out examples");
    expect(text).toContain("undefined (per output undefined, 1)");
    expect(text).toMatch(/error \/ Var\(Y\) +undefined\n/);
  });
});
