"""Compiled code, run by the interpreter: for coverage to see, and to compare with what the compiler made of it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from solver import insertion, reasons, search


@contextmanager
def in_python() -> Iterator[None]:
    """Have every compiled function of the solver run by the interpreter until the context ends."""
    packages = insertion, reasons, search
    names = [f"{package.__name__}.{found.name}" for package in packages for found in _files(package)]
    # Random numbers are made by letting 64 bits overflow, of which NumPy would warn.
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        for module in map(importlib.import_module, names):
            for name, value in tuple(vars(module).items()):
                if hasattr(value, "py_func"):
                    patch.setattr(module, name, value.py_func)
        yield


def _files(package: object) -> Iterator[pkgutil.ModuleInfo]:
    return pkgutil.iter_modules(package.__path__)
