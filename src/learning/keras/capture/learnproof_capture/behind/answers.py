"""Answers of a model that remember where they came from, so that a comparison with targets tells which are meant."""

import functools

from ..script import places
from . import renamed, undone
from .question import DECIDED


def tracked_kind():
    """The class of remembered answers; made on first use, since NumPy is imported by the script alone."""
    global Answers
    if Answers is None:
        Answers = make()
    return Answers


Answers = None

# Functions that leave a row for each row, and change no more than the shape.
SHAPING = ("reshape", "ravel", "squeeze", "astype", "flatten", "copy", "asarray", "array")
JOINING = ("concatenate", "vstack", "hstack", "stack")
COMPARING = ("equal", "not_equal", "subtract", "array_equal", "allclose", "isclose")
# These ask whether answers equal targets one by one, as the names of classes do.
EQUATING = ("equal", "not_equal", "array_equal", "accuracy_score", "balanced_accuracy_score", "confusion_matrix",
            "classification_report", "f1_score", "precision_score", "recall_score", "matthews_corrcoef")
# Class numbers that are looked up in a list of the script's, or counted from another number than 0.
LOOKED_UP = (["argmax", "moved"], ["argmax", "named"])
# What a threshold decides may be named as well.
NAMED = (["threshold", "named"], ["round", "named"])
# These leave whole numbers whole.
BOUNDING = ("clip", "maximum", "minimum")
# A difference of which one of these is taken is an error.
OF_ERRORS = ("power", "square", "absolute", "fabs")
# Whether what holds of an answer means that it lies above the bound.
THRESHOLDS = {"greater": True, "greater_equal": True, "less": False, "less_equal": False}


