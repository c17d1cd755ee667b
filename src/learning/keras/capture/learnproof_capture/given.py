"""The arguments of a training call, by the names that Keras gives them today."""

FIT = ("x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data", "shuffle",
       "class_weight", "sample_weight", "initial_epoch", "steps_per_epoch", "validation_steps")
FIT_GENERATOR = ("generator", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data",
                 "validation_steps", "validation_freq", "class_weight", "max_queue_size", "workers",
                 "use_multiprocessing", "shuffle", "initial_epoch")
OLD_FIT_GENERATOR = ("generator", "samples_per_epoch", "epochs", "verbose", "callbacks", "validation_data",
                     "nb_val_samples", "class_weight")
TRAIN_ON_BATCH = ("x", "y", "sample_weight", "class_weight")
COMPILE = ("optimizer", "loss", "metrics", "loss_weights")
OLD_NAMES = {"X": "x", "nb_epoch": "epochs", "nb_val_samples": "validation_samples", "show_accuracy": None,
             "nb_worker": None, "max_q_size": None, "pickle_safe": None}


def bind(names, positional, keywords):
    given = dict(zip(names, positional))
    for name, value in keywords.items():
        now = OLD_NAMES.get(name, name)
        if now is not None:
            given[now] = value
    return given


def taken_by(function, names):
    """Leaves out what the installed Keras does not take: how many workers, how long a queue."""
    import inspect

    known = inspect.signature(function).parameters
    if any(one.kind is one.VAR_KEYWORD for one in known.values()):
        return names
    return {name: value for name, value in names.items() if name in known}
