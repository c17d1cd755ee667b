// Scripts whose loops call several models in one step, or one of several outputs, and what their captures must hold.

import { LEARNS, loop, type TapeLoop } from "./tapeLoops.ts";

const PARTS = `encoder = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(16, activation="tanh")], name="encoder")
head = tf.keras.Sequential([tf.keras.Input((16,)), tf.keras.layers.Dense(1)], name="head")
both = tf.keras.Model(encoder.inputs, [head(encoder.outputs[0]), tf.keras.layers.Dense(1, activation="sigmoid")(encoder.outputs[0])])
`;
const OF_PARTS = "encoder.trainable_variables + head.trainable_variables";
const MEAN = "tf.reduce_mean(tf.square(targets - head(encoder(inputs, training=True), training=True)))";

/** A loop beside whose model there are others. */
function composite(loss: string, variables = OF_PARTS, how = {}): string {
  const script = loop({ loss, variables, ...how });
  return script.replace("optimizer = ", `${PARTS}optimizer = `);
}

const first = "    optimizer.apply_gradients(zip(gradients[:2], encoder.trainable_variables))";
/** A loop that updates the weights of each model by an optimizer of its own. */
function byTwo(second: string): string {
  const line = `    optimizer.apply_gradients(zip(gradients, ${OF_PARTS}))`;
  return composite(`loss = ${MEAN}`)
    .replace(line, `${first}\n    second.apply_gradients(zip(gradients[2:], head.trainable_variables))`)
    .replace("batches = ", `second = tf.keras.optimizers.${second}\nbatches = `);
}

export const compositeLoops: Readonly<Record<string, TapeLoop>> = {
  oneBehindAnother: {
    script: composite(`loss = ${MEAN}`, OF_PARTS, LEARNS),
    epochs: 15,
    targets: [64, 1],
    model: /"encoder"[\s\S]*"head"/,
    notModel: /penalty_of_the_step/,
    judged: { learns: true },
  },
  penaltyOfTheCode: {
    script: composite(
      "code = encoder(inputs, training=True)\nloss = tf.reduce_mean(tf.square(targets - head(code, training=True))) + 0.1 * tf.reduce_mean(tf.square(code))",
    ),
    model: /penalty_of_the_step[\s\S]*"has_penalty": ?true/,
  },
  severalOutputs: {
    script: composite(
      "first, second = both(inputs, training=True)\nloss = tf.reduce_mean(tf.square(targets - first)) + tf.reduce_mean(tf.abs(targets - second))",
      "both.trainable_variables",
    ),
    loss: ["mean_squared_error", "mean_absolute_error"],
    targets: [64, 1],
  },
  alikeOptimizers: { script: byTwo("Adam(0.01)"), notModel: /"trainable": ?false/ },
  otherOptimizers: {
    script: byTwo("SGD(0.01)"),
    refused: /^updates its weights by optimizers of different settings/,
  },
  calledTwice: {
    script: loop({
      loss: "loss = tf.reduce_mean(tf.square(targets - model(inputs, training=True) - model(-inputs, training=True)))",
    }),
    refused: /^compares 2 answers of its models with the data in one term of its loss/,
  },
  answersOfEachOther: {
    script: composite(
      "code, other = encoder(inputs, training=True), encoder(-inputs, training=True)\nloss = tf.maximum(tf.reduce_sum(tf.square(code - other), -1) - tf.reduce_sum(tf.square(code), -1) + 1, 0)",
      "encoder.trainable_variables",
    ),
    loss: "traced",
    targets: [64, 1],
    model: /answers_of_the_step/,
  },
  answersHeldFixed: {
    script: composite(
      "code, other = encoder(inputs, training=True), encoder(-inputs, training=True)\nloss = -tf.reduce_mean(code * tf.stop_gradient(other))",
      "encoder.trainable_variables",
    ),
    refused: /^calls models in one step and compares none of their answers with data/,
  },
  rivals: {
    script: composite(
      "made = encoder(inputs, training=True)\njudged = head(made, training=True)\nloss = -tf.reduce_mean(judged)",
    )
      .replace(
        "with tf.GradientTape() as tape:",
        "with tf.GradientTape() as tape, tf.GradientTape() as second:",
      )
      .replace(
        /^( +)gradients = .*$/m,
        "$1gradients = tape.gradient(loss, encoder.trainable_variables) + second.gradient(judged, head.trainable_variables)",
      ),
    refused: /^trains encoder by what head answers, and head by itself/,
  },
  acts: {
    script: composite(
      "code = encoder(inputs, training=True)\nchosen = np.argmax(code.numpy(), axis=1)\nloss = tf.reduce_mean(tf.square(targets - head(code, training=True)) * chosen[:, None])",
    ),
    refused: /^makes numbers of Python or NumPy of what its models answer/,
  },
  severalWithoutTargets: {
    script: composite(
      "loss = tf.reduce_mean(tf.square(head(encoder(inputs, training=True), training=True)))",
    ),
    refused: /^calls models in one step and compares none of their answers with data/,
  },
};
