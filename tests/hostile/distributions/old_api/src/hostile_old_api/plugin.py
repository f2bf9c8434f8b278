from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("old_api", "0.3.0", "From another time", api_level=0)


@hookimpl
def datamimic_tables(registry, locale):
    raise AssertionError("hooks of an incompatible pack are not called")
