from pathlib import Path

from datamimic import read_meanings

Path("meanings.toml").write_text(
    """
['meter.code']
summary = 'what is printed on a meter'
fields = ['energy.meter.code']
names.en = 'meter code; meter number'
names.de = 'zaehlernummer'
pattern = 'M-[0-9]{8}'
""",
    encoding="utf-8",
)
[meaning] = read_meanings(Path.cwd())
assert meaning.names["en"] == ("meter code", "meter number")
assert meaning.recognises("M-00000017")
