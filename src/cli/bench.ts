import { bench } from "../bench/bench.ts";
import { loadTensorflow } from "../engine/tensorflow/load.ts";
import { describeBench } from "../report/describeBench.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";

/** `bench`: how fast a training step is, engines side by side in one run. */
export async function benchCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const tensorflow = (await loadTensorflow()) === null ? (["tensorflow"] as const) : [];
  const result = await bench(["wasm", "cpu", ...tensorflow], (part) => remark(`timing ${part}`));
  if (json) printJson(result);
  else print(describeBench(result));
  return ExitCode.holds;
}
