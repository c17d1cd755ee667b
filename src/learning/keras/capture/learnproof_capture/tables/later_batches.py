"""The batches behind the first epoch, where an epoch is only a part of what a generator or dataset gives."""

FLOAT_BYTES = 4


def new_rows(parts, batches, most_bytes):
    """The rows of further batches that no batch before them has: later epochs go on where the first one ended."""
    seen = {name for part in parts for name in names_of(part)}
    found, size = [], 0
    for batch in batches:
        names = names_of(batch)
        new = [at for at, name in enumerate(names) if name not in seen and name not in names[:at]]
        if not new:
            continue
        part = [[array[new] for array in group] for group in batch]
        size += FLOAT_BYTES * sum(array.size for group in part for array in group)
        if size > most_bytes:
            break
        seen.update(names)
        found.append(part)
    return found


def names_of(part):
    """What tells the rows of a batch apart: the numbers of their inputs and targets."""
    arrays = [array for group in part[:2] for array in group]
    return [b"".join(array[at].tobytes() for array in arrays) for at in range(len(arrays[0]))]
