// What the capture knows of scalers of scikit-learn: rows that one was fitted to anew, or that passed through none.

import type { Question } from "../../../learning/subject/asked/question.ts";
import { nameCall } from "./askedFault.ts";
import type { FoundFault } from "./findAskedFaults.ts";

/** Says that a scaler was fitted anew to each row alone; null where none was. */
export function ofScaledAlone(question: Question): FoundFault | null {
  if (!question.scaledAlone) return null;
  const rows = question.rows === 1 ? "a row" : `${question.rows} rows`;
  return {
    kind: "prepared",
    place: question.place,
    words: `${nameCall(question)} asks about ${rows} prepared otherwise than those of training: a scaler was fitted anew to each row alone, which makes every number of it 0, whatever it holds; take transform of the scaler that was fitted to the training rows`,
  };
}

/** Says that the rows never passed through the scaler that made those of training; null where that is not sure. */
export function ofNeverScaled(question: Question): FoundFault | null {
  if (!question.neverScaled) return null;
  return {
    kind: "prepared",
    place: question.place,
    words: `${nameCall(question)} asks about rows that are prepared otherwise than those of training: the scaler that made the training rows did not make these, which lie far outside of what training has shown, and within it once they are scaled; take transform of that scaler`,
  };
}
