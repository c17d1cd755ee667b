"""Reads the graph of a traced function: its operations, what it reads from outside and what it assigns."""

from .attributes import OWN_GRADIENT, is_tensorflows, shape_of, written
from .constants import Constants
from .folded import folded
from .inner_graphs import CALLS, LOOPS, function_called, functions_of
from .nodes import ASSIGNS, Untraceable, Update, numbers_of, renamed
from .shielded import shielded_in

REFUSED = ("If", "StatelessIf", "Case", "StatelessCase", "PyFunc", "EagerPyFunc", "PyFuncStateless")
RUNS = "has a branch or Python code (%s) that runs while it trains"
MOST_OPERATIONS = 20000


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
        self.constants = Constants()
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
        refused = next((one for one in self.needed.values() if one.type in REFUSED), None)
        if refused is not None:
            raise Untraceable(RUNS % refused.type)
        if len(self.needed) > MOST_OPERATIONS:
            raise Untraceable("takes more than %d operations, most of them step by step; take fewer steps" % MOST_OPERATIONS)
        nodes = []
        shielded = shielded_in(self.needed.values())
        for operation in operations:
            if operation.name in self.needed:
                own = self.nodes_of(operation)
                nodes += [dict(node, shielded=True) for node in own] if operation.name in shielded else own
            if operation.name in updates:
                nodes += updates[operation.name].nodes()
        written = {update.place: update.tensor for update in updates.values()}
        return renamed({
            "inputs": [
                {"name": name, "dtype": str(dtype), "shape": [None if side is None else int(side) for side in shape]}
                for name, (shape, dtype) in zip(self.names, self.inputs)
            ],
            "outputs": self.outputs,
            "shapes": [shape_of(by_name[name.split(":")[0]].outputs[int(name.split(":")[1])]) for name in self.outputs],
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
        known = folded(operation)
        if known is not None:
            return {"name": operation.name, "op": "Const", "inputs": [], "attrs": {}, "value": self.constants.table_of(known)}
        if operation.type in REFUSED:
            raise Untraceable(RUNS % operation.type)
        attributes = self.attributes_of(operation)
        node = {
            "name": operation.name,
            "op": operation.type,
            "inputs": [tensor.name for tensor in numbers_of(operation)],
            "attrs": attributes,
        }
        if operation.type in LOOPS:
            inner = functions_of(operation)
            node.update(op="While", attrs={}, **{part: InnerReader(self, inner[part]).read() for part in inner})
        called = function_called(operation)
        if called is not None:
            node.update(op="Call", attrs={}, body=InnerReader(self, called).read())
        if operation.type == "Const":
            node["value"] = self.constants.of(operation)
        if operation.type == "ReadVariableOp":
            node.update(self.variable_of(operation))
        if operation.type == "Placeholder" and operation.outputs[0].name not in self.names[: len(self.inputs)]:
            node.update(op="Const", attrs={}, value=self.outside_of(operation))
        return node

    def capture_of(self, name):
        """The tensor or variable from outside that stands under a name in the graph; None where there is none."""
        return next((one for one, inside in self.graph.captures if inside.name == name), None)

    def known_variables(self):
        return self.graph.variables

    def outside_of(self, operation):
        """The numbers of a tensor that the function reads from outside: TensorFlow makes a constant of small ones alone."""
        name = operation.outputs[0].name
        outside = self.capture_of(name)
        try:
            return self.constants.table_of(outside.numpy())
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
        for name in sorted(operation.node_def.attr):
            if name == OWN_GRADIENT and not is_tensorflows(operation.get_attr(name)):
                raise Untraceable("has a gradient of its own (tf.custom_gradient)")
            if name.startswith("_") or operation.type == "Const":
                continue
            value = written(operation.get_attr(name))
            if value is not None:
                attributes[name] = value
        return attributes

    def variable_of(self, operation):
        """A weight by its place; a variable that is no weight as the numbers that it holds now."""
        name = operation.inputs[0].name
        if name in self.variables:
            return {"variable": self.variables[name]}
        import tensorflow as tf

        outside = self.capture_of(name)
        if outside is None:
            raise Untraceable("reads a variable that cannot be found")
        if self.foreign is not None:
            self.foreign.extend(one for one in self.known_variables() if one.handle is outside)
        dtype = operation.get_attr("dtype")
        array = tf.raw_ops.ReadVariableOp(resource=outside, dtype=dtype).numpy()
        return {"op": "Const", "value": self.constants.table_of(array)}


class InnerReader(Reader):
    """Reads a function within a graph, such as that of a loop, whose variables are those of the graph around it."""

    def __init__(self, outer, inner):
        self.outer, self.handles, self.graph = outer, inner.handles, inner.graph
        self.inputs = [(shape_of(tensor) or [], tensor.dtype.name) for tensor in inner.given]
        self.names = [tensor.name for tensor in inner.given]
        self.outputs = [tensor.name for tensor in inner.wanted]
        self.variables = {inside: outer.variables[name] for inside, name in inner.handles.items() if name in outer.variables}
        self.needed, self.behind, self.constants, self.foreign = {}, {}, outer.constants, outer.foreign

    def inlined(self):
        return self.graph.get_operations()

    def updates_in(self, operations):
        if any(operation.type in ASSIGNS for operation in operations):
            raise Untraceable("changes a variable in a loop")
        return {}

    def capture_of(self, name):
        return self.outer.capture_of(self.handles[name]) if name in self.handles else None

    def known_variables(self):
        return self.outer.known_variables()
