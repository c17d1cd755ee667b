import { expect, test } from "vitest";
import { counted } from "../../src/foundation/print/counted.ts";

test.each([
  [0, "0 steps"],
  [1, "1 step"],
  [2, "2 steps"],
])("%d is %s", (count, said) => {
  expect(counted(count, "step")).toBe(said);
});
