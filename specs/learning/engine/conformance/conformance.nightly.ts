import { beforeAll, describe, expect, test } from "vitest";
import { failures, namesOf, newFailures, staleRows, unlistedFailures } from "./compare.ts";
import { knownFailures, wrongTests } from "./knownFailures.ts";
import { enginesInBundle, type Outcomes, runSuites, type SuiteReport } from "./runSuite.ts";

describe("tfjs-core's own tests of convolutions, matrix products, pooling, losses, optimizers and gradients", () => {
  let stock: Outcomes;
  let ours: Outcomes;
  let report: SuiteReport;

  beforeAll(async () => {
    const reports = await runSuites();
    stock = reports.stock.outcomes;
    report = reports.ours;
    ours = report.outcomes;
  });

  test("are all found: tfjs-core 4.22.0 has 1,156, and stock passes 1,029", () => {
    expect(Object.keys(stock)).toHaveLength(1156);
    expect(Object.keys(failures(stock))).toHaveLength(127);
    expect(Object.keys(ours)).toEqual(Object.keys(stock));
  });

  test("pass with our kernels wherever they pass on the stock wasm backend, but for those that are wrong", () => {
    expect(Object.keys(newFailures(stock, ours)).sort()).toEqual(namesOf(wrongTests).sort());
  });

  test("pass with our kernels where stock fails for want of the convolution's filter gradient", () => {
    const unsupported = Object.entries(failures(stock))
      .filter(([, reason]) => reason?.includes("'Conv2DBackpropFilter' not registered"))
      .map(([name]) => name);

    expect(unsupported).toHaveLength(11);
    expect(unsupported.filter((name) => ours[name] !== null)).toEqual([]);
  });

  test("fail with our kernels only where knownFailures.ts gives the reason", () => {
    expect(unlistedFailures([...knownFailures, ...wrongTests], ours)).toEqual({});
  });

  test("fail wherever knownFailures.ts says so, on stock too", () => {
    expect(staleRows(knownFailures, ours), "these pass: delete their rows of knownFailures.ts").toEqual([]);
    expect(staleRows(knownFailures, stock), "these pass on stock: ours has to pass them").toEqual([]);
  });

  test("notice one wrong number in the answer of any stock kernel that ours replaces, or gives a gradient", () => {
    const unnoticed = Object.entries(report.broken ?? {})
      .filter(([, { outcomes }]) => noticed(outcomes) === 0)
      .map(([name, { inStock }]) => (inStock ? `${name}: no test fails` : name));

    // tfjs-core's optimizers do not call these.
    expect(unnoticed).toEqual(["AdamUpdate", "SgdUpdate", "MomentumUpdate", "RmspropUpdate"]);
  });

  test("fail by tens where a convolution or a matrix product is wrong", () => {
    for (const name of ["Conv2D", "BatchMatMul"])
      expect(noticed(report.broken?.[name]?.outcomes), name).toBeGreaterThan(20);
  });

  test("go on passing, where stock does, with our answers written anew unchanged: it is numbers that they notice", () => {
    // Not more than stock: its aliases are copies as well, and some tests count pieces of memory.
    expect(Object.keys(newFailures(stock, report.rewritten ?? {})).sort()).toEqual(
      namesOf(wrongTests).sort(),
    );
  });

  /** How many tests fail that pass while the same answers are written anew unchanged. */
  function noticed(outcomes: Outcomes = {}): number {
    return Object.keys(failures(outcomes)).filter((name) => report.rewritten?.[name] === null).length;
  }
});

describe("the bundle of the tests", () => {
  test("holds one engine", async () => {
    await expect(enginesInBundle()).resolves.toEqual(["tfjs-core/dist/engine.js"]);
  });

  test("would hold two if the imports were left as they are", async () => {
    await expect(enginesInBundle({})).resolves.toHaveLength(2);
  });
});
