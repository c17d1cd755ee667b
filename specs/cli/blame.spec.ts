import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { explainFault } from "../../src/cli/blame.ts";
import { errorJson } from "../../src/cli/output.ts";
import { InputError } from "../../src/foundation/input/inputError.ts";
import { printTable } from "../../src/foundation/print/printTable.ts";
import { findProjectFile } from "../../src/learning/config/findProjectFile.ts";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it must throw");
}

describe("an error that nothing caught", () => {
  test("is the project's where its own file threw it, with the line", () => {
    const error = thrownBy(() => JSON.parse("{"));

    expect(explainFault(error)).toMatchObject({
      code: "invalid-project",
      field: expect.stringMatching(/^specs\/cli\/blame\.spec\.ts:\d+:\d+$/),
    });
  });

  test("is ours where our code threw it, and JSON can say so", () => {
    const fault = explainFault(thrownBy(() => (printTable as (rows: unknown) => unknown)(null)));

    expect(errorJson(fault)).toMatchObject({
      code: "internal-error",
      message: expect.stringMatching(/report it/),
    });
  });

  test("is the environment's where the system refused something", () => {
    const error = Object.assign(new Error("EMFILE: too many open files, open 'a'"), {
      code: "EMFILE",
      syscall: "open",
      path: "a",
      stack: "Error\n    at async open (node:internal/fs/promises:639:25)",
    });

    expect(explainFault(error)).toMatchObject({ code: "environment", field: "a", got: "EMFILE" });
  });

  test("is the environment's where the working directory was removed", async () => {
    const [home, gone] = [process.cwd(), await mkdtemp(join(tmpdir(), "learnproof-gone-"))];
    process.chdir(gone);
    await rm(gone, { recursive: true });
    try {
      expect(findProjectFile()).toBe(null);
      // The stack of the call below is this file's, whose path cannot be made relative now.
      expect(explainFault(thrownBy(() => process.cwd()))).toMatchObject({
        field: expect.stringMatching(/^\//),
      });
      expect(explainFault(thrownBy(() => resolve("a")))).toBeInstanceOf(InputError);
    } finally {
      process.chdir(home);
    }
  });

  test("of bad input stays what it is", () => {
    const error = new InputError({ code: "c", field: "f", message: "m", got: 1 });

    expect(explainFault(error)).toBe(error);
  });

  test.each([
    [null, "null"],
    [5, "5"],
    [Object.create(null), "no words"],
    [
      {
        get stack() {
          throw new Error("hostile");
        },
        toString: () => "text",
      },
      "text",
    ],
  ])("may be anything at all: %#", (thrown, words) => {
    expect(explainFault(thrown).message).toContain(words);
  });
});
