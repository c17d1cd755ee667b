import type { Config } from "../../../learning/config/schema.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import type { ChangedRun } from "./changedRun.ts";

/** Threads that train with changes. */
export interface ChangeThreads {
  /**
   * Tells which configs are going to be trained, or likely to be, in this order.
   *
   * @param seconds after which each run ends and is judged on the steps made. @defaultValue they make all their steps
   */
  foresee(configs: readonly Config[], seconds?: number): void;
  /** Trains a config on a thread; null where it is to be trained here. */
  train(config: Config, watch: Watch & { readonly task: string }): Promise<ChangedRun | null>;
}
