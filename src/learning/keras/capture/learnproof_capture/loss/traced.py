"""Traces a Python function to the operations of TensorFlow that it is made of."""

from .branches import BothBranches

CALLS = ("PartitionedCall", "StatefulPartitionedCall")
LOOPS = ("While", "StatelessWhile", "If", "StatelessIf", "Case", "StatelessCase", "PyFunc", "EagerPyFunc", "PyFuncStateless")
ASSIGNS = {"AssignVariableOp": None, "AssignAddVariableOp": "AddV2", "AssignSubVariableOp": "Sub"}
MOST_NUMBERS = 1000000
MOST_OPERATIONS = 20000
# The gradients that TensorFlow itself gives a function of its own are those of its formula.
OWN_GRADIENT = "_gradient_op_type"

TENSORFLOW_ALONE = "can be traced only where Keras computes on TensorFlow; try KERAS_BACKEND=tensorflow"


class Untraceable(Exception):
    """Says, as the end of a sentence, why a function cannot be taken over."""


def has_tensorflow(keras):
    try:
        return str(keras.backend.backend()) == "tensorflow"
    except Exception:
        return True


def trace(function, inputs, variables=(), is_converted=False, foreign=None):
    """The operations by which `function` computes its outputs from tensors.

    `inputs` are pairs of a shape, whose first side is the batch, and a dtype. `variables` are the weights that may be
    read or assigned; other variables that are read are put into `foreign`, if it is a list. `is_converted` lets TensorFlow translate Python's own loops and branches, as Keras 2 does.
    """
    import tensorflow as tf

    specs = [tf.TensorSpec(shape, dtype, name="x%d" % at) for at, (shape, dtype) in enumerate(inputs)]
    structure = {}

    def flat(*tensors):
        with BothBranches(ASSIGNS, Untraceable):
            answer = function(*tensors)
        structure["is_list"] = isinstance(answer, (list, tuple))
        listed = list(answer) if structure["is_list"] else [answer]
        return [tf.identity(tf.convert_to_tensor(one)) for one in listed]

    concrete = tf.function(flat, autograph=is_converted).get_concrete_function(*specs)
    return Reader(concrete, inputs, variables, foreign).read()


