// What happens at the end of an epoch, and ends learning: a stop, or a learning rate that falls to nothing.

import { failureMode } from "../../src/vitest/index.ts";
import { broken } from "./healthy.ts";

const adam = { name: "adam", learningRate: 0.01 } as const;

failureMode("early stopping that takes a larger loss for a better one", {
  config: broken({ training: { earlyStopping: { monitor: "loss", mode: "max", patience: 2 } } }),
  verdict: "stalled",
  cause: "too-few-steps",
  cure: { training: { earlyStopping: { monitor: "loss", mode: "min", patience: 20 } } },
});

failureMode("early stopping that asks for more than an epoch can give", {
  config: broken({ training: { earlyStopping: { monitor: "loss", patience: 1, minDelta: 0.5 } } }),
  verdict: "stalled",
  cause: "too-few-steps",
  cure: { training: { earlyStopping: { monitor: "loss", patience: 20, minDelta: 0 } } },
});

failureMode("the weights of the worst epoch restored", {
  config: broken({
    training: { earlyStopping: { mode: "max", patience: 1000, restoreBest: true } },
  }),
  verdict: "stalled",
  cause: "too-few-steps",
  cure: { training: { earlyStopping: { mode: "min", patience: 1000, restoreBest: true } } },
});

failureMode("a learning rate that is lowered while the loss falls", {
  config: broken({
    training: {
      optimizer: { ...adam, onPlateau: { monitor: "loss", factor: 0.1, patience: 1, minDelta: 0.5 } },
    },
  }),
  verdict: "stalled",
  cause: "learning-rate-too-low",
  cure: {
    training: { optimizer: { ...adam, onPlateau: { monitor: "loss", factor: 0.5, patience: 6 } } },
  },
});

failureMode("a schedule that ends learning at once", {
  config: broken({
    training: { optimizer: { ...adam, schedule: { name: "exponential", decayRate: 0.5, decaySteps: 7 } } },
  }),
  verdict: "stalled",
  cause: "learning-rate-too-low",
  cure: { training: { optimizer: { ...adam, schedule: { name: "cosine", decaySteps: 250 } } } },
});
