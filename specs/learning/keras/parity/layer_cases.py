"""One small model for each layer that learnproof covers, and for each of its settings that computes something else."""

import keras
from keras import layers as L


def chain(shape, *make, before=True, batch=None):
    """A chain of layers. A Dense layer before them shows the gradient of their input; the outputs are flattened."""

    def model():
        first = [L.Dense(shape[-1], name="before")] if before else []
        made = [one() for one in make]
        return keras.Sequential([keras.Input(shape, batch_size=batch), *first, *made, L.Flatten(name="flat")])

    return model


def case(name, shape, *make, before=True, **more):
    return {"name": name, "model": chain(shape, *make, before=before), **more}


def core_cases():
    yield case("Dense", [4], lambda: L.Dense(3, activation="tanh"))
    yield case("Dense without bias", [4], lambda: L.Dense(3, use_bias=False))
    yield case("Dense of a sequence", [3, 2], lambda: L.Dense(2))
    yield case("Dense l1 l2", [3], lambda: L.Dense(2, kernel_regularizer="l1", bias_regularizer=keras.regularizers.L1L2(0.1, 0.2)))
    yield case("Flatten", [2, 3], L.Flatten)
    yield case("Reshape", [6], lambda: L.Reshape([2, -1]))
    yield case("Permute", [2, 3], lambda: L.Permute([2, 1]))
    yield case("RepeatVector", [3], lambda: L.RepeatVector(2))
    yield case("Embedding", [4], lambda: L.Embedding(5, 2), before=False, kinds=[5])


ACTIVATIONS = "linear relu relu6 sigmoid tanh softmax softplus softsign elu selu swish hard_sigmoid".split()


def activation_cases():
    for name in ACTIVATIONS:
        yield case(f"activation {name}", [5], lambda name=name: L.Activation(name))


def convolution_cases():
    yield case("Conv1D", [6, 2], lambda: L.Conv1D(2, 3, strides=2, padding="same", activation="relu"))
    yield case("Conv1D dilated", [7, 2], lambda: L.Conv1D(2, 2, dilation_rate=2))
    yield case("Conv2D", [5, 4, 2], lambda: L.Conv2D(2, [3, 2], strides=[2, 1], padding="same"))
    yield case("Conv2D valid", [5, 4, 2], lambda: L.Conv2D(2, 3, activation="tanh"))
    yield case("Conv3D", [3, 3, 3, 1], lambda: L.Conv3D(2, 2))
    yield case("Conv2DTranspose", [3, 3, 2], lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same"))
    yield case("DepthwiseConv2D", [4, 4, 2], lambda: L.DepthwiseConv2D(3, depth_multiplier=2, padding="same"))
    yield case("SeparableConv2D", [4, 4, 2], lambda: L.SeparableConv2D(3, 2, depth_multiplier=2))


def pooling_cases():
    for rank in (1, 2, 3):
        shape = [4] * rank + [2]
        for kind in ("Max", "Average"):
            yield case(f"{kind}Pooling{rank}D", shape, lambda kind=kind, rank=rank: getattr(L, f"{kind}Pooling{rank}D")(2))
            if rank < 3:
                yield case(
                    f"Global{kind}Pooling{rank}D",
                    shape,
                    lambda kind=kind, rank=rank: getattr(L, f"Global{kind}Pooling{rank}D")(),
                )
    yield case("MaxPooling2D same", [5, 4, 1], lambda: L.MaxPooling2D(3, strides=2, padding="same"))
    yield case("AveragePooling2D same", [5, 4, 1], lambda: L.AveragePooling2D(3, strides=2, padding="same"))


def recurrent_cases():
    yield case("SimpleRNN", [4, 2], lambda: L.SimpleRNN(3))
    yield case("LSTM", [4, 2], lambda: L.LSTM(2))
    yield case("LSTM sequences backwards", [4, 2], lambda: L.LSTM(2, return_sequences=True, go_backwards=True))
    yield case("LSTM hard", [4, 2], lambda: L.LSTM(2, recurrent_activation="hard_sigmoid", activation="relu"))
    yield case("TimeDistributed", [3, 2], lambda: L.TimeDistributed(L.Dense(2)))
    for mode in ("concat", "sum", "ave", "mul"):
        yield case(f"Bidirectional {mode}", [3, 2], lambda mode=mode: L.Bidirectional(L.LSTM(2), merge_mode=mode))
    yield case(
        "masked LSTM",
        [4],
        lambda: L.Embedding(4, 2, mask_zero=True),
        lambda: L.LSTM(2),
        before=False,
        kinds=[4],
    )


def merging(name, make):
    def model():
        i = keras.Input([3], name="in")
        a, b = L.Dense(3, name="a")(i), L.Dense(3, name="b")(i)
        return keras.Model(i, L.Dense(2, name="head")(make([a, b])))

    return {"name": name, "model": model}


def merging_cases():
    for name in ("Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"):
        yield merging(name, lambda pair, name=name: getattr(L, name)()(pair))
    yield merging("Dot", lambda pair: L.Dot(axes=1)(pair))


def nested():
    i = keras.Input([4], name="in")
    base = keras.Sequential([keras.Input([4]), L.Dense(3, name="dense")], name="base")
    return keras.Model(i, L.Dense(2, name="dense")(base(i)))


def layer_cases():
    yield from core_cases()
    yield from activation_cases()
    yield from convolution_cases()
    yield from pooling_cases()
    yield from recurrent_cases()
    yield from merging_cases()
    yield {"name": "nested model", "model": nested}
