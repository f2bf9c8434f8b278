from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("raising_hook", "1.0.0", "Its hook raises")


@hookimpl
def datamimic_generators():
    raise RuntimeError("the licence server is down")
