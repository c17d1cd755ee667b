// Rows that name things, such as a word, or a user and a film: what the names tell is known without their numbers.

import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { measureAttainable } from "../../../src/judging/evidence/reference/attainable.ts";
import { boundOfProbabilities, excused } from "../../../src/judging/outcome/fairThresholds.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

const WORDS = 12;
const ROWS = 600;

/** Words beside words of the same half of the list, or of any, one-hot. */
function pairs(sameHalf: boolean): Examples {
  const random = seedStream(3, "spec/names");
  const half = WORDS / 2;
  const inputs = new Float32Array(ROWS * WORDS);
  const targets = new Float32Array(ROWS * WORDS);
  for (let row = 0; row < ROWS; row++) {
    const word = Math.floor(random.uniform() * WORDS);
    const from = sameHalf ? Math.floor(word / half) * half : 0;
    inputs[row * WORDS + word] = 1;
    targets[row * WORDS + from + Math.floor(random.uniform() * (sameHalf ? half : WORDS))] = 1;
  }
  return { inputs, targets, inputShape: [WORDS], outputs: WORDS, count: ROWS, classification: true };
}

test("what a single name tells excuses a run, however little it is", () => {
  const attainable = measureAttainable({ train: pairs(true) });

  expect(attainable?.isAll).toBe(true);
  expect(attainable?.errorOverPrior).toBeGreaterThan(0.75);
  expect(excused(attainable, "errorOverPrior")).toBe(attainable?.errorOverPrior);
});

test("names that tell nothing excuse nobody: the twin", () => {
  const attainable = measureAttainable({ train: pairs(false) });

  expect(attainable?.isAll).toBeUndefined();
  expect(excused(attainable, "errorOverPrior")).toBe(0);
});

/** Ratings of films by users: a tenth of their variance is noise, or all of it. */
function ratings(told: boolean): Examples {
  const random = seedStream(4, "spec/ratings");
  const [users, films, rows] = [40, 30, 900];
  const table = (count: number) =>
    Array.from({ length: count }, () => [random.uniform() - 0.5, random.uniform() - 0.5]);
  const [ofUsers, ofFilms] = [table(users), table(films)];
  const inputs = new Float32Array(2 * rows);
  const targets = Float32Array.from({ length: rows }, (_, row) => {
    const [user, film] = [Math.floor(random.uniform() * users), Math.floor(random.uniform() * films)];
    inputs.set([user, film], 2 * row);
    const [u, f] = [ofUsers[user], ofFilms[film]] as [number[], number[]];
    const taste = told ? (u[0] as number) + (f[0] as number) + 4 * (u[1] as number) * (f[1] as number) : 0;
    return taste + 0.5 * (random.uniform() - 0.5);
  });
  return { inputs, targets, inputShape: [2], outputs: 1, count: rows };
}

test("factors of users and films tell what their numbers do not", () => {
  expect(measureAttainable({ train: ratings(true) })?.lossOverVariance).toBeLessThan(0.4);
  expect(measureAttainable({ train: ratings(false) })?.lossOverVariance).toBeGreaterThan(0.95);
});

/** Rare events that two columns make more or less likely, or none does. */
function events(told: boolean): Examples {
  const random = seedStream(5, "spec/events");
  const rows = 1500;
  const inputs = Float32Array.from({ length: 2 * rows }, () => 4 * random.uniform() - 2);
  const targets = Float32Array.from({ length: rows }, (_, row) => {
    const sum = told ? (inputs[2 * row] as number) + (inputs[2 * row + 1] as number) : 0;
    return random.uniform() < 1 / (1 + Math.exp(2 - 0.8 * sum)) ? 1 : 0;
  });
  return { inputs, targets, inputShape: [2], outputs: 1, count: rows, classification: true };
}

/** Predictions of which nothing is left to chance. */
const surely = { predictions: new Float32Array(1), targets: new Float32Array(1), examples: 1 };

test("rare events are judged by their probabilities, where those are surely told", () => {
  const attainable = measureAttainable({ train: events(true) });
  expect(attainable?.errorOverPrior).toBeGreaterThan(0.75);
  expect(attainable?.isSurelyWeak).toBe(true);
  const of = { attainable: () => attainable, varianceRatio: 0.05 };
  const bound = boundOfProbabilities(0.2, of, 0, surely) as number;
  expect(bound).toBeGreaterThan(attainable?.lossOverVariance as number);
  expect(bound).toBeLessThan(1);
});

test("and by their classes where nothing is told: the twin", () => {
  const attainable = measureAttainable({ train: events(false) });
  expect(boundOfProbabilities(0.2, { attainable: () => attainable }, 0, surely)).toBeNull();
});
