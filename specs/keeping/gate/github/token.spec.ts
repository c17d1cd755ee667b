import { describe, expect, test } from "vitest";
import { describeFailure } from "../../../../src/keeping/gate/github/failure.ts";
import { holdsToken, readToken } from "../../../../src/keeping/gate/github/token.ts";

const TOKEN = "ghs_0123456789abcdef";

describe("the token", () => {
  test.each([TOKEN, `${TOKEN}\n`, ` ${TOKEN}\r\n`])(
    "is taken without white space around it: %j",
    (GITHUB_TOKEN) => {
      expect(readToken({ GITHUB_TOKEN })).toBe(TOKEN);
    },
  );

  test.each([undefined, "", " \n"])("is asked for where it is %j", (GITHUB_TOKEN) => {
    expect(() => readToken({ GITHUB_TOKEN })).toThrow("give the step GITHUB_TOKEN");
  });

  test.each([`${TOKEN}\r\nX-Evil: 1`, `${TOKEN} x`, `${TOKEN}\u00e9`, `${TOKEN}\u0000`])(
    "is refused without being named where it can be none: %j",
    (GITHUB_TOKEN) => {
      expect(() => readToken({ GITHUB_TOKEN })).toThrow(/^GITHUB_TOKEN holds characters that no token has/);
    },
  );

  test.each([
    `bad credentials ${TOKEN}`,
    `bad credentials ${TOKEN.slice(3, 14)}…`,
    `Headers.append: "token ${TOKEN}%0D%0A" is an invalid header value`,
  ])("is in no sentence on a failure: %s", (message) => {
    for (const token of [TOKEN, `${TOKEN}\n`, `${TOKEN}\r\nX-Evil: 1`]) {
      expect(holdsToken(message, token)).toBe(true);
      expect(describeFailure(Object.assign(new Error(message), { status: 500 }), token)).toBe(
        "GitHub answered 500, and what was said is left out since it holds the token",
      );
    }
  });

  test("is told in its escaped spelling, too", () => {
    expect(holdsToken("token=a%2Fb%3Dc%25d%26e%2Bf%23g", "a/b=c%d&e+f#g")).toBe(true);
  });

  test("is left out of a URL, too, as is any other secret in one", () => {
    const error = new Error("no such host: https://me:secret@proxy.example/api");

    expect(describeFailure(error, TOKEN)).toBe("no such host: https://…@proxy.example/api");
  });

  test("leaves every other sentence as it is, on one line and of bounded length", () => {
    expect(describeFailure(new Error("Not Found"), TOKEN)).toBe("Not Found");
    expect(describeFailure(new Error("Not Found"), undefined)).toBe("Not Found");
    expect(describeFailure(new Error("a\n::error::b\u001b[31m\u202e"), TOKEN)).toBe(
      '"a\\n::error::b\\u001b[31m\\u202e"',
    );
    expect(describeFailure(new Error("x".repeat(100_000)), TOKEN).length).toBeLessThan(400);
    expect(describeFailure("no error", TOKEN)).toBe("no error");
    expect(describeFailure(null, TOKEN)).toBe("null");
  });
});
