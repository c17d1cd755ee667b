"""Which layers, settings and activations of Keras learnproof computes by itself; all others are computed by the operations that
they are made of. A spec holds the names to those of the tables in TypeScript."""

from .origins import is_kerass

LAYERS = (
    "InputLayer", "Dense", "Identity", "Activation", "Embedding", "Masking", "Flatten", "Reshape", "Permute", "RepeatVector",
    "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU", "Softmax",
    "Conv1D", "Convolution1D", "Conv2D", "Convolution2D", "Conv3D", "Convolution3D", "Conv1DTranspose",
    "Convolution1DTranspose", "Conv2DTranspose", "Convolution2DTranspose", "Deconvolution2D", "Conv3DTranspose",
    "Convolution3DTranspose", "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConvolution1D",
    "SeparableConv2D", "SeparableConvolution2D",
    "MaxPooling1D", "MaxPool1D", "AveragePooling1D", "AvgPool1D", "MaxPooling2D", "MaxPool2D", "AveragePooling2D",
    "AvgPool2D", "MaxPooling3D", "MaxPool3D", "AveragePooling3D", "AvgPool3D", "GlobalMaxPooling1D", "GlobalMaxPool1D",
    "GlobalAveragePooling1D", "GlobalAvgPool1D", "GlobalMaxPooling2D", "GlobalMaxPool2D", "GlobalAveragePooling2D",
    "GlobalAvgPool2D", "GlobalMaxPooling3D", "GlobalMaxPool3D", "GlobalAveragePooling3D", "GlobalAvgPool3D",
    "ZeroPadding1D", "Cropping1D", "ZeroPadding2D", "Cropping2D", "ZeroPadding3D", "Cropping3D", "UpSampling1D",
    "UpSampling2D", "UpSampling3D",
    "SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM2D", "SimpleRNNCell", "LSTMCell", "GRUCell",
    "StackedRNNCells", "RNN", "TimeDistributed", "Bidirectional",
    "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization", "LayerNormalization",
    "GroupNormalization", "RMSNormalization", "UnitNormalization", "Normalization",
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "ActivityRegularization", "GaussianNoise",
    "GaussianDropout", "AlphaDropout",
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot",
    "Rescaling", "CategoryEncoding", "Discretization",
    "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomBrightness", "RandomContrast", "Resizing",
    "CenterCrop",
)
# Layers that look up numbers in Python, before the network that is judged begins.
LOOKUPS = ("TextVectorization", "StringLookup", "IntegerLookup", "Hashing", "HashedCrossing")
ACTIVATIONS = (
    "linear", "relu", "relu6", "sigmoid", "tanh", "softmax", "log_softmax", "softplus", "softsign", "elu", "selu", "swish",
    "silu", "mish", "gelu", "exponential", "leaky_relu", "hard_swish", "hard_silu", "hard_tanh", "celu", "log_sigmoid",
    "tanh_shrink", "soft_shrink", "hard_shrink", "squareplus", "hard_sigmoid",
    # Functions of TensorFlow that stand for one of these.
    "softmax_v2", "log_softmax_v2", "identity",
)
REGULARIZERS = ("L1", "L2", "L1L2")
CONSTRAINTS = ("MaxNorm", "NonNeg", "UnitNorm", "MinMaxNorm")
# Layers whose activations stand within the loop over their steps.
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "LSTMCell", "GRUCell", "SimpleRNNCell", "ConvLSTM2D")
# Settings with a counterpart for some values only, of the layers that have them.
DILATED = ("Transpose", "Deconvolution", "Depthwise", "Separable")
SETTINGS = {
    "output_padding": (None,),
    "interpolation": ("nearest", "bilinear"),
    "crop_to_aspect_ratio": (False,),
    "pad_to_aspect_ratio": (False,),
    "antialias": (False,),
    "lora_rank": (None,),
}


def lacks_counterpart(layer):
    """Whether learnproof has no layer for a layer of Keras with its settings."""
    name = type(layer).__name__
    if name not in LAYERS:
        return name not in LOOKUPS
    return has_odd_settings(layer, name) or has_odd_rules(layer)


def has_odd_settings(layer, name):
    if any(part in name for part in DILATED) and not is_one(getattr(layer, "dilation_rate", 1)):
        return True
    if any(getattr(layer, setting, values[0]) not in values for setting, values in SETTINGS.items()):
        return True
    if name == "Bidirectional" and type(getattr(layer, "forward_layer", None)).__name__ == "RNN":
        return True
    activations = [getattr(layer, one, None) for one in ("activation", "recurrent_activation")]
    return name in RECURRENT and any(map(is_unknown_activation, activations))


def is_one(value):
    return all(one == 1 for one in value) if isinstance(value, (list, tuple)) else value == 1


def has_odd_rules(layer):
    """Whether a weight or an answer is penalised or bound by something else than Keras's plain rules."""
    holders = [layer, getattr(layer, "cell", None)]
    rules = [rule for one in holders for rule in getattr(one, "__dict__", {}).items()]
    return any(
        value is not None
        and (
            (key.endswith("_regularizer") and not is_plain(value, REGULARIZERS))
            or (key.endswith("_constraint") and not is_plain(value, CONSTRAINTS))
        )
        for key, value in rules
    )


def is_plain(rule, names):
    return not callable(rule) or (is_kerass(type(rule)) and type(rule).__name__ in names)


def is_unknown_activation(activation):
    """Whether an activation is a function without a counterpart; a layer as activation is none."""
    if not callable(activation) or is_kerass(type(activation)):
        return False
    return not is_kerass(activation) or getattr(activation, "__name__", "") not in ACTIVATIONS
