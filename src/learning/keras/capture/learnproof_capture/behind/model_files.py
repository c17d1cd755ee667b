"""Files of models that the script writes and reads behind its training: they do not come to be."""

from ..model.model_classes import replace
from ..script import places
from . import by_name

SAVING = ("save", "save_weights", "export", "save_own_variables")


class ModelFiles:
    """`checkpoints` are the files that a callback saves the trained model in."""

    def __init__(self, known, checkpoints):
        self.known = known
        self.checkpoints = [str(path) for path in checkpoints]
        self.saved = {}
        # The files of a callback that the script loads: its model goes on with the weights of another epoch than the last.
        self.loaded_back = set()

    def patch(self, keras):
        for name in SAVING:
            replace(keras, name, self.saving)
        replace(keras, "load_weights", self.loading)
        for module in (getattr(keras, "models", None), getattr(keras, "saving", None)):
            if hasattr(module, "load_model"):
                module.load_model = self.load_model(module.load_model)
            if hasattr(module, "save_model"):
                module.save_model = lambda model, path=None, *_, **__: self.saving(None)(model, path)

    def saving(self, _):
        def called(model, path=None, *_, **__):
            if path is not None:
                self.saved[str(path)] = model

        return called

    def loading(self, original):
        def called(model, path, *positional, **given):
            saved = self.model_in(path)
            if saved is None:
                self.known.is_given_weights(model)
                return original(model, path, *positional, **given)
            if saved is model:
                return
            told = by_name.arguments(original, ((model, path) + positional, given))
            if by_name.is_asked(path, told):
                left = by_name.load(model, saved, bool(told.get("skip_mismatch")))
                self.known.is_loaded_by_name(model, left, places.calling_place())
            elif told.get("skip_mismatch"):
                by_name.load_fitting(model, saved)
                self.known.is_given_weights(model)
            else:
                model.set_weights(saved.get_weights())

        return called

    def load_model(self, original):
        def loaded(path, *positional, **given):
            saved = self.model_in(path)
            if saved is not None:
                return saved
            model = original(path, *positional, **given)
            self.known.is_given_weights(model)
            return model

        return loaded

    def model_in(self, path):
        """The model that would be in a file: what a callback saves is the trained one."""
        if str(path) in self.saved or str(path) not in self.checkpoints:
            return self.saved.get(str(path))
        self.loaded_back.add(str(path))
        return self.known.model
