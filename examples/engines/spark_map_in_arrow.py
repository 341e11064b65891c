"""Reads a Parquet file of pages with Spark: `python spark_map_in_arrow.py PAGES.parquet OUT`.

PAGES has the columns `path` and `text`; OUT becomes a folder of Parquet files.
"""

import os
import sys
from functools import partial

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from esr_parser.arrow import SCHEMA, parse_batches


def main(pages: str, out: str) -> None:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' interpreter
    spark = SparkSession.builder.appName("descriptions").getOrCreate()
    rows = spark.read.parquet(pages).mapInArrow(
        partial(parse_batches, foreign="skip"), from_arrow_schema(SCHEMA)
    )
    rows.write.mode("overwrite").parquet(out)
    spark.read.parquet(out).createOrReplaceTempView("projects")
    spark.sql(
        "SELECT region, count(*) AS projects, sum(funding_granted_eu_and_state) AS euros"
        " FROM projects LATERAL VIEW explode(area_regions) AS region GROUP BY region ORDER BY 1"
    ).show(truncate=False)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
