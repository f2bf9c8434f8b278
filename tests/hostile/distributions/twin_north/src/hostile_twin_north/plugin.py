from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("twin", "1.0.0", "One of two")
