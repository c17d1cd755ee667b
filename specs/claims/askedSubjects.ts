// A sound subject whose script asks it in ways that are right or wrong.

import { preparedOtherwise } from "../../src/learning/subject/asked/preparation.ts";
import type { Disorder, Question, Reading } from "../../src/learning/subject/asked/question.ts";
import type { Examples } from "../../src/learning/subject/examples.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";
import { soundSubject } from "./brokenContracts.ts";

/** What a question is made of; what is left out is sound. */
export interface AskedPart {
  /** Changes the rows, which are the held-out ones. */
  readonly rows?: (heldOut: Examples) => Examples;
  readonly targets?: Question["targets"];
  readonly order?: Partial<Disorder>;
  readonly readings?: readonly Partial<Reading>[];
  readonly untrained?: boolean;
}

/** A subject that learns, and is asked about held-out rows as each part says. */
export function askedSubject(seed: number, ...parts: readonly AskedPart[]): Subject {
  const subject = soundSubject(seed);
  const asked = (parts.length === 0 ? [{}] : parts).map((part) => questionOf(subject, part));
  return { ...subject, heldOut: null, asked };
}

function questionOf({ train, heldOut }: Subject, part: AskedPart): Question {
  const { rows = (all) => all, targets = "given", order, readings = [], untrained = false } = part;
  const place = { file: "train.py", line: 30, text: "model.evaluate(x_test, y_test)" };
  const examples = rows(heldOut as Examples);
  return {
    call: "evaluate",
    place,
    number: 0,
    rows: examples.count,
    targets,
    untrained,
    order: order ? { agreement: 0.1, function: "confusion_matrix", place, ...order } : null,
    readings: readings.map((reading) => ({ does: "argmax", place, ...reading })),
    examples,
    otherwise: targets === null ? [] : preparedOtherwise(examples, train),
  };
}

/** Inputs on another scale, as rows are that were not standardised. */
export function unscaled(examples: Examples): Examples {
  return {
    ...examples,
    inputs: examples.inputs.map((value, at) => (at % 2 === 0 ? 300 + 90 * value : 40 * value)),
  };
}

/** Each target with the inputs of another row. */
export function turned(examples: Examples): Examples {
  return { ...examples, targets: examples.targets.slice().reverse() };
}
