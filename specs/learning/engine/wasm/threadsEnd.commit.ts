import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { builtPackage } from "../../../builtPackage.ts";

/** Starts three threads that share a kernel, and says so. */
const START = `
  import { engine, matMul, ones } from "@tensorflow/tfjs-core";
  import { startEngine } from "./dist/learning/engine/startEngine.js";
  import { hostOf } from "./dist/learning/engine/wasm/host.js";
  await startEngine({ name: "wasm", threads: 3 });
  const product = () => { const out = matMul(ones([200, 200]), ones([200, 200])); return out.dataSync()[0]; };
  while (hostOf(engine().backend).threadsFor(1e9) < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  console.log(product());
`;

function run(script: string) {
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: builtPackage(),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("the threads end with the process", async () => {
  const child = run(START);
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });

  expect(await once(child, "exit")).toEqual([0, null]);
  expect(printed).toBe("200\n");
});

test("a process that exits itself does not wait for its threads", async () => {
  const child = run(`${START} process.exit(3);`);

  expect(await once(child, "exit")).toEqual([3, null]);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends the process in the midst of a kernel", async (signal) => {
  const child = run(`${START} for (;;) product();`);
  await once(child.stdout, "data");
  child.kill(signal);

  expect(await once(child, "exit")).toEqual([null, signal]);
});

test("a kernel that leaves the memory fails on threads as on one, and nobody waits for ever", async () => {
  const child = run(`${START}
    const host = hostOf(engine().backend);
    const run = (threads) => host.run("activation", 2 ** 18, threads, [0, 2 ** 31, 2 ** 28, 1, 0]);
    for (const threads of [1, 3]) try { run(threads); } catch { console.log("failed on", threads); }`);
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });

  expect(await once(child, "exit")).toEqual([0, null]);
  expect(printed).toBe("200\nfailed on 1\nfailed on 3\n");
});
