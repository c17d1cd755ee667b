/** A changed run that the budget ended. */
export interface CutRun {
  /** Updates made. */
  readonly made: number;
  /** Updates that the config asks for. */
  readonly asked: number;
  /** Whether those that it did not make might still have made it learn. */
  readonly isOpen: boolean;
}

/** Says behind a sentence about a run how far it came: ` after 300 of 4000 steps`; nothing if it was not ended. */
export function afterSteps(cut: CutRun | null): string {
  return cut === null ? "" : ` after ${cut.made} of ${cut.asked} steps`;
}
