"""The nodes of a traced graph: their names, their inputs, and those of an assignment."""

ASSIGNS = {"AssignVariableOp": None, "AssignAddVariableOp": "AddV2", "AssignSubVariableOp": "Sub"}


class Untraceable(Exception):
    """Says, as the end of a sentence, why a function cannot be taken over."""


def renamed(graph):
    """The graph with numbers in place of TensorFlow's names, so that the same function has the same graph again."""
    nodes = {node["name"]: "n%d" % at for at, node in enumerate(graph["nodes"])}

    def short(name):
        node, _, output = name.partition(":")
        return "%s:%s" % (nodes.get(node, node), output or "0")

    for node in graph["nodes"]:
        node["name"] = nodes[node["name"]]
        node["inputs"] = [short(name) for name in node["inputs"]]
    for at, part in enumerate(graph["inputs"]):
        part["name"] = short(part["name"]) if part["name"].split(":")[0] in nodes else "unused%d:0" % at
    for update in graph["updates"]:
        update["value"] = short(update["value"])
    graph["outputs"] = [short(name) for name in graph["outputs"]]
    return graph


class Update:
    """An assignment of a variable, in place of what it was or on top of it. `tensor` is what it is behind it."""

    def __init__(self, name, place, operation, before):
        self.name, self.place, self.before = name, place, before
        self.given, self.combine = operation.inputs[1].name, ASSIGNS[operation.type]
        self.tensor = name + ":0" if self.combine else self.given

    def nodes(self):
        if self.combine is None:
            return []
        old = {"name": self.name + "_old", "op": "ReadVariableOp", "inputs": [], "attrs": {}, "variable": self.place}
        inputs = [self.before.tensor if self.before else old["name"] + ":0", self.given]
        sum_of_both = {"name": self.name, "op": self.combine, "inputs": inputs, "attrs": {}}
        return [sum_of_both] if self.before else [old, sum_of_both]


def is_variable(tensor):
    """Whether a tensor is the handle of a variable."""
    return tensor.dtype.name == "resource"


def numbers_of(operation):
    """The inputs that an operation computes with: no variable, which is read by its place, and no seed, which the run
    gives."""
    inputs = list(operation.inputs)
    if operation.type in ("ReadVariableOp", "ResourceGather"):
        return inputs[1:]
    if operation.type.startswith(("StatelessRandom", "StatelessTruncated")):
        return inputs[:1]
    return [tensor for tensor in inputs if not is_variable(tensor)]
