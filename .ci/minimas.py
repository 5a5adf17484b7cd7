"Escribe las versiones mínimas de settings.ini como restricciones de pip."

import re
import sys
from configparser import ConfigParser
from pathlib import Path

LOWER = re.compile(r"^([\w.-]+)(\[[\w,]+\])?>=([\d.]+)$")


def main() -> None:
    "Una restricción por renglón; no se fijan los paquetes que se nombren como argumentos."
    parser = ConfigParser(delimiters=["="])
    parser.read(Path(__file__).parents[1] / "settings.ini", encoding="utf-8")
    for name in ("requirements", "curso_requirements"):
        for requirement in parser["DEFAULT"][name].split():
            match = LOWER.match(requirement)
            if match and match[1] not in sys.argv[1:]:
                print(f"{match[1]}=={match[3]}")


if __name__ == "__main__":
    main()
