"""Reads a Parquet file of pages with DuckDB: `python duckdb_stream.py PAGES.parquet OUT.parquet`.

PAGES has the columns `path` and `text`. DuckDB hands the texts over batch by batch and queries the
rows as they come: no more than a few batches are held.
"""

import sys

import duckdb
import pyarrow as pa

from esr_parser.arrow import SCHEMA, parse_batches


def main(pages: str, out: str) -> None:
    source = duckdb.connect()  # one connection reads, the other one writes
    texts = source.sql(f"SELECT path, text FROM '{pages}'").to_arrow_reader(1000)
    rows = pa.RecordBatchReader.from_batches(SCHEMA, parse_batches(texts, foreign="skip"))
    with duckdb.connect() as db:
        db.register("rows", rows)
        db.execute(f"COPY rows TO '{out}' (FORMAT parquet)")
        db.sql(
            "SELECT region, count(*) AS projects, sum(funding_granted_eu_and_state) AS euros FROM"
            f" (SELECT unnest(area_regions) AS region, * FROM '{out}') GROUP BY 1 ORDER BY 1"
        ).show()


if __name__ == "__main__":
    main(*sys.argv[1:])
