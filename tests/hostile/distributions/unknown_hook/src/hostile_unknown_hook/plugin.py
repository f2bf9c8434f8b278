from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("unknown_hook", "1.0.0", "Its hook is misspelt")


@hookimpl
def datamimic_enttities():
    return []
