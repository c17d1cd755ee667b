/** An interval for a probability. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The exact interval of Clopper and Pearson (1934) for how often something holds, where it held in `held` of `tried`
 * cases. It is never too narrow: whatever the true probability is, the interval covers it with at least `confidence`.
 * With 0 or all of the cases it has one side, as in the rule of three.
 *
 * @param held from 0 to `tried`.
 * @param tried at least 1.
 * @param confidence in (0, 1). @defaultValue 0.95
 *
 * @example clopperPearson(0, 5) // { low: 0, high: 0.4507… }
 */
export function clopperPearson(held: number, tried: number, confidence = 0.95): Interval {
  const sides = held === 0 || held === tried ? 1 : 2;
  const tail = (1 - confidence) / sides;
  return {
    // At the lower end, `held` or more cases have the probability `tail`; at the upper end, `held` or fewer have it.
    low: held === 0 ? 0 : root((p) => 1 - atMost(held - 1, tried, p) - tail),
    high: held === tried ? 1 : root((p) => tail - atMost(held, tried, p)),
  };
}

/**
 * Computes the probability of at most `k` of `n` cases if each has the probability `p` in (0, 1). The terms are
 * multiplied as logarithms, because (1 - p)ⁿ of a few hundred cases is smaller than any double.
 */
function atMost(k: number, n: number, p: number): number {
  const odds = Math.log(p) - Math.log1p(-p);
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + odds;
    sum += Math.exp(logTerm);
  }
  return sum;
}

/** Finds where a rising function crosses 0 in (0, 1), to 1e-12. */
function root(rising: (p: number) => number): number {
  let [low, high] = [0, 1];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
