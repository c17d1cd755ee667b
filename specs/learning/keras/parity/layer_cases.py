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


ACTIVATIONS = """linear relu relu6 sigmoid tanh softmax softplus softsign elu selu swish hard_sigmoid log_softmax mish gelu
exponential leaky_relu hard_swish hard_tanh celu log_sigmoid tanh_shrink soft_shrink hard_shrink squareplus""".split()


def activation_cases():
    for name in ACTIVATIONS:
        yield case(f"activation {name}", [5], lambda name=name: L.Activation(name))
    yield case("ReLU", [5], L.ReLU)
    yield case("ReLU settings", [5], lambda: L.ReLU(max_value=0.8, negative_slope=0.2, threshold=0.3))
    yield case("ReLU 6", [5], lambda: L.ReLU(6.0))
    yield case("LeakyReLU", [5], lambda: L.LeakyReLU(negative_slope=0.15))
    yield case("PReLU", [3, 2], lambda: L.PReLU(shared_axes=[1]))
    yield case("ELU", [5], lambda: L.ELU(alpha=0.7))
    yield case("Softmax", [3, 2], lambda: L.Softmax(axis=1))
    yield case("Dense with a layer as activation", [4], lambda: L.Dense(3, activation=L.LeakyReLU(negative_slope=0.2)))


def convolution_cases():
    yield case("Conv1D", [6, 2], lambda: L.Conv1D(2, 3, strides=2, padding="same", activation="relu"))
    yield case("Conv1D dilated", [7, 2], lambda: L.Conv1D(2, 2, dilation_rate=2))
    yield case("Conv2D", [5, 4, 2], lambda: L.Conv2D(2, [3, 2], strides=[2, 1], padding="same"))
    yield case("Conv1D causal", [5, 2], lambda: L.Conv1D(2, 2, dilation_rate=2, padding="causal"))
    yield case("Conv1D channels first", [2, 5], lambda: L.Conv1D(2, 2, data_format="channels_first"))
    yield case("Conv2D channels first", [2, 4, 5], lambda: L.Conv2D(2, 2, data_format="channels_first"))
    yield case("Conv2D dilated", [5, 5, 1], lambda: L.Conv2D(2, 2, dilation_rate=2, padding="same"))
    yield case("Conv3D dilated", [3, 3, 3, 1], lambda: L.Conv3D(1, 2, dilation_rate=2))
    yield case("Conv1D groups", [4, 4], lambda: L.Conv1D(2, 2, groups=2))
    yield case("Conv2D groups", [3, 3, 2], lambda: L.Conv2D(4, 2, groups=2, activation="relu"))
    yield case("Conv1DTranspose", [3, 2], lambda: L.Conv1DTranspose(2, 3, strides=2))
    yield case("Conv1DTranspose same", [3, 2], lambda: L.Conv1DTranspose(2, 3, strides=2, padding="same"))
    yield case("Conv3DTranspose", [2, 2, 2, 1], lambda: L.Conv3DTranspose(1, 2, strides=2))
    yield case("DepthwiseConv1D", [5, 2], lambda: L.DepthwiseConv1D(3, depth_multiplier=2, strides=2, padding="same"))
    yield case("SeparableConv1D", [5, 2], lambda: L.SeparableConv1D(3, 2, depth_multiplier=2, activation="tanh"))
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
            yield case(
                f"Global{kind}Pooling{rank}D",
                shape,
                lambda kind=kind, rank=rank: getattr(L, f"Global{kind}Pooling{rank}D")(keepdims=rank == 2),
            )
    yield case("MaxPooling1D channels first", [2, 6], lambda: L.MaxPooling1D(2, data_format="channels_first"))
    yield case("pooling channels first", [2, 3, 4], lambda: L.GlobalAveragePooling2D(data_format="channels_first"))
    yield case(
        "masked average",
        [4],
        lambda: L.Embedding(4, 2, mask_zero=True),
        L.GlobalAveragePooling1D,
        before=False,
        kinds=[4],
    )
    yield case("MaxPooling2D same", [5, 4, 1], lambda: L.MaxPooling2D(3, strides=2, padding="same"))
    yield case("AveragePooling2D same", [5, 4, 1], lambda: L.AveragePooling2D(3, strides=2, padding="same"))


