import { failureMode } from "../../src/vitest/index.ts";
import { broken } from "./healthy.ts";

const layers = (count: number, units: number, activation: string) =>
  Array.from({ length: count }, () => ({ units, activation }));

failureMode("a relu output for targets of both signs", {
  config: broken({ model: { outputActivation: "relu" } }),
  verdict: "stalled",
  cause: "wrong-output-activation",
  cure: { model: { outputActivation: "linear" } },
});

failureMode("a sigmoid output driven to its bound by large steps", {
  config: broken({
    model: { outputActivation: "sigmoid" },
    data: { formula: ["0.5 + 0.4 * x0 * x1"] },
    training: { optimizer: { name: "adam", learningRate: 3 } },
  }),
  verdict: "collapsed",
  cause: "saturated-outputs",
  cure: { training: { optimizer: { learningRate: 0.01 } } },
});

failureMode("a sigmoid output driven to its bound by targets that are mostly small", {
  config: broken({
    model: { hidden: layers(1, 64, "relu"), outputActivation: "sigmoid" },
    data: { formula: ["0.05 + 0.3 * x0 * x0 * x1 * x1"] },
    training: { optimizer: { name: "adam", learningRate: 0.05 } },
  }),
  verdict: "collapsed",
  cause: "saturated-outputs",
  cure: { model: { outputActivation: "linear" }, training: { optimizer: { learningRate: 0.01 } } },
});

failureMode("a relu output that is 0 on every example", {
  config: broken({
    model: { outputActivation: "relu" },
    data: { formula: ["0.2 + abs(x0 * x1)"] },
    training: { optimizer: { name: "adam", learningRate: 0.3 } },
  }),
  verdict: "collapsed",
  cause: "wrong-output-activation",
  cure: { model: { outputActivation: "linear" }, training: { optimizer: { learningRate: 0.01 } } },
});

failureMode("tanh layers whose weights start too small for what is to come through them", {
  config: broken({
    model: { hidden: layers(10, 8, "tanh"), kernelInitializer: "randomNormal" },
    training: { optimizer: { name: "sgd", learningRate: 0.1 } },
  }),
  verdict: "collapsed",
  cause: "vanishing-gradients",
  cure: {
    model: { hidden: layers(2, 16, "relu"), kernelInitializer: "glorotUniform" },
    training: { optimizer: { name: "adam", learningRate: 0.01 } },
  },
});

failureMode("tanh units driven to their bounds by inputs in the hundreds", {
  config: broken({
    model: { hidden: layers(2, 16, "tanh") },
    data: { inputRange: [-100, 100], formula: ["x0 * x1 / 10000"] },
  }),
  verdict: "stalled",
  cause: "inputs-not-normalised",
  cure: { data: { standardiseInputs: true } },
});

failureMode("sigmoid layers through which the gradient fades", {
  config: broken({ model: { hidden: layers(6, 8, "sigmoid") } }),
  verdict: "stalled",
  cause: "vanishing-gradients",
  cure: { model: { hidden: layers(2, 16, "relu") } },
});

failureMode("weights that all start alike", {
  config: broken({ model: { kernelInitializer: "constant" } }),
  verdict: "stalled",
  cause: "symmetric-initialisation",
  cure: { model: { kernelInitializer: "glorotUniform" } },
});

failureMode("weights that all start at 0", {
  config: broken({ model: { kernelInitializer: "zeros" } }),
  verdict: "collapsed",
  cause: "symmetric-initialisation",
  cure: { model: { kernelInitializer: "glorotUniform" } },
});

failureMode("layers without an activation", {
  config: broken({ model: { hidden: layers(2, 16, "linear") } }),
  verdict: "stalled",
  cause: "missing-nonlinearity",
  cure: { model: { hidden: layers(2, 16, "relu") } },
});

failureMode("no bias where the targets lie far from 0", {
  config: broken({ model: { useBias: false }, data: { formula: ["1.5 + x0 * x1"] } }),
  verdict: "stalled",
  cause: "missing-bias",
  cure: { model: { useBias: true } },
});

failureMode("one unit for three outputs", {
  config: broken({
    model: { hidden: layers(1, 1, "tanh"), outputs: 3 },
    data: { formula: ["x0", "x1", "x0 * x1"] },
  }),
  verdict: "stalled",
  cause: "too-little-capacity",
  cure: { model: { hidden: layers(1, 32, "relu") } },
});
