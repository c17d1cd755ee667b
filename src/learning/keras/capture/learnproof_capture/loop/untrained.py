"""What a script does in place of a training call that could be captured, and says of it what it can."""

from ..script import places

# Functions of a model that compute its loss and leave its weights as they are.
WITHOUT_UPDATES = ("test_on_batch", "evaluate")


class Watch:
    """Sees updates that a loop of the script's own makes, and calls that change no weight."""

    def __init__(self):
        self.place_of_updates = None
        self.updated = set()
        self.counts = {}
        self.first_places = {}

    def see_updates(self, pairs):
        """`pairs` holds gradients and the variables that they belong to, or None where they are not told."""
        if self.place_of_updates is None:
            self.place_of_updates = places.calling_place()
        for pair in pairs or []:
            if isinstance(pair, (tuple, list)) and len(pair) == 2:
                self.updated.add(id(pair[1]))

    def see_call(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1
        if name not in self.first_places:
            self.first_places[name] = places.calling_place()

    def without_updates(self):
        """The name of the function that stands where the script should train; None if there is none."""
        return next((name for name in WITHOUT_UPDATES if name in self.counts), None)

    def why(self, layers):
        """Why there is nothing to capture, and the place; None where the script does nothing of these."""
        if self.place_of_updates is not None:
            return self.why_own_loop(layers), self.place_of_updates
        name = self.without_updates()
        if name is None:
            return None
        times = "once" if self.counts[name] == 1 else "%d times" % self.counts[name]
        return (
            "changes no weight: it calls %s %s, which computes the loss alone, and never fit or train_on_batch; call "
            "%s where it should train, or name the script that trains"
            % (name, times, "train_on_batch" if name == "test_on_batch" else "fit")
        ), self.first_places[name]

    def why_own_loop(self, layers):
        left = self.layers_left(layers)
        return "trains in a loop of its own, which applies gradients without fit or train_on_batch%s; %s" % (
            ", and never applies one to the weights of %s" % left if left else "",
            "compile the model and call fit in place of the loop, or let the loop write a trace with watch(), and judge "
            "that by npx learnproof judge trace.jsonl (docs/traces.md)",
        )

    def layers_left(self, layers):
        """The names of layers with trainable weights of which the loop updates none."""
        if not self.updated:
            return ""
        names = []
        for layer in layers:
            own = own_variables(layer)
            if own and not any(id(variable) in self.updated for variable in own):
                names.append(str(layer.name))
        return ", ".join(names[:3]) + (" and %d more" % (len(names) - 3) if len(names) > 3 else "")


def own_variables(layer):
    """The trainable variables of a layer that holds no other layers."""
    try:
        holds_layers = bool(list(getattr(layer, "layers", [])) or list(getattr(layer, "_layers", [])))
        return [] if holds_layers else list(layer.trainable_variables)
    except Exception:
        return []