def resizing_cases():
    yield case("ZeroPadding1D", [3, 2], lambda: L.ZeroPadding1D((1, 2)))
    yield case("ZeroPadding2D", [3, 2, 1], lambda: L.ZeroPadding2D(((1, 0), (2, 1))))
    yield case("ZeroPadding3D", [2, 2, 2, 1], lambda: L.ZeroPadding3D((1, 0, 1)))
    yield case("Cropping1D", [5, 2], lambda: L.Cropping1D((1, 2)))
    yield case("Cropping2D", [4, 3, 1], lambda: L.Cropping2D((1, 1)))
    yield case("Cropping3D", [3, 3, 3, 1], lambda: L.Cropping3D(((1, 0), (0, 1), (1, 1))))
    yield case("UpSampling1D", [3, 2], lambda: L.UpSampling1D(2))
    yield case("UpSampling2D", [2, 3, 1], lambda: L.UpSampling2D((2, 3)))
    yield case("UpSampling2D bilinear", [2, 3, 1], lambda: L.UpSampling2D(2, interpolation="bilinear"))
    yield case("UpSampling3D", [2, 1, 2, 1], lambda: L.UpSampling3D((1, 2, 2)))


def normalization_cases():
    yield case("BatchNormalization", [3], L.BatchNormalization, count=5)
    yield case("BatchNormalization of images", [3, 3, 2], lambda: L.BatchNormalization(momentum=0.8, epsilon=0.01))
    yield case("BatchNormalization axis 1", [2, 3, 2], lambda: L.BatchNormalization(axis=1))
    yield case("BatchNormalization bare", [3], lambda: L.BatchNormalization(scale=False, center=False), count=5)
    yield case("BatchNormalization without scale", [3], lambda: L.BatchNormalization(scale=False), count=5)
    yield case("BatchNormalization frozen", [3], lambda: L.BatchNormalization(trainable=False))
    yield case("BatchNormalization in evaluation", [3], L.BatchNormalization, training=False)
    yield case("LayerNormalization", [3, 4], L.LayerNormalization)
    yield case("LayerNormalization of two axes", [3, 4], lambda: L.LayerNormalization(axis=[1, 2], epsilon=0.01))
    yield case("LayerNormalization without scale", [4], lambda: L.LayerNormalization(scale=False))
    yield case("GroupNormalization", [3, 4], lambda: L.GroupNormalization(groups=2))
    yield case("GroupNormalization bare", [3, 4], lambda: L.GroupNormalization(groups=-1, scale=False))
    yield case("RMSNormalization", [4], L.RMSNormalization)
    yield case("UnitNormalization", [3, 4], lambda: L.UnitNormalization(axis=1))


def preprocessing_cases():
    yield case("Rescaling", [3], lambda: L.Rescaling(0.5, offset=-1))
    yield case("Normalization", [3], lambda: L.Normalization(mean=[0.5, 1, -1], variance=[2, 0.5, 1]))
    yield case("Normalization inverted", [3], lambda: L.Normalization(mean=0.5, variance=2, invert=True, axis=None))
    for mode in ("multi_hot", "one_hot", "count"):
        yield case(
            f"CategoryEncoding {mode}",
            [3],
            lambda mode=mode: L.CategoryEncoding(4, output_mode=mode),
            L.Flatten,
            lambda: L.Dense(2),
            before=False,
            kinds=[4],
        )
    for mode in ("int", "multi_hot", "one_hot", "count"):
        yield case(
            f"Discretization {mode}",
            [3],
            lambda mode=mode: L.Discretization([-1.0, 0.2, 1.1], output_mode=mode),
            L.Flatten,
            lambda: L.Dense(2),
            before=False,
        )


def image_cases():
    yield case("Resizing", [3, 4, 2], lambda: L.Resizing(5, 3))
    yield case("Resizing nearest", [3, 4, 1], lambda: L.Resizing(5, 3, interpolation="nearest"))
    yield case("CenterCrop", [5, 4, 2], lambda: L.CenterCrop(2, 3))
    # Ranges of one number leave nothing to chance.
    for name, make in (
        ("RandomTranslation", lambda: L.RandomTranslation((0.3, 0.3), (-0.2, -0.2))),
        ("RandomTranslation nearest", lambda: L.RandomTranslation((0.25, 0.25), (0.5, 0.5), fill_mode="nearest", interpolation="nearest")),
        ("RandomTranslation constant", lambda: L.RandomTranslation((0.3, 0.3), (0.0, 0.0), fill_mode="constant", fill_value=0.5)),
        ("RandomTranslation wrap", lambda: L.RandomTranslation((0.5, 0.5), (0.25, 0.25), fill_mode="wrap")),
        ("RandomRotation", lambda: L.RandomRotation((0.1, 0.1))),
        ("RandomZoom", lambda: L.RandomZoom((0.3, 0.3), (-0.2, -0.2))),
        ("RandomZoom of both sides", lambda: L.RandomZoom((0.3, 0.3))),
        ("RandomBrightness", lambda: L.RandomBrightness((0.2, 0.2), value_range=(-1, 1))),
        ("RandomContrast", lambda: L.RandomContrast((-0.4, 0.4), value_range=(-1, 1))),
    ):
        yield case(name, [4, 4, 2], make, L.Flatten, lambda: L.Dense(2), before=False)
    yield case("RandomFlip", [3, 4, 1], L.RandomFlip, training=False)


