"""A fit whose model has a train_step of the script's own: its first epochs are watched step by step."""

from ..given import FIT, bind
from . import idle_graph

# The rows of a second epoch show which belong to the first.
WATCHED_EPOCHS = 2
# The place of `epochs` among the arguments of fit behind x, y and batch_size.
PLACE_OF_EPOCHS = 3
# Callbacks of Keras that write to the disk.
WRITERS = ("ModelCheckpoint", "BackupAndRestore", "CSVLogger", "TensorBoard")
# What decides which rows each step gets.
OF_ROWS = ("x", "y", "batch_size", "sample_weight", "steps_per_epoch")


class OwnFit:
    """`original` is fit itself."""

    def __init__(self, original, model, positional, keywords):
        self.original, self.model = original, model
        self.positional, self.keywords = positional, keywords
        self.given = bind(FIT, positional, keywords)
        self.was_eager = bool(model.run_eagerly)
        self.attributes = idle_graph.plain_attributes(model)
        self.before = None
        self.is_over = False

    def watch(self):
        """Trains for the epochs that are watched; what fit returns."""
        self.model.run_eagerly = True
        self.before = idle_graph.arrays_of(self.model)
        keywords = {**self.keywords, **some_epochs_of(self.keywords), **without_writers(self.keywords)}
        return self.original(self.model, *some_epochs(self.positional), **keywords)

    def stays_in_graph(self):
        """Whether the weights move step by step and stay as they are in the graph that fit would run."""
        if self.was_eager or not idle_graph.moved(self.before, idle_graph.arrays_of(self.model)):
            return False
        again = {name: self.given[name] for name in OF_ROWS if name in self.given}
        return idle_graph.stays(
            self.model, self.attributes, self.before, lambda: self.original(self.model, epochs=1, verbose=0, **again)
        )

    def add_to(self, given, is_one_model, notes):
        """Adds what fit was told to the arguments of the loop that runs under it."""
        # Held-out rows of fit are those of the model itself, not of several that a step puts together.
        for name in ("validation_data", "callbacks") if is_one_model else ("callbacks",):
            given[name] = self.given.get(name)
        asked = self.given.get("epochs")
        if isinstance(asked, int) and asked > WATCHED_EPOCHS:
            given["epochs"] = max(1, int(round(given["epochs"] * asked / float(WATCHED_EPOCHS))))
            notes.add("fit is watched for %d of its %d epochs" % (WATCHED_EPOCHS, asked))


def without_writers(keywords):
    """The callbacks that write nothing: a model of the watched epochs takes the place of no other one on the disk."""
    callbacks = keywords.get("callbacks")
    if not isinstance(callbacks, (list, tuple)):
        return {}
    return {"callbacks": [one for one in callbacks if type(one).__name__ not in WRITERS]}


def some_epochs_of(keywords):
    asked = keywords.get("epochs")
    return {"epochs": min(asked, WATCHED_EPOCHS)} if isinstance(asked, int) else {}


def some_epochs(positional):
    asked = positional[PLACE_OF_EPOCHS:PLACE_OF_EPOCHS + 1]
    if not asked or not isinstance(asked[0], int):
        return positional
    return positional[:PLACE_OF_EPOCHS] + (min(asked[0], WATCHED_EPOCHS),) + positional[PLACE_OF_EPOCHS + 1:]
