import secrets
from pathlib import Path

from datamimic import SecretKey

Path("tokens.key").write_text(secrets.token_hex(32))
key = SecretKey.of_file(Path("tokens.key"), use="tokens")
assert key.derived("cards") != key.derived("accounts")
assert repr(key) == "SecretKey(use='tokens')"  # it never shows itself
