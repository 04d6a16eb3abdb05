"""Where templates, static files and shipped content are: in a checkout or inside the wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_assets"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1]

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
CONTENT = _ROOT / "content"
MIGRATIONS = _PACKAGE / "migrations"
