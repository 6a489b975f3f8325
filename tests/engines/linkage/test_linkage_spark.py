"""The same pairs on Apache Spark. Needs the extra `spark` and Java 17; skipped, and said so, where they are missing."""

import shutil

import pytest
from bench.lists import HELD_OUT, draw
from bench.lists.names import SECOND
from bench.lists.worlds import Size

from lontar.engines.linkage import link

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install lontar[spark]")
if shutil.which("java") is None:
    pytest.skip("Java is not installed: Spark needs Java 17", allow_module_level=True)


@pytest.mark.slow
def test_spark_gives_the_same_pairs() -> None:
    from lontar.engines.linkage.spark import session

    lists = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(1_500, 25), seed=902)
    spark = session(cores="2")
    try:
        found = link(lists.left, lists.right, threshold=0.15, spark=spark)
    finally:
        spark.stop()

    assert found.equals(link(lists.left, lists.right, threshold=0.15))
