from hostile_library_that_nobody_has import engine

from datamimic.plugin import Pack


def datamimic_pack():
    return Pack("import_error", engine.VERSION, "Never reached")
