"""Arguments that Keras 3 gives to calls by itself and writes down: the masks of padded steps, with the comparisons that
make them, and training=False. The layers that are judged hand on their masks by themselves, and follow the run."""

import linecache
import sys

from .calls import arguments_of, nodes_of, operations_of, refs_in
from .origins import is_model
from .carried_masks import MASK
from .own_layers import needs_trace


def leave_out_implied(model, config):
    """Takes what Keras gave by itself out of a functional model's config, and what computes nothing else."""
    layers = {one.name: one for one in operations_of(model)}
    freed = []
    for written in config.get("layers", []):
        layer = layers.get(written.get("name"))
        if layer is None or needs_trace(layer):
            continue
        if is_model(layer):
            leave_out_implied(layer, written.get("config") or {})
        for node, its in zip(nodes_of(layer, model), written.get("inbound_nodes") or []):
            named = its.get("kwargs", {}) if isinstance(its, dict) else {}
            if "mask" in named and is_implied(node):
                freed.extend(refs_in({"kwargs": {"mask": named.pop("mask")}}))
            if named.get("training") is False and not says_evaluation():
                named.pop("training")
    drop_unused(config, [name for name, _, _ in freed])


def says_evaluation():
    """Whether the script itself says training=False anywhere."""
    lines = linecache.getlines(getattr(sys.modules["__main__"], "__file__", None) or "")
    return any("training=False" in line.replace(" ", "") for line in lines)


def is_implied(node):
    """Whether the mask of a call is the one that its first input carries."""
    _, named = arguments_of(node)
    mask = named.get("mask")
    return mask is not None and bool(node.input_tensors) and getattr(node.input_tensors[0], MASK, None) is mask


def drop_unused(config, names):
    """Takes operations out of a config whose result nothing takes any more, and those that they alone took from."""
    for name in names:
        used = {ref[0] for one in config["layers"] for node in one["inbound_nodes"] for ref in refs_in(node)}
        dropped = [one for one in config["layers"] if one["name"] == name and name not in used and one["inbound_nodes"]]
        config["layers"] = [one for one in config["layers"] if one not in dropped]
        drop_unused(config, [ref[0] for one in dropped for node in one["inbound_nodes"] for ref in refs_in(node)])
