"""Keeps scripts that draw from opening windows, and lets them run where packages are missing that train nothing."""

from unittest import mock

from . import places
from .ending import NotThere

DRAWING = (
    "matplotlib",
    "pylab",
    "seaborn",
    "plotly",
    "bokeh",
    "mpl_toolkits",
    "IPython",
    "graphviz",
    "pydot",
    "tqdm",
    "livelossplot",
    "wandb",
    "prettytable",
    "termcolor",
    "theano",
    "pylearn2",
)


def stand_in(notes):
    """Gives attributes of drawing packages that are not installed."""

    def make(name):
        package = name.split(".")[0]
        if package not in DRAWING or not places.is_imported_by_user():
            return None
        notes.add("%s is not installed, so what the script does with it is left out" % package)
        if package == "tqdm":
            return tqdm_attribute
        return attribute

    return make


def attribute(name):
    if name.startswith("__"):
        raise NotThere(name)
    if name == "subplots":
        return lambda *rows, **others: (mock.MagicMock(), mock.MagicMock())
    return mock.MagicMock(name=name)


def tqdm_attribute(name):
    if name in ("tqdm", "tqdm_notebook", "trange"):
        return (lambda *bounds, **others: range(*bounds)) if name == "trange" else (lambda it=(), *_, **__: it)
    return attribute(name)


def quiet_matplotlib(module):
    module.use = lambda *_, **__: None


def quiet_pyplot(module):
    nothing = lambda *_, **__: None
    module.show = nothing
    module.pause = nothing


def quiet_opencv(module):
    for name in ("imshow", "namedWindow", "destroyAllWindows"):
        setattr(module, name, lambda *_, **__: None)
    module.waitKey = lambda *_, **__: -1
