"""Spark, Dask and DuckDB against one process: `python -m benchmarks.engines [PAGES]`.

Needs the extras `engines` and `export`, and a Java. Each engine runs its script of
`examples/engines` over PAGES and ten times as many: that parts the start from the cost of a page.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time
from functools import partial
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpus, fiction, noise, timing
from benchmarks.table import Row, Table
from esr_parser.arrow import SCHEMA, parse_batches
from esr_parser.export import export

SPARK: Final = "--master local[2] --conf spark.sql.files.maxPartitionBytes=16m pyspark-shell"
SPLIT: Final = methodcaller("split", "\n")
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


def engines(few: int, folder: Path) -> Table:
    paths = os.pathsep.join([str(corpus.ROOT), str(corpus.ROOT / "src")])
    environment = os.environ | {"PYSPARK_SUBMIT_ARGS": SPARK, "PYTHONPATH": paths}
    noises = list(noise.VERSIONS.values())
    seconds: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    for count in (few, 10 * few):
        texts = [fiction.text(number) for number in range(count)]
        texts[::2] = [noises[n % len(noises)](text) for n, text in enumerate(texts[::2])]
        table = pa.table({"path": list(map(str, range(count))), "text": texts})
        pq.write_table(table, folder / "pages.parquet", compression="none", row_group_size=1000)
        for name, script in SCRIPTS.items():
            out = f"{name} {count}.parquet"
            command = [sys.executable, str(corpus.ROOT / script), "pages.parquet", out]
            start = time.perf_counter()
            subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - start)
    rows: list[Row] = []
    for name, (one, ten) in seconds.items():
        row: Row = {"by": name, f"{few:,} pages, s": one, f"{10 * few:,} pages, s": ten}
        rows.append({**row, "start, s": one - (ten - one) / 9, "pages/s": 9 * few / (ten - one)})
    return Table("Engines", rows, ["every second page is noisy, each kind of noise in turn"])


def read_and_split(path: Path) -> None:
    for batch in pq.ParquetFile(path).iter_batches(1000):
        timing.each(SPLIT, batch.column(0).to_pylist())()


def refusals(folder: Path) -> Table:
    rows: list[Row] = []
    shuffled = random.Random(0).sample  # texts that are alike would be unpacked in no time
    for width in (80, 300, 2000):
        words = [fiction.prose(number, 12).split() for number in range(12_500)]
        texts = [textwrap.fill(" ".join(shuffled(w, len(w)))[:4000], width) for w in words]
        table, path = pa.table({"text": texts}), folder / "prose.parquet"
        pq.write_table(table, path, compression="zstd")
        batches = table.to_batches(10_000)  # Spark's size
        calls: dict[str, timing.Call] = {
            "split": timing.each(SPLIT, texts),
            "skip": lambda found=batches: list(parse_batches(found, foreign="skip")),
            "read and split": partial(read_and_split, path),
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
