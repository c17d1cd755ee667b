import { beforeAll, describe, expect, test } from "vitest";
import { type Examination, examine, stateOf } from "../../src/judging/examine.ts";
import { laws } from "../../src/judging/law/laws.ts";
import { leaveToAuthor } from "../../src/judging/leaveToAuthor.ts";
import type { FairThresholds } from "../../src/judging/outcome/fairThresholds.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";
import { broken } from "../failure-modes/healthy.ts";

/** So many inputs that no regression is asked what they tell. */
const many = {
  model: { inputs: 66 },
  data: { formula: ["x0 + x1 - x2 + x3"], examples: 400 },
};

/** After 70 steps the network has told three quarters of its targets, and still learns. */
const after = (steps: number) => ({
  ...many,
  training: { steps, optimizer: { name: "adam", learningRate: 0.003 } },
});

interface Seen {
  readonly subject: Subject;
  readonly examination: Examination;
}

async function seen(changes: Parameters<typeof broken>[0], lossOverVariance?: number): Promise<Seen> {
  const bound = lossOverVariance === undefined ? {} : { thresholds: { lossOverVariance } };
  const { thresholds, ...config } = parseConfig({ ...broken(changes), ...bound });
  const subject = await createSubject({ ...config, thresholds });
  const ofOwnRun = laws.filter(({ trains }) => !trains);
  return { subject, examination: await examine(subject, { thresholds, bitExact: true, laws: ofOwnRun }) };
}

const failing = ({ laws }: Examination) => laws.filter(({ holds }) => !holds).map(({ name }) => name);

let onItsWay: Seen;
let asked: Seen;

beforeAll(async () => {
  await startEngineUnderTest();
  onItsWay = await seen(after(70));
  asked = await seen(after(70), 0.1);
});

describe("a run that ends on its way", () => {
  test("is no fault where it tells most of what there is, and nothing else is suspected", () => {
    const { examination } = onItsWay;

    expect(stateOf(examination)).toBe("holds");
    expect(examination.verdict).toBe("learns");
    expect(examination.findings).toEqual([]);
    expect(examination.notAsked.map(({ name }) => name)).toContain("beatsTheMean");
    expect(examination.onItsWay).toContain("the loss was still falling");
  });

  test("is held to a bound that its config sets: the twin", () => {
    expect(stateOf(asked.examination)).toBe("fails");
    expect(failing(asked.examination)).toEqual(["beatsTheMean"]);
    expect(asked.examination.findings.map(({ cause }) => cause)).toEqual(["too-few-steps"]);
  });

  test("is told of where it tells less than half: the twin", async () => {
    const { examination } = await seen(after(30));

    expect(stateOf(examination)).toBe("fails");
    expect(examination.onItsWay).toBeUndefined();
  });
});

describe("a run that tells most of what there is", () => {
  const judged = (changes: Partial<Examination>, thresholds: Partial<FairThresholds> = {}) => {
    const { subject, examination } = asked;
    const usual = { ...parseConfig({}).thresholds, ...thresholds };
    return stateOf(leaveToAuthor({ ...examination, ...changes }, subject, usual));
  };

  test("is left to its author by the same evidence", () => {
    expect(judged({})).toBe("holds");
  });

  test("is told of where a regression on the same rows tells as much as is asked: the twin", () => {
    const left = (lossOverVariance: number) => ({
      attainable: () => ({ lossOverVariance, errorOverPrior: null }),
    });

    expect(judged({}, left(0.25))).toBe("holds");
    expect(judged({}, left(0.02))).toBe("fails");
  });

  test("is told of where something is suspected that keeps it from telling more: the twin", () => {
    const other = { cause: "inputs-not-normalised" as const, rank: 0.6, evidence: "inputs lie far off" };

    expect(judged({ findings: [...asked.examination.findings, other] })).toBe("fails");
  });

  test("is told of where it breaks a law that does not ask how far it has come: the twin", () => {
    const other = asked.examination.laws.map((law) =>
      law.name === "everyLayerMoves" ? { ...law, holds: false } : law,
    );

    expect(judged({ laws: other })).toBe("fails");
  });

  test("is told of where an output hardly varies: the twin", () => {
    const other = asked.examination.laws.map((law) =>
      law.name === "everyOutputVaries" ? { ...law, measured: 0.05, threshold: 0.3, holds: false } : law,
    );

    expect(judged({ laws: other })).toBe("fails");
  });
});
