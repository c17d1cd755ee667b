"""Fixes the sides that an input leaves open, such as the number of its steps, by the examples that the script trains on."""


class OpenSides:
    """What the tensors of a model are where its inputs have the shapes of the examples."""

    def __init__(self, model, given, keras):
        self.model, self.given, self.keras = model, given, keras

    def fixed(self, tensors):
        """The shapes and kinds of tensors, with no open side but the batch; None where they are not known, or were known before."""
        try:
            found = [self.shape_of(tensor) for tensor in tensors]
        except Exception:
            return None
        known = all(side is not None for shape in found for side in shape[1:])
        is_new = any(None in tuple(tensor.shape)[1:] for tensor in tensors)
        return [(shape, name_of(tensor.dtype)) for shape, tensor in zip(found, tensors)] if known and is_new else None

    def shape_of(self, tensor):
        within = self.keras.Model(self.model.inputs, tensor)
        shapes = [(None,) + tuple(shape[1:]) for shape in self.given]
        return [None if side is None else int(side) for side in within.compute_output_shape(shapes if len(shapes) > 1 else shapes[0])]


def name_of(dtype):
    return getattr(dtype, "name", str(dtype))
