"""Some steps of each optimizer that learnproof covers, and of each of its settings."""

import keras
from keras import layers as L
from keras import optimizers as O


def model():
    return keras.Sequential([keras.Input([3]), L.Dense(2, name="head")])


def case(name, optimizer, **more):
    return {"name": f"optimizer {name}", "optimizer": optimizer, "model": model, **more}


S = O.schedules


def table_of_words():
    """A table of which one batch reads some rows several times, and others not at all."""
    return keras.Sequential([keras.Input([4]), L.Embedding(6, 2, name="words"), L.Flatten(), L.Dense(2, name="head")])


ROWS = [[[1, 1, 2, 3], [1, 2, 2, 5], [0, 1, 1, 1]]]


def of_rows(name, optimizer, **more):
    """Steps of a model whose table is read by row: TensorFlow gives the optimizer one gradient for each reading."""
    return {"name": f"repeated rows {name}", "optimizer": optimizer, "model": table_of_words, "x": ROWS, **more}


def shared_table():
    """Two readings of one table, and a penalty on another."""
    i = keras.Input([4], name="in")
    words = L.Embedding(6, 2, name="words")
    penalised = L.Embedding(6, 2, embeddings_regularizer="l2", name="penalised")
    backwards = L.Rescaling(-1.0, 5.0, name="backwards")
    both = L.Concatenate(name="both")([words(i), words(backwards(i)), penalised(i)])
    return keras.Model(i, L.Dense(2, name="head")(L.Flatten(name="flat")(both)))


def rows_cases():
    yield of_rows("SGD momentum", lambda: O.SGD(0.1, momentum=0.8))
    yield of_rows("SGD clipnorm", lambda: O.SGD(0.1, clipnorm=0.2))
    yield of_rows("SGD global_clipnorm", lambda: O.SGD(0.1, global_clipnorm=0.2))
    yield of_rows("SGD clipvalue", lambda: O.SGD(0.1, clipvalue=0.1))
    yield of_rows("Adam", lambda: O.Adam(0.05))
    yield of_rows("Adam amsgrad", lambda: O.Adam(0.05, amsgrad=True, epsilon=0.01))
    yield of_rows("Adam clipnorm", lambda: O.Adam(0.05, clipnorm=0.2))
    yield of_rows("Adam clipvalue", lambda: O.Adam(0.05, clipvalue=0.05))
    yield of_rows("AdamW", lambda: O.AdamW(0.05, weight_decay=0.1))
    yield of_rows("Adamax", lambda: O.Adamax(0.05))
    yield of_rows("Nadam", lambda: O.Nadam(0.05))
    yield of_rows("Adadelta", lambda: O.Adadelta(0.5, epsilon=1e-4))
    yield of_rows("Adagrad", lambda: O.Adagrad(0.1, epsilon=0.01))
    yield of_rows("RMSprop", lambda: O.RMSprop(0.05, epsilon=0.01))
    yield of_rows("RMSprop settings", lambda: O.RMSprop(0.05, rho=0.8, momentum=0.5, centered=True, epsilon=0.2))
    yield of_rows("Lion", lambda: O.Lion(0.05, beta_1=0.8, beta_2=0.7))
    yield of_rows("Ftrl", lambda: O.Ftrl(0.1))
    yield of_rows("Adafactor", lambda: O.Adafactor(0.2))
    yield of_rows("Lamb", lambda: O.Lamb(0.05))
    yield of_rows("Muon", lambda: O.Muon(0.05))
    yield of_rows("averages", lambda: O.Adam(0.05, use_ema=True, ema_momentum=0.8))
    yield {**of_rows("of shared tables", lambda: O.Adam(0.05)), "model": shared_table}


