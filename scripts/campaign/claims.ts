import { leastErrorOverVariance } from "../../specs/learning/loss/leastError.ts";
import { checkLaws } from "../../src/judging/law/checkLaws.ts";
import { judge } from "../../src/judging/outcome/verdict.ts";
import { collapsingConfig } from "../../src/lab/arbitrary/collapsingConfig.ts";
import { healthyConfig } from "../../src/lab/arbitrary/healthyConfig.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import type { Evaluation } from "../../src/learning/training/evaluation.ts";
import { train } from "../../src/learning/training/train.ts";
import type { Claim } from "./claim.ts";

/** Tolerance for rounding in double precision, for sums as large as the error itself. */
const ROUNDING = 1e-9;

/** The claims that nightly campaigns test; training runs on the engine that the caller has started. */
export const claims: readonly Claim[] = [
  {
    name: "healthy configs learn",
    configs: healthyConfig(),
    atLeast: 0.99,
    noException: true,
    most: 1000,
    async judge(config) {
      const check = await checkLaws(await createSubject(config), {
        thresholds: config.thresholds,
        bitExact: true,
      });
      return {
        ...Object.fromEntries(check.laws.map(({ name, holds }) => [name, holds])),
        verdict: check.verdict === "learns",
        leastError: keepsLeastError(check.run.train),
      };
    },
  },
  {
    name: "collapsing configs collapse",
    configs: collapsingConfig(),
    atLeast: 0.9,
    noException: false,
    most: 2000,
    async judge(config) {
      const run = await train(await createSubject(config), { probes: false });
      return {
        verdict: judge(run, config.thresholds) === "collapsed",
        leastError: keepsLeastError(run.train),
      };
    },
  },
];

function keepsLeastError({ varianceRatio, lossOverVariance }: Evaluation): boolean {
  if (varianceRatio === null || lossOverVariance === null) return true;
  return lossOverVariance >= leastErrorOverVariance(varianceRatio) * (1 - ROUNDING) - ROUNDING;
}
