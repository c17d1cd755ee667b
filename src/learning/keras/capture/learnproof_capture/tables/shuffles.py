"""Notes the orders in which the script shuffles rows, so that targets which were left behind can be paired with their inputs
again."""

import functools
import random

from ..script import places

FEWEST_ROWS = 16
MOST_ORDERS = 8

Orders = []


def note(words, order):
    import numpy as np

    numbers = np.asarray(order)
    if len(Orders) < MOST_ORDERS and (np.sort(numbers) == np.arange(len(numbers))).all():
        Orders.append((words, numbers))


def noted(function, state_of, set_state, at=0):
    """The function as one whose order is noted, by shuffling plain numbers first from the same state."""

    @functools.wraps(function)
    def called(*positional, **given):
        try:
            if len(positional) == at + 1 and not given:
                follow(function, positional, state_of, set_state)
        except Exception:
            pass
        return function(*positional, **given)

    return called


def follow(function, positional, state_of, set_state):
    import numpy as np

    rows = positional[-1]
    place = places.calling_place()
    if not hasattr(rows, "__len__") or len(rows) < FEWEST_ROWS or place is None or len(Orders) >= MOST_ORDERS:
        return
    owner = positional[:-1]
    state = state_of(*owner)
    order = np.arange(len(rows)) if not isinstance(rows, list) else list(range(len(rows)))
    answer = function(*owner, order)
    set_state(*owner, state)
    note("the order of line %d" % place["line"], order if answer is None else answer)


def watch_random():
    random.shuffle = noted(random.shuffle, random.getstate, random.setstate)


def watch_numpy(numpy):
    """Wraps shuffle and permutation, also of the generators that default_rng makes."""
    drawn = numpy.random
    for name in ("shuffle", "permutation"):
        setattr(drawn, name, noted(getattr(drawn, name), drawn.get_state, drawn.set_state))

    def state_of(generator):
        return generator.bit_generator.state

    def set_state(generator, state):
        generator.bit_generator.state = state

    class Generator(drawn.Generator):
        shuffle = noted(drawn.Generator.shuffle, state_of, set_state, 1)
        permutation = noted(drawn.Generator.permutation, state_of, set_state, 1)

    Generator.__module__ = drawn.Generator.__module__
    made = drawn.default_rng

    @functools.wraps(made)
    def default_rng(*positional, **given):
        generator = made(*positional, **given)
        return Generator(generator.bit_generator) if type(generator) is drawn.Generator else generator

    drawn.default_rng = default_rng


OF_A_GENERATOR = "the order of the generator of line"
# A generator draws an order for each epoch; what is asked of it once comes in the first, or behind a look at its first batch.
ORDERS_OF_ONE = 2


def watch_iterators(module):
    """The orders in which Keras's generators of pictures give their files, whose classes stand in the order of the folders."""
    iterator = module.Iterator
    made, drawn = iterator.__init__, iterator._set_index_array

    @functools.wraps(made)
    def __init__(self, *positional, **given):
        self.place_in_script, self.orders_noted = places.calling_place(), 0
        made(self, *positional, **given)

    @functools.wraps(drawn)
    def _set_index_array(self):
        drawn(self)
        if self.shuffle and self.place_in_script and self.orders_noted < ORDERS_OF_ONE and self.n >= FEWEST_ROWS:
            self.orders_noted += 1
            note("%s %d" % (OF_A_GENERATOR, self.place_in_script["line"]), self.index_array)

    iterator.__init__, iterator._set_index_array = __init__, _set_index_array


def watch_sklearn(module):
    """A shuffle of one array alone, from a seed of its own."""
    shuffle = module.shuffle

    @functools.wraps(shuffle)
    def called(*arrays, **given):
        import numpy as np

        place = places.calling_place()
        if len(arrays) == 1 and isinstance(given.get("random_state"), int) and len(given) == 1 and place is not None:
            note("the order of line %d" % place["line"], shuffle(np.arange(len(arrays[0])), **given))
        return shuffle(*arrays, **given)

    module.shuffle = called
