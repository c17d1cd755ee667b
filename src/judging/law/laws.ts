import { answersWhatIsAsked } from "./answersWhatIsAsked.ts";
import { axesAreTrue } from "./axesAreTrue.ts";
import { batchesAddUp } from "./batchesAddUp.ts";
import { beatsPersistence } from "./beatsPersistence.ts";
import { beatsTheMean } from "./beatsTheMean.ts";
import { climbs } from "./climbs.ts";
import { evaluationRepeats } from "./evaluationRepeats.ts";
import { everyLayerMoves } from "./everyLayerMoves.ts";
import { everyOutputFits } from "./everyOutputFits.ts";
import { everyOutputVaries } from "./everyOutputVaries.ts";
import { everyWeightIsTrained } from "./everyWeightIsTrained.ts";
import { examplesAreApart } from "./examplesAreApart.ts";
import { frozenStays } from "./frozenStays.ts";
import { generalises } from "./generalises.ts";
import { heldOutIsNew } from "./heldOutIsNew.ts";
import { isNonlinear } from "./isNonlinear.ts";
import type { Law } from "./law.ts";
import { learnsTheSameTwice } from "./learnsTheSameTwice.ts";
import { lossFits } from "./lossFits.ts";
import { lossStartsRight } from "./lossStartsRight.ts";
import { outputsFitTargets } from "./outputsFitTargets.ts";
import { overfitsOne } from "./overfitsOne.ts";
import { overfitsTwo } from "./overfitsTwo.ts";
import { predictionsVary } from "./predictionsVary.ts";
import { reachesItsTargets } from "./reachesItsTargets.ts";
import { resumes } from "./resumes.ts";
import { stopsAtItsBest } from "./stopsAtItsBest.ts";
import { targetsAreNotInputs } from "./targetsAreNotInputs.ts";
import { targetsDiffer } from "./targetsDiffer.ts";
import { usesItsInputs } from "./usesItsInputs.ts";

/**
 * Every law, in the order in which a person would ask: laws about a few examples come first, then about all of them,
 * then about held-out ones, then about faults that leave every loss healthy, then about what a model and its training
 * promise whatever they learn, and last about what the program asks of what was learnt. */
export const laws: readonly Law[] = [
  overfitsOne,
  overfitsTwo,
  climbs,
  predictionsVary,
  everyOutputVaries,
  everyOutputFits,
  beatsTheMean,
  generalises,
  learnsTheSameTwice,
  targetsDiffer,
  reachesItsTargets,
  lossFits,
  outputsFitTargets,
  everyLayerMoves,
  isNonlinear,
  heldOutIsNew,
  targetsAreNotInputs,
  beatsPersistence,
  axesAreTrue,
  stopsAtItsBest,
  everyWeightIsTrained,
  frozenStays,
  usesItsInputs,
  lossStartsRight,
  batchesAddUp,
  examplesAreApart,
  evaluationRepeats,
  resumes,
  answersWhatIsAsked,
];
