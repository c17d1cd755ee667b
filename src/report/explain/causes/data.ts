import type { Explanation } from "../explanation.ts";

/** Causes about the examples. */
export const data = {
  "inputs-not-normalised": {
    sees: "The loss jumps or stands still from the first step on; units die or saturate at once.",
    means:
      "The initial weights are made for inputs around 0 with a spread of about 1. Inputs in the hundreds make sums in the hundreds; inputs far below 1 make none. Whole numbers that are names, such as those of words or towns, have no scale at all: a network that takes them by their size has to tell neighbours apart that have nothing in common. A time in seconds hides the hour and the day, by which things come round.",
    neighbours:
      "It causes dead-relu-units, saturated-units and exploding-gradients, and is named before them.",
    cures:
      "Standardise the inputs: subtract the mean and divide by the standard deviation. Divide pixels by 255, once: by hand or in a Rescaling layer. Look names up in an Embedding layer, or make them one-hot. Of a time give sine and cosine of its place in the day, the week or the year.",
  },
  "targets-not-normalised": {
    sees: "The loss starts at a huge number and falls slowly, or an output with small numbers is ignored.",
    means:
      "The initial network puts out numbers around 1. Targets in the thousands are many steps away, and where outputs have unequal units, the squared error hears only the largest. Of numbers such as 0.94 ± 0.02 next to nothing of the loss is left once their mean is learnt.",
    neighbours: "With wrong-output-activation the targets cannot be reached at all; that is named first.",
    cures: "Standardise the targets, or the inputs and the targets.",
  },
  "missing-numbers": {
    sees: "The loss is NaN from the first step or after a few, at any learning rate.",
    means:
      "Some numbers of the examples are NaN or infinite: an empty cell, a column divided by a spread of 0, the logarithm of 0. The loss of a batch that holds one of them is NaN, and the step then makes every weight NaN.",
    neighbours:
      "With exploding-gradients or learning-rate-too-high the examples are finite, and the loss rises before it is NaN.",
    cures:
      "Find out where they come from, and fill them (the mean of the column, 0) or leave their rows or columns out: np.isfinite(x).all() tells.",
  },
  "constant-labels": {
    sees: "The loss falls to 0, and the predictions are all the same.",
    means:
      "Every example has the same target, so that a constant is right and nothing is learnt from the inputs.",
    neighbours: "A collapse looks alike from outside; there the targets differ.",
    cures: "Look at the code that reads the targets: a wrong column or a cast to integers makes them alike.",
  },
  "shuffled-labels": {
    sees: "The training error falls only by memorising, and held-out examples are predicted no better than by the mean.",
    means:
      "The targets do not belong to their inputs: examples that are nearest neighbours have targets as different as strangers have.",
    neighbours:
      "With noisy-labels neighbours agree more than strangers do. With overfitting they agree, and the network does not use it. Where new rows are predicted about as well as those of training, the labels belong to their rows.",
    cures:
      "Shuffle inputs and targets with the same order; look for a sort, a join or a shuffle of one of them.",
  },
  "noisy-labels": {
    sees: "The training error stops well above 0 or is memorised, and held-out examples are predicted better than training ones.",
    means:
      "Many targets are wrong: neighbours in the training set disagree more than those held out. Or one value, such as 0 or -1, stands among numbers for what was not measured, and the loss takes it for a measurement. Or a loader mirrors or turns pictures and leaves their targets as they were.",
    neighbours:
      "With shuffled-labels neighbours do not agree at all. With too-little-capacity they agree, and the network cannot follow.",
    cures:
      "Look at the examples with the largest error; learnproof ladder names odd ones. Leave rows without a measurement out, or out of the loss, by a sample weight of 0 or a mask. Let targets follow what a loader does to pictures, or leave it out.",
  },
  "repeated-examples": {
    sees: "The training error falls fast, and held-out examples are not predicted.",
    means: "Less than a quarter of the training examples are different: the network sees few of them, often.",
    neighbours: "With overfitting the examples are different, and there are too few for the network.",
    cures:
      "Look at the code that draws or reads the examples: an index that stands still, a batch that is repeated.",
  },
  "sorted-batches": {
    sees: "The loss falls within each stretch of batches and jumps at the next; the predictions follow the batches that came last.",
    means:
      "The rows stand in an order, such as class after class, and training takes them so. Each batch teaches one answer, and the next one unlearns it.",
    neighbours:
      "A smaller learning rate hides it. With learning-rate-too-high the loss jumps for batches of every kind.",
    cures: "Shuffle the rows before each epoch: shuffle=True, or a shuffle of the dataset over all its rows.",
  },
  "swapped-axes": {
    sees: "The training error is low. Predictions lie on the other side of the diagonal, or held-out errors fall when two outputs are exchanged.",
    means:
      "The outputs are in another order than the targets mean: x and y, or rows and columns, are exchanged. Or the inputs were reshaped where their axes had to be moved: a table of channels and steps that is reshaped into steps and channels mixes both.",
    neighbours: "With shuffled-labels no exchange helps.",
    cures:
      "Exchange the two outputs in one place: where the targets are made, or where the predictions are read. Move axes by transpose, and reshape only to cut an axis or to join neighbours.",
  },
  "train-held-out-leakage": {
    sees: "The held-out error is as low as the training error, too good to be true.",
    means:
      "Held-out examples were trained on, bit for bit, windows of one series overlap, or all folds of a cross-validation train one model. The held-out error then measures memory.",
    neighbours: "It leaves every loss healthy, so it is looked for in runs that learn as well.",
    cures:
      "Each row kept once and split again. Split before examples are repeated, augmented or cut into windows; split a series by time. Build the model anew for each fold.",
  },
  "target-in-input": {
    sees: "The error falls to nearly 0 within few steps, on held-out examples as well.",
    means:
      "Each window or row holds its own target, so that the network only has to copy it; or a network that goes on with a text sees the words behind, through a mask the wrong way round or a layer in both directions.",
    neighbours: "With predicts-the-last-value the target is not in the window, and its neighbour is.",
    cures:
      "End each window one step earlier, leave the column of the target out, or hide the later steps: a causal mask (1 for what may be seen), causal padding, one direction.",
  },
  "predicts-the-last-value": {
    sees: "Predictions follow the series one step late.",
    means:
      "Repeating the last value of a slow series explains most of its variance. The network has learnt only that.",
    neighbours: "With target-in-input the error is nearly 0.",
    cures: "Predict the difference from the last value, or look further ahead.",
  },
  "lost-time-order": {
    sees: "A network for sequences does no better than one that sees its window as a bag of numbers.",
    means:
      "The steps of each window are in no order: most windows that overlap hold the same steps in another order. Something shuffled the steps within the windows. Or the windows were cut from a series whose rows had been shuffled, as by a split that shuffles: then each window follows the one before it, and no step tells anything of the next. Or no layer of the network knows the order, as where attention and pooling get words without positions: then it answers any order of the same words alike.",
    neighbours:
      "With target-in-input and predicts-the-last-value the windows are in order. With shuffled-labels the windows are in order, and their targets are not theirs.",
    cures:
      "Shuffle the windows, and never the steps within one. Cut the windows before anything is shuffled, and split a series by time. Add positions to the words of a text before attention.",
  },
  "misread-answers": {
    sees: "Training succeeds, and the script still reports that every answer is the same, or that nearly all are wrong.",
    means:
      "The script does something with the answers that tells nothing of them, such as argmax over a single output, which is 0 for every row, logits that are compared with 0.5 as if they were probabilities, a threshold that is taken the wrong way round, as where a large distance is taken for likeness, or class numbers that are looked up in another list than that of training.",
    neighbours:
      "With wrong-output-activation the network itself cannot give the answers. With held-out-from-another-distribution the script asks about rows that are prepared otherwise.",
    cures:
      "Compare the output of a sigmoid with 0.5; take argmax over the classes of a softmax, and look its number up in the list that numbered the classes of training; ask for a small distance where things that are alike are meant.",
  },
  "held-out-from-another-distribution": {
    sees: "Training examples are predicted, and held-out ones, or those that the script asks about after fit, are off by a shift or a scale.",
    means:
      "The held-out inputs or targets have another mean or spread than those trained on, by more than chance: another source, another unit, or a statistic that was computed for each set apart.",
    neighbours: "With overfitting both sets look alike.",
    cures: "Draw both sets from one source, and scale both by the statistics of the training set.",
  },
} as const satisfies Record<string, Explanation>;
