import type { Explanation } from "../explanation.ts";

/** Causes about the size and the number of training steps, and about what passes through the layers meanwhile. */
export const steps = {
  "learning-rate-too-high": {
    sees: "The loss jumps up and down or rises, often by powers of ten within the first steps. It ends far above Var(Y), at a constant, or as NaN.",
    means:
      "Each step changes the weights by so much that it jumps over the valley it aims at. Healthy runs change a layer by at most 15 % in an early step; here it is more than 25 %, or the loss rises to over three times its start.",
    neighbours:
      "Inputs that are far from scale make any step too large, so inputs-not-normalised is named first where both hold. If the steps have killed or saturated units and the run then stands still, dead-relu-units or saturated-units is named first, because that is what holds it there.",
    cures: "A learning rate a tenth as large, then a hundredth, then a thousandth.",
  },
  "learning-rate-too-low": {
    sees: "The loss falls in a straight, slow line and is still near its start when training ends. Predictions hardly vary yet.",
    means:
      "The steps are so small that the weights hardly leave their initial values: an early step changes a layer by less than 0.4 %, where Adam at 0.001 changes it by 0.3 to 2 %.",
    neighbours:
      "With too-few-steps the steps have a sound size and there are not enough of them. With vanishing-gradients the last layer moves and the first ones do not; only the last layer is then asked for the rate.",
    cures:
      "No schedule or callback that lowers the rate to nothing; a rate 10 times as large, then 100, then 1000 times.",
  },
  "too-few-steps": {
    sees: "The loss is still falling when training ends, often by a large share within the last eighth of the run.",
    means: "The recipe is sound, and training stops before the network has learnt what it can.",
    neighbours:
      "With learning-rate-too-low the steps themselves are tiny. With too-little-capacity the loss has stopped falling. A run that tells more than half of what there is to tell, and of which nothing else is suspected, is no fault: a note says how far it has come.",
    cures: "No early stopping; 4 times as many steps, then 16 times, and 64 times where the run stays short.",
  },
  "exploding-gradients": {
    sees: "The gradient norm of a layer grows over a hundredfold, from step to step or on its way back through the layers. The loss rises, and often ends as NaN.",
    means:
      "Each layer multiplies the gradient that passes through it. Where that factor is above 1, the first layers get steps that are far too large.",
    neighbours:
      "If inputs or targets are far from scale, a large gradient is their effect, and they are named instead. With learning-rate-too-high the gradient may stay small and the steps are still too large.",
    cures:
      "A learning rate a tenth as large, Glorot's initial weights, batch normalisation, or a learning rate a hundredth as large. Clipping the gradient helps recurrent networks.",
  },
  "vanishing-gradients": {
    sees: "The gradient norm of the first layers is less than 3 % of that of the last one. The loss stands on a plateau.",
    means:
      "Each layer shrinks the gradient that passes through it, as sigmoid and tanh do: a sigmoid passes on a quarter at most. The first layers then learn nothing.",
    neighbours:
      "A network that has converged has small gradients as well, so only failing runs are asked. With dead-relu-units the gradient is exactly 0; with saturated-units, single layers stand at their bounds.",
    cures: "Relu activations, He's initial weights, batch normalisation, or 4 times as many steps.",
  },
  "dead-relu-units": {
    sees: "The share of dead units of a layer jumps to 97 % or more and stays there. The gradient of the layers before it falls to exactly 0, and the predictions become a constant.",
    means:
      "A relu is 0 for every negative sum. A step that is too large can push the sums of a unit below 0 on every example; then no gradient passes it, so it never comes back.",
    neighbours:
      "The step at which the units die tells where to look. Dead from step 0 points to the initial weights. Dead after a jump of the loss points to learning-rate-too-high, which is then the second cause. Saturated-units is the same trap for sigmoid and tanh.",
    cures:
      "A learning rate a tenth or a hundredth as large, leaky relu activations, or He's initial weights.",
  },
  "saturated-units": {
    sees: "In the table of layers, most units of a hidden layer are saturated. The loss hardly moves.",
    means:
      "Sigmoid and tanh units within 1 % of a bound have a slope of nearly 0, so that hardly any gradient passes them. Weights or inputs that are too large put them there.",
    neighbours:
      "Inputs-not-normalised is named first where the inputs are that large, since it saturates units from the first step on. Dead-relu-units is the same trap for relu.",
    cures:
      "A learning rate a tenth as large, relu activations, a learning rate a hundredth as large, or Glorot's initial weights.",
  },
  "saturated-outputs": {
    sees: "Predictions sit at 0 or 1 (or −1) for nearly every example, although the targets are numbers in between.",
    means:
      "The output activation has bounds, and the weights have driven it against one of them, where its slope is nearly 0. The loss then has nothing to push with.",
    neighbours:
      "With wrong-output-activation the targets lie beyond the bounds, and no training can reach them. Here they lie within.",
    cures: "A learning rate a tenth as large, a linear output, or a learning rate a hundredth as large.",
  },
} as const satisfies Record<string, Explanation>;
