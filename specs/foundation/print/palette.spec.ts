import { describe, expect, test } from "vitest";
import { wantsColour } from "../../../src/foundation/print/palette.ts";

describe("colour", () => {
  test.each([
    ["on a terminal", {}, true, true],
    ["in a pipe", {}, false, false],
    ["in a pipe of a workflow", { CI: "true" }, false, false],
    ["where NO_COLOR is set", { NO_COLOR: "1" }, true, false],
    ["where NO_COLOR is set to 0, which is set", { NO_COLOR: "0" }, true, false],
    ["where NO_COLOR is empty, which is not set", { NO_COLOR: "" }, true, true],
    ["where both are set", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    ["in a pipe that asks for it", { FORCE_COLOR: "1" }, false, true],
    ["on a terminal that forbids it", { FORCE_COLOR: "0" }, true, false],
    ["on a dumb terminal", { TERM: "dumb" }, true, false],
  ])("%s", (_, environment, isTerminal, wanted) => {
    expect(wantsColour({ environment, isTerminal })).toBe(wanted);
  });
});
