import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { readNpy } from "../../../src/foundation/arrays/npy.ts";
import { readNpz } from "../../../src/foundation/arrays/npz.ts";

function npy(header: string, data: ArrayBufferLike): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  const start = [0x93, ...Buffer.from("NUMPY"), 1, 0, text.length & 0xff, text.length >> 8];
  return Uint8Array.from([...start, ...Buffer.from(text), ...new Uint8Array(data)]);
}

const header = (type: string, shape: string, fortran = "False") =>
  `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

it("reads every type of number that NumPy saves", () => {
  const cases: [string, ArrayBufferLike, number[]][] = [
    ["<f4", Float32Array.of(1.5, -2).buffer, [1.5, -2]],
    ["<f8", Float64Array.of(1.5, -2).buffer, [1.5, -2]],
    ["<f2", Uint16Array.of(0x3e00, 0xc000).buffer, [1.5, -2]],
    ["<i4", Int32Array.of(7, -2).buffer, [7, -2]],
    ["<i8", BigInt64Array.of(7n, -2n).buffer, [7, -2]],
    ["|u1", Uint8Array.of(7, 255).buffer, [7, 255]],
    ["|b1", Uint8Array.of(1, 0).buffer, [1, 0]],
    [">i2", Uint8Array.of(1, 0, 0xff, 0xfe).buffer, [256, -2]],
  ];
  for (const [type, data, values] of cases)
    expect([...readNpy(npy(header(type, "(2,)"), data), "a").values], type).toEqual(values);
});

it("reads rows of an array that lies in columns", () => {
  const data = Float32Array.of(1, 4, 2, 5, 3, 6).buffer;
  expect([...readNpy(npy(header("<f4", "(2, 3)", "True"), data), "a").values]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...readNpy(npy(header("<f4", "(2, 3)"), data), "a").values]).toEqual([1, 4, 2, 5, 3, 6]);
});

it("refuses pickled objects by name, and arrays that are cut off", () => {
  const objects = npy(header("|O", "(1,)"), new ArrayBuffer(8));
  expect(() => readNpy(objects, "labels")).toThrow("labels: must hold numbers: Python objects are pickled");
  const short = npy(header("<f4", "(3,)"), new ArrayBuffer(8));
  expect(() => readNpy(short, "a")).toThrow("a: is cut off");
});

it("reads every array of an archive, and refuses what is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "learnproof-npz-"));
  const path = join(folder, "data.npz");
  writeFileSync(path, zipSync({ "x0.npy": npy(header("<f4", "(1, 2)"), Float32Array.of(3, 4).buffer) }));
  expect(readNpz(path).get("x0")).toEqual({ shape: [1, 2], values: Float32Array.of(3, 4) });
  const none = join(folder, "none.npz");
  writeFileSync(none, "nothing");
  expect(() => readNpz(none)).toThrow("must be a whole zip archive");
});
