import { describe, expect, test } from "vitest";
import { certaintyOf } from "../../../scripts/campaign/certainty.ts";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";

/** Trials of a law that holds with a probability, until the answer is certain or 1,024 are through. */
function campaign(probability: number, atLeast: number, name: string): { answer: string; tried: number } {
  const stream = seedStream(1, `certainty/${name}`);
  let held = 0;
  for (let tried = 1; tried <= 1024; tried++) {
    if (stream.uniform() < probability) held++;
    const answer = certaintyOf(held, tried, atLeast);
    if (answer !== "open") return { answer, tried };
  }
  return { answer: "open", tried: 1024 };
}

function campaigns(probability: number, atLeast: number): { answer: string; tried: number }[] {
  return Array.from({ length: 200 }, (_, index) => campaign(probability, atLeast, `${probability}/${index}`));
}

describe("the certainty of a campaign", () => {
  test("stops after a handful where nothing holds that should nearly always", () => {
    expect(campaign(0, 0.99, "none")).toEqual({ answer: "fails", tried: 4 });
  });

  test("stops before the end where everything holds", () => {
    expect(campaign(1, 0.95, "all")).toEqual({ answer: "holds", tried: 256 });
  });

  // With 1 in 1,000 wrong answers allowed, 200 campaigns have none with a probability of 82 % at least; seed 1.
  test.each([
    [0.99, "fails"],
    [0.8, "holds"],
  ])("never gives the wrong answer where the law holds in %d of all, against 0.9", (probability, wrong) => {
    expect(campaigns(probability, 0.9).filter(({ answer }) => answer === wrong)).toEqual([]);
  });

  test("is nearly always reached there within 1,024 trials, and never where the law holds as often as claimed", () => {
    const reached = (probability: number) =>
      campaigns(probability, 0.9).filter(({ answer }) => answer !== "open").length;

    expect(reached(0.99)).toBeGreaterThan(190);
    expect(reached(0.8)).toBeGreaterThan(190);
    expect(reached(0.9)).toBe(0);
  });

  test("looks only when the trials have doubled", () => {
    expect([1, 2, 4, 5, 7, 8, 100].map((tried) => certaintyOf(0, tried, 0.99))).toEqual([
      "open",
      "open",
      "fails",
      "open",
      "open",
      "fails",
      "open",
    ]);
  });
});
