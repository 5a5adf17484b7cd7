"""Hace lo que haría quien abre las lecciones en Colab.

Corre con el Python de un entorno que solo tiene lo que trae Colab («make colab» lo prepara). Cada
lección se ejecuta desde su primera celda, en una carpeta vacía y sin nada de las demás; su celda
«Preparar Colab» instala es2pt desde este árbol. Nada de lo que Colab trae puede cambiar de versión.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).parents[1]
RELEASED = re.compile(r"git\+https://github\.com/es2pt/es2pt@v[\d.]+")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def by_name(frozen: str) -> dict[str, str]:
    "De cada paquete, su renglón de `pip freeze`."
    return {re.split("==| @ ", line)[0].lower(): line for line in frozen.splitlines()}


def freeze() -> dict[str, str]:
    "Lo instalado."
    done = subprocess.run([*PIP, "freeze"], check=True, capture_output=True, text=True)
    return by_name(done.stdout)


def changed(before: dict[str, str]) -> list[str]:
    "Lo que Colab traía y ya no está igual."
    after = freeze()
    return [
        f"{old} → {after.get(name, 'nada')}"
        for name, old in before.items()
        if after.get(name) != old
    ]


def reset(before: dict[str, str]) -> int:
    "Quita lo que Colab no traía, y dice cuántos paquetes eran."
    added = sorted(freeze().keys() - before.keys())
    if added:
        subprocess.run([*PIP, "uninstall", "-q", "-y", *added], check=True)
    return len(added)


def build_wheel(folder: Path) -> str:
    "Hace la rueda de este árbol y da su dirección."
    command = [*PIP, "wheel", "-q", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    return next(folder.glob("es2pt-*.whl")).as_uri()


def prepared(path: Path, wheel: str) -> nbformat.NotebookNode:
    "Una lección que instala la rueda en vez de la versión publicada."
    notebook = nbformat.read(path, as_version=4)
    found = 0
    for cell in notebook.cells:
        cell.source, times = RELEASED.subn(wheel, cell.source)
        found += times
    if found != 1:
        sys.exit(f"{path.name}: la celda que instala es2pt tiene que estar una vez, y está {found}")
    return notebook


def run_lesson(notebook: nbformat.NotebookNode, folder: Path) -> str | None:
    "Ejecuta una lección en una carpeta; si falla, dice dónde."
    folder.mkdir()
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=None, kernel_name="python3", resources=resources)
    try:
        client.execute()
    except CellExecutionError as error:
        return str(error)
    return None


def main() -> int:
    "Ejecuta las lecciones que se nombren, o todas."
    before = by_name(Path(sys.prefix, "traido.txt").read_text())  # lo escribe make; solo ahí
    reset(before)
    asked = sys.argv[1:]
    lessons = [
        path for path in sorted(ROOT.glob("nbs/0*.ipynb")) if path.stem in asked or not asked
    ]
    # fuera de aquí no hay nada más: ni el árbol, ni los programas de esta máquina
    os.environ["PATH"] = str(Path(sys.executable).parent)
    os.environ.pop("PYTHONPATH", None)
    os.environ.setdefault("ES2PT_FRASES", "20")
    failed = 0
    with TemporaryDirectory() as work:
        wheel = build_wheel(Path(work))
        for path in lessons:
            start = perf_counter()
            wrong = run_lesson(prepared(path, wheel), Path(work, path.stem))
            seconds = perf_counter() - start
            upgraded = changed(before)
            print(f"{'✘' if wrong or upgraded else '✔'} {path.stem}: {seconds:.0f} s", flush=True)
            failed += bool(wrong or upgraded)
            for each in filter(None, [wrong, *upgraded]):
                print(each, file=sys.stderr)
            print(f"  instaló {reset(before)} paquetes", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
