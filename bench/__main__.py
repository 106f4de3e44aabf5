"""Every measurement, one after the other: `make bench`, or `make bench ARGS=payout` for one."""

import importlib
import pkgutil
import sys

import bench


def main(chosen: list[str]) -> None:
    """Scripts print a table for people, then one line of JSON for machines."""
    modules = {module.name: module for module in pkgutil.iter_modules(bench.__path__)}
    for name in sorted(modules.keys() - {"__main__"}):
        if not chosen or name in chosen:
            print(f"== {name}")
            inside = ".__main__" if modules[name].ispkg else ""
            importlib.import_module(f"bench.{name}{inside}").main([])


if __name__ == "__main__":
    main(sys.argv[1:])
