// The program of a thread that judges items of a calibration.

import type { EngineName } from "../../learning/engine/engineName.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { answering } from "../../learning/workers/answer.ts";
import { type CalibrationItem, judgeItem } from "./judgeItem.ts";

/** An item, and the engine to judge it on. */
export interface JudgeRequest extends CalibrationItem {
  readonly engine: EngineName;
}

export default answering(async ({ engine, ...item }: JudgeRequest) => {
  // The threads of a kernel would compete with the other workers.
  const { bitExact } = await startEngine({ name: engine, threads: 1, environment: {} });
  return judgeItem(item, { bitExact });
});
