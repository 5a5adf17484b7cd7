"""Un Hub de mentira en esta computadora, para las pruebas: se descarga de él y se le publica.

Habla lo mínimo de la interfaz del Hub: ficha, árbol, rutas, descarga, quién soy, crear, preparar la
subida, LFS y *commit*. Se usa con `HF_ENDPOINT`; guarda todo en memoria.
"""

import json
import os
import subprocess
import sys
import threading
from base64 import b64decode
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlparse

import yaml

COMMIT = "0" * 39 + "1"
CONVERTED = ["refs", "convert", "parquet"]  # la rama con los Parquet tiene barras en el nombre
LARGE = (".safetensors", ".bin", "tokenizer.json")  # lo que sube por LFS
NOBODY = "http://127.0.0.1:9"  # ahí no escucha nadie
MEMBERS = {  # permiso → quién es y qué puede
    "permiso-bueno": dict(name="alumna", orgs=[{"name": "escuela"}], role="write"),
    "permiso-lectura": dict(name="alumna", orgs=[], role="read"),
    "permiso-fino": dict(name="alumna", orgs=[], role="fineGrained"),  # sin permiso de crear
}
LICENCES = ("apache-2.0", "cc-by-sa-4.0", "cc0-1.0", "mit", "other")


def split_path(path):
    "Separa una dirección: si es de la interfaz, el repositorio y lo demás."
    path = unquote(urlparse(path).path).strip("/")
    api = path.startswith("api/")
    path = path.removeprefix("api/")
    if not path.startswith(("models/", "datasets/")):
        path = f"models/{path}"
    parts = path.split("/")
    rest = parts[3:]
    if rest[1:4] == CONVERTED:
        rest[1:4] = ["/".join(CONVERTED)]
    return api, "/".join(parts[:3]), rest


def tree(files, folder, deep):
    "Lo que hay en una carpeta de un repositorio."
    entries = [
        dict(type="file", path=name, size=len(content), oid=sha1(content).hexdigest())
        for name, content in files.items()
    ]
    folders = {str(parent) for name in files for parent in Path(name).parents} - {"."}
    entries += [dict(type="directory", path=name, size=0, oid="0") for name in folders]
    start = f"{folder}/" if folder else ""
    return [
        entry
        for entry in entries
        if str(Path(entry["path"]).parent) == (folder or ".")
        or (deep and entry["path"].startswith(start))
    ]


def card_errors(content):
    "Lo que el Hub reprocharía a la cabecera de una ficha."
    try:
        data = yaml.safe_load(content.split("---\n")[1])
    except (IndexError, yaml.YAMLError) as error:
        return [str(error)]
    errors = []
    if data.get("license") not in (None, *LICENCES):
        errors.append("license")
    for model in data.get("model-index", []):
        for result in model["results"]:
            if not {"type", "name"} <= set(result["dataset"]) or "type" not in result["task"]:
                errors.append("model-index")
    return errors


