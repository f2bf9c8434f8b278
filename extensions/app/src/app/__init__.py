"""The module names under which the platform is described; each names what the platform and its neighbours have. Modules of a
folder `app` of your own are found beside them: `app/core/custom_rules.py`."""

from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
