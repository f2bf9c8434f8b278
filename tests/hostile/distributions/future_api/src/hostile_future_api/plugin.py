from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("future_api", "9.0.0", "From another time", api_level=99)
