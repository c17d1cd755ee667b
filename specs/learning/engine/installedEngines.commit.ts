// What the built package starts where libraries are missing, whole or broken: each case is a folder of its own, and a process.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installCopy } from "./installation.ts";
import { anyAddon, withoutItsLibrary } from "./tensorflow/anyAddon.ts";

/** Names a GPU as well on a machine that has one. */
const DEFAULT_REASON = /^wasm: the default(; .* is not used \(try .*\))?$/;

/** Prints the engines that start, or the messages of the refusals. */
function enginesOf(...requests: object[]): string {
  return `
    import util from "node:util";
    import { startEngine } from "./dist/learning/engine/startEngine.js";
    // As from Node 23 on.
    for (const removed of ["isArray", "isNullOrUndefined"]) delete util[removed];
    const started = [];
    for (const request of ${JSON.stringify(requests)})
      started.push(await startEngine(request).catch((error) => error.message));
    console.log(JSON.stringify(started));`;
}

describe("where no TensorFlow library is installed", () => {
  let copy: Installation;
  beforeAll(async () => {
    copy = await installCopy({});
  });
  afterAll(() => copy.remove());

  test("the default is wasm, and tensorflow asked for by name is refused", async () => {
    const { stdout, stderr } = await copy.script(
      enginesOf({}, { name: "tensorflow" }, { environment: { LEARNPROOF_ENGINE: "tensorflow" } }),
    );

    const refusal =
      'names an engine that does not start here: @tensorflow/tfjs-node-gpu is not installed; install @tensorflow/tfjs-node-gpu, run learnproof build-tensorflow, or use wasm (got "tensorflow")';
    expect(JSON.parse(stdout)).toEqual([
      {
        name: "wasm",
        device: "CPU",
        reason: expect.stringMatching(DEFAULT_REASON),
        bitExact: true,
      },
      `--engine: ${refusal}`,
      `LEARNPROOF_ENGINE: ${refusal}`,
    ]);
    expect(stderr).toBe("");
  });

  test("every engine starts without a word, and leaves no handler of uncaught errors behind", async () => {
    const ran = await copy.script(`
      import { startEngine } from "./dist/learning/engine/startEngine.js";
      await startEngine({ name: "cpu" });
      await startEngine();
      process.exitCode = ${HANDLERS};`);

    expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("stock TensorFlow.js greets, and leaves two such handlers", async () => {
    const ran = await copy.script(`
      import "@tensorflow/tfjs-backend-cpu";
      import "@tensorflow/tfjs-backend-wasm";
      import { ready, scalar, setBackend } from "@tensorflow/tfjs-core";
      await setBackend("cpu");
      scalar(0);
      await setBackend("wasm");
      await ready();
      process.exitCode = ${HANDLERS};`);

    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("Hi, looks like you are running") });
  });
});

const HANDLERS = `process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection")`;

describe("where a TensorFlow library is installed but broken", () => {
  const why =
    "@tensorflow/tfjs-node-gpu is installed but does not load (libtensorflow.so.2: cannot open shared object file)";
  let copy: Installation;
  beforeAll(async () => {
    copy = await installCopy({
      "tfjs-node-gpu":
        'console.log("noise"); throw new Error("libtensorflow.so.2: cannot open shared object file\\nRequire stack: …");',
    });
    await copy.write("brief.json", JSON.stringify(BRIEF));
  });
  afterAll(() => copy.remove());

  test("training with the default engine does not load it", async () => {
    const { stdout, stderr } = await copy.learnproof("train", "brief.json");

    expect(stderr.split("\n")[0]).toMatch(/^engine wasm: the default/);
    expect(stderr).not.toContain("libtensorflow");
    expect(stdout).not.toContain("noise");
    expect(stdout).toMatch(/after 1 steps?/);
  });

  test("training with it, asked for by name, exits 2 and says why on one line", async () => {
    const ran = await copy.learnproof("train", "brief.json", "--engine", "tensorflow");

    expect(ran).toEqual({
      code: 2,
      stdout: "",
      stderr: `learnproof: --engine: names an engine that does not start here: ${why}; install @tensorflow/tfjs-node-gpu, run learnproof build-tensorflow, or use wasm (got "tensorflow")\n`,
    });
  });
});

/** Small, and done at once. */
const BRIEF = {
  model: { imageSize: 8, channels: 1, filters: [2], hiddenUnits: [4] },
  data: { examples: 20, heldOut: 5, boxSize: 2 },
  training: { steps: 1 },
};

