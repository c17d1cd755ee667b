import { expect, test } from "vitest";
import { readThreads } from "../../../src/learning/engine/threads.ts";

test("one thread computes inside a worker of vitest, or as many as the environment says", () => {
  expect(readThreads(undefined)).toBe(1);
  expect(readThreads(undefined, { LEARNPROOF_THREADS: "3" })).toBe(3);
  expect(readThreads(undefined, { LEARNPROOF_THREADS: "" })).toBe(1);
});

test.each(["0", "65", "1.5", "two"])("LEARNPROOF_THREADS=%s is refused", (count) => {
  expect(() => readThreads(undefined, { LEARNPROOF_THREADS: count })).toThrow(
    /^LEARNPROOF_THREADS: must be a whole number from 1 to 64; .* \(got /,
  );
});
