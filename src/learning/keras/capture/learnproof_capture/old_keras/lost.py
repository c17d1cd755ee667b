"""Names of TensorFlow 1, and optimizers and regularizers of older versions, made of those of the installed ones."""


def tensorflow_optimizers(tensorflow):
    """TensorFlow 1 gave its own optimizers to Keras, with its own defaults."""
    kinds = {
        "AdamOptimizer": ("Adam", ("learning_rate", "beta_1", "beta_2", "epsilon"), {"epsilon": 1e-8}),
        "GradientDescentOptimizer": ("SGD", ("learning_rate",), {}),
        "MomentumOptimizer": ("SGD", ("learning_rate", "momentum"), {}),
        "RMSPropOptimizer": ("RMSprop", ("learning_rate", "rho", "momentum", "epsilon"), {"epsilon": 1e-10}),
        "AdagradOptimizer": ("Adagrad", ("learning_rate", "initial_accumulator_value"), {}),
        "AdadeltaOptimizer": ("Adadelta", ("learning_rate", "rho", "epsilon"), {"epsilon": 1e-8}),
    }
    renamed = {"beta1": "beta_1", "beta2": "beta_2", "decay": "rho", "use_nesterov": "nesterov"}

    def maker(name, names, defaults):
        def make(*positional, **keywords):
            given = dict(defaults, **dict(zip(names, positional)))
            given.update({renamed.get(key, key): value for key, value in keywords.items()})
            return getattr(tensorflow.keras.optimizers, name)(**given)

        return make

    return {name: maker(*parts) for name, parts in kinds.items()}


def regularizers(regularizers):
    both = lambda l1=0.01, l2=0.01: regularizers.L1L2(l1=l1, l2=l2)
    return {
        "l1l2": both,
        "l1_l2": both,
        "l1": lambda l1=0.01, l=None: regularizers.L1(l if l is not None else l1),
        "l2": lambda l2=0.01, l=None: regularizers.L2(l if l is not None else l2),
        "activity_l1": lambda l=0.01: regularizers.L1(l),
        "activity_l2": lambda l=0.01: regularizers.L2(l),
        "activity_l1l2": both,
        "WeightRegularizer": lambda l1=0.0, l2=0.0: regularizers.L1L2(l1=l1, l2=l2),
        "ActivityRegularizer": lambda l1=0.0, l2=0.0: regularizers.L1L2(l1=l1, l2=l2),
    }


def complete_tensorflow(tensorflow):
    """Gives TensorFlow the names of its first version that it has lost."""
    first = getattr(getattr(tensorflow, "compat", None), "v1", None)
    if first is None:
        return
    for name in ("ConfigProto", "Session", "InteractiveSession", "GPUOptions", "reset_default_graph", "placeholder",
                 "get_default_graph", "global_variables_initializer", "app", "flags", "get_variable",
                 "enable_eager_execution", "disable_v2_behavior", "truncated_normal", "random_normal"):
        if not hasattr(tensorflow, name) and hasattr(first, name):
            setattr(tensorflow, name, getattr(first, name))
    if not hasattr(tensorflow, "set_random_seed"):
        tensorflow.set_random_seed = tensorflow.random.set_seed
    for name, value in tensorflow_optimizers(tensorflow).items():
        if not hasattr(tensorflow.train, name):
            setattr(tensorflow.train, name, value)
