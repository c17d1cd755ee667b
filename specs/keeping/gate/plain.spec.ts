import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, plain, plainJson } from "../../../src/keeping/gate/plain.ts";

const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

describe("text from files", () => {
  test.each(["plain.json", "sp ace/ünï/日本 💥.json", "| <img> `x` @octo"])("stands as it is: %s", (name) => {
    expect(plain(name)).toBe(name);
  });

  test.each([
    ["a\r\nb", '"a\\r\\nb"'],
    ["\u001b[31m", '"\\u001b[31m"'],
    ["\u009b31m", '"\\u009b31m"'],
    ["\u0085", '"\\u0085"'],
    ["\u202egpj", '"\\u202egpj"'],
    ["\u2066x\u2069", '"\\u2066x\\u2069"'],
    ["a\u2028b", '"a\\u2028b"'],
    ["\ud800", '"\\ud800"'],
  ])("that steers a terminal is quoted and escaped: %j", (name, shown) => {
    expect(plain(name)).toBe(shown);
  });

  test("is cut, between characters, with a word on how much is missing", () => {
    expect(cut("abcdef", 6)).toBe("abcdef");
    expect(cut("abcdefg", 6)).toBe("abcdef… (1 more characters)");
    expect(cut("abcde💥g", 6)).toBe("abcde… (3 more characters)");
    expect(plainJson(JSON.stringify("\u009b".repeat(400_000))).length).toBeLessThan(1_000);
  });

  test("whatever it is, comes out as one short line that does no more than show characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const shown of [plain(text), plainJson(JSON.stringify(text))]) {
          expect(STEERING.test(shown)).toBe(false);
          expect(shown.length).toBeLessThan(1_000);
        }
      }),
    );
  });
});
