"""Writes what real Keras computes, for the comparison with learnproof's translation.

Usage: python reference.py FILE [NAME…]: writes the cases, or those of these names, as JSON to FILE. Each case holds a
model's config, its weights, one batch, and Keras's loss, predictions and gradients, or the weights after some steps of
an optimizer. Any Python with Keras 3 will do.
"""

import gc
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from layer_cases import layer_cases  # noqa: E402
from loss_cases import loss_cases  # noqa: E402
from optimizer_cases import optimizer_cases  # noqa: E402


def table(array, digits=6):
    """An array as {shape, values}; six digits keep the relative error of a number below 5e-7."""
    array = np.asarray(array, dtype="float32")
    return {"shape": list(array.shape), "values": [float(f"{value:.{digits}g}") for value in array.ravel()]}


SILENT = {
    "registered_name": None,
    "build_config": None,
    "compile_config": None,
    "trainable": True,
    "dtype": "float32",
    "sparse": False,
    "ragged": False,
    "optional": False,
    "stateful": False,
    "unroll": False,
    "use_bias": True,
    "zero_output_for_mask": False,
    "return_state": False,
    "go_backwards": False,
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "data_format": "channels_last",
    "groups": 1,
    "module": "keras.layers",
}
"""Parts of a config that say nothing where they have this value, or whatever value they have where it is None."""


def says_nothing(key, part):
    if isinstance(part, dict) and part.get("class_name") == "DTypePolicy" and part["config"]["name"] == "float32":
        return True
    if part is None or key.endswith("_initializer"):
        return True
    return key in SILENT and (SILENT[key] is None or SILENT[key] == part)


def pruned(config):
    """A config without the parts that say nothing, to keep the file small."""
    if isinstance(config, list):
        return [pruned(part) for part in config]
    if not isinstance(config, dict):
        return config
    if config.get("class_name") == "DTypePolicy":
        return config["config"]["name"]
    return {key: pruned(part) for key, part in config.items() if not says_nothing(key, part)}


def leaves(layers, prefix=""):
    """The layers that are not models, with their paths."""
    for layer in layers:
        if isinstance(layer, keras.Model):
            yield from leaves(layer.layers, f"{prefix}{layer.name}/")
        else:
            yield f"{prefix}{layer.name}", layer


def named_weights(model):
    """Every weight by `<layer>/<index>`; a layer that is used twice appears once."""
    found = {}
    for path, layer in leaves(model.layers):
        for index, weight in enumerate(layer.weights):
            found[f"{path}/{index}"] = weight
    return found


def set_round_weights(model, random):
    """Gives every weight numbers of three decimals, so that the file stays small; variances stay positive."""
    for name, weight in named_weights(model).items():
        values = random.uniform(-0.8, 0.8, weight.shape)
        if "variance" in weight.path:
            values = np.abs(values) + 0.5
        if "gamma" in weight.path or weight.path.endswith("/scale"):
            values = values + 1
        if weight.dtype == "float32":
            weight.assign(np.round(values, 3))


def round_inputs(shape, random, kind="real"):
    """A batch of inputs: real numbers of two decimals, no two alike where that is possible, or whole numbers."""
    size = int(np.prod(shape))
    if kind == "real":
        steps = np.linspace(-2, 2, size) + 0.003
        return np.round(random.permutation(steps), 2 if size < 400 else 3).reshape(shape).astype("float32")
    return random.integers(0, kind, shape).astype("float32")


def batch_of(case, model, random):
    count = case.get("count", 3)
    kinds = case.get("kinds", ["real"] * len(model.inputs))
    x = case.get("x") or [
        round_inputs([count, *[side or 4 for side in one.shape[1:]]], random, kind)
        for one, kind in zip(model.inputs, kinds)
    ]
    y = case.get("y")
    if y is None:
        y = [np.round(random.uniform(-1, 1, [count, *one.shape[1:]]), 2) for one in model.outputs]
    return [np.asarray(one, "float32") for one in x], [np.asarray(one, "float32") for one in y]


def single(parts):
    return parts[0] if len(parts) == 1 else parts


