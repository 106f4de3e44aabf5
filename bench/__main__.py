"""Every measurement, one after the other: `make bench`, or `make bench ARGS=payout` for one."""

import importlib
import pkgutil
import sys

import bench


def main(chosen: list[str]) -> None:
    """Scripts print a table for people, then one line of JSON for machines."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    for name in sorted(set(names) - {"__main__"}):
        if not chosen or name in chosen:
            print(f"== {name}")
            importlib.import_module(f"bench.{name}").main([])


if __name__ == "__main__":
    main(sys.argv[1:])
