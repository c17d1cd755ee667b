import type { Cause } from "./cause.ts";
import { blindNetwork } from "./causes/blindNetwork.ts";
import { broadcastLoss } from "./causes/broadcastLoss.ts";
import { constantLabels } from "./causes/constantLabels.ts";
import { deadReluUnits } from "./causes/deadReluUnits.ts";
import { examplesSeeEachOther } from "./causes/examplesSeeEachOther.ts";
import { explodingGradients } from "./causes/explodingGradients.ts";
import { frozenLayer } from "./causes/frozenLayer.ts";
import { frozenLayerMoves } from "./causes/frozenLayerMoves.ts";
import { wrongSign } from "./causes/gradientOfTheWrongSign.ts";
import { gradientsNotCleared } from "./causes/gradientsNotCleared.ts";
import { heldOutFromElsewhere } from "./causes/heldOutFromAnotherDistribution.ts";
import { initialWeightsTooLarge } from "./causes/initialWeightsTooLarge.ts";
import { inputsNotNormalised } from "./causes/inputsNotNormalised.ts";
import { laggingBatchStatistics } from "./causes/laggingBatchStatistics.ts";
import { learningRateTooHigh } from "./causes/learningRateTooHigh.ts";
import { learningRateTooLow } from "./causes/learningRateTooLow.ts";
import { logOfANegative } from "./causes/logOfANegative.ts";
import { lossOverTheBatch } from "./causes/lossOverTheBatch.ts";
import { lostTimeOrder } from "./causes/lostTimeOrder.ts";
import { misreadAnswers } from "./causes/misreadAnswers.ts";
import { missingBias } from "./causes/missingBias.ts";
import { missingNonlinearity } from "./causes/missingNonlinearity.ts";
import { missingNumbers } from "./causes/missingNumbers.ts";
import { noiseInEvaluation } from "./causes/noiseInEvaluation.ts";
import { noisyLabels } from "./causes/noisyLabels.ts";
import { noUpdates } from "./causes/noUpdates.ts";
import { outputsDoNotFit } from "./causes/outputsDoNotFit.ts";
import { overfitting } from "./causes/overfitting.ts";
import { predictsTheLastValue } from "./causes/predictsTheLastValue.ts";
import { repeatedExamples } from "./causes/repeatedExamples.ts";
import { saturatedOutputs } from "./causes/saturatedOutputs.ts";
import { saturatedUnits } from "./causes/saturatedUnits.ts";
import { shuffledLabels } from "./causes/shuffledLabels.ts";
import { someOutputsUntrained } from "./causes/someOutputsUntrained.ts";
import { sortedBatches } from "./causes/sortedBatches.ts";
import { stateOutsideTheWeights } from "./causes/stateOutsideTheWeights.ts";
import { swappedAxes } from "./causes/swappedAxes.ts";
import { identicalUnits } from "./causes/symmetricInitialisation.ts";
import { targetInInput } from "./causes/targetInInput.ts";
import { targetsNotNormalised } from "./causes/targetsNotNormalised.ts";
import { tooFewSteps } from "./causes/tooFewSteps.ts";
import { tooLittleCapacity } from "./causes/tooLittleCapacity.ts";
import { tooMuchRegularisation } from "./causes/tooMuchRegularisation.ts";
import { leakage } from "./causes/trainHeldOutLeakage.ts";
import { unseededRandomness } from "./causes/unseededRandomness.ts";
import { untrainedWeights } from "./causes/untrainedWeights.ts";
import { unusedInput } from "./causes/unusedInput.ts";
import { vanishingGradients } from "./causes/vanishingGradients.ts";
import { wrongLoss } from "./causes/wrongLoss.ts";
import { wrongOutputActivation } from "./causes/wrongOutputActivation.ts";

/** Every cause that a diagnosis examines. */
export const causes = [
  logOfANegative,
  missingNumbers,
  constantLabels,
  blindNetwork,
  noUpdates,
  wrongSign,
  gradientsNotCleared,
  wrongLoss,
  broadcastLoss,
  outputsDoNotFit,
  wrongOutputActivation,
  inputsNotNormalised,
  targetsNotNormalised,
  identicalUnits,
  frozenLayer,
  someOutputsUntrained,
  deadReluUnits,
  saturatedUnits,
  saturatedOutputs,
  vanishingGradients,
  explodingGradients,
  learningRateTooHigh,
  learningRateTooLow,
  laggingBatchStatistics,
  tooFewSteps,
  tooMuchRegularisation,
  missingNonlinearity,
  missingBias,
  tooLittleCapacity,
  shuffledLabels,
  noisyLabels,
  repeatedExamples,
  sortedBatches,
  swappedAxes,
  leakage,
  targetInInput,
  predictsTheLastValue,
  heldOutFromElsewhere,
  overfitting,
  lostTimeOrder,
  unseededRandomness,
  untrainedWeights,
  frozenLayerMoves,
  unusedInput,
  initialWeightsTooLarge,
  lossOverTheBatch,
  examplesSeeEachOther,
  noiseInEvaluation,
  stateOutsideTheWeights,
  misreadAnswers,
] as const satisfies readonly Cause[];

/** The name of a cause, such as `dead-relu-units`; `learnproof explain NAME` says what it means. */
export type CauseName = (typeof causes)[number]["name"];
