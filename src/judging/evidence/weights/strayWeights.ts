import type { TrainingRun } from "../../../learning/training/train.ts";

/** Layers whose weights do the opposite of what they were set to. */
export interface StrayWeights {
  /** Frozen layers that moved. */
  readonly moved: readonly string[];
  /** Trained batch normalisations whose moving averages stayed as they were. */
  readonly stuck: readonly string[];
}

/** Returns null if the model has neither a frozen layer nor a batch normalisation, or made no step. */
export function strayWeights({ survey, steps }: TrainingRun): StrayWeights | null {
  const layers = survey?.layers.filter(({ frozen, averagesMoved }) => frozen || averagesMoved !== null) ?? [];
  if (layers.length === 0 || steps === 0) return null;
  const namesOf = (some: typeof layers) => some.map(({ layer }) => layer);
  return {
    moved: namesOf(layers.filter(({ frozen, moved }) => frozen && moved !== 0)),
    stuck: namesOf(layers.filter(({ frozen, averagesMoved }) => !frozen && averagesMoved === 0)),
  };
}
