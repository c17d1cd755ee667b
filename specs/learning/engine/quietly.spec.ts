import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { quietly } from "../../../src/learning/engine/quietly.ts";

const METHODS = ["debug", "log", "info", "warn"] as const;

const { console: terminal } = globalThis;

let printed: string[];

beforeEach(() => {
  printed = [];
  for (const method of [...METHODS, "error"] as const)
    vi.spyOn(terminal, method).mockImplementation((text) => void printed.push(text));
});

afterEach(() => vi.restoreAllMocks());

describe("a quiet start-up", () => {
  test.each(METHODS)("drops what goes to console.%s, which prints again afterwards", async (method) => {
    await quietly(async () => terminal[method]("during"));
    terminal[method]("after");

    expect(printed).toEqual(["after"]);
  });

  test("lets errors through", async () => {
    await quietly(async () => terminal.error("during"));

    expect(printed).toEqual(["during"]);
  });

  test("gives back its answer, or its failure, and the console either way", async () => {
    await expect(quietly(async () => "answer")).resolves.toBe("answer");
    await expect(quietly(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    terminal.log("after");

    expect(printed).toEqual(["after"]);
  });

  test("gives the console back when another began during it and ended after it", async () => {
    let end = () => {};
    const untilEnd = new Promise<void>((resolve) => {
      end = resolve;
    });
    let second: Promise<void> | undefined;

    await quietly(async () => {
      second = quietly(() => untilEnd);
    });
    terminal.log("between");
    end();
    await second;
    terminal.log("after");

    expect(printed).toEqual(["after"]);
  });
});