class Reader:
    def __init__(self, concrete, inputs, variables, foreign=None):
        self.concrete = concrete
        self.inputs = inputs
        self.graph = concrete.graph
        self.names = [tensor.name for tensor in concrete.inputs]
        self.outputs = [tensor.name for tensor in self.graph.outputs]
        self.variables = self.places_of(variables)
        self.needed = {}
        self.behind = {}
        self.numbers = 0
        self.foreign = foreign

    def places_of(self, variables):
        """The place of each captured variable among the weights, by the name of its placeholder."""
        places = {}
        handles = [getattr(getattr(one, "value", one), "handle", getattr(one, "handle", None)) for one in variables]
        for outside, inside in self.graph.captures:
            found = [at for at, handle in enumerate(handles) if handle is outside]
            if found:
                places[inside.name] = found[0]
        return places

    def read(self):
        operations = self.inlined()
        by_name = {operation.name: operation for operation in operations}
        updates = self.updates_in(operations)
        wanted = self.outputs + [update.given for update in updates.values()]
        self.mark([by_name[name.split(":")[0]] for name in wanted])
        looping = next((one for one in self.needed.values() if one.type in LOOPS), None)
        if looping is not None:
            raise Untraceable("has a loop, a branch or Python code (%s) that runs while it trains" % looping.type)
        if len(self.needed) > MOST_OPERATIONS:
            raise Untraceable("takes more than %d operations, most of them step by step; take fewer steps" % MOST_OPERATIONS)
        nodes = []
        for operation in operations:
            if operation.name in self.needed:
                nodes += self.nodes_of(operation)
            if operation.name in updates:
                nodes += updates[operation.name].nodes()
        written = {update.place: update.tensor for update in updates.values()}
        return renamed({
            "inputs": [
                {"name": name, "dtype": str(dtype), "shape": [None if side is None else int(side) for side in shape]}
                for name, (shape, dtype) in zip(self.names, self.inputs)
            ],
            "outputs": self.outputs,
            "shapes": [shape_of(tensor) for tensor in self.graph.outputs],
            "nodes": nodes,
            "updates": [{"variable": place, "value": value} for place, value in written.items()],
        })

    def inlined(self):
        """The operations, with those of the functions that they call in place of the calls."""
        import tensorflow as tf

        operations = self.graph.get_operations()
        if not any(operation.type in CALLS for operation in operations):
            return operations
        try:
            from tensorflow.python.framework import convert_to_constants

            definition = convert_to_constants._run_inline_graph_optimization(self.concrete, False, True)
        except Exception:
            raise Untraceable("calls functions that TensorFlow could not put in one graph")
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        return graph.get_operations()

    def updates_in(self, operations):
        """The assignments of variables, by the names of their operations. What is read of a variable behind one, as where a
        batch normalisation is used twice, is what it gave."""
        found, newest = {}, {}
        for operation in operations:
            place = self.variables.get(operation.inputs[0].name) if operation.inputs else None
            if operation.type == "ReadVariableOp" and place in newest:
                self.behind[operation.name] = newest[place]
            elif operation.type in ASSIGNS and place is not None:
                name = "update_%d" % len(found)
                newest[place] = found[operation.name] = Update(name, place, operation, newest.get(place))
        return found

    def mark(self, operations):
        waiting = list(operations)
        while waiting:
            operation = waiting.pop()
            if operation.name not in self.needed:
                self.needed[operation.name] = operation
                waiting.extend(tensor.op for tensor in numbers_of(operation))

    def read_behind(self, operation, update):
        """What is read of a variable behind an assignment: what was assigned, with the gradient of the variable itself."""
        read = {"name": operation.name + "_own", "op": "ReadVariableOp", "inputs": [], "attrs": {}, "variable": update.place}
        own, name = read["name"] + ":0", operation.name

        def step(kind, end, *inputs):
            return {"name": name + end, "op": kind, "inputs": list(inputs), "attrs": {}}

        return [
            read,
            step("StopGradient", "_given", update.tensor),
            step("StopGradient", "_held", own),
            step("Sub", "_moved", own, name + "_held:0"),
            step("AddV2", "", name + "_given:0", name + "_moved:0"),
        ]

    def node_of(self, operation):
        if operation.type in LOOPS or operation.type in CALLS:
            raise Untraceable("has a loop, a branch or Python code (%s) that runs while it trains" % operation.type)
        attributes = self.attributes_of(operation)
        node = {
            "name": operation.name,
            "op": operation.type,
            "inputs": [tensor.name for tensor in numbers_of(operation)],
            "attrs": attributes,
        }
        if operation.type == "Const":
            node["value"] = self.constant_of(operation)
        if operation.type == "ReadVariableOp":
            node.update(self.variable_of(operation))
        if operation.type == "Placeholder" and operation.outputs[0].name not in self.names[: len(self.inputs)]:
            node.update(op="Const", attrs={}, value=self.outside_of(operation))
        return node

    def outside_of(self, operation):
        """The numbers of a tensor that the function reads from outside: TensorFlow makes a constant of small ones alone."""
        name = operation.outputs[0].name
        outside = next((one for one, inside in self.graph.captures if inside.name == name), None)
        try:
            return self.table_of(outside.numpy())
        except (AttributeError, NotImplementedError, TypeError):
            raise Untraceable("reads a tensor from outside (%s) that holds no numbers yet" % operation.name)

    def nodes_of(self, operation):
        """The nodes of an operation: rows of a variable are those of the table that is read."""
        if operation.name in self.behind:
            return self.read_behind(operation, self.behind[operation.name])
        node = self.node_of(operation)
        if operation.type != "ResourceGather":
            return [node]
        read = {"name": operation.name + "_read", "op": "ReadVariableOp", "inputs": [], "attrs": {}}
        read.update(self.variable_of(operation))
        node.update(op="GatherV2", inputs=[read["name"] + ":0"] + node["inputs"])
        return [read, node]

    def attributes_of(self, operation):
        attributes = {}
        for name in operation.node_def.attr:
            if name == OWN_GRADIENT and not is_tensorflows(operation.get_attr(name)):
                raise Untraceable("has a gradient of its own (tf.custom_gradient)")
            if name.startswith("_") or operation.type == "Const":
                continue
            value = written(operation.get_attr(name))
            if value is not None:
                attributes[name] = value
        return attributes

    def constant_of(self, operation):
        import tensorflow as tf

        array = tf.make_ndarray(operation.get_attr("value"))
        return self.table_of(array)

    def table_of(self, array):
        import numpy as np

        if array.dtype.kind not in "fiub":
            # Words name devices and files, and no number depends on them.
            return {"shape": [], "values": [0], "dtype": "int32"}
        self.numbers += array.size
        if self.numbers > MOST_NUMBERS:
            raise Untraceable("holds more than %d constants" % MOST_NUMBERS)
        values = np.asarray(array, "float64").ravel()
        if not np.isfinite(values).all():
            values = [value if np.isfinite(value) else str(value) for value in values.tolist()]
        else:
            values = values.tolist()
        return {"shape": list(array.shape), "values": values, "dtype": str(array.dtype)}

    def variable_of(self, operation):
        """A weight by its place; a variable that is no weight as the numbers that it holds now."""
        name = operation.inputs[0].name
        if name in self.variables:
            return {"variable": self.variables[name]}
        import tensorflow as tf

        outside = next((one for one, inside in self.graph.captures if inside.name == name), None)
        if outside is None:
            raise Untraceable("reads a variable that cannot be found")
        if self.foreign is not None:
            self.foreign.extend(one for one in self.graph.variables if one.handle is outside)
        dtype = operation.get_attr("dtype")
        array = tf.raw_ops.ReadVariableOp(resource=outside, dtype=dtype).numpy()
        return {"op": "Const", "value": self.table_of(array)}


