// A script may read class numbers by another list than that which numbered the classes of training: a generator numbers its
// folders in the order of their names, of which "10" comes before "2".

import type { Question } from "../../../learning/subject/asked/question.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import { measureAssociation } from "../association.ts";
import { findRenumberedClasses } from "../split/renumberedClasses.ts";
import type { FoundFault } from "./findAskedFaults.ts";

/** Where neighbours differ more than chance explains, as in a parity, an answer by the neighbour is wrong by nature. */
const ALTERNATING = -3;
/** So many classes are named. */
const NAMED = 3;

/**
 * Says that answers which are wrong are right by one fixed renumbering of the classes; null where they are not.
 *
 * @param asksOthers whether other new rows are answered well: these may be asked on purpose, as digits upside down are, where
 * the script looks nothing up.
 */
export function findRenumberedReading(
  subject: Pick<Subject, "train">,
  { readings }: Question,
  { asAsked, asksOthers }: { readonly asAsked: Evaluation; readonly asksOthers: boolean },
): FoundFault | null {
  const reading = readings.find(({ does, lookedUp }) => lookedUp || (does === "argmax" && !asksOthers));
  if (!reading) return null;
  const numbers = findRenumberedClasses(subject, asAsked);
  if (!numbers || (measureAssociation(subject.train)?.score ?? 0) < ALTERNATING) return null;
  const moved = numbers.flatMap((number, own) =>
    number === own ? [] : [`those compared with number ${own} are answered with ${number}`],
  );
  const more = moved.length > NAMED ? `, and so on for ${moved.length - NAMED} more` : "";
  const place = reading.place ? ` (${reading.place.file}:${reading.place.line})` : "";
  return {
    kind: "misread",
    place: reading.place,
    words: `the script${place} reads class numbers by another list of the classes than that of training: of the classes, counted from 0, most rows of ${moved.length} are answered with the number of one other (${moved.slice(0, NAMED).join(", ")}${more}); look the numbers up in the list that numbered the classes of training, such as class_indices of a generator, which sorts the names of folders as text, or classes_ of an encoder`,
  };
}
