/**
 * The smallest healthy variance ratio of a single output. In 312 healthy runs (12 configs, 26 seeds each) the ratio was
 * 0.76 to 1.3; an output that is not trained had 0 to 0.07. If the loss is below a fifth of an output's variance, its
 * ratio is above 0.305 for any predictions whatever, since (1 − √ratio)² ≤ loss / Var(Y).
 */
export const LEAST_RATIO = 0.3;
