import type { Config } from "../../../learning/config/schema.ts";

/** What stands beside the text that names a subject: each kind takes what concerns it. */
export interface WhatOptions {
  /** The file with the data, for a saved model. */
  readonly data?: string | undefined;
  /** The columns to predict, separated by commas, for a table. */
  readonly target?: string | undefined;
  /** The columns to predict from, separated by commas. @defaultValue all the others */
  readonly inputs?: string | undefined;
  /** Columns that a table has and that are neither predicted nor predicted from, separated by commas. */
  readonly exclude?: string | undefined;
  /** `regression` or `classification`, for a table. @defaultValue guessed from the column */
  readonly task?: string | undefined;
  /** The name of a loss, for a table. @defaultValue the one that belongs to the task */
  readonly loss?: string | undefined;
  /** The Python that runs a script. @defaultValue LEARNPROOF_PYTHON, the active virtual environment's, or python3 */
  readonly python?: string | undefined;
  /**
   * The number of the call that trains, among those that a script makes, from 1. @defaultValue 1; where that holds, a check
   * goes on to the last one that takes up what it has learnt
   */
  readonly fit?: number | undefined;
  /**
   * `drawn` starts a captured Keras program from weights of the run's seed, so that seeds differ. @defaultValue the weights
   * that were captured
   */
  readonly initialWeights?: "drawn" | undefined;
  /** Seconds that a script has to reach its training call. @defaultValue 10 minutes */
  readonly seconds?: number | undefined;
  /** The script's own arguments. */
  readonly scriptArguments?: readonly string[] | undefined;
}

/** The kind of the subject and its name, as `--json` gives them. */
export interface WhatName {
  readonly kind: string;
  readonly name: string;
  /** The number of the training call of a script, where it is not the first. */
  readonly fit?: number;
}

/** The config that a text stands for. */
export interface NamedConfig {
  readonly what: WhatName;
  readonly config: Config;
  /** Sentences about what was cut or understood on the way, for the user. */
  readonly notes: readonly string[];
  /** A later training of the same script that takes up what this one has learnt. @defaultValue none is known */
  readonly later?: LaterTraining | undefined;
}

/** A later training of a script, behind the one that is named. */
export interface LaterTraining {
  /** Where it stands, such as `s.py:40`. */
  readonly where: string;
  /** Whether it trains weights that the training before it keeps frozen, as where a base is thawed behind a warm-up. */
  readonly thaws: boolean;
  /** Runs the script up to it, in so many seconds. @throws {InputError} where it cannot be captured. */
  name(seconds: number | undefined): Promise<NamedConfig>;
}

/** A way to name a subject on the command line: a config file, a table, a script… One object each, in `kinds.ts`. */
export interface WhatKind {
  /** Whether the text names such a subject. It looks at the name and the file, and runs nothing. */
  recognises(text: string): boolean | Promise<boolean>;
  /** Turns it into a config. @throws {InputError} where the file or the options break a rule. */
  resolve(text: string, options: WhatOptions): Promise<NamedConfig>;
}
