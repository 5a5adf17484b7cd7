"Mide el estilo de las lecciones y del paquete, lo imprime en una tabla y falla si no cumple."

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nbformat

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "nbs").glob("0[1-5]_*.ipynb"))
NOTEBOOKS = [
    path
    for pattern in ("*.ipynb", "biblioteca/*.ipynb", "apendices/*.ipynb")
    for path in sorted((ROOT / "nbs").glob(pattern))
]
MODULES = sorted((ROOT / "es2pt").glob("[!_]*.py"))
LINE_LENGTH = 100
EXPORTED = re.compile(r"^#\|\s*export(s|i)?\b", re.MULTILINE)
DIRECTIVE = re.compile(r"^\s*#\|")
FENCE = re.compile(r"```.*?```", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
# palabras que en América se dicen de otra manera, o que ya no llevan tilde
FOREIGN = re.compile(r"\b(ficheros?|ordenador(es)?|pulsa[rs]?|sólo)\b", re.IGNORECASE)
QUOTED = "Este personaje sólo viste de rosa."  # una de las diez frases de 2022, como se escribió


@dataclass
class Measures:
    "Lo que se mide de uno o de varios cuadernos."

    words: int  # palabras de prosa
    cells: list[int]  # renglones de código de cada celda
    long_lines: int  # renglones de código de más de 100 caracteres
    exported: int  # renglones de código que van al paquete

    @property
    def words_per_cell(self) -> float:
        return self.words / max(1, len(self.cells))

    @property
    def student_share(self) -> float:
        "Qué parte del código ejecuta quien lee, en lugar de ir al paquete."
        return 100 * (1 - self.exported / max(1, sum(self.cells)))

    def __add__(self, other: "Measures") -> "Measures":
        return Measures(
            self.words + other.words,
            self.cells + other.cells,
            self.long_lines + other.long_lines,
            self.exported + other.exported,
        )


def code_lines(source: str) -> list[str]:
    "Los renglones de código de una celda, sin los vacíos ni las directivas."
    return [line for line in source.splitlines() if line.strip() and not DIRECTIVE.match(line)]


def measure(path: Path) -> Measures:
    "Mide un cuaderno."
    found = Measures(0, [], 0, 0)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            found.words += len(re.findall(r"\w+", TAG.sub("", FENCE.sub("", cell.source))))
            continue
        lines = code_lines(cell.source) if cell.cell_type == "code" else []
        if lines:
            found.cells.append(len(lines))
            found.long_lines += sum(len(line) > LINE_LENGTH for line in lines)
            found.exported += len(lines) if EXPORTED.search(cell.source) else 0
    return found


@dataclass
class Function:
    "Una función del paquete."

    name: str
    lines: int


def functions(path: Path) -> list[Function]:
    "Las funciones de un módulo, con sus renglones."
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Function(f"{path.stem}.{node.name}", node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def row(name: str, found: Measures) -> str:
    "Un renglón de la tabla."
    return (
        f"| {name} | {found.words_per_cell:.0f} | {median(found.cells):g} | {max(found.cells)} "
        f"| {found.long_lines} | {found.student_share:.0f} % |"
    )


def failures(total: Measures, longest: Function) -> list[str]:
    "Lo que no cumple."
    tests = {
        "menos de 45 palabras de prosa por celda": total.words_per_cell < 45,
        "celda mediana de más de 4 renglones": median(total.cells) > 4,
        "celda de más de 25 renglones": max(total.cells) > 25,
        "renglones de más de 100 caracteres": total.long_lines > 0,
        "menos del 60 % del código lo ejecuta quien lee": total.student_share < 60,
        f"función de más de 40 renglones ({longest.name})": longest.lines > 40,
    }
    found = [name for name, wrong in tests.items() if wrong]
    for path in [*NOTEBOOKS, *MODULES]:
        text = path.read_text(encoding="utf-8").replace(QUOTED, "")
        words = {match[0] for match in FOREIGN.finditer(text)}
        if words:
            found.append(f"{path.relative_to(ROOT)} dice {', '.join(sorted(words))}")
    return found


def main() -> int:
    "Imprime la tabla y dice si cumple."
    print("| lección | palabras por celda | celda mediana | la más larga | > 100 | del alumno |")
    print("|---|---:|---:|---:|---:|---:|")
    total = Measures(0, [], 0, 0)
    for path in LESSONS:
        found = measure(path)
        total += found
        print(row(path.stem, found))
    print(row("**las cinco**", total))
    every = sorted(
        (found for path in MODULES for found in functions(path)), key=lambda found: -found.lines
    )
    print("\nLas funciones más largas del paquete:")
    for found in every[:5]:
        print(f"- {found.name}: {found.lines} renglones")
    wrong = failures(total, every[0])
    for each in wrong:
        print(f"✘ {each}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
