"""Shows that the house rules hold in the whole project, and that each check sees the fault it is for."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = frozenset({"models", "queries", "services", "forms", "views", "commands"})
PLUMBING = frozenset({"app", "cli", "database", "tenancy", "security", "localization", "audit"})
FRAMEWORKS = ("alembic", "flask", "sqlalchemy", "wtforms")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
GENERATED = "versions"  # migrations are written by Alembic, in one function, and never edited for looks

INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
# A silenced check says why, after its code.
SILENCED = re.compile(r"#\s*(?:noqa(?!: [A-Z0-9, ]+ (?: #|-) \w)|type: ignore(?!\[[\w, -]+\]  # ))")
TO_DO = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
NO_NAMES = frozenset({"utils", "util", "common", "helpers", "helper", "misc"})


def sources(root: Path, *suffixes: str) -> Iterator[Path]:
    """The project's own files with these suffixes; what tools and the program make is left out."""
    folders = ("curriculum", "migrations", "templates", "static", "benchmarks")
    for path in [*root.glob("*"), *(one for folder in folders for one in (root / folder).rglob("*"))]:
        if path.is_file() and path.suffix in suffixes:
            yield path


def written(root: Path, *suffixes: str) -> Iterator[Path]:
    """The same without what is generated."""
    return (path for path in sources(root, *suffixes) if path.parent.name != GENERATED)


def long_files(root: Path) -> list[str]:
    """Files a reader cannot hold in the head."""
    texts = {path: path.read_text("utf-8") for path in written(root, ".py", ".html", ".css", ".js")}
    return [f"{path}: {count}" for path, text in texts.items() if (count := len(text.splitlines())) > LONGEST_FILE]


