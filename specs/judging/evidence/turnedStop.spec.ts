import { describe, expect, test } from "vitest";
import { describeTurnedPlateau, describeTurnedStop } from "../../../src/judging/evidence/turnedStop.ts";

type Plateau = Parameters<typeof describeTurnedPlateau>;

/** A run whose rate was lowered so many times by what watches a number. */
function lowered(watched: object, times = 2): Plateau {
  const rateCuts = Array.from({ length: times }, (_, at) => ({
    step: 10 * (at + 1),
    factor: 0.5 ** (at + 1),
  }));
  return [{ optimizer: { onPlateau: watched } }, { trace: { rateCuts }, steps: 100 }] as unknown as Plateau;
}

describe("a callback that takes what is worse for what is better", () => {
  test.each([
    { monitor: "heldOutAccuracy", mode: "min" },
    { monitor: "loss", mode: "max" },
  ])("lowers the rate where the run improves: $monitor, $mode", (watched) => {
    expect(describeTurnedPlateau(...lowered(watched))).toContain(
      `mode ${watched.mode}), and lowered it 2 times`,
    );
  });

  test.each([
    [{ monitor: "heldOutAccuracy", mode: "max" }, 2],
    [{ monitor: "heldOutAccuracy" }, 2],
    [{ monitor: "loss", mode: "min" }, 2],
    [{ monitor: "loss", mode: "max" }, 0],
  ])("is not said of %o that lowered it %i times: the twins", (watched, times) => {
    expect(describeTurnedPlateau(...lowered(watched, times))).toBeNull();
  });

  test("keeps the weights of the worst epoch, without ending training", () => {
    const earlyStopping = {
      monitor: "loss",
      mode: "max",
      patience: 9,
      minDelta: 0,
      restoreBest: true,
    } as const;
    const words = describeTurnedStop({ earlyStopping, steps: 50 }, { steps: 50 });
    expect(words).toMatch(/^what keeps the weights of the best epoch takes a larger loss/);
    expect(
      describeTurnedStop({ earlyStopping: { ...earlyStopping, mode: "min" }, steps: 50 }, { steps: 50 }),
    ).toBeNull();
  });
});