def make():
    import numpy as np

    from . import alone

    decided = renamed.Decided()

    class Answers(np.ndarray):
        """`origin` tells where they come from, `steps` what was done to the answers since. An answer to one row may have no axis: it
        is then as good as a number."""

        origin = None
        steps = ()

        def __array_finalize__(self, other):
            self.origin = None
            self.steps = ()

        def __array_ufunc__(self, ufunc, method, *inputs, **given):
            if any(isinstance(one, Answers) and one.ndim == 0 for one in given.get("out", ())):
                del given["out"]  # what is as good as a number is not changed in its place
            result = getattr(ufunc, method)(*[plain(one) for one in inputs], **plain(given))
            if method != "__call__" or len(inputs) > 2:
                return result
            return follow(ufunc.__name__, [one for one in inputs if is_tracked(one)], inputs, {}, result)

        def __array_function__(self, function, kinds, positional, given):
            result = function(*plain(positional), **plain(given))
            if function.__name__ in JOINING and isinstance(positional[0], (list, tuple)):
                return alone.together(positional[0], result)
            first = [one for one in positional[:2] if is_tracked(one)]
            if function.__name__ == "where":
                return look_up(positional, given, result)
            return follow(function.__name__, first, positional, given, result)

        def argmax(self, axis=None, **given):
            return follow("argmax", [self], (self,), {"axis": axis}, plain(self).argmax(axis, **given))

        def round(self, decimals=0, **given):
            return follow("round", [self], (self,), {}, plain(self).round(decimals, **given))

        def astype(self, dtype, *rest, **given):
            return follow("astype", [self], (self,), {}, plain(self).astype(dtype, *rest, **given))

        def reshape(self, *shape, **given):
            return follow("reshape", [self], (self,), {}, plain(self).reshape(*shape, **given))

        def ravel(self, *rest):
            return follow("ravel", [self], (self,), {}, plain(self).ravel(*rest))

        def flatten(self, *rest):
            return follow("flatten", [self], (self,), {}, plain(self).flatten(*rest))

        def squeeze(self, axis=None):
            return follow("squeeze", [self], (self,), {}, plain(self).squeeze(axis))

        def item(self, *at):
            return self[()] if not at and self.ndim == 0 and self.origin is not None else plain(self).item(*at)

        def __round__(self, decimals=None):
            return follow("round", [self], (self,), {}, round(plain(self)[()], decimals))

        def __hash__(self):
            return hash(plain(self)[()])

        def __getitem__(self, key):
            result = plain(self)[plain(key)]
            if self.origin is None:
                return as_features(result)
            row = row_of(self, key)
            if row is not None:
                return remember(result, row, self.steps + (dict({"does": "column"}, **column_of(self, key)),))
            whole = isinstance(key, tuple) and len(key) > 0 and key[0] == slice(None)
            return follow("column", [self], (self,), {"key": key}, result) if whole or key is Ellipsis else result

        def __reduce__(self):
            return plain(self).__reduce__()

        def __repr__(self):
            return repr(plain(self))

        def __str__(self):
            return str(plain(self))

    def row_of(answers, key):
        """The origin of what the key takes out of one row; None where it takes more."""
        if answers.origin.is_row:
            return answers.origin
        first = key[0] if isinstance(key, tuple) and key else key
        is_number = isinstance(first, (int, np.integer)) and not isinstance(first, (bool, np.bool_))
        return answers.origin.of_row(int(first) % answers.origin.rows) if is_number else None

    def is_tracked(value):
        return isinstance(value, Answers) and value.origin is not None

    def plain(value):
        if isinstance(value, Answers):
            return value.view(np.ndarray) if value.ndim else value.view(np.ndarray)[()]
        if isinstance(value, (list, tuple)):
            return type(value)(plain(one) for one in value) if type(value) in (list, tuple) else value
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        return value

    def follow(name, tracked, positional, given, result):
        """Notes a comparison or a reading, and gives the result the memory of the answers."""
        if len(tracked) != 1:
            return result
        (answers,) = tracked
        try:
            others = [one for one in positional[:2] if one is not answers]
            if name in COMPARING and others:
                compare(answers, answers.steps, plain(others[0]), name)
            if answers.origin.is_one and name in COMPARING and name != "subtract":
                return result
            if name in OF_ERRORS and answers.steps and "difference" in answers.steps[-1]:
                compare(answers, answers.steps[:-1], answers.steps[-1]["difference"], name)
            steps = answers.steps + (step_of(name, answers, positional, given),)
            note_reading(answers, steps)
            if steps[-1]["does"] in ("argmax", "threshold", "round") and not answers.origin.is_one:
                decided.note(plain(result), answers.origin, steps)
        except Exception:
            return result
        if "along" in steps[-1]:
            return remember(result, answers.origin._replace(rows=answers.shape[1], fit=None), steps)
        return remember(result, answers.origin, steps)

    def look_up(positional, given, result):
        """Follows what a threshold decides into the two names that the script gives it."""
        if given or len(positional) != 3 or not is_tracked(positional[0]):
            return result
        decisions = positional[0]
        steps = renamed.chosen(decisions.steps, *plain(positional[1:]))
        return result if steps is None else remember(result, decisions.origin, steps)

    def step_of(name, answers, positional, given):
        if name == "argmax":
            axis = given.get("axis", positional[1] if len(positional) > 1 else None)
            over = answers.size if axis is None else answers.shape[axis]
            along = {"along": "rows"} if axis in (0, -answers.ndim) and answers.ndim == 2 and answers.shape[1] > 1 else {}
            return dict({"does": "argmax", "over": int(over), "rows": 1 if answers.origin.is_one else len(answers)}, **along)
        if name == "column":
            return dict({"does": "column"}, **column_of(answers, given["key"]))
        if name in THRESHOLDS:
            bound = plain(positional[1])
            is_number = np.ndim(bound) == 0 and positional[0] is answers
            return {"does": "threshold", "at": float(bound), "above": THRESHOLDS[name]} if is_number else {"does": name}
        if name in ("round", "rint", "around", "round_"):
            return {"does": "round"}
        back = undone.way_back(name, [None if one is answers else plain(one) for one in positional[:2]])
        if back is not None:
            return dict({"does": "moved", "back": back}, **difference(name, answers, positional))
        return {"does": "shape" if name in SHAPING else name}

    def column_of(answers, key):
        """The number of the only column that is taken out of several, from 0."""
        if answers.origin.is_row:
            is_one = answers.ndim == 1 and len(answers) > 1 and isinstance(key, int)
            return {"column": key % len(answers)} if is_one else {}
        is_one = answers.ndim == 2 and answers.shape[1] > 1 and isinstance(key, tuple) and len(key) == 2 and isinstance(key[1], int)
        return {"column": key[1] % answers.shape[1]} if is_one else {}

    def difference(name, answers, positional):
        """What the answers are subtracted from, or what is subtracted from them: the targets, perhaps."""
        others = [plain(one) for one in positional[:2] if one is not answers]
        return {"difference": others[0]} if name == "subtract" and np.ndim(others[0]) > 0 else {}

    def note_reading(answers, steps):
        if steps[-1]["does"] not in ("argmax", "threshold", "round"):
            return
        before = [one["does"] for one in steps[:-1] if one["does"] not in ("shape", "column")]
        if not before:
            question = answers.origin.question
            question.note_reading(dict(steps[-1], place=places.calling_place(), **taken_from(steps)))

    def taken_from(steps):
        return next(({"column": one["column"]} for one in steps if "column" in one), {})

    def compare(answers, steps, targets, name):
        array, origin = np.asarray(targets), answers.origin
        is_named = any(one["does"] == "named" for one in steps)
        if not is_named and array.dtype.kind not in "biuf":
            return
        place = places.calling_place()

        def compare_all(question, targets):
            whole = origin._replace(question=question, rows=len(targets))
            compare_whole(whole, steps, np.array(targets), name, place)

        is_row = origin.is_one and (array.ndim == 0 or origin.is_row and array.shape == answers.shape)
        if is_row and (name not in ("equal", "not_equal") or places.is_comparing()):
            taken_back = take_back(array[None], steps, name)
            if taken_back is not None:
                array, steps = taken_back
                origin.question.note_piece(origin, steps, array, name, place, compare_all)
        elif not is_row and array.ndim > 0 and len(array) == origin.rows and not origin.is_row:
            origin.question.note_piece(origin, steps, array, name, place, compare_all)
            if origin.row is None:
                compare_whole(origin, steps, array, name, place)

    def take_back(array, steps, name):
        """The target of one row and the steps behind it, where what moved the answer is taken back: each row may have been moved
        by numbers of its own. None where it cannot be."""
        moved = [one for one in steps if one["does"] == "moved"]
        if not moved:
            return array, steps
        if name in EQUATING or any(one["does"] == "named" for one in steps):
            return None
        array = undone.undo([one["back"] for one in moved], array)
        return None if array is None else (array, tuple(one for one in steps if one["does"] != "moved"))

    def compare_whole(origin, steps, array, name, place):
        question, fit = origin.question, origin.fit
        if any("along" in one for one in steps):
            if name in EQUATING:
                question.note_along_rows()
            return
        done = [one["does"] for one in steps if one["does"] not in ("shape", "column")]
        if done[:1] == ["round"]:
            done = ["round"] + [one for one in done[1:] if one not in BOUNDING]
        if name in EQUATING and done in ([], ["round"]):
            question.note_equated(place)
        if name in EQUATING and name != "not_equal" and done == ["threshold"]:
            question.note_decided(dict([one for one in steps if one["does"] == "threshold"][0], **taken_from(steps)))
        if done == ["threshold"] and (is_below(steps) or taken_from(steps).get("column") == 0):
            question.note_targets(array, DECIDED, place, fit)
            return
        if done in LOOKED_UP + NAMED and name in EQUATING:
            array = undone.undo([one["back"] for one in steps if "back" in one], array)
            array = array if array is not None and array.min() >= 0 else None
            question.note_looked_up(done[0])
        elif done and set(done) == {"moved"}:
            array = undone.undo([one["back"] for one in steps if "back" in one], array)
        elif done not in ([], ["argmax"], ["threshold"], ["round"]):
            return
        if array is not None:
            question.note_targets(array, name, place, fit)

    def compare_with(told, targets, name):
        """Plain targets, compared with answers, or with the name that the script has made of one."""
        answer = told
        if not isinstance(told, Answers):
            answer = np.empty(()).view(Answers)
            answer.origin = told.origin
        try:
            compare(answer, told.steps, targets, name)
        except Exception:
            pass

    def compare_names(pair, name):
        """Two plain arrays, one of which names the decisions that the script has read from answers."""
        behind = [decided.behind(one) for one in pair]
        if (behind[0] is None) == (behind[1] is None):
            return
        (origin, steps), targets = (behind[0], pair[1]) if behind[0] else (behind[1], pair[0])
        answers = np.empty((len(targets),)).view(Answers)
        answers.origin, answers.steps = origin, steps
        compare(answers, steps, targets, name)

    def is_below(steps):
        return any(one["does"] == "threshold" and not one["above"] for one in steps)

    def scale_back(original):
        """The inverse of a scaler of scikit-learn, which keeps the memory of the answers."""

        def scaled(scaler, values, *rest, **given):
            result = original(scaler, plain(values), *rest, **given)
            if not is_tracked(values) or getattr(scaler, "n_features_in_", 1) != 1:
                return result
            values.origin.question.note_scaled_back(scaler, places.calling_place())
            return remember(result, values.origin, values.steps + ({"does": "moved", "back": undone.by_scaler(scaler)},))

        return functools.wraps(original)(scaled)

    def name_classes(original):
        """The inverse of a LabelEncoder, which looks class numbers up in its list."""

        def named(encoder, numbers, *rest, **given):
            result = original(encoder, plain(numbers), *rest, **given)
            if isinstance(numbers, list):
                numbers = alone.together(numbers, np.array(plain(numbers)))
            if not is_tracked(numbers):
                return result
            return remember(result, numbers.origin, numbers.steps + ({"does": "named", "back": undone.by_names(encoder.classes_)},))

        return functools.wraps(original)(named)

    def compare_by(function):
        """A measure of scikit-learn, which is given targets and answers."""

        def measured(*positional, **given):
            pair = list(positional[:2]) + [given[name] for name in ("y_true", "y_pred") if name in given]
            pair = [alone.together(one, np.array(plain(one))) if isinstance(one, list) else one for one in pair]
            tracked = [one for one in pair if is_tracked(one)]
            if len(tracked) == 1:
                try:
                    other = plain([one for one in pair if one is not tracked[0]][0])
                    compare(tracked[0], tracked[0].steps, other, function.__name__)
                except Exception:
                    pass
            if not tracked and len(pair) == 2:
                try:
                    compare_names(pair, function.__name__)
                except Exception:
                    pass
            return function(*plain(positional), **plain(given))

        return functools.wraps(function)(measured)

    Answers.compare_with = staticmethod(compare_with)
    Answers.compare_by = staticmethod(compare_by)
    Answers.scale_back = staticmethod(scale_back)
    Answers.name_classes = staticmethod(name_classes)
    return Answers


