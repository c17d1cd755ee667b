// The mean target of each code, measured in two halves of the rows: where they agree, the code says something, since chance
// is another in each half.

/** Each half has at least so many rows with a code. */
const OFTEN = 3;

/** Codes with the targets that they stand beside: one entry for each place where one stands. */
export interface Words {
  readonly size: number;
  readonly outputs: number;
  codeOf(word: number): number;
  halfOf(word: number): number;
  targetOf(word: number, output: number): number;
}

/** What the mean targets of codes in one half of the rows say of those in the other. */
export interface Agreement {
  /** The share of the targets' variance that a code tells by itself. */
  readonly told: number;
  /** How many standard errors of chance the halves agree by. */
  readonly standardErrors: number;
  /** The agreement of each code with the next one, over that with itself. */
  readonly neighbours: number;
  /** The agreement of a straight line through the codes with the codes, over theirs. */
  readonly straight: number;
}

/** Measures how far what each code says in one half of the rows agrees with what codes say in the other. */
export function agreement(words: Words, count: number): Agreement {
  let [chance, own, next, alike, line] = [0, 0, 0, 0, 0];
  for (let output = 0; output < words.outputs; output++) {
    const one = byCode(words, output, count);
    if (!one) continue;
    const known = Array.from({ length: count }, (_, code) => code).filter((code) => one.isKnown(code));
    const agreed = (code: number) => one.said(0, code) * one.said(1, code);
    for (const [place, code] of known.entries()) {
      chance += 1;
      own += one.weight(code, code) * agreed(code);
      const other = known[place + 1];
      if (other === undefined) continue;
      // Rare codes stand beside frequent ones: both sums weigh a pair in the same way.
      const weight = one.weight(code, other);
      next += weight * one.said(0, code) * one.said(1, other);
      alike += (weight * (agreed(code) + agreed(other))) / 2;
    }
    line += alongLine(known, one);
  }
  if (own <= 0 || alike <= 0) return { told: 0, standardErrors: 0, neighbours: 1, straight: 1 };
  const told = (2 * own) / (words.size * words.outputs);
  return { told, standardErrors: own / Math.sqrt(chance), neighbours: next / alike, straight: line / own };
}

interface ByCode {
  isKnown(code: number): boolean;
  /** The mean target of a code in one half, less the mean of all, in standard deviations. */
  said(half: number, code: number): number;
  /** The weight that makes a product of two means as uncertain as any other. */
  weight(code: number, other: number): number;
}

function byCode(words: Words, output: number, count: number): ByCode | null {
  const times = [new Float64Array(count), new Float64Array(count)] as const;
  const sums = [new Float64Array(count), new Float64Array(count)] as const;
  let [sum, squares] = [0, 0];
  for (let word = 0; word < words.size; word++) {
    const half = words.halfOf(word) as 0 | 1;
    const code = words.codeOf(word);
    const target = words.targetOf(word, output);
    times[half][code] = (times[half][code] as number) + 1;
    sums[half][code] = (sums[half][code] as number) + target;
    sum += target;
    squares += target * target;
  }
  const mean = sum / words.size;
  const deviation = Math.sqrt(squares / words.size - mean * mean);
  if (!(deviation > 0)) return null;
  const often = (half: number, code: number) => times[half as 0 | 1][code] as number;
  return {
    isKnown: (code) => often(0, code) >= OFTEN && often(1, code) >= OFTEN,
    said: (half, code) => ((sums[half as 0 | 1][code] as number) / often(half, code) - mean) / deviation,
    weight: (code, other) => Math.sqrt(often(0, code) * often(1, other)),
  };
}

/** How well a straight line through what the codes say in one half agrees with what they say in the other. */
function alongLine(known: readonly number[], { said, weight }: ByCode): number {
  let [all, middle, mean] = [0, 0, 0];
  for (const code of known) {
    const w = weight(code, code);
    all += w;
    middle += w * code;
    mean += w * said(0, code);
  }
  let [across, spread] = [0, 0];
  for (const code of known) {
    across += weight(code, code) * (code - middle / all) * (said(0, code) - mean / all);
    spread += weight(code, code) * (code - middle / all) ** 2;
  }
  const slope = spread > 0 ? across / spread : 0;
  return known.reduce(
    (sum, code) => sum + weight(code, code) * (mean / all + slope * (code - middle / all)) * said(1, code),
    0,
  );
}
