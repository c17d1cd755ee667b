// A caller may have given a check a budget. What a measurement would cost is known before it begins: about as long as so many
// steps of the subject's own run. One that would end behind the budget is not begun.

import type { Subject } from "../../learning/subject/subject.ts";

/** The reason why a stage was aborted, or a measurement not begun. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
  constructor() {
    super("the time that the budget gives was spent");
  }
}

/** Whether work as long as so many steps of the subject's own run would end behind the budget. */
export type IsLate = (steps: number) => boolean;

const limits = new WeakMap<Subject, IsLate>();

/** Bounds what is measured of a subject from now on. */
export function limitEvidence(subject: Subject, isLate: IsLate | undefined): void {
  if (isLate) limits.set(subject, isLate);
}

/**
 * To be called before a measurement that evaluates or trains the subject's model.
 *
 * @param steps of the subject's own run that take about as long.
 * @throws {BudgetSpent} where the measurement would end behind the budget.
 */
export function refuseLate(subject: Subject, steps: number): void {
  if (limits.get(subject)?.(steps)) throw new BudgetSpent();
}