def pass_of(model, x, y, loss, training, mask=None):
    """Loss, predictions and gradients, as fit computes them; a mask lies at the predictions, as a layer leaves it there."""
    with tf.GradientTape() as tape:
        predictions = model([tf.constant(one) for one in x] if len(x) > 1 else tf.constant(x[0]), training=training)
        if mask is not None:
            predictions._keras_mask = tf.cast(mask, "bool")
        value = tf.reduce_mean(loss(tf.constant(single(y)), predictions))
        total = tf.add_n([value, *model.losses]) if model.losses else value
    weights = {name: one for name, one in named_weights(model).items() if one.trainable}
    gradients = tape.gradient(total, [one.value for one in weights.values()])
    found = {
        name: table(tf.convert_to_tensor(gradient))
        for name, gradient in zip(weights, gradients)
        if gradient is not None
    }
    return {"loss": float(str(np.float32(total))), "predictions": table(predictions), "gradients": found}


def described(case, model, x, y, random):
    return {
        "name": case["name"],
        "model": pruned(json.loads(model.to_json())),
        "weights": {name: table(weight) for name, weight in named_weights(model).items()},
        "x": [table(one) for one in x],
        "y": [table(one) for one in y],
    }


def layer_reference(case, random):
    model = case["model"]()
    set_round_weights(model, random)
    x, y = batch_of(case, model, random)
    training = case.get("training", True)
    answer = described(case, model, x, y, random)
    loss = keras.losses.MeanSquaredError()
    answer |= {"kind": "layer", "training": training, **pass_of(model, x, y, loss, training)}
    if training:
        # The loss shows the same in one number.
        del answer["predictions"]
    else:
        del answer["gradients"]
    moved = {
        name: table(weight)
        for name, weight in named_weights(model).items()
        if not weight.trainable and training and table(weight) != answer["weights"][name]
    }
    return answer | ({"moved": moved} if moved else {})


def loss_reference(case, random):
    model = case["model"]()
    set_round_weights(model, random)
    x, y = batch_of(case, model, random)
    loss = case["loss"]
    compute = keras.losses.get(loss)
    written = loss if isinstance(loss, str) else keras.losses.serialize(loss)
    if isinstance(written, dict):
        # Some losses, such as Huber, leave their settings out of their config.
        written["config"] |= {name: part for name, part in loss._fn_kwargs.items() if name != "axis"}
    answer = described(case, model, x, y, random)
    mean = (lambda targets, given: tf.reduce_mean(compute(targets, given))) if isinstance(loss, str) else compute
    mask, weights = case.get("mask"), case.get("weights")
    if mask is not None or weights is not None:
        # As compile does with a function that it is given by name.
        whole = compute if isinstance(compute, keras.Loss) else keras.src.losses.losses.LossFunctionWrapper(compute)
        mean = lambda targets, given: whole(targets, given, sample_weight=weights and tf.constant(weights))  # noqa: E731
        answer |= {name: table(one) for name, one in (("shown", mask), ("step_weights", weights)) if one is not None}
    return answer | {"kind": "loss", "loss_config": pruned(written), **pass_of(model, x, y, mean, True, mask)}


def optimizer_reference(case, random):
    model = case["model"]()
    set_round_weights(model, random)
    x, y = batch_of(case, model, random)
    answer = described(case, model, x, y, random)
    optimizer = case["optimizer"]()
    written = pruned(keras.optimizers.serialize(optimizer))
    loss = keras.losses.MeanSquaredError()
    for _ in range(case.get("steps", 4)):
        with tf.GradientTape() as tape:
            value = loss(tf.constant(y[0]), model(tf.constant(x[0]), training=True))
            total = tf.add_n([value, *model.losses]) if model.losses else value
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(total, [one.value for one in weights]), weights)
    optimizer.finalize_variable_values(model.trainable_variables)
    return answer | {
        "kind": "optimizer",
        "optimizer": written,
        "steps": case.get("steps", 4),
        "after": {name: table(weight, 9) for name, weight in named_weights(model).items()},
    }


REFERENCES = {"layer": layer_reference, "loss": loss_reference, "optimizer": optimizer_reference}


def main(file, names):
    # Every case clears the session, which collects what is lost: what was loaded is not looked through each time.
    gc.freeze()
    cases = []
    everything = [
        *({"kind": "layer", **case} for case in layer_cases()),
        *({"kind": "loss", **case} for case in loss_cases()),
        *({"kind": "optimizer", **case} for case in optimizer_cases()),
    ]
    for case in everything:
        if names and case["name"] not in names:
            continue
        keras.backend.clear_session()
        cases.append(REFERENCES[case["kind"]](case, np.random.default_rng(7)))
    with open(file, "w", encoding="utf-8") as out:
        head = {"keras": keras.__version__, "backend": keras.backend.backend(), "epsilon": keras.backend.epsilon()}
        out.write(json.dumps(head)[:-1] + ', "cases": [\n')
        out.write(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
        out.write("\n]}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
