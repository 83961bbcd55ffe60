"""The house keeps its shape: imports go one way, files and functions stay small, heavy libraries stay in one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "explainers", "prompts")
SOURCES = [*sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")), ROOT / "app.py"]
MAY_IMPORT = {
    "explainers": {"explainers"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "explainers", "prompts"},
    "app": {"assistant"},
}
ONLY_IN = {
    "gradio": ("assistant/interfaces/web",),
    "sqlalchemy": ("assistant/store",),
    "sqlite3": ("assistant/store",),
    "alembic": ("assistant/store",),
    "transformers": ("assistant/narration/language_model.py",),
    "llguidance": ("assistant/narration/language_model.py",),
    "sentence_transformers": ("assistant/understanding/encoder.py",),
    "shap": ("explainers/attribution/tree_shap.py",),
}
HEAVY = ("torch", "transformers", "shap", "gradio", "sentence_transformers", "llguidance")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    here = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = {name.split(".")[0] for name in imported(path)} & {*PACKAGES, "app", "tests", "benchmarks"}
    assert ours <= MAY_IMPORT[here]


@pytest.mark.parametrize("library", ONLY_IN)
def test_only_the_named_modules_import(library: str) -> None:
    users = {name_of(p) for p in SOURCES if any(name.split(".")[0] == library for name in imported(p))}
    assert all(user.startswith(ONLY_IN[library]) for user in users), users


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 50, node.name
            if any("command" in ast.unparse(d) for d in node.decorator_list):
                continue  # the parameters of a command are its options
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert len([a for a in arguments if a.arg not in ("self", "cls")]) <= 5, node.name


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_importing_configures_nothing(path: Path) -> None:
    """Module level holds definitions and constants; no calls for their effect."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), f"{path}:{node.lineno}"


def test_importing_the_packages_imports_nothing_heavy() -> None:
    code = (
        "import sys, importlib, pkgutil\n"
        f"for name in {PACKAGES!r}:\n"
        "    package = importlib.import_module(name)\n"
        "    for module in pkgutil.walk_packages(package.__path__, name + '.'):\n"
        "        if '.interfaces.web' not in module.name and '.migrations' not in module.name:\n"
        "            importlib.import_module(module.name)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_room_is_listed_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for path in ROOT.iterdir():
        if path.name in ("assistant", "explainers", "prompts", "tests", "benchmarks", "app.py"):
            assert path.name in readme
