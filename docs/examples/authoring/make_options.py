import pytest
from datamimic import make_options, option, options
from datamimic.errors import InvalidOption


@options
class Speed:
    limit: int = option(50, doc="limit", minimum=5, maximum=130)


assert make_options(Speed, {"limit": "30"}, "road").limit == 30
with pytest.raises(InvalidOption, match="a value from 5 to 130"):
    make_options(Speed, {"limit": 500}, "road")
