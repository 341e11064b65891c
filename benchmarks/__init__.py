"""Measures of speed and size: `python -m benchmarks` prints them as ratios taken in one run."""
