from pathlib import Path

import pytest
from datamimic import new_folder


def write_half() -> None:
    with new_folder(target=Path("tables")) as folder:
        (folder / "a.csv").write_text("id")
        raise RuntimeError("and then the plug was pulled")


with pytest.raises(RuntimeError):
    write_half()
assert not Path("tables").exists()
with new_folder(target=Path("tables")) as folder:
    (folder / "a.csv").write_text("id")
assert [each.name for each in Path("tables").iterdir()] == ["a.csv"]
