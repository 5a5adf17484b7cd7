"""Traduce documentos de verdad, de otros y con licencia libre, y comprueba que siguen enteros.

Los documentos están en nbs/tests/documentos.tsv; se bajan de PyPI y de Debian con pip y apt-get.
Uso: python .ci/documentos.py [--falso] [CARPETA]. Con --falso, el traductor es de mentira y solo
se comprueba la forma.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import nbformat
import polib
from bs4 import BeautifulSoup

from es2pt.files import translate_file
from es2pt.inference import Translator

LIST = Path(__file__).parent.parent / "nbs" / "tests" / "documentos.tsv"
HOLES = re.compile(
    r"%\(\w+\)[#0-9.]*[a-z]|%[-\d.$]*[sdifu]\b|\{\{.*?\}\}|\{\w*\}|https?://[\w./-]+\w"
)
KEPT = re.compile(r"`[^`\n]+`|\]\((?!#)[^)\s]*\)|https?://[\w./-]+\w")
SHIELD = re.compile(
    r"<[^<>]*>|\{[^{}]*\}|`[^`]*`|\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]|&#?\w+;"
    r"|%\(\w+\)[#0-9.]*\w|%[-\d.$]*\w|https?://\S+|\\."
)


def shout(texts):
    "Un traductor de mentira: pone en mayúsculas lo que no es hueco, código ni etiqueta."
    output = []
    for text in texts:
        kept = [*(match[0] for match in SHIELD.finditer(text)), ""]
        parts = SHIELD.split(text)
        output.append("".join(part.upper() + keep for part, keep in zip(parts, kept)))
    return output


def download(row: dict, folder: Path) -> Path:
    "Baja un paquete, si no está, y devuelve su archivo. Lanza `CalledProcessError`."
    folded = row["paquete"].replace("-", "_") + "-" + row["version"] + "/"
    from_source = row["registro"] == "pypi-fuente" or row["archivo"].startswith(folded)
    kind = "pypi-fuente" if from_source else row["registro"]
    place = folder / f"{kind}-{row['paquete']}-{row['version'].replace(':', '-')}"
    if not place.exists():
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            if kind.startswith("pypi"):
                name = f"{row['paquete']}=={row['version']}"
                command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", name]
                command += ["--no-binary=:all:"] * from_source
                subprocess.run(command, cwd=temporary, check=True, capture_output=True)
            else:
                name = f"{row['paquete']}={row['version']}"
                command = ["apt-get", "download", "-qq"]
                same = subprocess.run([*command, name], cwd=temporary, capture_output=True)
                if same.returncode:  # Debian solo guarda la última
                    newest = [*command, row["paquete"]]
                    subprocess.run(newest, cwd=temporary, check=True, capture_output=True)
            Path(temporary).chmod(0o755)
            shutil.copytree(temporary, place)
    return next(path for path in place.iterdir())


def extract(package: Path, name: str, output: Path) -> Path:
    "Saca un archivo de un paquete. Lanza `FileNotFoundError` si no está."
    target = output / Path(name).name
    if package.suffix == ".deb":
        listing = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True
        ).stdout
        with tempfile.TemporaryFile() as file:
            file.write(listing)
            file.seek(0)
            return _from_tar(tarfile.open(fileobj=file), name, target)
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            target.write_bytes(archive.read(name))
        return target
    return _from_tar(tarfile.open(package), name, target)


def _from_tar(archive: tarfile.TarFile, name: str, target: Path) -> Path:
    with archive:
        found = next((each for each in archive.getnames() if each.endswith(name)), None)
        if found is None:
            raise FileNotFoundError(f"el paquete no trae «{name}»")
        target.write_bytes(archive.extractfile(found).read())
    return target


def differences(before: Counter, after: Counter) -> str:
    "Lo que sobra y lo que falta."
    return f"falta {dict(before - after)}, sobra {dict(after - before)}"


def check_po(before: Path, after: Path) -> list[str]:
    "Entradas, huecos y msgfmt."
    old, new = polib.pofile(str(before)), polib.pofile(str(after))
    problems = [] if len(old) == len(new) else ["cambia el número de entradas"]
    for a, b in zip(old, new):
        holes = [Counter(HOLES.findall(each.msgstr)) for each in (a, b)]
        if b.msgstr and holes[0] != holes[1]:
            problems.append(f"línea {a.linenum}: {differences(*holes)}")
    if shutil.which("msgfmt") and not _msgfmt(before) and (complaint := _msgfmt(after)):
        problems.append(complaint)
    return problems


def _msgfmt(path: Path) -> str:
    "Lo que dice msgfmt de un catálogo, sin la marca de dudoso."
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        file.write(str(catalogue))
        file.flush()
        command = ["msgfmt", "-c", "-o", "/dev/null", file.name]
        result = subprocess.run(command, capture_output=True, encoding="utf-8")
    return result.stderr.strip()[-300:] if result.returncode else ""


def check_html(before: Path, after: Path) -> list[str]:
    "Las mismas etiquetas, con los mismos enlaces y el mismo código."

    def tags(path):
        soup = BeautifulSoup(path.read_bytes(), "html.parser")
        names = Counter(tag.name for tag in soup.find_all(True))
        links = Counter(tag["href"] for tag in soup.find_all(href=True))
        kept = soup.find_all(["pre", "code", "script"])
        code = Counter(" ".join(tag.get_text().split()) for tag in kept)
        return names + links + code

    old, new = tags(before), tags(after)
    return [] if old == new else [differences(old, new)]


def check_text(before: Path, after: Path) -> list[str]:
    "Código, direcciones y bloques de código de un Markdown."
    old, new = (path.read_text(encoding="utf-8") for path in (before, after))
    fences = [re.findall(r"(?ms)^```.*?^```", text) for text in (old, new)]
    kept = [Counter(KEPT.findall(re.sub(r"(?ms)^```.*?^```", "", text))) for text in (old, new)]
    problems = [] if len(fences[0]) == len(fences[1]) else ["cambian los bloques de código"]
    heads = [len(re.findall(r"(?m)^#+ ", text)) for text in (old, new)]
    problems += [] if heads[0] == heads[1] else ["cambia el número de títulos"]
    return problems + ([] if kept[0] == kept[1] else [differences(*kept)])


def check_ipynb(before: Path, after: Path) -> list[str]:
    "Un cuaderno válido, con el mismo código."
    old, new = (nbformat.read(path, as_version=4) for path in (before, after))
    nbformat.validate(new)
    codes = [[c.source for c in nb.cells if c.cell_type == "code"] for nb in (old, new)]
    return [] if codes[0] == codes[1] else ["cambia el código"]


def check_subtitles(before: Path, after: Path) -> list[str]:
    "Los mismos tiempos y los mismos renglones."
    old, new = (path.read_text(encoding="utf-8-sig") for path in (before, after))
    times = [re.findall(r".*-->.*", text) for text in (old, new)]
    lines = [text.count("\n") for text in (old, new)]
    problems = [] if times[0] == times[1] else ["cambian los tiempos"]
    return problems + ([] if lines[0] == lines[1] else ["cambia el número de renglones"])


def check_json(before: Path, after: Path) -> list[str]:
    "Las mismas claves y los mismos huecos."

    def shape(value):
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items()}
        if isinstance(value, list):
            return [shape(each) for each in value]
        return sorted(HOLES.findall(value)) if isinstance(value, str) else value

    old, new = (shape(json.loads(path.read_text(encoding="utf-8"))) for path in (before, after))
    return [] if old == new else ["cambian las claves o los huecos"]


def check_zip(before: Path, after: Path) -> list[str]:
    "Un documento de oficina: un zip sano con las mismas partes."
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        problems = [] if new.testzip() is None else ["el zip está roto"]
        return problems + ([] if set(old.namelist()) == set(new.namelist()) else ["faltan partes"])


CHECKS = {
    "po": check_po,
    "html": check_html,
    "md": check_text,
    "ipynb": check_ipynb,
    "srt": check_subtitles,
    "vtt": check_subtitles,
    "json": check_json,
    **dict.fromkeys(("docx", "odt", "ods", "odp", "pptx", "xlsx", "epub"), check_zip),
}


def try_document(row: dict, folder: Path, translate) -> list[str]:
    "Baja, traduce y comprueba un documento; devuelve lo que está mal."
    with tempfile.TemporaryDirectory() as temporary:
        try:
            source = extract(download(row, folder), row["archivo"], Path(temporary))
            output = Path(temporary) / "pt" / source.name
            translate_file(source, output, translate)
            return CHECKS[row["formato"]](source, output)
        except (subprocess.CalledProcessError, OSError, KeyError, ValueError) as error:
            return [f"{type(error).__name__}: {error}"]


def main(arguments: list[str]) -> int:
    "Traduce la lista entera y dice qué falla."
    names = [each for each in arguments if not each.startswith("--")]
    folder = Path(names[0] if names else "salida/documentos").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    translate = shout if "--falso" in arguments else Translator(num_beams=1)
    with open(LIST, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    failed = 0
    for row in rows:
        problems = try_document(row, folder, translate)
        failed += bool(problems)
        print("✘" if problems else "✔", row["paquete"], row["archivo"], flush=True)
        for problem in problems[:5]:
            print("   ", problem[:400], flush=True)
    print(f"{len(rows) - failed} de {len(rows)} documentos, enteros")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
