"""The types that travel between the stages: frozen, without I/O, without third-party imports."""
