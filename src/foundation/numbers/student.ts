import { probit } from "simple-statistics";

/**
 * Returns a quantile of Student's t distribution by the expansion of Cornish and Fisher. It serves plans and intervals,
 * for which three digits are enough; what the gate decides rests on exact permutation tests.
 *
 * @param chance in (0, 1).
 * @param freedom degrees of freedom, from 5.
 */
export function studentQuantile(chance: number, freedom: number): number {
  return studentReach(probit(chance), freedom);
}

/**
 * Returns how many estimated standard errors a mean is from its true value as rarely as it is `deviations` true ones.
 *
 * @param freedom degrees of freedom, from 5; with 3, the result is right to a tenth.
 */
export function studentReach(deviations: number, freedom: number): number {
  const z = deviations;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
