"""Leaves out the outputs of a model to which compile gives no loss: nothing is trained for them."""

from .ends import tensors_in_order
from .origins import has_graph, is_model, is_standard, keras_of


def trained_outputs(model, compiled, names, targets):
    """The places of the outputs with a loss; None where each has one, or where it cannot be told. `names` has those of each
    output."""
    if not is_model(model) or not has_graph(model) or not is_standard(model) or len(model.outputs) < 2:
        return None
    losses = by_output(compiled.get("loss"), names)
    if losses is None or len(losses) != len(model.outputs) or None not in losses:
        return None
    kept = [at for at, loss in enumerate(losses) if loss is not None]
    return kept if kept and len(targets) in (len(kept), len(losses)) else None


def by_output(written, names):
    if isinstance(written, dict):
        return [next((written[name] for name in each if name in written), None) for each in names]
    return list(written) if isinstance(written, (list, tuple)) else None


def without_others(model, compiled, names, kept):
    """The model of these outputs alone, and what compile gives to them."""
    outputs = [tensors_in_order(model, "outputs")[at] for at in kept]
    inputs = tensors_in_order(model, "inputs")
    told = dict(compiled)
    for setting in ("loss", "loss_weights"):
        values = by_output(compiled.get(setting), names)
        if values is not None:
            told[setting] = [values[at] for at in kept] if len(kept) > 1 else values[kept[0]]
    if len(kept) == 1 and told.get("loss_weights") is not None:
        told["loss_weights"] = [told["loss_weights"]]
    return keras_of(model).Model(inputs if len(inputs) > 1 else inputs[0], outputs if len(outputs) > 1 else outputs[0]), told
