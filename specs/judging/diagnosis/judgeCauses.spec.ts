import { describe, expect, test } from "vitest";
import type { Attempt } from "../../../src/judging/diagnosis/cure/attempt.ts";
import { judgeCauses } from "../../../src/judging/diagnosis/cure/judgeCauses.ts";
import { findSuspects, type Suspect } from "../../../src/judging/diagnosis/cure/suspects.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { broken } from "../../failure-modes/healthy.ts";

const config = parseConfig(broken({}));

/** What a change of some fields came to. */
function attempt(
  cause: Suspect["cause"],
  values: Record<string, unknown>,
  error: number,
): [Suspect, Attempt] {
  const change = changeConfig(config, values);
  if (!change) throw new Error("the config has no such field");
  const cures = error < 0.1;
  const suspect = { cause, proposals: [{ cause, change }] };
  const verdict = cures ? ("learns" as const) : ("stalled" as const);
  return [
    suspect,
    {
      cause,
      change: change.description,
      values: change.values,
      config: change.config,
      verdict,
      lossOverVariance: error,
      brokenLaws: [],
      cures,
    },
  ];
}

function order(scaled: number, inputs: number, steps: number): string[] {
  const tried = [
    attempt("inputs-not-normalised", { "data.standardiseInputs": true }, scaled),
    attempt("too-few-steps", { "training.steps": config.training.steps * 4 }, 0.01),
  ];
  const findings = [
    { cause: "inputs-not-normalised" as const, rank: inputs, evidence: "" },
    { cause: "too-few-steps" as const, rank: steps, evidence: "" },
  ].sort((a, b) => b.rank - a.rank);
  const attempts = tried.map(([, one]) => one);
  return judgeCauses({
    config,
    lossOverVariance: 1,
    findings,
    suspects: tried.map(([suspect]) => suspect),
    attempts,
    notTried: [],
    cure: attempts[1] ?? null,
  }).map(({ cause, status }) => `${cause} ${status}`);
}

describe("a cure by four times the steps", () => {
  test("does not outrank better evidence for a cause whose removal helps", () => {
    expect(order(0.3, 0.6, 0.55)).toEqual(["inputs-not-normalised contributes", "too-few-steps proven"]);
  });

  test("does not outrank a change that cures as well and costs nothing", () => {
    expect(order(0.05, 0.6, 0.72)).toEqual(["inputs-not-normalised proven", "too-few-steps proven"]);
  });

  test("comes first where its own evidence is the better one", () => {
    expect(order(0.3, 0.6, 0.72)[0]).toBe("too-few-steps proven");
  });

  test("comes first where the other change does nothing", () => {
    expect(order(1, 0.6, 0.55)[0]).toBe("too-few-steps proven");
  });
});

describe("a cause that no change of another cause makes up for", () => {
  const steps = { cause: "too-few-steps" as const, rank: 0.8, evidence: "" };
  const blind = { cause: "blind-network" as const, rank: 0.995, evidence: "" };
  const judge = async (findings: (typeof steps | typeof blind)[]) => {
    const suspects = await findSuspects(config, findings);
    return { suspects, causes: judgeCauses({ ...NOTHING_TRIED, findings, suspects }) };
  };
  const NOTHING_TRIED = { config, lossOverVariance: 1, attempts: [], notTried: [], cure: null };

  test("leaves the changes of the others untried, and says why", async () => {
    const { suspects, causes } = await judge([blind, steps]);
    expect(suspects.flatMap(({ proposals }) => proposals)).toEqual([]);
    expect(causes.map(({ cause, status }) => `${cause} ${status}`)).toEqual([
      "blind-network not-tried",
      "too-few-steps not-tried",
    ]);
    expect(causes[1]?.why).toMatch(/blind to its inputs, no rate, width or number of steps/);
  });

  test("is not taken for one where it is not found", async () => {
    const { suspects } = await judge([steps]);
    expect(suspects.flatMap(({ proposals }) => proposals).length).toBeGreaterThan(0);
  });
});
