// Models that add the whole of their loss themselves and are given no targets, as variational autoencoders often are.

const head = `import json, numpy as np, keras
from keras import layers as L, ops
keras.utils.set_random_seed(3)
random = np.random.RandomState(0)
x = random.uniform(size=(64, 6)).astype("float32")

class Sampling(L.Layer):
    def __init__(self):
        super().__init__()
        self.seeds = keras.random.SeedGenerator(1)
    def call(self, given):
        mean, log_var = given
        return mean + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mean), seed=self.seeds)

class Steady(L.Layer):
    def call(self, given):
        return given[0] + ops.exp(given[1] / 2) * ops.sin(9 * given[0])

def divergence(mean, log_var):
    return -0.5 * ops.mean(ops.sum(1 + log_var - ops.square(mean) - ops.exp(log_var), axis=-1))

start = keras.Input((6,))
hidden = L.Dense(8, activation="tanh")(start)
mean, log_var = L.Dense(2, name="mean")(hidden), L.Dense(2, name="log_var")(hidden)
`;
const rebuild = (draw: string) =>
  `made = L.Dense(6, activation="sigmoid", name="made")(${draw}()([mean, log_var]))\n`;
const trained = `model.compile(keras.optimizers.SGD(0.1))
model(x)
if model.losses:
    json.dump(float(sum(model.losses)), open(__file__.replace(".py", ".expected"), "w"))
model.fit(x, epochs=2, batch_size=64, validation_data=(x[:16], None))
`;
/** A layer that adds this expression of the inputs, what is made of them, and the two numbers of the code. */
const adding = (loss: string, draw = "Sampling", before = "", ends = "[start, made, mean, log_var]") =>
  `${head}${rebuild(draw)}class Add(L.Layer):
    def call(self, given):
        wanted, made, mean, log_var = given${before}
        self.add_loss(${loss})
        return made
model = keras.Model(start, Add()(${ends}))
${trained}`;
const computing = (loss: string) =>
  `${head}${rebuild("Sampling")}class Net(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        made, mean, log_var = y_pred
        return ${loss}
model = Net(start, [made, mean, log_var])
${trained}`;

const error = "5 * ops.mean(ops.square(wanted - made))";

/** The scripts by name: those that are captured first, then those that nothing tells the targets of. */
export const rebuiltScripts = {
  steady: adding(`${error} + 0.5 * divergence(mean, log_var)`, "Steady"),
  named: adding("ops.mean(keras.losses.binary_crossentropy(wanted, made)) + divergence(mean, log_var)"),
  averaged: adding(`ops.mean(${error} + divergence(mean, log_var))`),
  plain: adding("ops.mean(ops.square(wanted - made))", "Steady"),
  method: computing("ops.mean(7 * ops.mean(ops.square(x - made), axis=-1)) + divergence(mean, log_var)"),
  call: `${head}class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.mean, self.log_var, self.made = L.Dense(2), L.Dense(2), L.Dense(6, activation="sigmoid")
        self.draw = Steady()
    def call(self, given):
        mean, log_var = self.mean(given), self.log_var(given)
        made = self.made(self.draw([mean, log_var]))
        self.add_loss(7 * ops.mean(ops.square(given - made)))
        self.add_loss(divergence(mean, log_var))
        return made
model = Net()
${trained}`,
  onlyDivergence: adding("divergence(mean, log_var)"),
  mixed: adding(`${error} * (1 + divergence(mean, log_var))`),
  twoCompared: adding(`${error} + ops.mean(ops.square(wanted[:, :2] - mean))`),
  otherShape: `${head}class Add(L.Layer):
    def call(self, given):
        self.add_loss(ops.mean(ops.square(given[0][:, :2] - given[1])))
        return given[1]
model = keras.Model(start, Add()([start, mean]))
${trained}`,
};
