import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { readSavedModel } from "../../../src/foundation/savedModel/savedModelFile.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { changed, type Json, type Saved, savedOf, writeModel } from "./saveModel.ts";

let folder: string;
let base: Saved;
let count = 0;

beforeAll(async () => {
  await startEngineUnderTest();
  folder = mkdtempSync(join(tmpdir(), "learnproof-models-"));
  base = await savedOf(
    sequential({
      layers: [
        layers.dense({ inputShape: [3], units: 4, activation: "relu", name: "one" }),
        layers.dense({ units: 1, name: "two" }),
      ],
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a model, or that it was read. */
function said(json: Json, files: Readonly<Record<string, Buffer>> = { "weights.bin": base.data }): string {
  return readingOf(writeModel(join(folder, `model-${count++}`), json, files));
}

function readingOf(path: string): string {
  try {
    readSavedModel(path);
    return "read";
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).field).toBe("model.file");
    expect((error as Error).message).not.toMatch(/Cannot read|undefined|is not a function|call stack/);
    return (error as Error).message;
  }
}

const withPart = (path: readonly (string | number)[], value: Json | undefined) =>
  said(changed(base.json, path, value));
const GROUP = ["weightsManifest", 0] as const;
const LAYERS = ["modelTopology", "config", "layers"] as const;

describe("a saved model", () => {
  test("is read as TensorFlow.js writes it, in shards and groups, and as a topology alone", () => {
    const { data } = base;
    const { weightsManifest } = base.json as { weightsManifest: [{ weights: [Json, Json, ...Json[]] }] };
    const [kernel, bias, ...rest] = weightsManifest[0].weights;
    const groups = [
      { paths: ["w/1.bin"], weights: [kernel, bias] },
      { paths: ["w/2.bin"], weights: rest },
    ];

    expect(said(base.json)).toBe("read");
    expect(
      said(changed(base.json, [...GROUP, "paths"], ["a.bin", "b.bin"]), {
        "a.bin": data.subarray(0, 7),
        "b.bin": data.subarray(7),
      }),
    ).toBe("read");
    expect(
      said(changed(base.json, ["weightsManifest"], groups), {
        "w/1.bin": data.subarray(0, 64),
        "w/2.bin": data.subarray(64),
      }),
    ).toBe("read");
    expect(said(changed(base.json, ["weightsManifest"], undefined), {})).toBe("read");
  });

  test("is read once while its files stay as they are", () => {
    const files = { "weights.bin": base.data };
    const path = writeModel(join(folder, "once"), base.json, files);
    const before = readSavedModel(path);

    expect(readSavedModel(path)).toBe(before);
    writeFileSync(join(folder, "once", "weights.bin"), Buffer.alloc(base.data.length));
    expect(readSavedModel(path).sha256).not.toBe(before.sha256);
  });

  test.each([
    ["a string", "x"],
    ["an object", {}],
    ["a list of null", [null]],
  ])("is refused where its manifest is %s", (_, manifest) => {
    expect(withPart(["weightsManifest"], manifest)).toContain("weightsManifest");
  });

  test.each([
    ["paths", "weights.bin"],
    ["paths", undefined],
    ["paths", null],
    ["paths", [1]],
    ["paths", [null]],
    ["weights", undefined],
    ["weights", null],
    ["weights", [null]],
  ] as const)("is refused where %s of its manifest is %j", (key, value) => {
    expect(withPart([...GROUP, key], value as Json | undefined)).toContain(`weightsManifest.0.${key}`);
  });

  test.each([
    ["shape", [-3, 4], "shape"],
    ["shape", [1.5], "shape"],
    ["shape", [1e9, 1e9], "at most 50000000 weights"],
    ["shape", [2, 4], "as many bytes of weights as its manifest says"],
    ["dtype", "string", "dtype"],
    ["dtype", "float64", "dtype"],
    ["name", "one/bias", "must name each weight once"],
    ["quantization", { dtype: "uint8", scale: null, min: -2 }, "quantization.scale"],
    ["quantization", { dtype: "uint8", min: -2 }, "quantization.scale"],
    ["quantization", { dtype: "uint4", scale: 1, min: 0 }, "quantization.dtype"],
  ] as const)("is refused where the %s of a weight is %j", (key, value, rule) => {
    expect(withPart([...GROUP, "weights", 0, key], structuredClone(value) as unknown as Json)).toContain(
      rule,
    );
  });

  test.each([
    ["a few bytes short", (data: Buffer) => data.subarray(0, -2), "as many bytes"],
    ["empty", () => Buffer.alloc(0), "as many bytes"],
    ["there twice", (data: Buffer) => Buffer.concat([data, data]), "as many bytes"],
    ["NaN", (data: Buffer) => Buffer.alloc(data.length, 0xff), "must have finite weights"],
    [
      "infinite in one place",
      (data: Buffer) => Buffer.concat([data.subarray(4), Buffer.from([0, 0, 0x80, 0x7f])]),
      "must have finite weights",
    ],
  ])("is refused where its weights are %s", (_, change, rule) => {
    expect(said(base.json, { "weights.bin": change(base.data) })).toContain(rule);
  });

  test("is refused where quantised weights have no number, and read where they have", () => {
    const weights = [
      { name: "one/kernel", shape: [2], dtype: "float32", quantization: { dtype: "float16" } },
      {
        name: "one/bias",
        shape: [1],
        dtype: "float32",
        quantization: { dtype: "uint8", scale: 0.1, min: -2 },
      },
    ];
    const halves = (second: number[]) => Buffer.from([0x00, 0x3c, ...second, 7]);
    const json = changed(base.json, [...GROUP, "weights"], weights);

    expect(said(json, { "weights.bin": halves([0xff, 0x7b]) })).toBe("read");
    expect(said(json, { "weights.bin": halves([0x00, 0x7c]) })).toContain("must have finite weights");
    expect(
      said(changed(json, [...GROUP, "weights", 1, "quantization", "scale"], 1e38), {
        "weights.bin": halves([0xff, 0x7b]),
      }),
    ).toContain("must have finite weights");
  });
});

describe("the files of a saved model", () => {
  test.each([
    "../outside.bin",
    "w/../../outside.bin",
    "/etc/hostname",
    "C:\\weights.bin",
    "..\\outside.bin",
    "https://example.com/weights.bin",
    "link.bin",
    "weights\0.bin",
  ])("lie in its own folder: not %j", (part) => {
    const path = writeModel(join(folder, `path-${count++}`), changed(base.json, [...GROUP, "paths"], [part]));
    writeFileSync(join(folder, "outside.bin"), base.data);
    symlinkSync(join(folder, "outside.bin"), join(path, "..", "link.bin"));

    expect(readingOf(path)).toContain("must have its weights in its own folder");
  });

  test("may be links within the folder, and the folder one itself: the twin", () => {
    const path = writeModel(join(folder, "links"), changed(base.json, [...GROUP, "paths"], ["link.bin"]), {
      "w/weights.bin": base.data,
    });
    symlinkSync(join("w", "weights.bin"), join(folder, "links", "link.bin"));
    symlinkSync(join(folder, "links"), join(folder, "linked"));

    expect(readingOf(path)).toBe("read");
    expect(readingOf(join(folder, "linked", "model.json"))).toBe("read");
  });

  test.skipIf(process.platform === "win32")("are files that end: no pipe, device or folder", () => {
    const path = writeModel(join(folder, "pipes"), base.json, { "weights.bin": base.data });
    const shard = join(folder, "pipes", "weights.bin");
    unlinkSync(shard);
    expect(readingOf(path)).toContain('a file of weights ("weights.bin") that does not exist');
    execFileSync("mkfifo", [shard]);
    expect(readingOf(path)).toContain("something that is no file");
    unlinkSync(shard);
    mkdirSync(shard);
    expect(readingOf(path)).toContain("a directory");

    execFileSync("mkfifo", [join(folder, "fifo")]);
    for (const file of [join(folder, "fifo"), "/dev/zero", folder])
      expect(readingOf(file)).toContain("must be a model.json");
  });
});

describe("the topology of a saved model is refused", () => {
  const input = { name: "i", class_name: "InputLayer", config: { name: "i", batch_input_shape: [null, 3] } };
  const dense = (name: string, ...inbound: Json[]): Json => ({
    name,
    class_name: "Dense",
    config: { name, units: 3 },
    inbound_nodes: inbound,
  });
  /** Of an input and layers behind it. */
  const graph = (parts: Json[], output: string, extra: { [key: string]: Json } = {}): Json => ({
    modelTopology: {
      class_name: "Model",
      config: {
        name: "m",
        layers: [{ ...input, inbound_nodes: [] }, ...parts],
        input_layers: [["i", 0, 0]],
        output_layers: [[output, 0, 0]],
        ...extra,
      },
    },
  });

  test.each([
    ["a circle", graph([dense("a", [["b", 0, 0, {}]]), dense("b", [["a", 0, 0, {}]])], "b"), "no circle"],
    ["a layer that waits for itself", graph([dense("a", [["a", 0, 0]])], "a"), "no circle"],
    ["an input of no layer", graph([dense("a", [["b", 0, 0, {}]])], "a"), "from a layer that is there"],
    ["an input named like a method", graph([dense("a", [["constructor", 0, 0]])], "a"), "that is there"],
    ["a call that is never made", graph([dense("a", [["i", 1, 0, {}]])], "a"), "no circle"],
    ["an output of no layer", graph([dense("a", [["i", 0, 0, {}]])], "b"), "inputs and outputs"],
    ["a name twice", graph([dense("a", [["i", 0, 0]]), dense("a", [["i", 0, 0]])], "a"), "its own name"],
    [
      "two names of one layer",
      graph(
        [dense("a", [["i", 0, 0]]), { ...(dense("b", [["i", 0, 0]]) as object), name: "a" } as Json],
        "a",
      ),
      "its own name",
    ],
    [
      "inputs that are numbers",
      graph([dense("a", [[0, 0, 0]])], "a"),
      "a layer's name and two whole numbers",
    ],
    ["inputs that are texts", graph([dense("a", "i")], "a"), "a layer's name and two whole numbers"],
    [
      "no inputs listed",
      graph([{ class_name: "Dense", name: "a", config: { name: "a" } }], "a"),
      "list the inputs",
    ],
    [
      "no outputs",
      graph([dense("a", [["i", 0, 0]])], "a", { output_layers: null }),
      "and the model does not",
    ],
    [
      "2,000 layers",
      graph(
        Array.from({ length: 2000 }, (_, at) => dense(`d${at}`, [["i", 0, 0]])),
        "d0",
      ),
      "at most 1500 layers",
    ],
    [
      "one layer used 2,000 times",
      graph(
        [dense("a", ...Array.from({ length: 2000 }, (_, at) => [[at ? "a" : "i", Math.max(0, at - 1), 0]]))],
        "a",
      ),
      "at most 1500 layers",
    ],
  ] as const)("for %s", (_, json, rule) => {
    expect(said(json as Json)).toContain(rule);
  });

  test("but not for what such graphs may well have: the twins", () => {
    const late = graph([dense("b", [["a", 0, 0]]), dense("a", [["i", 0, 0]])], "b");
    const shared = graph([dense("a", [["i", 0, 0]], [["a", 0, 0]], [["a", 1, 0]])], "a");

    expect(said(late)).toBe("read");
    expect(said(shared)).toBe("read");
  });

  test.each([
    [[...LAYERS], null, "a list of layers"],
    [[...LAYERS], [], "a list of layers"],
    [[...LAYERS], "x", "a list of layers"],
    [[...LAYERS, 0], null, "layer 0 (from 0) has not"],
    [[...LAYERS, 1, "config"], null, "layer 1 (from 0) has not"],
    [[...LAYERS, 1, "class_name"], null, "layer 1 (from 0) has not"],
    [[...LAYERS, 1, "config", "name"], "one", "its own name"],
    [[...LAYERS, 0, "config", "units"], -3, "from 1 to 100000 units"],
    [[...LAYERS, 0, "config", "units"], 1.5, "from 1 to 100000 units"],
    [[...LAYERS, 0, "config", "units"], 1e9, "from 1 to 100000 units"],
    [[...LAYERS, 0, "config", "units"], "4", "from 1 to 100000 units"],
    [[...LAYERS, 0, "config", "batch_input_shape"], "x", "as the input shape of one"],
    [[...LAYERS, 0, "config", "batch_input_shape"], [null, "2"], "as the input shape of one"],
    [["modelTopology", "config"], null, "a class_name and a config"],
    [["modelTopology"], "Sequential", "modelTopology"],
    [["modelTopology"], null, "modelTopology"],
    [["modelTopology"], undefined, "modelTopology"],
    [["modelTopology"], { node: [], library: {} }, "a graph model cannot be trained"],
  ] as const)("where %j is %j", (path, value, rule) => {
    expect(withPart(path, value as Json | undefined)).toContain(rule);
  });

  test("for lists and models nested without an end", () => {
    const lists = `{"modelTopology":{"class_name":"Sequential","config":{"layers":${"[".repeat(100_000)}${"]".repeat(100_000)}}}}`;
    const open = Array.from(
      { length: 3000 },
      (_, at) => `{"class_name":"Sequential","config":{"name":"n${at}","layers":[`,
    ).join("");
    const models = `{"modelTopology":${open}{}${"]}}".repeat(3000)}}`;

    expect(said(lists)).toContain("at most 100 deep");
    expect(said(models)).toContain("at most 100 deep");
  });

  test.each(["", "{ not json", "[]", "null", "1", "{}"])("where the file holds %j", (text) => {
    expect(said(text)).toMatch(/must be (valid JSON|the model.json of a layers model)/);
  });
});
