"Todo lo que pip necesita saber está en settings.ini."

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

parser = ConfigParser(delimiters=["="])
parser.read("settings.ini", encoding="utf-8")
config = parser["DEFAULT"]
names = ("curso", "escala", "test", "dev")
extras = {name: config[f"{name}_requirements"].split() for name in names}
extras["dev"] += extras["curso"] + extras["test"]

setup(
    name=config["lib_name"],
    version=config["version"],
    description=config["description"],
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author=config["author"],
    author_email=config["author_email"],
    url=config["git_url"],
    project_urls={
        "Documentación": config["doc_host"] + config["doc_baseurl"],
        "Código": config["git_url"],
        "Problemas": config["git_url"] + "/issues",
        "Cambios": config["git_url"] + "/releases",
    },
    keywords=config["keywords"],
    # el código; los pesos del modelo; el corpus americano; las frases de Tatoeba (versión FR)
    license_expression="Apache-2.0 AND CC-BY-SA-4.0 AND CC0-1.0 AND CC-BY-2.0",
    license_files=["LICENSE", "es2pt/corpus/README.md", "es2pt/model/base/README.md"],
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Console",
        "Framework :: Jupyter",
        "Intended Audience :: Education",
        "Intended Audience :: Developers",
        "Natural Language :: Spanish",
        "Natural Language :: Portuguese (Brazilian)",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Education",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Topic :: Text Processing :: Linguistic",
    ],
    packages=find_packages(include=["es2pt", "es2pt.*"]),
    package_data={"es2pt": ["*.html", "*.mplstyle", "*/*.tsv", "corpus/*", "model/*/*"]},
    python_requires=">=" + config["min_python"],
    install_requires=config["requirements"].split(),
    extras_require=extras,
    entry_points={"console_scripts": config["console_scripts"].split("\n")},
    zip_safe=False,
)
