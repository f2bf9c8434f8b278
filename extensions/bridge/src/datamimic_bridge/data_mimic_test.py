"""Models of the XML language in tests."""

from __future__ import annotations

import logging
from pathlib import Path
from time import perf_counter
from typing import Any

from datamimic_bridge.datamimic import DataMimic

_LOG = logging.getLogger("datamimic.bridge")


class DataMimicTest:
    """A model of a folder: `DataMimicTest(Path(__file__).parent, "model.xml", capture_test_result=True)`, then
    `test_with_timer()` and `capture_result()`."""

    __test__ = False  # of pytest, which would take it for one of its classes

    def __init__(
        self,
        test_dir: Path,
        filename: str,
        capture_test_result: bool = False,
        factory_config: Any = None,
        *,
        trust: bool = False,
    ) -> None:
        self._captures = capture_test_result
        self._engine = DataMimic(
            Path(test_dir) / filename, test_mode=capture_test_result, factory_config=factory_config, trust=trust
        )

    @property
    def task_id(self) -> str:
        return self._engine.task_id

    def test_with_timer(self) -> None:
        """Run the model, and log how long it took."""
        start = perf_counter()
        self._engine.parse_and_execute()
        _LOG.info("the model took %.3f s", perf_counter() - start)

    def capture_result(self) -> dict[str, list[dict[str, Any]]]:
        """{product: records}. Raises ValueError where nothing is captured."""
        if not self._captures:
            raise ValueError("nothing is captured: capture_test_result=True says so")
        return self._engine.capture_test_result()
