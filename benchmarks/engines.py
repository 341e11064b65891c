"""Spark, Dask and DuckDB against one process: `python -m benchmarks.engines [PAGES]`.

Needs the extras `engines` and `export`, and a Java. Runs the scripts of `examples/engines` over
PAGES and ten times as many; every second page is noisy, each kind of noise in turn.
"""

from __future__ import annotations

import os
import random
import sys
import textwrap
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Final

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpus, fiction, noise, timing
from benchmarks.table import Row, Table
from esr_parser.arrow import SCHEMA, parse_batches
from esr_parser.export import export

SPARK: Final = "--master local[2] --conf spark.sql.files.maxPartitionBytes=4m pyspark-shell"
SCRIPTS: Final = {
    "one process": "benchmarks/engines.py",
    "Spark": "examples/engines/spark_map_in_arrow.py",
    "Dask": "examples/engines/dask_map_partitions.py",
    "DuckDB": "examples/engines/duckdb_stream.py",
}


def in_one_process(pages: str, out: str) -> None:
    with pq.ParquetWriter(out, SCHEMA) as writer:
        for batch in parse_batches(pq.ParquetFile(pages).iter_batches(1000), foreign="skip"):
            writer.write_batch(batch)


def cost(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds, and seconds of CPU time of all processes."""
    start, used = time.perf_counter(), dict[int, float]()
    process = psutil.Popen(command, cwd=folder, env=environment, stdout=DEVNULL, stderr=DEVNULL)
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            for one in (process, *process.children(recursive=True)):
                used[one.pid] = sum(one.cpu_times()[:2])
        time.sleep(0.05)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    return time.perf_counter() - start, sum(used.values())


def engines(few: int, folder: Path) -> Table:
    paths = f"{corpus.ROOT}{os.pathsep}{corpus.ROOT / 'src'}"
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": SPARK, "PYTHONPATH": paths}
    noises, pages = list(noise.VERSIONS.values()), folder / "pages.parquet"
    costs: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    for count in (few, 10 * few):
        texts = [fiction.text(number) for number in range(count)]
        texts[::2] = [noises[n % len(noises)](text) for n, text in enumerate(texts[::2])]
        table = pa.table({"path": [*map(str, range(count))], "text": texts})
        pq.write_table(table, pages, compression="none", row_group_size=-(-count // 8))
        for name, script in SCRIPTS.items():
            command = [sys.executable, str(corpus.ROOT / script), str(pages)]
            costs[name] += cost([*command, f"{name} {count}.parquet"], folder, environment)
    rows: list[Row] = []
    for name, (one, cpu, ten, ten_cpu) in costs.items():
        page, page_cpu = (ten - one) / 9 / few, (ten_cpu - cpu) / 9 / few
        row: Row = {"by": name, f"{few:,} pages, s": one, f"{10 * few:,} pages, s": ten}
        row = {**row, "start, s": one - page * few, "pages/s": 1 / page}
        rows.append({**row, "start, CPU s": cpu - page_cpu * few, "page, CPU ms": 1e3 * page_cpu})
    return Table("Engines", rows)


def split(path: Path) -> None:
    for batch in pq.ParquetFile(path).iter_batches(1000):
        timing.each(lambda text: text.split("\n"), batch.column(0).to_pylist())()


def refusals(folder: Path) -> Table:
    rows: list[Row] = []
    mixed = random.Random(0).sample  # a processor learns sentences that are repeated
    for width in (80, 300, 2000):
        words = (fiction.prose(n, 12).split() for n in range(12_500))
        texts = [textwrap.fill(" ".join(mixed(w, len(w)))[:4000], width) for w in words]
        table, path = pa.table({"text": texts}), folder / "prose.parquet"
        pq.write_table(table, path, compression="zstd")
        batches = table.to_batches(10_000)  # Spark's size
        calls: dict[str, timing.Call] = {
            "split": timing.each(lambda text: text.split("\n"), texts),
            "skip": lambda found=batches: list(parse_batches(found, foreign="skip")),
            "read and split": partial(split, path),
            "command": partial(export, [path], folder / "no.csv", only_descriptions=True),
        }
        samples = timing.measure(calls, 9, target=0, clock=time.process_time_ns)
        rows.append({"a line": width, **{name: min(t) / 1e6 for name, t in samples.items()}})
    return Table("50 MB of prose in texts of 4,000 characters, ms of CPU time", rows)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        in_one_process(*sys.argv[1:])
    else:
        with TemporaryDirectory() as name:
            print(refusals(Path(name)).as_text(), end="\n\n", flush=True)
            print(engines(int((*sys.argv, 2000)[1]), Path(name)).as_text())
