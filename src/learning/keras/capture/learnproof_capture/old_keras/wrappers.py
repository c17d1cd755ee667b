"""KerasClassifier and KerasRegressor, by which scikit-learn trains a Keras model."""

import inspect

from ..script.ending import NotThere

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
except ImportError:

    class BaseEstimator:
        pass

    class ClassifierMixin:
        pass

    class RegressorMixin:
        pass


FIT = ("batch_size", "epochs", "nb_epoch", "verbose", "callbacks", "validation_split", "shuffle", "class_weight")


class Wrapped(BaseEstimator):
    def __init__(self, build_fn=None, model=None, **settings):
        self.build_fn = build_fn if build_fn is not None else model
        self.settings = settings

    def get_params(self, deep=True):
        return dict(self.settings, build_fn=self.build_fn)

    def set_params(self, **settings):
        self.build_fn = settings.pop("build_fn", settings.pop("model", self.build_fn))
        self.settings.update(settings)
        return self

    def fit(self, x, y, **given):
        build = self.build_fn
        settings = {name.replace("model__", ""): value for name, value in self.settings.items()}
        known = inspect.signature(build).parameters
        model = build(**{name: value for name, value in settings.items() if name in known})
        how = {name: value for name, value in settings.items() if name in FIT}
        how.update(given)
        self.model_ = model
        return model.fit(x, self.targets(model, y), **how)

    def targets(self, model, y):
        return y


class KerasClassifier(ClassifierMixin, Wrapped):
    def targets(self, model, y):
        import numpy as np

        y = np.asarray(y)
        if y.ndim == 2 and y.shape[1] > 1:
            return y
        self.classes_, numbers = np.unique(y.ravel(), return_inverse=True)
        if model.loss == "categorical_crossentropy":
            return np.eye(len(self.classes_), dtype="float32")[numbers]
        return numbers


class KerasRegressor(RegressorMixin, Wrapped):
    pass


def attribute(name):
    if name in ("KerasClassifier", "KerasRegressor"):
        return globals()[name]
    raise NotThere(name)
