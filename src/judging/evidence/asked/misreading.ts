// A script may read the answers of a network in a way that tells nothing, whatever the network has learnt.

import type { Question, Reading } from "../../../learning/subject/asked/question.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { FoundFault } from "./findAskedFaults.ts";

/** Says how the answers of a question are misread; null where they are not. */
export function findMisreading(_subject: Subject, question: Question): FoundFault | null {
  for (const reading of question.readings) {
    const words = wordsOf(reading);
    if (words) return { kind: "misread", place: reading.place, words: `the script${at(reading)} ${words}` };
  }
  return null;
}

function at({ place }: Reading): string {
  return place ? ` (${place.file}:${place.line})` : "";
}

function wordsOf({ does, over }: Reading): string | null {
  if (does === "argmax" && over === 1)
    return "takes argmax over a single output, which is 0 for every row: compare the output with a threshold instead, such as 0.5 for a sigmoid";
  return null;
}
