// This process loads a package, computes something with it, and tells its parent what went wrong, or null.

import { existsSync } from "node:fs";
import { matMul, setBackend, tensor2d } from "@tensorflow/tfjs-core";
import { loadPackage } from "./load.ts";

const folder = process.argv[2] as string;
process.send?.(existsSync(folder) ? ((await loadPackage(folder)) ?? (await compute())) : "it is not there");
process.disconnect();

async function compute(): Promise<string | null> {
  await setBackend("tensorflow");
  const [product] = matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]])).dataSync();
  return product === 11 ? null : `1·3 + 2·4 came to ${product}`;
}
