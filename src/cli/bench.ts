import { compareBenches, readBench } from "../lab/engines/compareBenches.ts";
import type { EngineName } from "../learning/engine/engineName.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";

/** `bench`: how fast a training step is, engines side by side in one run. */
export async function benchCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const against = parseText("--against", raw.against);
  if (against === "torch") return benchAgainstTorch(json);
  const earlier = against === undefined ? null : await readBench(against);
  const [{ bench }, { describeBench, describeChanges }] = await Promise.all([
    import("../lab/engines/bench.ts"),
    import("../report/terminal/describeBench.ts"),
  ]);
  const result = await bench(["wasm", "cpu", ...(await fasterEngines())], (part) => remark(`timing ${part}`));
  const changes = earlier === null ? [] : compareBenches(result, earlier);
  if (json) printJson(earlier === null ? result : { ...result, changes });
  else print([describeBench(result), ...describeChanges(changes)].join("\n"));
  return ExitCode.holds;
}

/** `bench --against torch`: this engine's step and PyTorch's, in turn. */
async function benchAgainstTorch(json: boolean): Promise<ExitCode> {
  remark("timing PyTorch and the engine wasm in turn");
  const [{ threadCounts }, { compareWithTorch }, { describeTorch }] = await Promise.all([
    import("../lab/engines/bench.ts"),
    import("../lab/engines/torch.ts"),
    import("../report/terminal/describeBench.ts"),
  ]);
  const comparison = await compareWithTorch(threadCounts());
  if (json) printJson(comparison);
  else print(describeTorch(comparison));
  return ExitCode.holds;
}

/** Lists further installed engines; an emulated GPU is left out because it would take hours. */
async function fasterEngines(): Promise<readonly EngineName[]> {
  const { engines: descriptors } = await import("../learning/engine/engines.ts");
  const engines: EngineName[] = [];
  for (const name of ["tensorflow", "webgpu"] as const) {
    if ((await descriptors[name].whyUnavailable()) === null) engines.push(name);
  }
  return engines.filter((name) => descriptors[name].isImitated?.() !== true);
}
