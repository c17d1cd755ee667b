import { buildTensorflow, TARGET } from "../learning/engine/tensorflow/build.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";

/** `build-tensorflow`: builds the native library's addon from npm's and PyPI's packages, once it is seen to compute. */
export async function buildTensorflowCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  await buildTensorflow(remark);
  if (json) printJson({ engine: "tensorflow", folder: TARGET });
  else print(`TensorFlow's native library is built and computes: ${TARGET}`);
  return ExitCode.holds;
}
