import { bench } from "../lab/engines/bench.ts";
import type { EngineName } from "../learning/engine/engineName.ts";
import { engines as descriptors } from "../learning/engine/engines.ts";
import { describeBench } from "../report/terminal/describeBench.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";

/** `bench`: how fast a training step is, engines side by side in one run. */
export async function benchCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const result = await bench(["wasm", "cpu", ...(await fasterEngines())], (part) => remark(`timing ${part}`));
  if (json) printJson(result);
  else print(describeBench(result));
  return ExitCode.holds;
}

/** Lists further installed engines; an emulated GPU is left out because it would take hours. */
async function fasterEngines(): Promise<readonly EngineName[]> {
  const engines: EngineName[] = [];
  for (const name of ["tensorflow", "webgpu"] as const) {
    if ((await descriptors[name].whyUnavailable()) === null) engines.push(name);
  }
  return engines.filter((name) => descriptors[name].isImitated?.() !== true);
}
