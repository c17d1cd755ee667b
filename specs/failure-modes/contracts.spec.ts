// What a model, a loss or an optimizer promises whatever it learns, and what keeps the promise in its place.

import { failureMode } from "../../src/vitest/index.ts";
import {
  centredBatches,
  columnCutOff,
  descentFrom,
  dropoutInEvaluation,
  frozenAveragesMove,
  hiddenMemory,
  inputCutOff,
  kernelsAlone,
  largeWeights,
  sharesPooled,
  soundSubject,
  summed,
} from "../claims/brokenContracts.ts";

const SEED = 1;
const cure = () => soundSubject(SEED);

failureMode("an optimizer that was given the kernels alone", {
  subject: () => kernelsAlone(SEED),
  verdict: "stalled",
  cause: "untrained-weights",
  cure,
});

failureMode("a frozen batch normalisation whose averages move", {
  subject: () => frozenAveragesMove(SEED),
  verdict: "learns",
  cause: "frozen-layer-moves",
  cure,
});

failureMode("a column that is multiplied by 0", {
  subject: () => columnCutOff(SEED),
  verdict: "stalled",
  cause: "unused-input",
  cure,
});

failureMode("inputs that are all multiplied by 0", {
  subject: () => inputCutOff(SEED),
  verdict: "collapsed",
  cause: "blind-network",
  cure,
});

failureMode("a pooling over the shares of a softmax", {
  subject: () => sharesPooled(SEED),
  verdict: "collapsed",
  cause: "blind-network",
  cure,
});

failureMode("weights a hundred times too large", {
  subject: () => largeWeights(SEED),
  verdict: "diverged",
  cause: "initial-weights-too-large",
  cure,
});

failureMode("weights of almost nothing", {
  subject: () => descentFrom(SEED, 1e-5),
  verdict: "stalled",
  cause: "vanishing-gradients",
  cure: () => descentFrom(SEED, 0.5),
});

failureMode("a loss that is a sum", {
  subject: () => summed(SEED),
  verdict: "diverged",
  cause: "loss-over-the-batch",
  cure,
});

failureMode("a layer that subtracts the mean of its batch in evaluation as well", {
  subject: () => centredBatches(SEED),
  verdict: "learns",
  cause: "examples-see-each-other",
  cure,
});

failureMode("dropout that draws in evaluation mode", {
  subject: () => dropoutInEvaluation(SEED),
  verdict: "stalled",
  cause: "noise-in-evaluation",
  cure,
});

failureMode("a layer that keeps a running mean in a variable of its own", {
  subject: () => hiddenMemory(SEED),
  verdict: "learns",
  cause: "state-outside-the-weights",
  cure,
});
