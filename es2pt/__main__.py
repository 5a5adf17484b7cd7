"`python -m es2pt` es lo mismo que la orden `es2pt`."

import sys

from es2pt.cli import main

if __name__ == "__main__":
    sys.exit(main())
