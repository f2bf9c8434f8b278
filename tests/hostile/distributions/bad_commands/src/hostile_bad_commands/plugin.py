from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("bad_commands", "1.0.0", "Its commands cannot be added")


@hookimpl
def datamimic_commands(group):
    raise RuntimeError("no commands today")
