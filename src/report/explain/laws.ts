import type { Explanation } from "./explanation.ts";

/** What each law asks, and what its breaking says. */
export const lawTexts: Readonly<Record<string, Explanation>> = {
  overfitsOne: {
    sees: "Trained on a single example, the error stays above 2 % of Var(Y).",
    means:
      "A network that cannot memorise one example cannot learn any. Even its output biases alone can do this.",
    neighbours:
      "It is the first of three rungs: one example, two (overfitsTwo), sixteen (climbs). If only this one breaks, look at the output activation and the optimizer.",
    cures: "See the causes wrong-output-activation, no-updates and targets-not-normalised.",
  },
  overfitsTwo: {
    sees: "Trained on the two examples that are farthest apart, it answers the same for both.",
    means: "It is the first rung on which the output has to depend on the input.",
    neighbours:
      "If overfitsOne holds and this breaks, the output biases learn and nothing passes from the input: dead units, weights of 0, or a cut.",
    cures: "See the causes dead-relu-units, symmetric-initialisation and inputs-not-normalised.",
  },
  climbs: {
    sees: "Trained on sixteen examples, it does not memorise them.",
    means: "Two examples can be told apart by a few lucky units. Sixteen need a network that works.",
    neighbours:
      "If overfitsTwo holds and this breaks, capacity or the size of the steps is missing. learnproof ladder climbs further and grows the network where it must.",
    cures: "See the causes too-little-capacity, learning-rate-too-high and learning-rate-too-low.",
  },
  predictionsVary: {
    sees: "Var(Ŷ) / Var(Y) is below 0.05: the predictions are a constant.",
    means:
      "A network that answers the same for every input has collapsed, whatever its loss. 312 healthy runs had 0.87 to 1.3.",
    neighbours: "The law everyOutputVaries asks the same of each output by itself.",
    cures: "See the cause that is named first: a collapse has many.",
  },
  everyOutputVaries: {
    sees: "One output is nearly constant, and the average hides it.",
    means:
      "Each output's variance ratio must be at least 0.3. 312 healthy runs had 0.76 to 1.3. Classes that are told with few wrong answers may have unsure probabilities, but a class that is about as common as the others must be predicted for some row.",
    neighbours:
      "The law predictionsVary looks at all outputs together; everyOutputFits at the error of each.",
    cures: "See the causes some-outputs-untrained and targets-not-normalised.",
  },
  everyOutputFits: {
    sees: "One output is predicted worse than by its own mean.",
    means:
      "Where outputs have different units, the one with the largest numbers dominates the loss. This law looks at each.",
    neighbours:
      "The law everyOutputVaries breaks where the output is flat; this one also where it varies and is wrong.",
    cures: "See the causes targets-not-normalised and some-outputs-untrained.",
  },
  beatsTheMean: {
    sees: "The error ends at 0.2 of Var(Y) or more; or, for classes and labels of two values, the mistakes are more than 0.3 of those of always naming the commonest class.",
    means:
      "Var(Y) is the lowest squared error that a constant can reach. A falling loss proves nothing above it. Where the data are so noisy that ridge regressions on them leave more in cross-validation, the bound is what they leave, up to 0.75, and what chance adds to it among the rows that were looked at. Where half is told and nothing is suspected but that more of the same would tell more, its author has chosen how far it goes, and the law is not asked.",
    neighbours:
      "The law predictionsVary says whether the network answers a constant; this law says whether what it answers is right.",
    cures: "See the cause that is named first.",
  },
  generalises: {
    sees: "Held-out examples are predicted hardly better than by the mean of the training targets.",
    means: "What was learnt must carry over to examples that were not trained on.",
    neighbours:
      "If beatsTheMean holds and this breaks, the network has memorised. heldOutIsNew asks whether the held-out examples are new at all.",
    cures: "See the causes overfitting, shuffled-labels and held-out-from-another-distribution.",
  },
  learnsTheSameTwice: {
    sees: "Two runs from one seed differ in their first losses.",
    means:
      "A run that cannot be repeated cannot be debugged. On engines that promise the same bits, the difference must be 0.",
    neighbours:
      "If the losses differ before the first update, the model or the examples are drawn anew without the seed.",
    cures:
      "Draw everything from the seed: no Math.random, no clock, no state that is left from the run before.",
  },
  targetsDiffer: {
    sees: "All targets are the same.",
    means: "On constant targets a constant is right, so that nothing can be proved about learning.",
    neighbours: "See the cause constant-labels.",
    cures: "Look at the code that reads the targets.",
  },
  reachesItsTargets: {
    sees: "An error remains that no training removes.",
    means: "The output activation must be able to produce the targets to within 2 % of Var(Y).",
    neighbours:
      "The law lossFits asks whether the loss fits the outputs; this law whether the outputs fit the targets.",
    cures: "See the cause wrong-output-activation.",
  },
  lossFits: {
    sees: "The loss falls and measures nothing, such as a crossentropy of numbers that are no probabilities.",
    means: "The loss must be made for the outputs and targets it is given.",
    neighbours: "The law reachesItsTargets looks at outputs and targets.",
    cures: "See the cause wrong-loss.",
  },
  outputsFitTargets: {
    sees: "The model has two outputs and the data one target, or one output and several targets.",
    means: "Each output must have a target of its own. The law is measured only where that is not so.",
    neighbours: "The law lossFits looks at what outputs and targets are; this law at how many there are.",
    cures: "See the cause outputs-do-not-fit.",
  },
  everyLayerMoves: {
    sees: "A layer's weights are what they were at the start.",
    means: "A network can learn although one layer is frozen or cut off, and all its losses look healthy.",
    neighbours: "A layer may be frozen on purpose: a run that learns on frozen layers keeps this law.",
    cures: "See the causes frozen-layer and no-updates.",
  },
  isNonlinear: {
    sees: "What reaches the last layer is an affine function of the inputs.",
    means:
      "Layers without activations are one linear layer. An easy task hides it; the first harder one does not.",
    neighbours:
      "The law does not apply where a linear layer solves the task, as of one-hot rows, or where the network itself tells the classes of new rows, nor to an autoencoder that learns: without activations it finds principal components.",
    cures: "See the cause missing-nonlinearity.",
  },
  heldOutIsNew: {
    sees: "Held-out inputs are training inputs, or windows of one series overlap.",
    means: "A network that has memorised them looks as if it generalised.",
    neighbours:
      "The law generalises measures the held-out error; this law whether that error means anything.",
    cures: "See the cause train-held-out-leakage.",
  },
  targetsAreNotInputs: {
    sees: "One position of every window equals the target, one column of a table is the target in other numbers, or each step of a sequence sees the later step that it is asked for.",
    means: "A network that can copy the target has nothing to predict.",
    neighbours:
      "The law beatsPersistence asks whether it does more than repeat the value before. A sequence that no other one continues may be asked for an earlier step of its own: that is a task for a memory.",
    cures: "See the cause target-in-input.",
  },
  beatsPersistence: {
    sees: "A series is predicted no better than by repeating its last value.",
    means: "On a slow series, repetition explains most of the variance, so that Var(Y) is too easy a mark.",
    neighbours:
      "The law beatsTheMean holds for such a network. A network whose changes from the last value go with the real ones (correlation 0.33) has learnt where the series goes, however exact it is. A series that slowly comes back to its mean has hardly a better forecast than its last value: a network holds that leaves at most a quarter more than a regression on the windows. A run that was ended before nine tenths of its steps may still pass the last value: the law says nothing then.",
    cures: "See the cause predicts-the-last-value.",
  },
  axesAreTrue: {
    sees: "The first target follows the box from top to bottom, and not from left to right.",
    means: "If x and y are exchanged in both sets, all losses stay healthy. Only the pictures show it.",
    neighbours: "The law applies to pictures of boxes, whose place is known.",
    cures: "See the cause swapped-axes.",
  },
  stopsAtItsBest: {
    sees: "Early stopping, or a callback that lowers the rate or keeps the best weights, takes a larger loss for better, or a smaller accuracy.",
    means: "Training ends or slows down as soon as it improves, or keeps the weights of its worst epoch.",
    neighbours: "The law beatsTheMean asks how much was learnt: by then it may be enough.",
    cures: "See the causes too-few-steps and learning-rate-too-low.",
  },
  everyWeightIsTrained: {
    sees: "A trainable weight gets no gradient, the optimizer skips it, or a variable that shapes the loss is none of the model's weights.",
    means:
      "One backward pass and one update with a gradient of ones show which weights training reaches, before any training.",
    neighbours:
      "The law everyLayerMoves looks at kernels after the run; this one names each weight, biases too, and says why.",
    cures: "See the cause untrained-weights.",
  },
  frozenStays: {
    sees: "A frozen layer has moved, or the moving averages of a trained batch normalisation have not.",
    means: "What is set to be not trainable should be the same after training, averages included.",
    neighbours:
      "The law everyLayerMoves asks the opposite of layers that are trained. Of a Keras script it also looks at a later call of fit: one that follows trainable = False without a compile in between still moves the layer.",
    cures: "See the cause frozen-layer-moves.",
  },
  usesItsInputs: {
    sees: "A column changes no prediction, and the run's errors depend on it; or no input at all changes any prediction.",
    means:
      "One column at a time is exchanged between two examples of an untrained model. A column is named only if the errors differ with it, by a rank test corrected for the number of columns.",
    neighbours:
      "It is asked of tables of up to 1024 columns, since the edges of pictures may rightly be unused. That no input at all reaches the outputs is asked of every model; predictionsVary breaks as well then.",
    cures: "See the causes unused-input and blind-network.",
  },
  lossStartsRight: {
    sees: "The loss before training is over thirty times that of outputs of 0: ln k for k classes, ln 2 for yes and no, the mean square of the targets for mse.",
    means:
      "Sound weights and standardised inputs start at one to ten times that. A larger start says that weights, inputs or targets have another scale. A run that learns from it has made good for it and is not accused.",
    neighbours: "It is not asked of a loss of one's own, whose form is not known.",
    cures: "See the causes initial-weights-too-large, inputs-not-normalised and targets-not-normalised.",
  },
  batchesAddUp: {
    sees: "The gradient of a batch differs from the mean over four parts of it, or changes with the order of its rows.",
    means:
      "With a mean, the size of a batch changes the noise of a step and not its length. It is measured on the loss alone, without batch normalisation. A run that learns with a sum may mean it.",
    neighbours: "The law examplesAreApart asks the same of the model.",
    cures: "See the cause loss-over-the-batch.",
  },
  examplesAreApart: {
    sees: "In evaluation mode, a prediction changes with the rest of its batch.",
    means:
      "Half of a batch of eight is exchanged, the batch is turned round, and one example is asked alone. Rounding changes outputs by 1e-6.",
    neighbours:
      "Batch normalisation looks at the whole batch in training mode, which is right and not asked here. batchesAddUp asks the loss.",
    cures: "See the cause examples-see-each-other.",
  },
  evaluationRepeats: {
    sees: "Two evaluations of the same examples differ.",
    means:
      "The examples are evaluated again with the same random numbers and with others, so that dropout in evaluation mode shows although every run is seeded.",
    neighbours:
      "The law learnsTheSameTwice compares two runs; this one compares two predictions of one model.",
    cures: "See the cause noise-in-evaluation.",
  },
  resumes: {
    sees: "Two steps after a stop, the resumed training has another loss or other weights.",
    means:
      "A model that is built anew gets the weights, the optimizer's state, the count of its steps and the same batches. On engines that promise the same bits, nothing may differ.",
    neighbours:
      "The law learnsTheSameTwice starts from the beginning. This one is not asked of an optimizer of one's own that cannot give its state, or of a loss that draws random numbers.",
    cures: "See the cause state-outside-the-weights.",
  },
  answersWhatIsAsked: {
    sees: "Training succeeds, and what the script predicts or evaluates after it is wrong.",
    means:
      "The rows that a Keras script gives to predict, evaluate or the model itself are answered by the trained network, as they are and prepared as those of training. Counted are calls whose rows differ by a plain factor, are answered well only once they are prepared so, or with known targets hardly better than by a constant; answers that are compared with targets in another order; and answers that are misread.",
    neighbours:
      "The law generalises asks the same of held-out examples that fit was given. Single rows, rows beyond the data and rows without targets are no fault.",
    cures:
      "Prepare the rows by the scaler, tokenizer or division that training used. See the causes held-out-from-another-distribution, shuffled-labels and misread-answers.",
  },
};
