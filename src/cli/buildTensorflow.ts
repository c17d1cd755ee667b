import { startEngine } from "../engine/startEngine.ts";
import { buildTensorflow, packageFolder } from "../engine/tensorflow/build.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";

/** `build-tensorflow`: builds the native library's addon from npm's and PyPI's packages, and starts it. */
export async function buildTensorflowCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const folder = packageFolder();
  await buildTensorflow({ folder, onStep: remark });
  const engine = await startEngine({ name: "tensorflow" });
  if (json) printJson({ engine: engine.name, folder });
  else print(`TensorFlow's native library is built and starts: ${folder}`);
  return ExitCode.holds;
}
