"""One peer makes sorted arrays per item of a CSV, and prints as JSON what it took and what it saw.

Usage: peers.py PEER FILE THREADS
"""

import json
import os
import re
import sys
import time

peer, file, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["POLARS_MAX_THREADS"] = str(threads)

import numpy as np

hour = 3_600_000


def arrays(offsets, values):
    """Each item's own array: views, as ours are."""
    return np.split(values, offsets[1:-1])


def regular(offsets, times, values):
    """Every period of every item once, NaN where it has no row; rows are sorted by item and time."""
    rows = np.diff(offsets)
    places = (times - np.repeat(times[offsets[:-1]], rows)) // hour
    lengths = places[offsets[1:] - 1] + 1
    starts = np.concatenate([[0], np.cumsum(lengths)])
    cells = np.full(starts[-1], np.nan)
    cells[np.repeat(starts[:-1], rows) + places] = values
    return arrays(starts, cells)


def seen(offsets, times):
    """Rows that repeat a time of their item, and periods without a row."""
    steps = np.diff(times)
    is_within = np.ones(len(steps), dtype=bool)
    is_within[offsets[1:-1] - 1] = False
    steps = steps[is_within]
    duplicates = int(np.count_nonzero(steps == 0))
    return {
        "items": len(offsets) - 1,
        "rows": len(times),
        "duplicates": duplicates,
        "gaps": int(steps.sum() // hour - (len(steps) - duplicates)),
    }


def run_duckdb():
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    began = time.perf_counter()
    query = open(os.path.join(os.path.dirname(__file__), "duckdb.sql")).read()
    table = connection.sql(query, params={"file": file}).to_arrow_table()
    lists = [table.column(name).combine_chunks() for name in ("times", "targets")]
    offsets = lists[0].offsets.to_numpy()
    times, targets = [column.flatten().to_numpy() for column in lists]
    counts = seen(offsets, times)
    result = arrays(offsets, targets)
    return f"DuckDB {duckdb.__version__}", time.perf_counter() - began, counts, result


def run_polars():
    import polars

    schema = {"item_id": polars.String, "timestamp": polars.String, "target": polars.Float64}
    began = time.perf_counter()
    table = (
        polars.scan_csv(file, schema=schema)
        .with_columns(polars.col("timestamp").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms"))
        .group_by("item_id")
        .agg(polars.col("timestamp").sort(), polars.col("target").sort_by("timestamp"))
        .sort("item_id")
        .collect(engine="streaming")
    )
    offsets = np.concatenate([[0], np.cumsum(table["timestamp"].list.len().to_numpy(), dtype=np.int64)])
    times = table["timestamp"].list.explode().to_physical().to_numpy()
    counts = seen(offsets, times)
    result = regular(offsets, times, table["target"].list.explode().to_numpy())
    return f"polars {polars.__version__}", time.perf_counter() - began, counts, result


def run_pandas(engine):
    import pandas

    if engine == "pyarrow":
        import pyarrow
        import pyarrow.csv

        pyarrow.set_cpu_count(threads)
    began = time.perf_counter()
    table = pandas.read_csv(file, engine=engine, dtype={"item_id": "category"}, parse_dates=["timestamp"])
    table = table.sort_values(["item_id", "timestamp"], kind="stable")
    codes = table["item_id"].cat.codes.to_numpy()
    offsets = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1, [len(codes)]])
    times = table["timestamp"].to_numpy().astype("datetime64[ms]").astype(np.int64)
    counts = seen(offsets, times)
    result = regular(offsets, times, table["target"].to_numpy())
    name = f"pandas {pandas.__version__}" + (f", engine {engine}" if engine == "pyarrow" else "")
    return name, time.perf_counter() - began, counts, result


peers = {
    "duckdb": run_duckdb,
    "polars": run_polars,
    "pandas": lambda: run_pandas("c"),
    "pandas-pyarrow": lambda: run_pandas("pyarrow"),
}
name, seconds, counts, result = peers[peer]()
peak = re.search(r"VmHWM:\s*(\d+) kB", open("/proc/self/status").read())
assert len(result) == counts["items"]
print(json.dumps({"name": name, "seconds": seconds, "megabytes": int(peak[1]) / 1024, **counts}))
