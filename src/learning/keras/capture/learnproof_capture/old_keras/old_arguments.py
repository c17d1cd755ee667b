"""Arguments of layers by the names of 2015 to 2023, for a Keras that no longer knows them."""

import functools
import inspect

from ..script.ending import Refusal

RENAMED = {
    "output_dim": "units",
    "init": "kernel_initializer",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "U_constraint": "recurrent_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "border_mode": "padding",
    "subsample": "strides",
    "subsample_length": "strides",
    "stride": "strides",
    "pool_length": "pool_size",
    "atrous_rate": "dilation_rate",
    "dim_ordering": "data_format",
    "p": "rate",
    "sigma": "stddev",
    "beta_init": "beta_initializer",
    "gamma_init": "gamma_initializer",
}
EMBEDDING = {
    "init": "embeddings_initializer",
    "W_regularizer": "embeddings_regularizer",
    "W_constraint": "embeddings_constraint",
}
# Arguments that change nothing that is learned, or that no later Keras has.
DROPPED = ("consume_less", "forget_bias_init", "implementation_mode", "implementation", "unroll", "mode", "dropout",
           "batch_size", "input_dtype", "autocast")
RECURRENT = ("LSTM", "GRU", "SimpleRNN")
DATA_FORMATS = {"th": "channels_first", "tf": "channels_last", "default": None}


def rewrite(spellings, kind, positional, keywords):
    """`(positional, keywords)` as the installed Keras takes them."""
    name = kind.__name__
    given = dict(keywords)
    if spellings.is_old:
        positional = old_positions(spellings, name, positional, given)
    known = names_known(kind)
    rename(spellings, name, given, known)
    for key in DROPPED:
        if key not in known:
            given.pop(key, None)
    if given.get("data_format") in DATA_FORMATS:
        given["data_format"] = DATA_FORMATS[given["data_format"]]
    if given.get("padding") == "full":
        given["padding"] = "same"
    give_shape(spellings, name, given)
    if spellings.version >= (3, 0) and given.get("weights") is not None and "weights" not in known:
        del given["weights"]
        spellings.notes.add("the weights that %s is given are left out" % name)
    if spellings.is_old and name in ("Conv2D", "ZeroPadding2D") and given.get("input_shape") is not None:
        guess_format(spellings, given["input_shape"])
    return positional, given


@functools.lru_cache(maxsize=None)
def names_known(kind):
    return frozenset(inspect.signature(kind.__init__).parameters)


def rename(spellings, name, given, known):
    """Renames what the layer does not know to what it knows."""
    table = dict(RENAMED, **(EMBEDDING if name == "Embedding" else {}))
    for old, new in table.items():
        if old in given and old not in known and new in known:
            value = given.pop(old)
            given.setdefault(new, value)
            spellings.renamed[old] = new


def old_positions(spellings, name, positional, given):
    """`Convolution2D(32, 5, 5)` gives the kernel's height and width one by one."""
    if name in ("Dense", "Embedding") + RECURRENT and len(positional) == 2 and all(is_count(one) for one in positional):
        return inputs_first(name, positional, given)
    sides = {"Conv2D": 2, "Conv3D": 3, "Conv2DTranspose": 2, "SeparableConv2D": 2}.get(name)
    if sides is None:
        return positional
    numbers = list(positional)
    for key in ("nb_row", "nb_col") if sides == 2 else ("kernel_dim1", "kernel_dim2", "kernel_dim3"):
        if key in given:
            numbers = numbers or [given.pop("nb_filter")]
            numbers.append(given.pop(key))
    if len(numbers) == 2 + sides and all(is_count(one) for one in numbers):
        del numbers[1]
    if len(numbers) < 1 + sides or not all(is_count(one) for one in numbers[1 : 1 + sides]):
        return tuple(numbers)
    spellings.renamed["kernel rows and columns"] = "kernel_size"
    others = numbers[1 + sides :]
    if name != "Conv2DTranspose":
        for key, value in zip(("init", "activation", "weights", "border_mode", "subsample"), others):
            given.setdefault(key, value)
    given.pop("output_shape", None)
    return numbers[0], tuple(numbers[1 : 1 + sides])


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool)


def inputs_first(name, positional, given):
    """Keras before 0.2 was given the number of inputs first: `Dense(784, 128)`."""
    inputs, units = positional
    if name == "Embedding":
        return positional
    if name == "Dense":
        given.setdefault("input_shape", (inputs,))
    return (units,)


def start_anew(name, shape, given):
    """Keras 3 has no argument for the size of the batches that the states of such a layer need."""
    if shape[1:2] == (1,):
        raise Refusal(
            "stateful",
            "makes %s with stateful=True for sequences of one step, whose past is in the states alone, while "
            "learnproof judges each example by itself; take stateful=False, and give whole sequences" % name,
        )
    given["stateful"] = False


def give_shape(spellings, name, given):
    """Keras 3 takes `input_shape` alone, and Keras 2 takes no `input_length` but that of an Embedding."""
    is_new = spellings.version >= (3, 0)
    whole = given.pop("batch_input_shape", None) if is_new else None
    if whole is not None and given.get("stateful"):
        start_anew(name, tuple(whole), given)
    if whole is not None:
        given["input_shape"] = tuple(whole)[1:]
    if name == "Embedding":
        length = given.pop("input_length", None) if is_new else None
        if length is not None:
            given.setdefault("input_shape", tuple(length) if isinstance(length, (list, tuple)) else (length,))
        return
    dim, length = given.get("input_dim"), given.get("input_length")
    if dim is not None and (length is not None or name in RECURRENT + ("Conv1D",)):
        given.pop("input_length", None)
        del given["input_dim"]
        given["input_shape"] = (length, dim)


def guess_format(spellings, shape):
    """Keras 1 on Theano put the channels first, without a word in the script."""
    backend = spellings.keras.backend
    if spellings.sets_format or backend.image_data_format() == "channels_first" or len(shape) != 3:
        return
    if shape[0] in (1, 3) and shape[2] not in (1, 3, 4):
        backend.set_image_data_format("channels_first")
        spellings.notes.add(
            "input_shape %s has its channels first, as Theano had them, so data_format is channels_first"
            % (tuple(shape),)
        )
