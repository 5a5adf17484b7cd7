"Revisa los cuadernos que van al sitio, los prepara en _proc/ y, si está Quarto, hace _docs/."

import argparse
import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml
from IPython.core.inputtransformer2 import TransformerManager

ROOT = Path(__file__).parents[1]
NBS = ROOT / "nbs"
SKIPPED = r"^([_.].*|tests)$"  # las pruebas no se publican
LINK = re.compile(r"\]\(([^)#\s]+\.ipynb)(#[^)]*)?\)")
TITLE = re.compile(r"^# .+?\n*(\n> .*)*\n*$")
NOT_EVALUATED = re.compile(r"^#\|\s*eval:\s*false", re.MULTILINE)
EXPORTED = re.compile(r"^#\|\s*export", re.MULTILINE)
IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def published() -> list[Path]:
    "Los cuadernos del sitio."
    return [
        path
        for path in sorted(NBS.rglob("*.ipynb"))
        if not any(re.match(SKIPPED, part) for part in path.relative_to(NBS).parts[:-1])
    ]


def mixes_imports(source: str) -> bool:
    "Dice si una celda importa y hace algo más: nbdev la ejecutaría entera, sin las anteriores."
    if NOT_EVALUATED.search(source) or EXPORTED.search(source):
        return False
    body = ast.parse(TransformerManager().transform_cell(source)).body
    imports = any(isinstance(inner, IMPORTS) for node in body for inner in ast.walk(node))
    return imports and any(not isinstance(node, IMPORTS + DEFINITIONS) for node in body)


def check_code(cell) -> list[str]:
    "Lo que está mal en una celda de código."
    found = []
    if mixes_imports(cell.source):
        found.append(f"importa y hace algo más en la misma celda: {cell.source[:60]!r}")
    has_image = any("image/png" in output.get("data", {}) for output in cell.outputs)
    if has_image and "#| fig-alt:" not in cell.source:
        found.append(f"figura sin fig-alt: {cell.source[:60]!r}")
    return found


def check_markdown(cell, path: Path) -> list[str]:
    "Lo que está mal en una celda de texto."
    found = []
    if cell.source.startswith("# ") and not TITLE.match(cell.source):
        found.append("en la celda del título hay más texto, y nbdev lo quita: pásalo a otra celda")
    for match in LINK.finditer(cell.source):
        target = match[1]
        if "://" not in target and not (path.parent / target).exists():
            found.append(f"el enlace «{target}» no lleva a ningún cuaderno")
    return found


def problems(path: Path) -> list[str]:
    "Lo que está mal en un cuaderno."
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            found += check_code(cell)
        elif cell.cell_type == "markdown":
            found += check_markdown(cell, path)
    return [f"{path.relative_to(ROOT)}: {each}" for each in found]


def sidebar(contents: list[dict]) -> list[str]:
    "Los cuadernos de la barra lateral, en orden."
    return [
        href
        for entry in contents
        for href in (sidebar(entry["contents"]) if "contents" in entry else [entry["href"]])
    ]


def check_sidebar() -> list[str]:
    "Lo que falta o sobra en la barra lateral: tiene que nombrar cada cuaderno una vez."
    site = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["website"]
    listed = sidebar(site["sidebar"]["contents"])
    there = [path.relative_to(NBS).as_posix() for path in published()]
    return [
        f"_quarto.yml: «{href}» está {listed.count(href)} veces en la barra lateral y hay "
        f"{there.count(href)} cuadernos así"
        for href in sorted({*listed, *there})
        if listed.count(href) != there.count(href)
    ]


def words(path: Path) -> set[str]:
    "Las palabras de la prosa de un cuaderno, sin las del título."
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    texts = [text for text in texts if not text.startswith("# ")]
    return {word for text in texts for word in re.findall(r"\w{3,}", text)}


def process() -> Path:
    "Prepara los cuadernos en _proc/, con la referencia de cada función. Es lo que hace nbdev_docs."
    from nbdev.serve import proc_nbs

    folder = Path(proc_nbs(NBS, n_workers=1, force=True, skip_folder_re=SKIPPED))
    for path in published():
        lost = words(path) - words(folder / path.relative_to(NBS))
        if lost:
            sys.exit(f"{path.relative_to(ROOT)}: al prepararlo se pierde texto: {sorted(lost)[:8]}")
    return folder


def render(folder: Path) -> None:
    "Hace el sitio con Quarto, si está."
    if not shutil.which("quarto"):
        print(f"Quarto no está instalado: los cuadernos quedan preparados en {folder}.")
        return
    subprocess.run(["quarto", "render", "--no-cache"], cwd=folder, check=True)
    shutil.rmtree(ROOT / "_docs", ignore_errors=True)
    shutil.move(folder / "_docs", ROOT)


def main() -> int:
    "Revisa y, si no se pide solo eso, prepara y hace el sitio."
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revisar", action="store_true", help="solo revisa los cuadernos")
    only_check = parser.parse_args().revisar
    wrong = [each for path in published() for each in problems(path)] + check_sidebar()
    for each in wrong:
        print(f"✘ {each}", file=sys.stderr)
    if wrong or only_check:
        return 1 if wrong else 0
    render(process())
    return 0


if __name__ == "__main__":
    sys.exit(main())
