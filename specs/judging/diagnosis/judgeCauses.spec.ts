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
  remaining: Attempt["remaining"] = [],
  cut: Attempt["cut"] = null,
  from = config,
): [Suspect, Attempt] {
  const change = changeConfig(from, values);
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
      remaining,
      cures,
      cut,
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
    verdict: "stalled",
    lossOverVariance: 1,
    findings,
    suspects: tried.map(([suspect]) => suspect),
    attempts,
    notTried: [],
    cure: attempts[1] ?? null,
  }).map(({ cause, status }) => `${cause} ${status}`);
}

const FAILED = { config, verdict: "stalled", lossOverVariance: 1, notTried: [], cure: null } as const;

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

describe("a change that is left of several", () => {
  const judge = (cures: "inputs-not-normalised" | "overfitting") => {
    const findings = [
      { cause: "learning-rate-too-low" as const, rank: 0.6, evidence: "" },
      { cause: "inputs-not-normalised" as const, rank: 0.5, evidence: "" },
    ];
    const rate = attempt("learning-rate-too-low", { "training.optimizer.learningRate": 0.1 }, 0.4);
    const [, remaining] = attempt("inputs-not-normalised", { "data.standardiseInputs": true }, 0.01);
    const cure = { ...remaining, cause: cures };
    const attempts = [rate[1], cure];
    return judgeCauses({ ...FAILED, findings, suspects: [rate[0]], attempts, cure }).map(
      ({ cause, status }) => `${cause} ${status}`,
    );
  };

  test("proves the cause that proposed it, though no other attempt was made of it alone", () => {
    expect(judge("inputs-not-normalised")).toEqual([
      "inputs-not-normalised proven",
      "learning-rate-too-low contributes",
    ]);
  });

  test("proves no cause that it was not tried for, although it could remove it: the twin", () => {
    expect(judge("overfitting")[0]).toBe("learning-rate-too-low contributes");
  });
});

describe("units that large steps have killed", () => {
  const judge = (bySmallerSteps: number) => {
    const rate = config.training.optimizer.learningRate;
    const tried = [
      attempt("dead-relu-units", { "model.kernelInitializer": "heNormal" }, 0.01),
      attempt("learning-rate-too-high", { "training.optimizer.learningRate": rate / 10 }, bySmallerSteps),
    ];
    const findings = [
      { cause: "dead-relu-units" as const, rank: 0.95, evidence: "" },
      { cause: "learning-rate-too-high" as const, rank: 0.6, evidence: "" },
    ];
    const attempts = tried.map(([, one]) => one);
    const suspects = tried.map(([suspect]) => suspect);
    const cure = attempts[0] ?? null;
    return judgeCauses({ ...FAILED, findings, suspects, attempts, cure }).map(({ cause }) => cause);
  };

  test("come behind the steps where smaller ones alone make every law hold", () => {
    expect(judge(0.01)).toEqual(["learning-rate-too-high", "dead-relu-units"]);
  });

  test("come first where smaller steps do not: the twin", () => {
    expect(judge(0.9)[0]).toBe("dead-relu-units");
  });
});

describe("batches that hold one kind of example each", () => {
  const judge = (byShuffle: number) => {
    const unshuffled = parseConfig(broken({ training: { shuffle: false } }));
    const rate = config.training.optimizer.learningRate;
    const shuffled = changeConfig(unshuffled, { "training.shuffle": true });
    const tried = [
      attempt("learning-rate-too-high", { "training.optimizer.learningRate": rate / 10 }, 0.01),
      attempt("sorted-batches", shuffled?.values ?? {}, byShuffle, [], null, unshuffled),
    ];
    const findings = [
      { cause: "learning-rate-too-high" as const, rank: 0.9, evidence: "" },
      { cause: "sorted-batches" as const, rank: 0.7, evidence: "" },
    ];
    const attempts = tried.map(([, one]) => one);
    const suspects = tried.map(([suspect]) => suspect);
    const cure = attempts[0] ?? null;
    return judgeCauses({ ...FAILED, findings, suspects, attempts, cure }).map(({ cause }) => cause);
  };

  test("come before the steps where a shuffle alone makes every law hold", () => {
    expect(judge(0.01)).toEqual(["sorted-batches", "learning-rate-too-high"]);
  });

  test("come behind them where it does not: the twin", () => {
    expect(judge(0.9)[0]).toBe("learning-rate-too-high");
  });
});

