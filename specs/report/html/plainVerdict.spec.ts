import { describe, expect, test } from "vitest";
import { explainVerdict, headlineOf, isPicture, nounFor } from "../../../src/report/html/plainVerdict.ts";
import { madeUpLaw, madeUpReport, madeUpRun } from "./madeUpCheck.ts";

const { train: pictures } = madeUpReport().subject;
const rows = { ...pictures, inputShape: [pictures.inputs.length / pictures.count] };
const broken = (name: string) => madeUpLaw({ name, holds: false });

describe("a verdict in plain words", () => {
  test.each([
    ["collapsed", [], "It answers the same for every picture"],
    ["stalled", [], "It learns little of what it is shown"],
    ["learns", [], "It learns"],
    ["learns", [broken("generalises")], "It learns its training examples, and fails on new ones"],
    ["learns", [broken("everyLayerMoves")], "It learns, but not as it should"],
  ] as const)("of %s is a sentence", (verdict, laws, sentence) => {
    expect(headlineOf({ verdict, laws, run: madeUpRun }, pictures)).toBe(sentence);
  });

  test("of a run that its data let tell little does not say that it learns, and no more", () => {
    const outputs = madeUpRun.train.outputs.map((output) => ({ ...output, lossOverVariance: 0.91 }));
    const run = { ...madeUpRun, train: { ...madeUpRun.train, outputs } };

    expect(headlineOf({ verdict: "learns", laws: [], run }, pictures)).toBe(
      "It learns what little is known to be in its data",
    );
  });

  test.each([
    ["rose", 0.1, "Its answers ran away from the targets"],
    ["only fell too little", 60, "Its answers are still far from the targets"],
  ])("of a diverged run whose loss %s is a sentence", (_, start, sentence) => {
    const losses = [...Array<number>(10).fill(start), ...Array<number>(10).fill(40)];
    const run = { ...madeUpRun, trace: { ...madeUpRun.trace, losses } };

    expect(headlineOf({ verdict: "diverged", laws: [], run }, pictures)).toBe(sentence);
  });

  test("calls an example what it is", () => {
    expect(nounFor(pictures)).toBe("picture");
    expect(nounFor(rows)).toBe("example");
    expect(nounFor({ ...rows, inputShape: [8, 2] })).toBe("window");
    expect([isPicture([16, 16, 3]), isPicture([16, 16, 2]), isPicture([2, 16, 1])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("says what the error is measured by, and how many laws are broken", () => {
    expect(explainVerdict({ verdict: "learns", laws: [madeUpLaw()], run: madeUpRun })).toBe(
      "Its error is 0.0492 × Var(Y); always answering the mean has 1. Its 1 law holds.",
    );
    const bad = { ...madeUpRun, train: { ...madeUpRun.train, lossOverVariance: 1.01 } };
    expect(explainVerdict({ verdict: "collapsed", laws: [broken("a"), madeUpLaw()], run: bad })).toBe(
      "Its error is 1.01 × Var(Y): no better than always answering the mean. 1 of 2 laws is broken.",
    );
  });
});