def regularization_cases():
    yield case("activity_regularizer", [3], lambda: L.Dense(2, activation="tanh", activity_regularizer=keras.regularizers.L1L2(0.1, 0.2)))
    yield case("ActivityRegularization", [3], lambda: L.ActivityRegularization(l1=0.1, l2=0.2))
    for name, make in (
        ("Dropout", lambda: L.Dropout(0.5)),
        ("SpatialDropout1D", lambda: L.SpatialDropout1D(0.5)),
        ("GaussianNoise", lambda: L.GaussianNoise(0.5)),
        ("GaussianDropout", lambda: L.GaussianDropout(0.5)),
        ("AlphaDropout", lambda: L.AlphaDropout(0.5)),
    ):
        yield case(name, [3, 2], make, training=False)


def recurrent_cases():
    yield case("GRU", [4, 2], lambda: L.GRU(3))
    yield case("GRU before", [4, 2], lambda: L.GRU(2, reset_after=False, return_sequences=True))
    yield case("GRU without bias", [4, 2], lambda: L.GRU(2, use_bias=False, go_backwards=True))
    yield case("Bidirectional GRU", [3, 2], lambda: L.Bidirectional(L.GRU(2, return_sequences=True)))
    yield case("ConvLSTM2D", [3, 3, 3, 1], lambda: L.ConvLSTM2D(2, 2))
    yield case("RNN of cells", [3, 2], lambda: L.RNN([L.LSTMCell(2), L.GRUCell(3)]))
    yield case(
        "masked Bidirectional",
        [4],
        lambda: L.Embedding(4, 2, mask_zero=True),
        lambda: L.Bidirectional(L.LSTM(2, return_sequences=True)),
        before=False,
        kinds=[4],
    )
    yield case("masked GRU", [4], lambda: L.Embedding(4, 2, mask_zero=True), lambda: L.GRU(2), before=False, kinds=[4])
    yield case(
        "Masking",
        [4, 2],
        lambda: L.Masking(0.0),
        lambda: L.SimpleRNN(2),
        before=False,
        x=[[[[0, 0], [1, 2], [0, 0], [3, -1]], [[1, 1], [0, 0], [0, 0], [0, 0]], [[0.5, 2], [1, 0], [0, 1], [2, 2]]]],
    )
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
    for name in ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate"):
        yield merging(name, lambda pair, name=name: getattr(L, name)()(pair))
    yield merging("Dot", lambda pair: L.Dot(axes=1)(pair))


def encoder_decoder():
    i = keras.Input([3, 2], name="in")
    _, h, c = L.LSTM(2, return_state=True, name="encoder")(i)
    decoded = L.LSTM(2, name="decoder")(i, initial_state=[h, c])
    return keras.Model(i, L.Dense(1, name="head")(decoded))


def shared():
    i = keras.Input([4], name="in")
    twice = L.Dense(4, activation="tanh", activity_regularizer="l2", name="twice")
    return keras.Model(i, L.Dense(2, name="head")(twice(twice(i))))


def frozen_base():
    i = keras.Input([4], name="in")
    base = keras.Sequential(
        [keras.Input([4]), L.Dense(3, name="dense"), L.BatchNormalization(name="norm")],
        name="base",
    )
    return keras.Model(i, L.Dense(2, name="head")(base(i, training=False)))


def nested():
    i = keras.Input([4], name="in")
    base = keras.Sequential([keras.Input([4]), L.Dense(3, name="dense")], name="base")
    return keras.Model(i, L.Dense(2, name="dense")(base(i)))


def layer_cases():
    yield from core_cases()
    yield from activation_cases()
    yield from convolution_cases()
    yield from pooling_cases()
    yield from resizing_cases()
    yield from recurrent_cases()
    yield from normalization_cases()
    yield from preprocessing_cases()
    yield from image_cases()
    yield from regularization_cases()
    yield from merging_cases()
    yield {"name": "nested model", "model": nested}
    yield {"name": "initial_state", "model": encoder_decoder}
    yield {"name": "shared layer", "model": shared}
    yield {"name": "base called with training=False", "model": frozen_base}
