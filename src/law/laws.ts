import { beatsTheMean } from "./beatsTheMean.ts";
import { climbs } from "./climbs.ts";
import { everyOutputVaries } from "./everyOutputVaries.ts";
import { generalises } from "./generalises.ts";
import type { Law } from "./law.ts";
import { learnsTheSameTwice } from "./learnsTheSameTwice.ts";
import { overfitsOne } from "./overfitsOne.ts";
import { overfitsTwo } from "./overfitsTwo.ts";
import { predictionsVary } from "./predictionsVary.ts";

/** Every law, in the order that a person would ask: a few examples, then all of them, then new ones. */
export const laws: readonly Law[] = [
  overfitsOne,
  overfitsTwo,
  climbs,
  predictionsVary,
  everyOutputVaries,
  beatsTheMean,
  generalises,
  learnsTheSameTwice,
];
