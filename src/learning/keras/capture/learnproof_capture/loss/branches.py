"""Lets a function be traced that has branches: both are computed, and the answer of the one that is meant is taken."""


class BothBranches:
    def __init__(self, assigns, refuse):
        """`assigns` has the operations that change a variable, which no branch may hold; `refuse` makes the error."""
        self.assigns, self.refuse = assigns, refuse
        self.real = []

    def __enter__(self):
        import tensorflow as tf

        inner = getattr(getattr(tf, "__internal__", None), "smart_cond", None)
        for owner, name in [(tf, "cond")] + ([(inner, "smart_cond")] if inner is not None else []):
            self.real.append((owner, name, getattr(owner, name)))
            setattr(owner, name, self.both)

    def __exit__(self, *_error):
        for owner, name, real in self.real:
            setattr(owner, name, real)

    def both(self, pred, true_fn=None, false_fn=None, name=None):
        import tensorflow as tf

        known = pred if isinstance(pred, (bool, int)) else tf.get_static_value(pred)
        if known is not None:
            return true_fn() if known else false_fn()
        answers = [self.without_changes(branch, tf) for branch in (true_fn, false_fn)]

        def chosen(one, other):
            return None if one is None else tf.where(pred, one, other)

        return tf.nest.map_structure(chosen, *answers)

    def without_changes(self, branch, tf):
        graph = tf.compat.v1.get_default_graph()
        before = len(graph.get_operations())
        answer = branch()
        if any(operation.type in self.assigns for operation in graph.get_operations()[before:]):
            raise self.refuse("changes a weight in a branch")
        return answer
