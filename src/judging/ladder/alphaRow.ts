import type { Config, LossConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { train } from "../../learning/training/train.ts";
import { fairThresholds } from "../outcome/fairThresholds.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";

/** The run with one α of the loss `mse+msle`. */
export interface AlphaRow {
  readonly alpha: number;
  readonly verdict: Verdict;
  /** Mean squared error on held-out examples, or on the training examples if none are held out; null if not finite. */
  readonly error: number | null;
}

/** Trains a config, whose loss is `mse+msle`, with one α. */
export async function trainAlpha(config: Config, alpha: number, watch: Watch): Promise<AlphaRow> {
  const loss = { ...config.training.loss, alpha } as LossConfig;
  const changed: Config = { ...config, training: { ...config.training, loss } } as Config;
  const subject = await createSubject(changed);
  const run = await train(subject, { ...named(`alpha ${alpha}`, watch), probes: false });
  const error = (run.heldOut ?? run.train).meanSquaredError;
  return {
    alpha,
    verdict: judge(run, fairThresholds(subject, config.thresholds)),
    error: Number.isFinite(error) ? error : null,
  };
}
