import type { Explanation } from "../explanation.ts";

/** Causes about the loss and the code that trains. */
export const loss = {
  "wrong-loss": {
    sees: "The loss falls, and the predictions do not come nearer to their targets. Or it falls below what should be possible.",
    means:
      "The loss does not measure how far predictions are from targets: it ignores them, is a crossentropy of numbers that are no probabilities or of probabilities in place of raw scores, or is a squared error on classes, whose gradient vanishes where an answer is surely wrong, or takes the numbers of classes for quantities, so that class 4 lies between 3 and 5. A loss of your own may ask for something else than the targets: it is lower beside them, or does not see the length, the sign or the turns of a prediction, or takes its arguments as (y_pred, y_true), which is called with the targets first, or hardly hears a rare class, such as a Dice loss of all classes at once.",
    neighbours:
      "With wrong-output-activation the loss is right and the outputs cannot follow it. With broadcast-loss the loss compares the right things in every combination.",
    cures:
      "The mean squared error for numbers; binary crossentropy with a sigmoid for one class; categorical crossentropy with a softmax and an output for each class, for one class of many. A loss that takes its arguments in the other order gets them exchanged. Class weights that are turned round count each class alike. If the loss is what you mean, name the error that you mean in errorMeasure.",
  },
  "broadcast-loss": {
    sees: "The loss falls to about Var(Y), the predictions to the mean, and nothing fails.",
    means:
      "The loss subtracts a column from a row, so that every prediction is compared with every target. The best answer to all targets at once is their mean.",
    neighbours:
      "The loss stays the same when the targets are permuted among the examples of a batch. No other cause does that.",
    cures:
      "Give predictions and targets the same shape before they are subtracted, and check that they have it.",
  },
  "outputs-do-not-fit": {
    sees: "The loss falls and stops far above 0, or every output of an example comes out the same.",
    means:
      "The model has another number of outputs than there are targets. A loss that broadcasts compares every output with every target, so that several outputs learn the same, or one output learns the mean of several targets. A model that puts out a row for each position, since no layer flattens or a recurrent layer returns every step, learns the same targets at each.",
    neighbours:
      "With broadcast-loss the shapes fit and the loss itself mixes the examples of a batch. With wrong-loss numbers and shapes fit, and the measure is the wrong one.",
    cures:
      "As many units in the last layer as there are targets. Where the targets are class numbers, one unit for each class with softmax and the categorical crossentropy. Where each position has a row, a layer that flattens in front of the last one, or a recurrent layer that returns its last step alone.",
  },
  "log-of-a-negative": {
    sees: "The loss becomes NaN or infinite at one step, without a rise before.",
    means:
      "The loss takes the logarithm of a prediction or a target for which it has none: of a negative number, or of 0 where nothing is added to it.",
    neighbours:
      "With learning-rate-too-high the loss rises before it overflows. Here the number without a logarithm is known.",
    cures:
      "A small number added to what the logarithm takes; a sigmoid output with targets between 0 and 1, or the mean squared error; for counts under a Poisson loss a softplus output.",
  },
  "some-outputs-untrained": {
    sees: "One output follows its targets, and another is flat. The average looks half right.",
    means: "The loss does not depend on that output, by a wrong index or a mask, or no gradient reaches it.",
    neighbours:
      "With targets-not-normalised the flat output has the smaller numbers, and the loss hears only the larger ones.",
    cures: "Let the loss take all outputs: look for an index, a slice or a mask in it.",
  },
  "gradient-of-the-wrong-sign": {
    sees: "The loss rises from the first step on, steadily.",
    means:
      "Training climbs: the optimizer adds the gradient instead of subtracting it, or the loss falls where the error grows.",
    neighbours:
      "With learning-rate-too-high the loss rises in jumps. Here the optimizer moves a single weight along its gradient, which one step shows.",
    cures: "Change the sign in the optimizer or in the loss.",
  },
  "gradients-not-cleared": {
    sees: "The steps grow, the loss swings ever wider, and smaller learning rates only delay it.",
    means: "The gradients of earlier steps are added to those of each step, because nobody clears them.",
    neighbours:
      "Momentum keeps earlier gradients too, and forgets them: after 300 steps without a gradient, even 0.99 has decayed to 5 %. Here the weight moves on.",
    cures: "Clear the gradients before each step.",
  },
  "no-updates": {
    sees: "The loss of each batch is what it was. No layer has moved.",
    means:
      "No step changes any weight: every layer is frozen, the learning rate is 0, or the optimizer does nothing. Or a layer on the way to the loss rounds its inputs, or takes their sign, and has a slope of 0 everywhere. Or a train_step of one's own asks numbers of Python whether to apply the gradients: TensorFlow reads them once, when it traces the step.",
    neighbours:
      "With learning-rate-too-low the weights move a little. With dead-relu-units they moved before. With frozen-layer some layers move.",
    cures:
      "A learning rate above 0 and layers that are trainable; in a train_step of one's own a counter in a tf.Variable, and tf.cond in place of an if.",
  },
  "unseeded-randomness": {
    sees: "Two runs from one seed differ. A failure comes and goes.",
    means:
      "Something draws random numbers that the seed does not control: a layer of your own, the loss, the optimizer, the examples, or code that keeps state between two calls.",
    neighbours:
      "Every other cause gives the same run each time. Where a single layer differs by itself, the evidence names it.",
    cures:
      "Draw with TensorFlow.js's random functions or with Math.random, which the seed controls while a model is built and trained; keep no state between calls, and ask no clock.",
  },
  "frozen-layer": {
    sees: "In the table of layers, one layer has moved by 0, and the others have not.",
    means: "The layer is not trainable, or no gradient reaches it because the loss does not depend on it.",
    neighbours:
      "A run that learns may have a frozen layer on purpose; then it is not named. With dead-relu-units the gradient was there and went.",
    cures: "Set trainable to true, or connect the layer with the output. Weights learnt before may stay.",
  },
  "loss-over-the-batch": {
    sees: "The gradient of a batch is not the mean of the gradients of its parts.",
    means:
      "A loss that is the sum over its batch makes every step as many times too large as the batch has examples. A loss that mixes examples compares one with the targets of others.",
    neighbours:
      "With learning-rate-too-high the loss is a mean and the rate itself is too large. With broadcast-loss the loss also ignores the order of the targets. Where the run learns, such a loss may be meant and is not named.",
    cures:
      "The mean in place of the sum; as long as the loss is a sum, a rate divided by the size of the batch.",
  },
  "untrained-weights": {
    sees: "Some weights end as they began, or get no gradient, while others learn.",
    means:
      "The loss does not depend on them by operations that have a gradient, the optimizer was not given them, or a layer made them without addWeight, so that the model does not know them. Or the script asks a copy that it never trained, or loaded by names that its layers do not have, or it uses answers that it asked for before the training.",
    neighbours:
      "With frozen-layer the layer itself is not trainable. With dead-relu-units a gradient exists and is 0. With no-updates nothing moves at all.",
    cures:
      "Make weights with addWeight, give the optimizer all variables, and replace dataSync, argMax and rounding on the way to the loss.",
  },
  "state-outside-the-weights": {
    sees: "Training that was stopped and resumed from its weights and its optimizer's state goes another way.",
    means:
      "A layer, a loss or an optimizer keeps a number in a variable of its own: a counter, a running mean, a momentum. No file that saves the model holds it, so a resumed run differs from one that went on. Or a stateful layer, reset before each batch of training, is asked with the state that was left in it; or a stateful copy of a network that was trained without a state answers whole windows, one behind the other.",
    neighbours: "With unseeded-randomness a run from the start differs as well.",
    cures:
      "Keep such numbers in non-trainable weights of the layer, or in the weights that the optimizer saves; reset states before asking as before training.",
  },
} as const satisfies Record<string, Explanation>;
