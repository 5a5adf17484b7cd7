"La página de es2pt, como *Space* de Hugging Face: sube esta carpeta y arranca tal como está."

import os

from es2pt import Translator
from es2pt.server import build_server

if __name__ == "__main__":
    port = int(os.environ.get("PORT", 7860))
    build_server(Translator(), address="0.0.0.0", port=port).serve_forever()
