"""Reads pages with Dask, a Parquet file a partition: `python dask_map_partitions.py PAGES OUT`."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import dask.bag
import pyarrow as pa
import pyarrow.parquet as pq
from dask.distributed import Client, LocalCluster

from esr_parser.arrow import SCHEMA, parse_batches


def read(row_group: int, pages: str) -> Iterator[pa.RecordBatch]:
    yield from pq.ParquetFile(pages).iter_batches(1000, row_groups=[row_group])


def write(batches: Iterable[pa.RecordBatch], out: str) -> list[int]:
    table = pa.Table.from_batches(batches, SCHEMA)
    pq.write_table(table, Path(out, f"{uuid4()}.parquet"))
    return [table.num_rows]


def main(pages: str, out: str) -> None:
    Path(out).mkdir(parents=True, exist_ok=True)
    groups = range(pq.ParquetFile(pages).num_row_groups)
    with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster):
        parts = dask.bag.from_sequence(groups, partition_size=1)
        batches = parts.map(read, pages=pages).flatten()
        rows = batches.map_partitions(parse_batches, foreign="skip")
        print(sum(rows.map_partitions(write, out).compute()), "rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
