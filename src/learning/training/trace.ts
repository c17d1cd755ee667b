import type { OutsideLogarithm } from "../loss/logarithmDomain.ts";

/** The measurements taken while a model trained. It is plain data, so it can be written as JSON. */
export interface Trace {
  /** The loss of each step's batch, penalties included, before that step's update. */
  readonly losses: number[];
  /** Variance of each step's predictions over its batch, averaged over the outputs. */
  readonly predictionVariances: number[];
  /** Probes taken at the steps of the probe schedule. */
  readonly probes: Probe[];
  /** Set where the caller ended the run before its last step, such as by a budget: more steps were asked for. */
  cutShort?: true;
  /** Where the learning rate was lowered, and the factor on it from there on; left out if it never was. */
  rateCuts?: { readonly step: number; readonly factor: number }[];
  /** The number without a logarithm that made the last loss NaN or infinite; left out if there was none. */
  outsideLogarithm?: OutsideLogarithm & {
    /** Updates made before. */
    readonly step: number;
  };
}

/** Measurements of a model at one step of its training. */
export interface Probe {
  /** Updates made before this one; 0 is the untouched model. */
  readonly step: number;
  /** Mean squared error over Var(Y) on the probe examples, in evaluation mode; null where Var(Y) is 0. */
  readonly lossOverVariance: number | null;
  /** Var(Ŷ) / Var(Y) on the probe examples, in evaluation mode; null where Var(Y) is 0. */
  readonly varianceRatio: number | null;
  /** Cov(Y, Ŷ) / Var(Y) on the probe examples, averaged over the outputs; null where Var(Y) is 0. */
  readonly covarianceRatio: number | null;
  /** Squared difference of the means of Ŷ and Y, averaged over the outputs, over Var(Y); null where Var(Y) is 0. */
  readonly biasRatio: number | null;
  readonly layers: readonly LayerProbe[];
}

/** What one training step did to one layer. */
export interface LayerProbe {
  readonly layer: string;
  /** Whether any of its weights is trained. The weights of a frozen layer are meant to stay. */
  readonly trainable: boolean;
  /** Euclidean norm of the layer's gradient on this step's batch. */
  readonly gradientNorm: number;
  /** Norm of this step's update divided by the norm of the weights before it; 0 if both are 0. */
  readonly updateRatio: number;
  /**
   * Fraction of the units (or filters) whose activation is exactly 0 on every probe example; null for layers whose
   * activation cannot be exactly 0.
   */
  readonly deadFraction: number | null;
}
