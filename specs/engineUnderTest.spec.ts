import { describe, expect, test } from "vitest";
import { engineNames } from "../src/learning/engine/engineName.ts";
import { readEngine } from "./engineUnderTest.ts";

describe("the engine that the suite runs on", () => {
  test.each(engineNames)("is %s where LEARNPROOF_ENGINE says so", (name) => {
    expect(readEngine(name)).toBe(name);
  });

  test("is wasm where nothing is said", () => {
    expect(readEngine(undefined)).toBe("wasm");
    expect(readEngine("")).toBe("wasm");
  });

  test("is refused where it is mistyped", () => {
    expect(() => readEngine("tensorfow")).toThrow(
      'LEARNPROOF_ENGINE must be one of tensorflow, webgpu, wasm, cpu, got "tensorfow"',
    );
  });
});
