"""Watches what the script imports, so that nothing is imported that it does not import itself."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types


class Watcher(importlib.abc.MetaPathFinder):
    """Calls `after[name]`, or `after_any`, once a module has been loaded by its usual loader."""

    def __init__(self, after, after_any, before=None):
        self.after = after
        self.after_any = after_any
        self.before = before or {}
        self.busy = set()

    def find_spec(self, name, path=None, target=None):
        act = self.after.get(name)
        if act is None and not self.after_any.matches(name):
            return None
        if name in self.busy:
            return None
        self.before.pop(name, lambda: None)()
        self.busy.add(name)
        try:
            spec = importlib.util.find_spec(name) if path is None else self.find_beside(name, path)
        except (ImportError, ValueError, AttributeError):
            return None
        finally:
            self.busy.discard(name)
        if spec is None or spec.loader is None or not hasattr(spec.loader, "exec_module"):
            return None
        spec.loader = Following(spec.loader, act or self.after_any)
        return spec

    def find_beside(self, name, path):
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path)
            if spec is not None:
                return spec
        return None


class Following(importlib.abc.Loader):
    """A loader that does something after the usual one."""

    def __init__(self, loader, act):
        self.loader = loader
        self.act = act

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.act(module)

    def __getattr__(self, name):
        return getattr(self.loader, name)


class Supplier(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last: supplies modules that no one else finds. `make(name)` gives a module's attributes or None."""

    def __init__(self, make):
        self.make = make
        self.made = {}

    def find_spec(self, name, path=None, target=None):
        getter = self.make(name)
        if getter is None:
            return None
        self.made[name] = getter
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        module.__getattr__ = self.made[module.__name__]