def optimizer_cases():
    yield from rows_cases()
    yield case("SGD", lambda: O.SGD(0.1))
    yield case("SGD momentum", lambda: O.SGD(0.1, momentum=0.8))
    yield case("SGD nesterov", lambda: O.SGD(0.1, momentum=0.8, nesterov=True))
    yield case("SGD clipnorm", lambda: O.SGD(0.1, clipnorm=0.2))
    yield case("SGD global_clipnorm", lambda: O.SGD(0.1, global_clipnorm=0.2))
    yield case("SGD clipvalue", lambda: O.SGD(0.1, clipvalue=0.1))
    yield case("SGD weight_decay", lambda: O.SGD(0.1, weight_decay=0.2))
    yield case("Adam", lambda: O.Adam(0.05))
    yield case("Adam epsilon", lambda: O.Adam(0.05, epsilon=0.1))
    yield case("Adam amsgrad", lambda: O.Adam(0.05, amsgrad=True, epsilon=0.01))
    yield case("AdamW", lambda: O.AdamW(0.05, weight_decay=0.1))
    yield case("Adamax", lambda: O.Adamax(0.05))
    yield case("Nadam", lambda: O.Nadam(0.05))
    yield case("Adadelta", lambda: O.Adadelta(0.5, epsilon=1e-4))
    yield case("Adagrad", lambda: O.Adagrad(0.1, epsilon=0.01))
    yield case("RMSprop", lambda: O.RMSprop(0.05, epsilon=0.01))
    yield case("RMSprop settings", lambda: O.RMSprop(0.05, rho=0.8, momentum=0.5, centered=True, epsilon=0.01))
    yield case("Lion", lambda: O.Lion(0.05, beta_1=0.8, beta_2=0.7, weight_decay=0.1))
    yield case("Ftrl", lambda: O.Ftrl(0.1))
    yield case(
        "Ftrl settings",
        lambda: O.Ftrl(
            0.2,
            learning_rate_power=-0.7,
            initial_accumulator_value=0.3,
            l1_regularization_strength=0.05,
            l2_regularization_strength=0.1,
            l2_shrinkage_regularization_strength=0.2,
            beta=0.3,
        ),
    )
    yield case("Adafactor", lambda: O.Adafactor(0.2))
    yield case("Adafactor settings", lambda: O.Adafactor(0.4, beta_2_decay=-0.6, epsilon_2=2.0, clip_threshold=0.7))
    yield case("Lamb", lambda: O.Lamb(0.05))
    yield case("Muon", lambda: O.Muon(0.05))
    yield case("Muon settings", lambda: O.Muon(0.05, nesterov=False, momentum=0.8, ns_steps=3, rms_rate=0.1, weight_decay=None, adam_weight_decay=None))
    yield case("averages", lambda: O.Adam(0.05, use_ema=True, ema_momentum=0.8))
    yield case("averages between", lambda: O.SGD(0.1, 0.5, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=3))
    yield case("ExponentialDecay", lambda: O.SGD(S.ExponentialDecay(0.2, 2, 0.5)))
    yield case("ExponentialDecay staircase", lambda: O.SGD(S.ExponentialDecay(0.2, 2, 0.5, staircase=True)))
    yield case("InverseTimeDecay", lambda: O.SGD(S.InverseTimeDecay(0.2, 2, 0.5)))
    yield case("PolynomialDecay", lambda: O.SGD(S.PolynomialDecay(0.2, 3, 0.05, power=2.0)))
    yield case("CosineDecay", lambda: O.SGD(S.CosineDecay(0.2, 3, alpha=0.1), momentum=0.5))
    yield case("CosineDecay warm", lambda: O.SGD(S.CosineDecay(0.0, 3, warmup_target=0.2, warmup_steps=2)), steps=5)
    yield case("PiecewiseConstantDecay", lambda: O.SGD(S.PiecewiseConstantDecay([1, 2], [0.2, 0.1, 0.05])))
    yield {
        **case("constraints", lambda: O.SGD(0.2)),
        "model": lambda: keras.Sequential(
            [
                keras.Input([3]),
                L.Dense(2, kernel_constraint=keras.constraints.MaxNorm(0.5), bias_constraint="non_neg", name="a"),
                L.Dense(2, kernel_constraint=keras.constraints.UnitNorm(), name="b"),
                L.Dense(2, kernel_constraint=keras.constraints.MinMaxNorm(0.2, 0.6, rate=0.5), name="head"),
            ]
        ),
    }
