import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { CapturedProgram, Place } from "../program/capturedFile.ts";

/** Finds where a script defines the first loss that it wrote in Python; null where every loss is one of Keras. */
export function placeOfOwnLoss({ program }: CapturedProgram): Place | null {
  const written = program.compile?.loss;
  const isOne = isObject(written) && typeof written.class_name === "string";
  const losses = isObject(written) && !isOne ? Object.values(written) : [written].flat();
  for (const loss of losses) {
    const place = isObject(loss) && isObject(loss.config) ? loss.config.place : null;
    if (isObject(place)) return place as unknown as Place;
  }
  return null;
}
