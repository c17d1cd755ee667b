import { failureMode } from "../../src/vitest/index.ts";
import { broken } from "./healthy.ts";

const rate = (learningRate: number, name = "adam") => ({ optimizer: { name, learningRate } });

failureMode("a learning rate three hundred times too high", {
  config: broken({ model: { hidden: [{ units: 16, activation: "leakyRelu" }] }, training: rate(3) }),
  verdict: "stalled",
  cause: "learning-rate-too-high",
  cure: { training: rate(0.01) },
});

failureMode("plain descent in steps that overflow", {
  config: broken({ model: { hidden: [{ units: 16, activation: "leakyRelu" }] }, training: rate(10, "sgd") }),
  verdict: "diverged",
  cause: "learning-rate-too-high",
  cure: { training: rate(0.1, "sgd") },
});

failureMode("relu units killed by large steps", {
  config: broken({
    model: {
      hidden: [
        { units: 4, activation: "relu" },
        { units: 4, activation: "relu" },
      ],
    },
    training: rate(3),
  }),
  verdict: "collapsed",
  cause: "dead-relu-units",
  cure: { training: rate(0.01) },
});

failureMode("a learning rate a thousand times too low", {
  config: broken({ training: rate(1e-5) }),
  verdict: "stalled",
  cause: "learning-rate-too-low",
  cure: { training: rate(0.01) },
});

failureMode("a run that ends after twenty steps", {
  config: broken({ training: { steps: 20 } }),
  verdict: "stalled",
  cause: "too-few-steps",
  cure: { training: { steps: 250 } },
});

failureMode("weight decay of 1", {
  config: broken({ training: { optimizer: { name: "adam", learningRate: 0.01, weightDecay: 1 } } }),
  verdict: "collapsed",
  cause: "too-much-regularisation",
  cure: { training: { optimizer: { weightDecay: 0 } } },
});

failureMode("a penalty that has taken the weights, and so weighs little at the end", {
  config: broken({
    data: { formula: ["2 * x0 * x1 * (x0 + 1)"] },
    model: { hidden: [8, 8, 8].map((units) => ({ units, activation: "sigmoid" })), l2: 0.015 },
    training: { ...rate(0.03), steps: 250 },
  }),
  verdict: "collapsed",
  cause: "too-much-regularisation",
  cure: { model: { l2: 0 }, training: { steps: 500 } },
});

failureMode("the logarithm of targets below 0", {
  config: broken({ training: { loss: { name: "msle" } } }),
  verdict: "diverged",
  cause: "log-of-a-negative",
  cure: { training: { loss: { name: "mse" } } },
});

failureMode("counts under a Poisson loss behind a linear output", {
  config: broken({
    data: { formula: ["round(4 * abs(x0) + 2 * abs(x1))"] },
    training: { loss: { name: "poisson" } },
  }),
  verdict: "diverged",
  cause: "log-of-a-negative",
  cure: { model: { outputActivation: "softplus" } },
});

failureMode("a crossentropy of numbers that are no probabilities", {
  config: broken({
    training: { loss: { name: "binaryCrossentropy" } },
    model: { outputActivation: "sigmoid" },
  }),
  verdict: "stalled",
  cause: "wrong-loss",
  cure: { training: { loss: { name: "mse" } }, model: { outputActivation: "linear" } },
});
