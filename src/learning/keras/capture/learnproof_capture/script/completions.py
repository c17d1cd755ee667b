"""Names and arguments that NumPy, pandas and scikit-learn have lost since a script was written."""

import functools
import inspect


def complete_numpy(numpy):
    """Names of Python's own types, which NumPy gave under its own until 2022."""
    import warnings

    lost = {"float": float, "int": int, "bool": bool, "object": object, "str": str, "complex": complex,
            "float_": numpy.float64, "Inf": numpy.inf, "NaN": numpy.nan, "product": numpy.prod, "long": int,
            "row_stack": numpy.vstack, "unicode": str, "asscalar": lambda array: array.item()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, value in lost.items():
            if not hasattr(numpy, name):
                setattr(numpy, name, value)


def complete_pandas(pandas):
    if not hasattr(pandas.DataFrame, "as_matrix"):
        pandas.DataFrame.as_matrix = lambda frame, columns=None: (frame if columns is None else frame[columns]).values
        pandas.Series.as_matrix = lambda series: series.values
    if not hasattr(pandas.DataFrame, "ix"):
        pandas.DataFrame.ix = property(lambda frame: frame.iloc)
    frame = pandas.DataFrame
    if not hasattr(frame, "append"):
        frame.append = lambda first, other, ignore_index=False, **_: pandas.concat(
            [first] + rows_of(pandas, other), ignore_index=ignore_index
        )
    if not hasattr(frame, "iteritems"):
        frame.iteritems = frame.items
        pandas.Series.iteritems = pandas.Series.items
    pandas.read_csv = without_lost_arguments(pandas.read_csv, {"delim_whitespace": whitespace})
    pandas.read_table = without_lost_arguments(pandas.read_table, {"delim_whitespace": whitespace})


def rows_of(pandas, other):
    rows = other if isinstance(other, list) else [other]
    return [pandas.DataFrame([row]) if isinstance(row, (dict, pandas.Series)) else row for row in rows]


def whitespace(given, value):
    if value:
        given["sep"] = r"\s+"


LOST_IN_READING = ("error_bad_lines", "warn_bad_lines", "squeeze", "prefix", "mangle_dupe_cols", "date_parser",
                   "infer_datetime_format", "tupleize_cols", "keep_date_col")


def without_lost_arguments(function, translated):
    known = inspect.signature(function).parameters

    @functools.wraps(function)
    def called(*positional, **given):
        for name, translate in translated.items():
            if name in given and name not in known:
                translate(given, given.pop(name))
        for name in LOST_IN_READING:
            if name not in known:
                given.pop(name, None)
        return function(*positional, **given)

    return called


def complete_encoders(module):
    """OneHotEncoder(sparse=…) is called sparse_output since scikit-learn 1.2, and Imputer has moved."""
    kind = module.OneHotEncoder
    original = kind.__init__
    if "sparse" not in inspect.signature(original).parameters:

        @functools.wraps(original)
        def init(encoder, *positional, **given):
            if "sparse" in given:
                given["sparse_output"] = given.pop("sparse")
            if given.get("n_values", None) == "auto":
                del given["n_values"]
            original(encoder, *positional, **given)

        kind.__init__ = init
    if not hasattr(module, "Imputer"):
        module.Imputer = imputer


def imputer(missing_values="NaN", strategy="mean", axis=0, **others):
    import numpy
    from sklearn.impute import SimpleImputer

    return SimpleImputer(missing_values=numpy.nan if missing_values == "NaN" else missing_values, strategy=strategy)


def complete_class_weight(module):
    """Classes and targets were given by place, and "auto" was another name of "balanced"."""
    original = module.compute_class_weight

    @functools.wraps(original)
    def called(class_weight, classes=None, y=None):
        return original("balanced" if class_weight == "auto" else class_weight, classes=classes, y=y)

    module.compute_class_weight = called


def old_splitters(name):
    """Up to scikit-learn 0.17 a splitter of sklearn.cross_validation was given the data, and was walked over itself."""
    from sklearn import model_selection

    kind = getattr(model_selection, name)
    if name not in ("KFold", "StratifiedKFold"):
        return kind

    def splitter(labels_or_count, n_folds=3, **settings):
        import numpy

        settings.pop("indices", None)
        folds = kind(n_folds, **settings)
        if isinstance(labels_or_count, int):
            return list(folds.split(numpy.zeros(labels_or_count)))
        return list(folds.split(numpy.zeros(len(labels_or_count)), labels_or_count))

    return splitter