def long_functions(root: Path) -> list[str]:
    """Functions longer than a screen."""
    return [
        f"{path}:{node.lineno} {node.name}"
        for path in written(root, ".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]


def silent_modules(root: Path) -> list[str]:
    """Modules that do not open with a sentence saying what they own."""
    faults = []
    for path in [*sources(root, ".py"), *(root / "tests").rglob("*.py")]:
        text = path.read_text("utf-8")
        opening = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        if text.strip() and not opening.endswith((".", "?", "!")):
            faults.append(str(path))
    return faults


def vague_names(root: Path) -> list[str]:
    """Files and folders named for nothing."""
    every = [*sources(root, ".py", ".html", ".css", ".js"), *(root / "tests").rglob("*.py")]
    return [str(path) for path in every if NO_NAMES & {path.stem, path.parent.name}]


def inline_code(root: Path) -> list[str]:
    """Scripts and styles the page's own Content-Security-Policy would refuse."""
    return _matches(INLINE, sources(root, ".html", ".svg"))


def unexplained(root: Path) -> list[str]:
    """Checks silenced without a reason, and work left for later."""
    code = [path for path in sources(root, ".py", ".html", ".css", ".js") if path.name != Path(__file__).name]
    return _matches(SILENCED, code) + _matches(TO_DO, code)


def unused_components(root: Path) -> list[str]:
    """Macro files that no template imports."""
    templates = [(path, path.read_text("utf-8")) for path in sources(root, ".html")]
    return [
        path.name
        for path, _ in templates
        if path.parent.name == "components"
        and not any(f"components/{path.name}" in text for other, text in templates if other != path)
    ]


def _matches(pattern: re.Pattern[str], paths: Iterator[Path] | list[Path]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def graph_of(root: Path) -> grimp.ImportGraph:
    """The imports of the package below `root`, read without running it."""
    # Once the tests have imported the package, Python finds that one whatever the path says.
    imported = sys.modules.pop("curriculum", None)
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        return grimp.build_graph("curriculum", include_external_packages=True, cache_dir=None)
    finally:
        sys.path.remove(str(root))
        if imported is not None:
            sys.modules["curriculum"] = imported


def rules_with_frameworks(root: Path) -> list[str]:
    """Rules from which imports lead to a framework, however far; whatever has no fixed name is a rule."""
    graph = graph_of(root)
    frameworks = [name for name in graph.modules if name.split("_")[0] in FRAMEWORKS]
    return [
        " -> ".join(chain)
        for module in sorted(graph.modules)
        if module.startswith("curriculum") and module.rpartition(".")[2] not in LAYERS | PLUMBING
        for framework in frameworks
        if (chain := graph.find_shortest_chain(module, framework))
    ]


def strangers_at_tables(root: Path) -> list[str]:
    """Modules that import another feature's models without being queries."""
    graph = graph_of(root)
    return [
        f"{importer} -> {models}"
        for models in sorted(graph.modules)
        if models.startswith("curriculum.") and models.endswith(".models")
        for importer in sorted(graph.find_modules_that_directly_import(models))
        if importer.split(".")[:2] != models.split(".")[:2] and not importer.endswith(".queries")
    ]


def broken_contracts(root: Path) -> list[str]:
    """Names of the contracts of pyproject.toml that the package below `root` breaks."""
    code = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    broken = re.findall(r"^(.*) BROKEN", done.stdout, re.MULTILINE)
    return broken if broken or done.returncode == 0 else [done.stdout + done.stderr]


CHECKS: list[Callable[[Path], list[str]]] = [
    long_files,
    long_functions,
    silent_modules,
    vague_names,
    inline_code,
    unexplained,
    unused_components,
    rules_with_frameworks,
    strangers_at_tables,
    broken_contracts,
]
SENTENCE = '"""Owns a planted fault."""\n'
PLANTED: list[tuple[Callable[[Path], list[str]], str, str, str]] = [
    (long_files, "curriculum/long.py", SENTENCE + "\n" * 300, "long.py"),
    (long_functions, "curriculum/long.py", "def wide():\n" + "    pass\n" * 40, "wide"),
    (silent_modules, "curriculum/silent.py", "NOTHING = 0\n", "silent.py"),
    (vague_names, "curriculum/catalog/helpers.py", SENTENCE, "helpers.py"),
    (inline_code, "templates/planted.html", '<p style="color: red">', "planted.html"),
    (inline_code, "templates/planted.html", "<script>alert(1)</script>", "planted.html"),
    (inline_code, "templates/planted.html", '<a onclick="go()">', "planted.html"),
    (inline_code, "static/planted.svg", "<svg><style>a{}</style></svg>", "planted.svg"),
    (unexplained, "curriculum/planted.py", "import os  # no" + "qa: F401\n", "planted.py"),
    (unexplained, "curriculum/planted.py", "import os  # no" + "qa: F401 - \n", "planted.py"),
    (unexplained, "curriculum/planted.py", "X = f()  # type: ig" + "nore\n", "planted.py"),
    (unexplained, "curriculum/planted.py", "# TO" + "DO later\n", "planted.py"),
    (
        unused_components,
        "templates/components/lonely.html",
        "{% macro lonely() %}{% endmacro %}",
        "lonely.html",
    ),
    (rules_with_frameworks, "curriculum/catalog/rule.py", "import flask\n", "catalog.rule -> flask"),
    (
        rules_with_frameworks,
        "curriculum/catalog/rule.py",
        "import flask_babel\n",
        "catalog.rule -> flask_babel",
    ),
    (
        rules_with_frameworks,
        "curriculum/catalog/rule.py",
        "from curriculum import database\n",
        "catalog.rule -> ",
    ),
    (rules_with_frameworks, "curriculum/disclosure.py", "import sqlalchemy\n", "disclosure -> sqlalchemy"),
    (
        strangers_at_tables,
        "curriculum/live/services.py",
        "from curriculum.accounts.models import A\n",
        "live.services",
    ),
    (strangers_at_tables, "curriculum/live/rule.py", "from curriculum.accounts import models\n", "live.rule"),
    (
        broken_contracts,
        "curriculum/sheets.py",
        "from curriculum.accounts import models\n",
        "Parts import downwards",
    ),
    (
        broken_contracts,
        "curriculum/ark/services.py",
        "",
        "Parts import downwards",
    ),  # a folder without a place
    (
        broken_contracts,
        "curriculum/audit.py",
        "from curriculum.catalog import text\n",
        "Parts import downwards",
    ),
    (
        broken_contracts,
        "curriculum/catalog/rule.py",
        "from curriculum import accounts\n",
        "Parts import downwards",
    ),
    (
        broken_contracts,
        "curriculum/live/services.py",
        "from curriculum.live import forms\n",
        "Inside a feature",
    ),
    (
        broken_contracts,
        "curriculum/live/models.py",
        "from curriculum.live import queries\n",
        "Inside a feature",
    ),
    (
        broken_contracts,
        "curriculum/live/views.py",
        "from curriculum.live import commands\n",
        "Inside a feature",
    ),
    (broken_contracts, "curriculum/live/rule.py", "from curriculum.live import views\n", "Only the app"),
    (
        broken_contracts,
        "curriculum/live/views.py",
        "from curriculum.live import models\n",
        "never touch tables",
    ),
    (broken_contracts, "curriculum/live/forms.py", "import sqlalchemy\n", "never touch tables"),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_is_in_order(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize(("check", "path", "text", "seen"), PLANTED)
def test_a_planted_fault_is_seen(
    check: Callable[[Path], list[str]], path: str, text: str, seen: str, tmp_path: Path
) -> None:
    small_house(tmp_path)
    assert check(tmp_path) == []
    planted = tmp_path / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    (planted.parent / "__init__.py").touch()
    planted.write_text(text, "utf-8")
    assert any(seen in fault for fault in check(tmp_path))


def small_house(folder: Path) -> None:
    """A package in order, with this project's own contracts: what is planted in it is its only fault."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    package = folder / "curriculum"
    names = ["app", "cli", "config", "database", "accounts/models", "catalog/text"]
    names += [f"live/{name}" for name in (*LAYERS, "pace")]
    for name in names:
        path = package / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(SENTENCE, "utf-8")
    (package / "__init__.py").touch()
    (package / "app.py").write_text(SENTENCE + "from curriculum.live import views\n", "utf-8")
    (package / "database.py").write_text(SENTENCE + "import sqlalchemy\n", "utf-8")
    (package / "live/queries.py").write_text(SENTENCE + "from curriculum.accounts import models\n", "utf-8")


def test_every_rule_module_is_looked_at() -> None:
    graph = graph_of(ROOT)
    assert {"curriculum.config", "curriculum.catalog.rendering"} <= graph.modules


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_name_no_host_and_no_folder(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted|(?:^|\s)/\w", text)
    pins = re.findall(r"^\S+==\S+.*(?:\n .*)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
