import { beforeAll, describe, expect, test } from "vitest";
import { type Outcomes, runSuite } from "./runSuite.ts";

describe("tfjs-core's own tests of convolutions, matrix products, pooling, losses, optimizers and gradients", () => {
  let stock: Outcomes;
  let ours: Outcomes;
  let broken: Outcomes;

  beforeAll(async () => {
    stock = await runSuite("stock");
    ours = await runSuite("ours");
    broken = await runSuite("broken");
  });

  test("are all found: the suite has not shrunk since tfjs-core 4.22.0", () => {
    expect(Object.keys(stock).length).toBeGreaterThanOrEqual(580);
    expect(Object.keys(ours)).toEqual(Object.keys(stock));
  });

  test("pass with our kernels wherever they pass on the stock wasm backend", () => {
    expect(newFailures(stock, ours)).toEqual({});
  });

  test("pass with our kernels where stock fails for want of the convolution's filter gradient", () => {
    const unsupported = namesOf(stock, (reason) => reason?.includes("'Conv2DBackpropFilter' not registered"));

    expect(unsupported.length).toBeGreaterThanOrEqual(9);
    expect(unsupported.filter((name) => ours[name] !== null)).toEqual([]);
  });

  test("fail with a convolution that returns zeros: the comparison can fail", () => {
    const failures = Object.keys(newFailures(ours, broken));

    expect(failures.length).toBeGreaterThan(20);
    expect(failures.every((name) => /conv/i.test(name))).toBe(true);
  });
});

/** Tests that passed before and fail after, with the reason. */
function newFailures(before: Outcomes, after: Outcomes): Outcomes {
  const failures = namesOf(after, (reason, name) => reason !== null && before[name] === null);
  return Object.fromEntries(failures.map((name) => [name, after[name] as string]));
}

function namesOf(
  outcomes: Outcomes,
  wanted: (reason: string | null, name: string) => boolean | undefined,
): string[] {
  return Object.entries(outcomes)
    .filter(([name, reason]) => wanted(reason, name))
    .map(([name]) => name);
}
