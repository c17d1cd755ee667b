import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { builtPackage } from "../builtPackage.ts";

const MODULE = pathToFileURL(join(builtPackage(), "dist/cli/progress.js")).href;

/** A process whose standard error is taken for a terminal, in the middle of its work. */
const SCRIPT = `process.stderr.isTTY = true;
import(${JSON.stringify(MODULE)}).then(({ createProgress, createTotalProgress }) => {
  const progress = process.argv[1] === "total" ? createTotalProgress(10) : createProgress();
  progress.begin("training", 10, 1);
  if (process.argv[2] === "exit") process.exit(3);
  if (process.argv[2] === "throw") throw new Error("in the middle");
  console.log("begun");
  setInterval(() => undefined, 1000);
});`;

async function interrupted(kind: string, end: string) {
  const args = ["-e", SCRIPT, kind, end];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TERM: "xterm" },
  });
  let drawn = "";
  child.stderr.on("data", (data) => {
    drawn += data;
  });
  child.stdout.once("data", () => child.kill(end as NodeJS.Signals));
  const [code, signal] = await once(child, "close");
  return { ended: signal ?? code, drawn };
}

describe("a terminal", () => {
  test.each([
    ["one", "SIGINT", "SIGINT"],
    ["total", "SIGTERM", "SIGTERM"],
    ["total", "exit", 3],
    ["one", "throw", 1],
  ])(
    "has its cursor and its wrapping of lines again when a bar (%s) is ended by %s",
    async (kind, end, code) => {
      const { ended, drawn } = await interrupted(kind, end);

      expect(ended).toBe(code);
      // The bar takes both, and gives both back last.
      for (const way of ["?25", "?7"]) {
        expect(drawn).toContain(`\u001b[${way}l`);
        expect(drawn.lastIndexOf(`\u001b[${way}h`)).toBeGreaterThan(drawn.lastIndexOf(`\u001b[${way}l`));
      }
    },
  );
});
