import type { Explanation } from "../explanation.ts";

/** Causes about the network: its layers, its initial weights, and what restrains it. */
export const network = {
  "wrong-output-activation": {
    sees: "The error stays above a floor that no recipe lowers, or every prediction stands at the bound that is nearest to the targets.",
    means:
      "The activation of the last layer cannot produce the targets: a sigmoid stays between 0 and 1, a relu at or above 0, a softmax sums to 1 and with one output is always 1.",
    neighbours:
      "With saturated-outputs the targets lie within the bounds. With wrong-loss the activation fits the targets and the loss does not.",
    cures:
      "A linear output for numbers, a sigmoid for one class or for numbers from 0 to 1, a softmax for one class of many and for shares.",
  },
  "symmetric-initialisation": {
    sees: "All units of a hidden layer do the same. A network with such a layer collapses, or learns as if the layer had one unit.",
    means:
      "Units that start with the same weights get the same gradient and stay the same for ever. Weights of 0 pass no gradient back at all.",
    neighbours:
      "With too-little-capacity the layer is narrow. Here it is wide, and its units are copies of each other.",
    cures: "Random initial weights, such as Glorot's.",
  },
  "missing-nonlinearity": {
    sees: "A deep network learns no more than a linear regression would.",
    means:
      "Layers without activations between them are one linear layer, however many there are. It cannot bend, so it cannot solve what a straight line does not solve.",
    neighbours:
      "It is not named where a linear layer solves the task, or where the network tells the classes of new rows as it is. With too-little-capacity there are activations, and too few units.",
    cures: "A relu activation on every hidden layer.",
  },
  "missing-bias": {
    sees: "Predictions follow the targets and are shifted by a constant, or an input of zeros always gives 0.",
    means: "Without a bias in any layer, the network's output for an input of zeros is fixed.",
    neighbours:
      "With targets-not-normalised the targets are far away, and a bias would take long to reach them.",
    cures: "A bias in every layer.",
  },
  "too-little-capacity": {
    sees: "The loss has stopped falling well above 0, on the training examples as well. Fewer examples can be memorised, and more cannot.",
    means:
      "The network has too few units, or a layer so narrow that it loses what the next ones need, to tell the examples apart.",
    neighbours:
      "With too-few-steps the loss is still falling. With noisy-labels, neighbours disagree, so that no network of any width fits them and new ones too. If a layer of one or two units died, the units are the cause.",
    cures:
      "Flattening where pooling loses a place that the targets ask for; 2 times the width, then 4 times, then 8 times. The ladder (learnproof ladder) measures the width that is needed.",
  },
  "too-much-regularisation": {
    sees: "The weights shrink, the loss without its penalty stays high, and predictions are drawn to the mean.",
    means:
      "Penalties on the weights are over 30 % of the loss, weight decay has halved a layer, dropout takes away 70 % of the units and more, or, with the same weights, dropout and noise make 30 % of the error in training, or images are changed at random in what their targets depend on, or constraints bring the weights back after every step. Training then serves the restraint more than the targets.",
    neighbours: "With too-little-capacity the network is small. Here it is large enough and held back.",
    cures:
      "No penalty, no weight decay, no constraint, no dropout and no augmentation; then add as much as the network bears.",
  },
  overfitting: {
    sees: "The error on training examples is near 0, and the error on held-out ones is near or above that of the mean.",
    means: "The network has learnt its examples by heart. What it knows does not carry over to others.",
    neighbours:
      "With held-out-from-another-distribution the held-out examples differ in mean or spread. With noisy-labels the training targets disagree more than the held-out ones. With shuffled-labels there is nothing to carry over.",
    cures:
      "All rows that there are, or a fifth held out where it was more than half; 4 times as many examples, then 16 times, or dropout. A smaller network may do as well.",
  },
  "lagging-batch-statistics": {
    sees: "The training loss falls, and the error in evaluation mode stays high or jumps.",
    means:
      "Batch normalisation trains with the statistics of each batch and predicts with their moving averages. At a momentum of 0.99, the averages still hold 37 % of their start after 100 steps. The statistics of a few examples say little, and those of one row of features take everything out of it.",
    neighbours:
      "With overfitting the error on training examples is low in evaluation mode as well. Here the same examples are predicted well with their own statistics.",
    cures:
      "Batches of 32 where they were of 4 or fewer; a smaller momentum of the averages, such as 0.9, or 4 or 16 times as many steps.",
  },
  "initial-weights-too-large": {
    sees: "The loss before training is thirty times or more what its form gives for outputs of 0, and training does not make good for it.",
    means:
      "Each layer multiplies the size of its input by a factor. Glorot's and He's initial weights keep that factor near 1; here it is 10 or more, so that units saturate and outputs start far from every target.",
    neighbours:
      "With inputs-not-normalised the weights are sound and the inputs are large. With symmetric-initialisation the weights are not too large but all alike.",
    cures: "Glorot's initial weights, then He's.",
  },
  "unused-input": {
    sees: "A column of the table changes no prediction, and the errors depend on it.",
    means:
      "The column is sliced off, multiplied by 0 or never read on its way through the model. It is found by exchanging one column at a time between two examples.",
    neighbours:
      "With inputs-not-normalised the column reaches the output, and larger ones drown it. A column that does not matter is never named.",
    cures:
      "Look at the slices and column numbers in front of the first layer, and mask no value that steps really have.",
  },
  "blind-network": {
    sees: "Before training, every example gets the same outputs, for each of three draws of the weights; one layer is given inputs that differ and answers each with the same numbers.",
    means:
      "What tells the examples apart is lost on its way: a pooling over everything that was normalised before, a mask over every step, a multiplication by 0, an input that a layer drops. Training then learns one constant, the mean of the targets, at best.",
    neighbours:
      "With unused-input some columns are lost and others arrive. With dead-relu-units, saturated-units or symmetric-initialisation other weights or another scale would let differences pass; here none does.",
    cures:
      "Look at the layer that the evidence names. Changes of the rate, the width and the steps are not tried, since none of them can help.",
  },
  "examples-see-each-other": {
    sees: "In evaluation mode, the prediction of an example changes with the other examples of its batch.",
    means:
      "Some operation runs over the axis of the batch: a softmax, mean or normalisation of the wrong axis, or a reshape that mixes rows; or batch normalisation is always called with training=True. Such a model answers differently as soon as one example comes alone.",
    neighbours:
      "Batch normalisation mixes examples in training mode on purpose, and not in evaluation mode. With noise-in-evaluation the same batch gives two answers.",
    cures:
      "Let the operation run over the last axis, keep the first axis in every reshape, and pass the training flag on to batch normalisation.",
  },
  "noise-in-evaluation": {
    sees: "The same examples, evaluated twice, give different predictions.",
    means:
      "Dropout and noise are for training. A layer that is always called in training mode draws at every prediction as well, and one that keeps something from call to call changes by being asked.",
    neighbours:
      "With unseeded-randomness two runs of one seed differ; here two predictions of one model do. A layer of one's own that draws, as in a variational autoencoder, is no fault where the run learns.",
    cures: "Pass the training flag on to the layer, or leave the noise out in evaluation mode.",
  },
  "frozen-layer-moves": {
    sees: "A layer that is not trainable ends with other weights, or a trained batch normalisation ends with the averages that it began with.",
    means:
      "TensorFlow.js moves the averages of a frozen batch normalisation in training mode; Keras does not. A base that was frozen to be kept is then no longer what it was. Averages that never move leave evaluation with those of no data.",
    neighbours:
      "With frozen-layer a layer stays that should be trained. With lagging-batch-statistics the averages move, but too slowly.",
    cures:
      "Call a frozen base with training: false. Call compile again behind trainable = False. Give batch normalisation a momentum below 1.",
  },
} as const satisfies Record<string, Explanation>;