def renamed(graph):
    """The graph with numbers in place of TensorFlow's names, so that the same function has the same graph again."""
    nodes = {node["name"]: "n%d" % at for at, node in enumerate(graph["nodes"])}

    def short(name):
        node, _, output = name.partition(":")
        return "%s:%s" % (nodes.get(node, node), output or "0")

    for node in graph["nodes"]:
        node["name"] = nodes[node["name"]]
        node["inputs"] = [short(name) for name in node["inputs"]]
    for part in graph["inputs"]:
        part["name"] = short(part["name"])
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


def numbers_of(operation):
    """The inputs that an operation computes with: no variable, which is read by its place, and no seed, which the run
    gives."""
    inputs = list(operation.inputs)
    if operation.type in ("ReadVariableOp", "ResourceGather"):
        return inputs[1:]
    draws = operation.type.startswith(("StatelessRandom", "StatelessTruncated"))
    return inputs[:1] if draws else inputs


def is_tensorflows(gradient):
    """Whether a custom gradient is one of TensorFlow's own functions, such as swish."""
    name = gradient.decode() if isinstance(gradient, bytes) else gradient
    try:
        from tensorflow.python.framework import ops

        found = ops.gradient_registry.lookup(name)
    except Exception:
        return False
    waiting, seen = [found], []
    while waiting:
        function = waiting.pop()
        if any(function is one for one in seen):
            continue
        seen.append(function)
        module = getattr(function, "__module__", "") or ""
        if module.split(".")[0] not in ("tensorflow", "keras", "tf_keras", "builtins", ""):
            return False
        for cell in getattr(function, "__closure__", None) or ():
            try:
                if callable(cell.cell_contents):
                    waiting.append(cell.cell_contents)
            except ValueError:
                continue
    return True


def shape_of(tensor):
    if tensor.shape.rank is None:
        return None
    return [None if side is None else int(side) for side in tensor.shape.as_list()]


def written(value):
    """An attribute as JSON has it; None for what no computation depends on."""
    if isinstance(value, bool) or isinstance(value, (int, float)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        parts = [written(part) for part in value]
        return parts if None not in parts else None
    if type(value).__name__ == "DType":
        return value.name
    if hasattr(value, "dim"):
        return [part.size for part in value.dim]
    return None


