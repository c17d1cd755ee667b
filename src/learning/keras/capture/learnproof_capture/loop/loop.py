"""Makes one training call of the batches that a loop trained on: its data, batch size and epochs."""

from ..model.trainable_flags import TrainableFlags
from ..script import patience, places
from ..script.ending import Refusal
from ..tables import arrays
from ..tables.rows import digest_of

# The loop is watched up to so many calls, and to so many multiplications of forward passes: some minutes of training.
MOST_CALLS = 10000
MOST_WORK = 3 * 10 ** 11
# Where fewer of the rows in the later half of the calls are new than this, the loop has shown all of its rows.
FEW_NEW = 0.15
# Where rows come less often than this on average, hardly any row comes again.
SELDOM_AGAIN = 1.2


class Loop:
    """The batches of a loop of train_on_batch, or of steps of the script's own. Each distinct row is kept once, and each call by its rows' numbers."""

    def __init__(self, model, weights, work, class_weight, call="train_on_batch"):
        self.call = call
        self.model = model
        self.weights = weights
        self.flags = TrainableFlags(model)
        self.work = work
        self.class_weight = class_weight
        self.place = places.calling_place()
        self.numbers = {}
        self.rows = []
        self.bytes = 0
        self.calls = []
        self.fresh = []
        self.seen = 0
        self.in_epoch = 0

    def add(self, given, orders):
        """Copies the new rows of a batch, since a loop may fill the same arrays again."""
        import numpy as np

        names = (("x", orders[0]), ("y", orders[1]), ("sample_weight", orders[1]))
        batch = [arrays.arrays_of(given.get(name), name, order) for name, order in names]
        columns = [np.ascontiguousarray(array) for part in batch for array in part]
        if not batch[0] or not len(columns[0]):
            return
        if any(len(column) != len(columns[0]) for column in columns):
            raise Refusal("misfit", "gives %s unequal numbers of rows of x and y; correct the data" % self.call)
        if not self.calls:
            self.kinds = [len(part) for part in batch]
        elif self.kinds != [len(part) for part in batch]:
            raise Refusal(
                "misfit", "gives %s targets or sample_weight in some calls only; give them in each" % self.call
            )
        known = len(self.numbers)
        self.calls.append(np.array([self.number(columns, at) for at in range(len(columns[0]))], dtype=np.int32))
        self.fresh.append(len(self.numbers) - known)
        self.seen += len(columns[0])

    def number(self, columns, at):
        """The number of a row, by when it first came."""
        key = digest_of(columns, at)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            if len(self.rows) < arrays.MOST_EXAMPLES and self.bytes < arrays.MOST_BYTES:
                self.rows.append([column[at].copy() for column in columns])
                self.bytes += arrays.FLOAT_BYTES * sum(column[at].size for column in columns)
        return self.numbers[key]

    def is_full(self):
        full = len(self.calls) >= MOST_CALLS or self.seen * max(self.work, 1) >= MOST_WORK
        return full or (len(self.calls) > 0 and patience.ends_loop())

    def given(self, notes):
        """The arguments of the call of fit that trains as the loop did."""
        import numpy as np

        if not self.calls:
            raise Refusal("no-examples", "gives %s no examples; check how the script reads its data" % self.call)
        order = self.epoch()
        self.in_epoch = len(order)
        batch_size = self.batch_size()
        steps = max(1, -(-len(order) // batch_size))
        epochs = max(1, int(round(len(self.calls) / float(steps))))
        self.say(notes, epochs)
        kept = order[order < len(self.rows)][: arrays.MOST_EXAMPLES]
        if len(kept) < len(order):
            notes.add("of the %d rows that the loop trains on, the first %d are kept" % (len(order), len(kept)))
        columns = iter(range(sum(self.kinds)))
        parts = [tuple(self.column(next(columns), kept) for _ in range(count)) or None for count in self.kinds]
        return {
            "x": parts[0],
            "y": parts[1],
            "sample_weight": parts[2],
            "class_weight": self.class_weight,
            "batch_size": batch_size,
            "epochs": epochs,
            "shuffle": epochs > 1 and not self.is_in_order(np, order),
        }

    def say(self, notes, epochs):
        notes.add(
            "%d calls of %s give %d rows, %d of them distinct: about %d epoch%s of %d rows"
            % (len(self.calls), self.call, self.seen, len(self.numbers), epochs, "" if epochs == 1 else "s", self.in_epoch)
        )
        if self.is_full():
            notes.add("the loop is watched for its first %d calls of %s" % (len(self.calls), self.call))

    def column(self, at, kept):
        import numpy as np

        try:
            return np.stack([self.rows[number][at] for number in kept])
        except ValueError:
            raise Refusal(
                "ragged", "gives batches whose examples differ in shape; pad or resize them to one shape"
            )

    def tables(self):
        """The inputs and the targets of the rows that are kept."""
        kept = range(len(self.rows))
        columns = [self.column(at, kept) for at in range(sum(self.kinds[:2]))]
        return columns[: self.kinds[0]], columns[self.kinds[0] :]

    def batch_size(self):
        """The commonest number of rows in a call: the last batch of an epoch may be smaller."""
        sizes = [len(call) for call in self.calls]
        return max(sorted(set(sizes), reverse=True), key=sizes.count)

    def epoch(self):
        """The numbers of the rows of one epoch."""
        import numpy as np

        period = self.period(np)
        if period:
            return np.concatenate(self.calls[:period])
        distinct = len(self.numbers)
        half = len(self.calls) // 2
        later = sum(len(call) for call in self.calls[half:])
        if sum(self.fresh[half:]) < FEW_NEW * later or self.seen < SELDOM_AGAIN * distinct:
            return np.arange(distinct)
        # Old rows come among ever new ones: only the rows as they came have the right share of each.
        return np.concatenate(self.calls)

    def period(self, np):
        """After how many calls the same rows come again, each as often: 0 where they never do."""
        last = max(at for at, fresh in enumerate(self.fresh) if fresh)
        once, twice = (np.zeros(len(self.numbers), dtype=np.int64) for _ in range(2))
        for calls in range(1, len(self.calls) // 2 + 1):
            np.add.at(once, self.calls[calls - 1], 1)
            for call in self.calls[2 * calls - 2 : 2 * calls]:
                np.add.at(twice, call, 1)
            if calls > last and np.array_equal(twice, 2 * once):
                return calls
        return 0

    def is_in_order(self, np, order):
        """Whether the rows come in the same order a second time."""
        second = np.concatenate(self.calls)[len(order) : 2 * len(order)]
        return np.array_equal(second, order[: len(second)])
