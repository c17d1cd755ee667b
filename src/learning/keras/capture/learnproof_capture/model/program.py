"""Describes a model, what it was compiled with, and its weights, as Keras itself serialises them."""

import json

from ..script import reasons
from ..script.ending import Refusal
from ..tables import arrays
from . import implied, inlined, own_layers, own_models, rates, untracked, writable
from .ends import listed, tensors_in_order
from .origins import has_graph, is_kerass, is_model, is_standard, keras_of


def plain(value):
    """The value as JSON can hold it; what has no JSON is given by its class name."""
    import numpy as np

    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (float, np.floating)):
        return shortest(float(value)) if np.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.ndarray):
        return value.tolist() if value.size < 10000 else {"class_name": "array"}
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(part) for part in value]
    if hasattr(value, "numpy"):
        try:
            return plain(value.numpy())
        except Exception:
            return {"class_name": type(value).__name__}
    if hasattr(value, "get_config"):
        return {"class_name": type(value).__name__, "config": config_of(value)}
    if callable(value):
        return function_name(value)
    if hasattr(value, "name") and isinstance(value.name, str):
        return value.name
    return {"class_name": type(value).__name__}


def shortest(value):
    """Keras keeps learning rates as float32, which makes 0.01 to 0.009999999776482582: this makes it 0.01 again."""
    import numpy as np

    return float(str(np.float32(value))) if abs(value) < 1e38 and float(np.float32(value)) == value else value


def config_of(value):
    try:
        config = plain(value.get_config())
    except Exception:
        config = {}
    # A loss keeps some of its settings, such as Huber's delta, for itself.
    for name in ("_fn_kwargs", "fn_kwargs"):
        settings = getattr(value, name, None)
        if isinstance(settings, dict) and isinstance(config, dict):
            config = dict(plain(settings), **config)
    return config


def function_name(value):
    """A function of Keras by its name; one of the user's own as an object, which says that it is his."""
    module = getattr(value, "__module__", "") or ""
    name = getattr(value, "__name__", type(value).__name__)
    if is_kerass(value):
        return name
    return {"class_name": "function", "config": {"name": name, "module": module}}


def describe_optimizer(optimizer, decays, steps, notes):
    if optimizer is None:
        raise Refusal("not-compiled", "trains a model that was never compiled; call model.compile first")
    inner = getattr(optimizer, "inner_optimizer", None)
    optimizer = inner if inner is not None else optimizer
    config = config_of(optimizer)
    if id(optimizer) in decays:
        config["decay"] = decays[id(optimizer)]
    table = rates.table_of(optimizer, steps)
    if table is not None:
        config = dict(config or settings_of(optimizer), learning_rate=table)
        notes.add("the learning rates are those that %s gives step by step" % table["config"]["name"])
    return {"class_name": type(optimizer).__name__, "config": config}


def settings_of(optimizer):
    """The settings of an optimizer whose schedule cannot say how it was made."""
    schedule, optimizer._learning_rate = optimizer._learning_rate, 0.0
    try:
        return config_of(optimizer)
    finally:
        optimizer._learning_rate = schedule


def describe_compile(model, given, decays, outputs, recognise, steps, notes):
    """`given` holds the arguments of compile as the script wrote them, `outputs` the names of each output, `steps` how many
    updates the script makes."""
    # Each loss is told by the shape of its own output, which the order alone says.
    loss = recognise(in_order(given.get("loss", getattr(model, "loss", None)), outputs))
    return {
        "optimizer": describe_optimizer(given.get("own_optimizer", getattr(model, "optimizer", None)), decays, steps, notes),
        "loss": plain(loss),
        "loss_weights": plain(in_order(given.get("loss_weights"), outputs)),
        "metrics": plain(given.get("metrics")),
    }


def without_penalties(config):
    """The config without regularizers, where the loss that trains leaves them out."""
    if isinstance(config, list):
        return [without_penalties(part) for part in config]
    if not isinstance(config, dict):
        return config
    return {
        key: None if str(key).endswith("_regularizer") else without_penalties(part) for key, part in config.items()
    }