MEASURES = ("accuracy_score", "balanced_accuracy_score", "confusion_matrix", "classification_report", "f1_score",
            "precision_score", "recall_score", "cohen_kappa_score", "matthews_corrcoef", "mean_squared_error",
            "mean_absolute_error", "r2_score", "root_mean_squared_error")


SCALERS = ("StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler")


def watch_scalers(module):
    """Wraps the inverse of the scalers of sklearn.preprocessing, and of the encoder of labels."""
    if hasattr(module, "LabelEncoder"):
        module.LabelEncoder.inverse_transform = tracked_kind().name_classes(module.LabelEncoder.inverse_transform)
    for name in SCALERS:
        kind = getattr(module, name, None)
        if kind is not None:
            kind.inverse_transform = tracked_kind().scale_back(kind.inverse_transform)


def watch_measures(module):
    """Wraps the measures of sklearn.metrics; NumPy is loaded by then."""
    for name in MEASURES:
        if hasattr(module, name):
            setattr(module, name, tracked_kind().compare_by(getattr(module, name)))


def stem_from_answers(array):
    """Whether an array is made of answers of a model, or of features that a part of it gave."""
    return Answers is not None and isinstance(array, Answers)


def as_features(array):
    """The array as one that stems from a model, of which nothing else is remembered."""
    import numpy as np

    return array.view(tracked_kind()) if type(array) is np.ndarray else array


def remember(array, origin, steps=()):
    """The array as one that remembers; as it is where it has no row for each row asked."""
    import numpy as np

    kind = tracked_kind()
    if origin.is_one and isinstance(array, (np.generic, int, float)):
        array = np.asarray(array)
    has_rows = origin.is_one or type(array) is np.ndarray and array.ndim > 0 and len(array) == origin.rows
    if type(array) is not np.ndarray or not has_rows:
        return array
    told = array.view(kind)
    told.origin, told.steps = origin, tuple(steps)
    return told
