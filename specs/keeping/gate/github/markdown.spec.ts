import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entities, inlineCode } from "../../../../src/keeping/gate/github/markdown.ts";

/** What a browser shows for numeric entities. */
function decode(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

describe("untrusted text on GitHub's pages", () => {
  test.each([
    "<script>alert(1)</script>",
    "</code><img src=x onerror=alert(1)>",
    "`a` **b** _c_ ~~d~~ [e](http://f) ![g](h)",
    "a | b | c",
    "@everyone #1 https://example.com www.example.com",
    "::error::no",
    "&lt; &#60;",
    "<!-- learnproof gate wasm -->",
  ])("is code, and reads as it was written: %s", (text) => {
    const html = inlineCode(text);

    expect(html).toMatch(/^<code>(?:[\p{L}\p{N} ]|&#\d+;)*<\/code>$/u);
    expect(decode(html)).toBe(`<code>${text}</code>`);
  });

  test("cannot break its line, steer a terminal or reverse what follows", () => {
    expect(decode(inlineCode("a\r\n| b\u202e\u2028\u001b[31m"))).toBe(
      "<code>a\\u000d\\u000a| b\\u202e\\u2028\\u001b[31m</code>",
    );
  });

  test("whatever it is, holds no character that Markdown or HTML would read", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."<>&#;`*_~[](){}|@:/\\\"'!-+=.\n\r\t\u2028\u202e\u0000aé9 ") }),
        (text) => {
          expect(/[^\p{L}\p{N} &#;]/u.test(inlineCode(text).slice(6, -7))).toBe(false);
          expect(entities(text).split("\n")).toHaveLength(1);
        },
      ),
    );
  });
});
