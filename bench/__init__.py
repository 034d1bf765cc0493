"""Measures of speed and size: `make bench`. docs/running.md tells how to read them.

Not part of the tests: such figures depend on the machine, so they are ratios to a floor of the same run.
"""