describe("a cause that no change of another cause makes up for", () => {
  const steps = { cause: "too-few-steps" as const, rank: 0.8, evidence: "" };
  const blind = { cause: "blind-network" as const, rank: 0.995, evidence: "" };
  const judge = async (findings: (typeof steps | typeof blind)[]) => {
    const suspects = await findSuspects(config, findings);
    return { suspects, causes: judgeCauses({ ...NOTHING_TRIED, findings, suspects }) };
  };
  const NOTHING_TRIED = {
    config,
    verdict: "stalled",
    lossOverVariance: 1,
    attempts: [],
    notTried: [],
    cure: null,
  } as const;

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

describe("a change after which the run still fails", () => {
  const rate = (remaining: Attempt["remaining"], cut: Attempt["cut"] = null, error = 0.9) => {
    const [suspect, tried] = attempt(
      "learning-rate-too-low",
      { "training.optimizer.learningRate": 0.02 },
      error,
      remaining,
      cut,
    );
    const findings = [
      { cause: "learning-rate-too-low" as const, rank: 0.6, evidence: "" },
      { cause: "too-little-capacity" as const, rank: 0.3, evidence: "" },
    ];
    const suspects = [suspect];
    return judgeCauses({ ...FAILED, findings, suspects, attempts: [tried] });
  };

  test("acquits the cause that it removed", () => {
    expect(rate(["too-little-capacity"]).map(({ cause, status }) => `${cause} ${status}`)).toEqual([
      "too-little-capacity not-tried",
      "learning-rate-too-low acquitted",
    ]);
  });

  test("acquits nothing where the budget ended it before it had shown anything, nor says that it contributes", () => {
    const found = rate(["too-little-capacity"], { made: 40, asked: 1000, isOpen: true });
    const better = rate(["too-little-capacity"], { made: 3, asked: 1000, isOpen: true }, 0.4);

    expect(better.map(({ status }) => status)).not.toContain("contributes");
    expect(rate([], null, 0.4)[0]).toMatchObject({ status: "contributes" });
    expect(found[0]).toMatchObject({ cause: "learning-rate-too-low", status: "not-tried" });
    expect(found[0]?.why).toContain("the budget ended the run after 40 of 1000 steps");
  });

  test("acquits where the budget ended it and its end is in sight: the twin", () => {
    const found = rate(["too-little-capacity"], { made: 700, asked: 1000, isOpen: false });

    expect(found[1]).toMatchObject({ cause: "learning-rate-too-low", status: "acquitted" });
  });

  test("says nothing of a cause that it did not remove", () => {
    const [first] = rate(["learning-rate-too-low"]);

    expect(first).toMatchObject({ cause: "learning-rate-too-low", status: "not-tried" });
    expect(first?.why).toContain("still shows it");
  });
});

describe("a run that learns its training examples by four times the steps", () => {
  const left = (remaining: Attempt["remaining"]) => {
    const [suspect, tried] = attempt("too-few-steps", { "training.steps": 1000 }, 0.2, remaining);
    const attempts = [{ ...tried, verdict: "learns" as const }];
    const findings = [
      { cause: "too-few-steps" as const, rank: 0.55, evidence: "" },
      { cause: "shuffled-labels" as const, rank: 0.5, evidence: "" },
    ];
    const suspects = [suspect, { cause: "shuffled-labels" as const, proposals: [] }];
    return judgeCauses({ ...FAILED, findings, suspects, attempts }).map(({ cause }) => cause);
  };

  test("is left with labels that do not belong to their inputs, which then come first", () => {
    expect(left(["shuffled-labels", "overfitting"])).toEqual(["shuffled-labels", "too-few-steps"]);
  });

  test("keeps the order where it is left with something else", () => {
    expect(left(["overfitting", "shuffled-labels"])).toEqual(["too-few-steps", "shuffled-labels"]);
  });
});

describe("a cure of several changes", () => {
  const rate = { "training.optimizer.learningRate": 0.02 };
  const inputs = { "data.standardiseInputs": true };
  const bias = { "model.useBias": false };
  const causesOf = (tried: readonly Attempt[], reason: string | null) => {
    const [, cure] = attempt("learning-rate-too-low", { ...rate, ...inputs, ...bias }, 0.01);
    const findings = [{ cause: "inputs-not-normalised" as const, rank: 0.6, evidence: "" }];
    const smaller = changeConfig(config, { ...rate, ...bias });
    const notTried =
      reason === null ? [] : [{ cause: cure.cause, change: smaller?.description ?? "", reason }];
    return judgeCauses({ ...FAILED, findings, suspects: [], attempts: [cure, ...tried], notTried, cure });
  };
  const [, withoutInputs] = attempt("learning-rate-too-low", { ...rate, ...bias }, 0.8);
  const [, withoutRate] = attempt("inputs-not-normalised", { ...inputs, ...bias }, 0.8);

  test("says of none of them that it contributes where none was taken back, and why", () => {
    const [only, ...others] = causesOf([], "the time was spent");

    expect(others).toEqual([]);
    expect(only).toMatchObject({ cause: "inputs-not-normalised", status: "not-tried", change: null });
    expect(only?.why).toMatch(/whether they need it was not tried: the time was spent$/);
  });

  test("says so of those without which a run failed: the twin", () => {
    const statuses = causesOf([withoutInputs, withoutRate], null).map(
      ({ cause, status }) => `${cause} ${status}`,
    );

    expect(statuses).toEqual(["inputs-not-normalised contributes", "learning-rate-too-low contributes"]);
  });
});

describe("a change by which training itself fails", () => {
  const judged = (verdict: "learns" | "stalled") => {
    const [suspect, tried] = attempt("overfitting", { "model.l2": 0.01 }, 0.9);
    const findings = [{ cause: "overfitting" as const, rank: 0.6, evidence: "" }];
    const before = { ...FAILED, verdict, lossOverVariance: verdict === "learns" ? 0.01 : 1 };
    return judgeCauses({ ...before, findings, suspects: [suspect], attempts: [tried] })[0];
  };

  test("does not acquit a cause that held-out examples show", () => {
    expect(judged("learns")).toMatchObject({ status: "not-tried" });
    expect(judged("learns")?.why).toMatch(/in training itself$/);
  });

  test("acquits a cause of a run that failed in training before: the twin", () => {
    expect(judged("stalled")).toMatchObject({ status: "acquitted" });
  });
});

describe("a cure by a change that nothing points to", () => {
  const judged = (isFact: boolean) => {
    const [, cure] = attempt("too-few-steps", { "model.outputActivation": "tanh" }, 0.01);
    const findings = [{ cause: "frozen-layer" as const, rank: 0.85, evidence: "", isFact }];
    return judgeCauses({ ...FAILED, findings, suspects: [], attempts: [cure], cure }).map(
      ({ cause, status }) => `${cause} ${status}`,
    );
  };

  test("proves a fact that is gone with it, since a run that learns would show that too", () => {
    expect(judged(true)).toEqual(["frozen-layer proven"]);
  });

  test("proves itself where what is gone is shown by runs alone that fail: the twin", () => {
    expect(judged(false)).toEqual(["wrong-output-activation proven", "frozen-layer not-tried"]);
  });
});
