"La página de es2pt, como *Space* de Hugging Face: sube esta carpeta y arranca tal como está."

from es2pt.demo import build_demo, launch

if __name__ == "__main__":
    launch(build_demo("es2pt"))