describe("where a TensorFlow library", () => {
  /** Stands for the native one: it computes in JavaScript, and refuses to load where the native one would. */
  const whole = `
    const { MathBackendCPU } = require("@tensorflow/tfjs-backend-cpu");
    const { registerBackend } = require("@tensorflow/tfjs-core");
    const util = require("node:util");
    if (!util.isNullOrUndefined(null) || !util.isArray([])) throw new Error("util lacks its functions");
    if (process.env.TF_DETERMINISTIC_OPS !== "1") throw new Error("sums may come in any order");
    registerBackend("tensorflow", () => new MathBackendCPU());`;

  const native = (why: string) => ({ name: "tensorflow", device: "CPU", reason: why, bitExact: false });
  const byName = native("tensorflow: asked for by --engine");
  const wasm = { name: "wasm", device: "CPU", reason: expect.stringMatching(DEFAULT_REASON), bitExact: true };
  const refused = (why: string) => expect.stringContaining(`does not start here: ${why};`);

  test.each([
    ["loads, it starts by name, and wasm without", { "tfjs-node-gpu": whole }, byName],
    [
      "does not load and the next one does, that one starts by name",
      { "tfjs-node-gpu": "throw new Error()", "tfjs-node": whole },
      byName,
    ],
    [
      "throws what is no error, it is refused by name",
      { "tfjs-node-gpu": "throw null" },
      refused("@tensorflow/tfjs-node-gpu is installed but does not load (null)"),
    ],
    [
      "loads and brings no backend, it is refused by name",
      { "tfjs-node": "" },
      refused(
        "@tensorflow/tfjs-node is installed but does not load (it brings no backend of the name tensorflow)",
      ),
    ],
  ])("%s", async (_claim, packages, started) => {
    const copy = await installCopy(packages);

    const { stdout, stderr } = await copy.script(enginesOf({}, { name: "tensorflow" }));
    await copy.remove();

    expect(JSON.parse(stdout)).toEqual([wasm, started]);
    expect(stderr).toBe("");
  });
});

describe.skipIf(process.platform !== "linux")("where both packages are installed and broken", () => {
  test("the default is wasm, and by name one line says what is wrong with each", async () => {
    const addon = join("lib", "tfjs_binding.node");
    const main = 'require("./lib/tfjs_binding.node");';
    const copy = await installCopy({ "tfjs-node-gpu": main, "tfjs-node": main });
    const packages = join("node_modules", "@tensorflow");
    await copy.write(join(packages, "tfjs-node-gpu", addon), withoutItsLibrary(anyAddon()));
    await copy.write(join(packages, "tfjs-node", addon), anyAddon().subarray(1000));

    const { stdout, stderr } = await copy.script(enginesOf({}, { name: "tensorflow" }));
    await copy.remove();

    const [byDefault, byName] = JSON.parse(stdout);
    const why = /tfjs-node-gpu .+\(libtensorflow: cannot open .+\); .+tfjs-node .+\(.+invalid ELF header\)/;
    expect(byDefault).toMatchObject({ name: "wasm" });
    expect(byName).toMatch(why);
    for (const text of [byDefault.reason, byName, stderr]) expect(text.trim()).not.toContain("\n");
    expect(stderr).toBe("");
  });
});

describe("where WebGPU", () => {
  const refusal = (why: string) =>
    `--engine: names an engine that does not start here: ${why}; install webgpu and @tensorflow/tfjs-backend-webgpu, and a GPU's driver, or use wasm (got "webgpu")`;

  test.each([
    ["is not installed", null, "webgpu is not installed"],
    [
      "is installed but broken",
      'throw new Error("dawn.node: cannot open shared object file\\nRequire stack: …");',
      "WebGPU does not load (dawn.node: cannot open shared object file)",
    ],
  ])("%s, it is refused in one line, and the default runs", async (_claim, main, why) => {
    const copy = await installCopy({}, "webgpu");
    if (main !== null) await copy.write(join("node_modules", "webgpu", "index.js"), main);

    const { stdout, stderr } = await copy.script(enginesOf({ name: "webgpu" }, {}));
    await copy.remove();

    expect(JSON.parse(stdout)).toEqual([refusal(why), expect.objectContaining({ name: "wasm" })]);
    expect(stderr).toBe("");
  });
});
