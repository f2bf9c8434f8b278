"""Models of the XML language, run as the described product's engine runs them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

from datamimic.errors import DatamimicError, InvalidOption


class DataMimic:
    """A model in a file, `DataMimic(Path("datamimic.xml")).parse_and_execute()`, whose files come to `output/<task_id>` beside
    it; in test mode nothing but databases is written, and `capture_test_result()` gives the records.

    Needs datamimic-models. `trust` lets a model run Python files and SQL and leave its folder. What belongs to the platform of
    the described product (`platform_props`, `platform_configs`, `factory_config`) is refused, not dropped.
    """

    def __init__(
        self,
        descriptor_path: str | Path,
        task_id: str | None = None,
        platform_props: dict[str, Any] | None = None,
        platform_configs: dict[str, Any] | None = None,
        test_mode: bool = False,
        factory_config: Any = None,
        *,
        trust: bool = False,
    ) -> None:
        for name, value in (
            ("platform_props", platform_props),
            ("platform_configs", platform_configs),
            ("factory_config", factory_config),
        ):
            if value:
                raise InvalidOption(
                    "invalid_option", f"{name} is not taken", hint="put what it says into the model", path=f"$.{name}"
                )
        self.task_id = task_id or str(uuid4())
        self._path = Path(descriptor_path)
        self._test_mode = test_mode
        self._trust = trust
        self._records: dict[str, list[dict[str, Any]]] | None = None

    @property
    def output(self) -> Path:
        """The folder of the files."""
        return self._path.parent / "output" / self.task_id

    def parse_and_execute(self) -> None:
        """Run the model. Raises `DatamimicError`, before anything is written for what is wrong with the model."""
        try:
            from datamimic_models.xml import run_model, run_to_folder
        except ImportError:
            _missing()
        if self._test_mode:
            self._records = run_model(self._path, trust=self._trust)
        else:
            run_to_folder(self._path, self.output, trust=self._trust)

    def capture_test_result(self) -> dict[str, list[dict[str, Any]]]:
        """{product: records} of a run in test mode. Raises ValueError without one."""
        if self._records is None:
            raise ValueError("nothing is captured: test_mode=True, and parse_and_execute() before it")
        return self._records


def _missing() -> NoReturn:
    raise DatamimicError(
        "missing_dependency", "datamimic-models is not installed, which runs XML", hint="pip install datamimic-models"
    ) from None
