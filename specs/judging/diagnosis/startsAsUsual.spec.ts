// Weights that start as usual are not drawn anew for a cure: another draw that happens to learn names no cause.

import { expect, test } from "vitest";
import { startsAsUsual } from "../../../src/judging/diagnosis/cure/startsAsUsual.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";

async function starts(kernelInitializer: string): Promise<boolean> {
  return startsAsUsual(await createSubject(parseConfig({ subject: "dense", model: { kernelInitializer } })));
}

test("a network that Glorot's or He's initializer draws starts as usual", async () => {
  expect(await starts("glorotUniform")).toBe(true);
  expect(await starts("heNormal")).toBe(true);
});

test("a network whose units start alike does not: the twin", async () => {
  expect(await starts("zeros")).toBe(false);
  expect(await starts("constant")).toBe(false);
});
