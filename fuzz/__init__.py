"""Fuzzing: random texts against the laws. Run it with ``python -m fuzz``; see README.md."""
