import { describe, expect, test } from "vitest";
import { isTurnedRound, type Monitor } from "../../../src/learning/training/monitor.ts";
import { createRateLowering } from "../../../src/learning/training/plateau.ts";

const plateau = { monitor: "loss", factor: 0.5, patience: 2, minDelta: 0 } as const;

/** The factors on the rate after each of some epochs, by the losses of those epochs. */
async function factorsFor(changes: object, losses: readonly number[]): Promise<number[]> {
  const scales = [1];
  const lowering = createRateLowering({ ...plateau, ...changes }, 0.1, {
    scaleRate: (factor) => scales.push(factor),
  });
  const factors: number[] = [];
  for (const loss of losses) {
    await lowering.endsEpoch(async () => loss);
    factors.push(scales.at(-1) as number);
  }
  return factors;
}

describe("a rate that is lowered on a plateau", () => {
  test("is lowered after as many epochs without an improvement as the patience asks for", async () => {
    expect(await factorsFor({}, [1, 1, 1, 1, 1])).toEqual([1, 1, 0.5, 0.5, 0.25]);
    expect(await factorsFor({}, [5, 4, 3, 2, 1])).toEqual([1, 1, 1, 1, 1]);
  });

  test("waits during its cooldown, and stays above its least rate", async () => {
    expect(await factorsFor({ patience: 1, cooldown: 2 }, [1, 1, 1, 1, 1])).toEqual([
      1, 0.5, 0.5, 0.25, 0.25,
    ]);
    expect(await factorsFor({ patience: 1, leastRate: 0.05 }, [1, 1, 1, 1])).toEqual([1, 0.5, 0.5, 0.5]);
  });

  test("takes a fall by less than the least difference for none, and more for better where asked to", async () => {
    expect(await factorsFor({ patience: 1, minDelta: 2 }, [5, 4, 1])).toEqual([1, 0.5, 0.5]);
    expect(await factorsFor({ patience: 1, mode: "max" }, [1, 2, 1])).toEqual([1, 1, 0.5]);
  });

  test("knows which mode is the wrong one for a monitor", () => {
    const isTurned = (monitor: Monitor, mode?: "min" | "max") => isTurnedRound({ monitor, mode });
    expect([isTurned("loss", "max"), isTurned("heldOutAccuracy", "min")]).toEqual([true, true]);
    expect([isTurned("loss"), isTurned("accuracy", "max"), isTurned("heldOutLoss", "min")]).not.toContain(
      true,
    );
  });
});