class Handler(BaseHTTPRequestHandler):
    "Contesta como el Hub."

    def log_message(self, *args):
        return

    def reply(self, body, status=200, **headers):
        self.send_response(status)
        headers = {"Content-Length": str(len(body)), "X-Repo-Commit": COMMIT, **headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def reply_json(self, data, status=200, **headers):
        self.reply(json.dumps(data).encode(), status, Content_Type="application/json", **headers)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def member(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return MEMBERS.get(token)

    def can_write(self, repository):
        member = self.member()
        if not member or member["role"] != "write":
            return False
        return repository.split("/")[1] in (member["name"], *(o["name"] for o in member["orgs"]))

    def download(self, content):
        if content is None:
            return self.reply(b"", 404, X_Error_Code="EntryNotFound")
        return self.reply(content, ETag=f'"{sha1(content).hexdigest()}"')

    def do_GET(self):
        hub = self.server.hub
        if self.path == "/api/whoami-v2":
            return self.whoami()
        api, name, rest = split_path(self.path)
        files = hub.repositories.get(name)
        if files is None:
            error = {"error": "Repository not found"}
            return self.reply_json(error, 404, X_Error_Code="RepoNotFound")
        if not api:  # .../resolve/REVISIÓN/ARCHIVO
            return self.download(files.get("/".join(rest[2:])))
        if rest[:1] == ["tree"]:
            deep = "recursive=true" in self.path.lower() or "recursive=1" in self.path.lower()
            return self.reply_json(tree(files, "/".join(rest[2:]), deep))
        if rest[:1] == ["paths-info"]:
            asked = self.body().decode()
            entries = tree(files, "", deep=True)
            return self.reply_json([entry for entry in entries if entry["path"] in asked])
        siblings = [dict(rfilename=file) for file in files]
        identity = name.partition("/")[2]
        info = dict(id=identity, sha=COMMIT, private=False, siblings=siblings, tags=[])
        return self.reply_json(info)

    do_HEAD = do_GET

    def whoami(self):
        member = self.member()
        if member is None:
            return self.reply_json({"error": "Invalid credentials in Authorization header"}, 401)
        auth = {"accessToken": {"displayName": "clase", "role": member["role"]}}
        return self.reply_json(dict(type="user", **member, auth=auth))

    def do_POST(self):
        if self.path == "/api/repos/create":
            return self.create()
        if self.path == "/api/validate-yaml":
            found = card_errors(json.loads(self.body())["content"])
            errors = [{"message": error} for error in found]
            return self.reply_json({"errors": errors, "warnings": []}, 400 if errors else 200)
        _, name, rest = split_path(self.path)
        if rest[:1] == ["paths-info"]:
            return self.do_GET()
        if self.path.startswith("/lfs/"):  # la comprobación de lo subido
            return self.reply_json({})
        name = name.removesuffix(".git")
        if not self.can_write(name):
            return self.reply_json({"error": "You don't have the rights"}, 403)
        if name not in self.server.hub.repositories:
            return self.reply_json({"error": "not found"}, 404, X_Error_Code="RepoNotFound")
        steps = dict(preupload=self.preupload, info=self.batch, commit=self.commit)
        return steps[rest[0]](name)

    def create(self):
        asked = json.loads(self.body())
        owner = asked.get("organization") or (self.member() or {}).get("name")
        name = f"models/{owner}/{asked['name']}"
        if not self.can_write(name):
            return self.reply_json({"error": "You don't have the rights"}, 403)
        url = f"{self.server.hub.endpoint}/{owner}/{asked['name']}"
        if name in self.server.hub.repositories:
            return self.reply_json({"error": "You already created this repo", "url": url}, 409)
        self.server.hub.repositories[name] = {".gitattributes": b""}
        return self.reply_json({"url": url})

    def preupload(self, name):
        files = json.loads(self.body())["files"]
        current = self.server.hub.repositories[name]
        answer = []
        for file in files:
            mode = "lfs" if file["path"].endswith(LARGE) else "regular"
            row = dict(path=file["path"], uploadMode=mode, shouldIgnore=False)
            if mode == "lfs" and file["path"] in current:
                row["oid"] = sha256(current[file["path"]]).hexdigest()
            answer.append(row)
        return self.reply_json({"files": answer})

    def batch(self, name):
        hub, answer = self.server.hub, []
        for item in json.loads(self.body())["objects"]:
            if item["oid"] not in hub.large:
                link = dict(href=f"{hub.endpoint}/lfs/{item['oid']}")
                item["actions"] = {"upload": link, "verify": link}
            answer.append(item)
        self.reply_json({"transfer": "basic", "objects": answer})

    def do_PUT(self):  # un archivo grande
        hub, oid = self.server.hub, self.path.removeprefix("/lfs/")
        content = self.body()
        if hub.held and len(content) > hub.held:
            hub.arrived.set()
            hub.released.wait()
            return
        if sha256(content).hexdigest() != oid:
            return self.reply_json({"error": "sha256"}, 400)
        hub.large[oid] = content
        hub.uploads.append(oid)
        self.reply(b"")

    def commit(self, name):
        hub = self.server.hub
        changed = dict(hub.repositories[name])
        for line in self.body().decode().splitlines():
            step = json.loads(line)
            key, value = step["key"], step["value"]
            if key == "file":
                changed[value["path"]] = b64decode(value["content"])
            elif key == "lfsFile":
                changed[value["path"]] = hub.large[value["oid"]]
        hub.repositories[name] = changed  # todo a la vez, o nada
        url = f"{hub.endpoint}/{name.partition('/')[2]}/commit/{COMMIT}"
        self.reply_json(dict(success=True, commitUrl=url, commitOid=COMMIT))


class LocalHub:
    "El Hub de mentira, ya escuchando; `repositories` es lo que guarda: nombre → archivo → bytes."

    def __init__(self, repositories=None):
        self.repositories = repositories or {}
        self.large, self.uploads = {}, []  # por LFS: lo recibido, y en qué orden
        self.held = 0  # si no es cero, los archivos con más bytes que estos se quedan a medias
        self.arrived, self.released = threading.Event(), threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.hub = self
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def start(self, code, *, endpoint=None, **variables):
        "Pone a ejecutar código en un proceso nuevo, cuyo Hub es este y cuya caché está vacía."
        clean = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
        home = TemporaryDirectory()
        local = dict(
            HF_ENDPOINT=endpoint or self.endpoint,
            HF_HOME=home.name,
            HF_HUB_DISABLE_TELEMETRY="1",
            HF_HUB_DISABLE_XET="1",
            NO_PROXY="127.0.0.1",
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=clean | local | variables,
        )
        process.home = home  # se borra con el proceso
        return process

    def run(self, code, **options):
        "Ejecuta código con `start`, espera y da (lo que escribió, sus avisos, cómo terminó)."
        process = self.start(code, **options)
        output, warnings = process.communicate(timeout=300)
        process.home.cleanup()
        return output, warnings, process.returncode

    def prints(self, code, expected, **options):
        "Comprueba lo último que escribe un código."
        output, warnings, _ = self.run(code, **options)
        assert output.strip().endswith(expected), (output[-500:], warnings[-3000:])

    def complains(self, code, error, *fragments, **options):
        "Comprueba con qué error acaba un código, y que las bibliotecas no lo llenen de avisos."
        _, warnings, returncode = self.run(code, **options)
        lines = warnings.strip().splitlines()
        assert returncode and lines[-1].startswith(error), warnings[-2000:]
        for fragment in fragments:
            assert fragment in lines[-1], (fragment, lines[-1])
        assert "Retry" not in warnings, warnings[-2000:]
