from pathlib import Path

import pytest
from datamimic import whole_file


def write_half() -> None:
    with whole_file(Path("report.txt")) as file:
        file.write(b"the first half")
        raise RuntimeError("and then the plug was pulled")


with pytest.raises(RuntimeError):
    write_half()
assert not Path("report.txt").exists()