def in_order(by_name, outputs):
    """A dict by output names becomes a list, if the model has several outputs."""
    if not isinstance(by_name, dict) or len(outputs) < 2:
        return by_name
    keys = arrays.keys_in_order(by_name, outputs)
    return [by_name[key] for key in keys] if len(keys) == len(outputs) else by_name


def build(model, xs, keys=None):
    """Gives the weights of a model that was made without an input shape, as fit would. `keys` has the names by which it
    is given its inputs."""
    if getattr(model, "built", False) and has_graph(model):
        return
    try:
        rows = [array[:1] for array in xs]
        model(own_models.arranged(rows, keys))
    except Exception as error:
        raise Refusal(
            "misfit",
            "gives data of shape %s, which the model cannot take (%s)"
            % ([list(array.shape) for array in xs], reasons.first_sentence(error)),
        )


def describe_model(model, xs, notes, keys=None):
    """`{class_name, config}` of the model, or of the functional model that tracing a subclassed one gives."""
    build(model, xs, keys)
    graph, is_own = model, not is_standard(model)
    if not is_own and not is_kerass(type(model)):
        graph = own_models.as_functional(model)
    if is_own:
        graph = own_models.trace(model, xs, keys)
        told = "%s is a class of the script's own; its layers were found by tracing its call" % type(model).__name__
        notes.add(getattr(model, "learnproof_says", told))
    if is_model(graph) and has_graph(graph):
        graph = inlined.with_columns(graph)
    kind, config = written_down(graph, [array.shape for array in xs])
    if is_own or own_models.is_retold(graph):
        own_models.write_modes(graph, config)
    inputs = [end(tensor) for tensor in listed(getattr(graph, "inputs", None))]
    outputs = [end(tensor) for tensor in tensors_in_order(graph, "outputs")]
    return {"class_name": kind, "config": config, "inputs": inputs, "outputs": outputs}, graph


def written_down(graph, given=None):
    """The class and the config of a model, with the operations of the layers that are not Keras's own. `given` are the shapes of
    the examples."""
    if isinstance(graph, own_models.Whole):
        return "Functional", graph.config()
    try:
        with writable.Writable(graph):
            text = graph.to_json()
    except Exception as error:
        raise Refusal(
            "no-architecture",
            "trains a model whose architecture Keras cannot write down (%s); use layers of Keras in place of own ones"
            % reasons.first_sentence(error),
        )
    whole = json.loads(text)
    implied.leave_out_implied(graph, whole["config"])
    own_layers.add_traces(graph, whole["config"], keras_of(graph), given=given)
    return whole["class_name"], whole["config"]


def end(tensor):
    shape = [None if side is None else int(side) for side in tuple(tensor.shape)]
    return {"name": tensor.name.split("/")[0].split(":")[0], "shape": shape, "dtype": str(plain(tensor.dtype))}


def weights_of(graph, before=""):
    """`<layer name>/<index>` → array, in the order of each layer's get_weights(); `<model>/<layer name>/<index>` within a model
    that is a layer."""
    import numpy as np

    weights = {}
    for layer in graph.layers:
        name = before + layer.name
        if is_model(layer) and not own_layers.needs_trace(layer):
            weights.update(weights_of(layer, name + "/"))
            continue
        for at, array in enumerate(untracked.arrays_of(layer)):
            weights["%s/%d" % (name, at)] = np.asarray(array, dtype=np.float32)
    return weights


def work_of(graph):
    """About how many multiplications a forward pass takes for one example; 0 where it cannot be told."""
    total = 0
    for layer in graph.layers:
        try:
            positions = positions_of(layer)
            for array in layer.get_weights():
                if array.ndim >= 2 and type(layer).__name__ != "Embedding":
                    total += int(array.size) * positions
        except Exception:
            continue
    return total


def positions_of(layer):
    """At how many places of an example the weights of a layer are applied."""
    recurrent = hasattr(layer, "return_sequences") or hasattr(layer, "cell")
    shape = layer.input.shape if recurrent else layer.output.shape
    sides = [int(side) for side in tuple(shape)[1:] if side is not None]
    if hasattr(layer, "data_format") and layer.data_format == "channels_first":
        sides = sides[1:]
    elif sides:
        sides = sides[:-1]
    positions = 1
    for side in sides:
        positions *= side
    return positions
