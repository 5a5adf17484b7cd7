# make tutorial   instala y recorre el curso: datos → modelo ajustado → medidas → traducciones, en salida/
# make test       instala y pasa todas las pruebas
# make lab        abre los cuadernos en JupyterLab
# make bench      mide la velocidad y la memoria, y guarda la tabla en su cuaderno
# make base       entrena el modelo base desde cero: make base DATOS=carpeta MINUTOS=150

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/listo
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export TOKENIZERS_PARALLELISM := false
export PYDEVD_DISABLE_FILE_VALIDATION := 1

SALIDA ?= salida
CORPUS ?= americano
MODELO ?= base
DATOS ?= ../shared/datos
MINUTOS ?= 150
# sin barras ni avisos de las bibliotecas en lo que se guarda
QUIET := TQDM_DISABLE=1 TRANSFORMERS_VERBOSITY=error PYTHONWARNINGS='ignore:IProgress'
COURSE := 01_data 02_preprocessing 03_training 04_evaluation 05_inference
LIBRARY := $(addprefix biblioteca/,core sources checkpoints text engines baselines files demo cli)
RUN := papermill --cwd . -p output_dir $(SALIDA)

.PHONY: tutorial test lab base bench prepare check executed

$(READY): settings.ini setup.py constraints.txt
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); [ "$$(id -u)" = 0 ] && apt-get install -y -qq python3-venv >/dev/null 2>&1 && $(PYTHON) -m venv $(VENV); } || \
	{ rm -rf $(VENV); echo "No pude crear $(VENV). En Debian y Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

tutorial: $(READY)
	@mkdir -p $(SALIDA)
	@for n in $(COURSE); do \
		echo; echo "── $$n"; \
		if [ $$n = 01_data ]; then model=; else model="-p model_checkpoint $(MODELO)"; fi; \
		$(RUN) -p corpus $(CORPUS) $$model nbs/$$n.ipynb $(SALIDA)/$$n.ipynb 2> >(grep -v -i -e warning -e debugger -e '^Input' -e '^Output' -e '^Working' >&2) || exit 1; \
	done
	@python -c "from es2pt.evaluation import show_metrics; show_metrics('$(SALIDA)/metricas.json')"
	@echo "Todo está en $(SALIDA)/: el modelo, metricas.json, los dibujos y los cuadernos ejecutados."

# nbdev_test corre en nbs/: lo que los cuadernos escriben va a una carpeta temporal
test: $(READY) check
	@out=$$(mktemp -d); trap 'rm -rf $$out' EXIT; \
	ES2PT_SALIDA=$$out ES2PT_CACHE=$$out/cache ES2PT_FRASES=20 nbdev_test --n_workers 1 --do_print --timing && \
	echo "$$(find nbs -name '*.ipynb' -not -path '*/.*' | wc -l) passed, 0 failed"

# exporta y limpia una copia: si algo cambia, es que falta hacerlo en el original
check: $(READY)
	@copy=$$(mktemp -d); trap 'rm -rf $$copy' EXIT; \
	cp -r nbs es2pt settings.ini setup.py README.md _quarto.yml $$copy/ && ( cd $$copy && nbdev_export && nbdev_clean && $(MAKE) -s -f $(CURDIR)/Makefile readme VENV=$(CURDIR)/$(VENV) ) && \
	diff -r -q -x __pycache__ -x .ipynb_checkpoints -x salida nbs $$copy/nbs && diff -r -q -x __pycache__ es2pt $$copy/es2pt && diff -q README.md $$copy/README.md || \
	{ echo "Los cuadernos, el paquete y el README no coinciden: ejecuta «make prepare» y confirma el resultado." >&2; exit 1; }

prepare: $(READY)
	nbdev_export && nbdev_clean && $(MAKE) -s readme

.PHONY: readme
readme:
	@jupyter nbconvert --log-level ERROR --to markdown --stdout nbs/index.ipynb > README.md

# ejecuta los cuadernos del curso y de la biblioteca y guarda en ellos las salidas
executed: $(READY)
	@for n in $(COURSE) $(LIBRARY) index; do echo "── $$n"; $(QUIET) jupyter nbconvert --log-level ERROR --to notebook --execute --inplace nbs/$$n.ipynb || exit 1; done
	@$(MAKE) -s prepare

bench: $(READY)
	$(QUIET) jupyter nbconvert --log-level ERROR --to notebook --execute --inplace nbs/apendices/benchmark.ipynb
	@$(MAKE) -s prepare

lab: $(READY)
	jupyter lab nbs/

base: $(READY)
	papermill --cwd . -p data_dir $(DATOS) -p minutes $(MINUTOS) -p compare_minutes 4 -p vocab_size 8000 -y 'model_size: {}' nbs/apendices/base_model.ipynb $(SALIDA)/base_model.ipynb
