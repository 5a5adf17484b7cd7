# make tutorial   instala y recorre el curso: datos → modelo ajustado → medidas → traducciones
# make test       instala y pasa todas las pruebas
# make lab        abre los cuadernos en JupyterLab
# make prepare    exporta los cuadernos al paquete, los limpia y escribe el README
# make executed   ejecuta los cuadernos y guarda en ellos las salidas
# make bench      mide la velocidad y la memoria, y guarda la tabla en su cuaderno
# make estilo     mide el estilo de las lecciones y del paquete, y dice si cumple
# make sitio      prepara el sitio en _proc/ y, si está Quarto, lo hace en _docs/
# make dist       hace el paquete en dist/ y comprueba cómo quedaría en PyPI
# make minimas    instala aparte las versiones mínimas y pasa con ellas las pruebas
# make ultimas    lo mismo, con las más nuevas
# make colab      instala aparte lo que trae Colab y ejecuta cada lección como allí; mejor con su
#                 Python: make colab PYTHON=python3.13
# make muertes    cien muertes súbitas de un proceso que traduce
# make azar       diez mil documentos inventados
# make documentos traduce documentos ajenos, de paquetes libres, y dice cuáles fallan
# make tutorial-repetido   recorre el curso dos veces y comprueba que da lo mismo
# make base       entrena el modelo base desde cero: make base DATOS=carpeta; si se corta, la misma
#                 orden sigue. El estado queda en TRABAJO, fuera del repositorio. Con INICIO=base,
#                 sigue desde los pesos del paquete y al final promedia con ellos
# make retro      entrena antes el modelo del portugués al español con que retrotraduce «make base»,
#                 que lo hace solo si no está en RETRO
# make ensayos    desde el final de la meseta de esa corrida, quita una clase de textos cada vez
# make fichas     escribe las fichas de los modelos con lo medido
# make medidas    mide lo que viaja en el paquete: make medidas DATOS=carpeta
# make navegador  hace y prueba la página que traduce en el navegador (pide npm y Chromium)

SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
READY := $(VENV)/listo
export PATH := $(abspath $(VENV))/bin:$(PATH)
export TOKENIZERS_PARALLELISM := false
export PYDEVD_DISABLE_FILE_VALIDATION := 1
# en una máquina ocupada, un hilo que espera no debe gastar procesador
export OMP_WAIT_POLICY := PASSIVE

SALIDA ?= salida
NAVEGADOR ?= $(SALIDA)/navegador
CORPUS ?= americano
MODELO ?= base
DATOS ?= datos
# cuadernos que se prueban a la vez
PROCESOS ?= 2
TRABAJO ?= $(HOME)/.cache/es2pt-base
PASOS ?= 30000
DESCENSO ?= 8000
ENSAYOS ?= 150
RETRO ?= $(TRABAJO)-retro/modelo
PASOS_RETRO ?= 1100
DESCENSO_RETRO ?= 400
# otro reparto de la memoria, si está (libtcmalloc-minimal4): 1,34 veces más rápido
TCMALLOC := $(firstword $(wildcard /usr/lib/*/libtcmalloc_minimal.so.4))
BASE = LD_PRELOAD=$(TCMALLOC) nice -n 19 python -c "from es2pt.base_model import main; main()" \
	--datos $(DATOS)
# sin barras ni avisos de las bibliotecas en lo que se guarda
QUIET := TQDM_DISABLE=1 TRANSFORMERS_VERBOSITY=error PYTHONWARNINGS='ignore:IProgress'
PIP := pip install -q --disable-pip-version-check
COURSE := 01_data 02_preprocessing 03_training 04_evaluation 05_inference
OTHERS := $(patsubst nbs/%.ipynb,%,$(sort $(wildcard nbs/biblioteca/*.ipynb))) index
EXECUTE := $(QUIET) jupyter nbconvert --log-level ERROR --to notebook --execute --inplace
PAPERMILL := papermill --cwd . --no-progress-bar --log-level ERROR
# sin GPU, en Linux, el torch de CPU: el de PyPI trae varios GB de CUDA
TORCH_CPU := --retries 1 --timeout 15 --extra-index-url https://download.pytorch.org/whl/cpu
GPU := $(shell command -v nvidia-smi)
RESTRICCIONES ?= constraints.txt
EXTRAS ?= dev
# lo que trae Colab
COLAB ?= .ci/colab.txt
# los que prueban lo que depende de las versiones de las bibliotecas
CUADERNOS ?= 02_preprocessing 03_training tests/test_core tests/test_checkpoints tests/test_engines \
	tests/test_hub

.PHONY: tutorial tutorial-repetido test lab prepare readme check executed bench estilo sitio dist \
	minimas ultimas probar colab muertes azar documentos base retro ensayos medidas fichas navegador

$(READY): settings.ini setup.py constraints.txt
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo "No pude crear $(VENV). En Debian y Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
ifeq ($(shell uname)$(GPU),Linux)
	$(PIP) $(TORCH_CPU) -c $(RESTRICCIONES) torch
endif
	$(PIP) -c $(RESTRICCIONES) -e ".[$(EXTRAS)]"
	@touch $@

tutorial: $(READY)
	@mkdir -p $(SALIDA)
	@for n in $(COURSE); do echo "── $$n"; \
		model="-p model_checkpoint $(MODELO)"; if [ $$n = 01_data ]; then model=; fi; \
		PYTHONWARNINGS=ignore $(PAPERMILL) -p output_dir $(SALIDA) -p corpus $(CORPUS) $$model \
			nbs/$$n.ipynb $(SALIDA)/$$n.ipynb || exit 1; \
	done
	@python -c "from es2pt.evaluation import show_metrics; show_metrics('$(SALIDA)/metricas.json')"
	@echo "Todo está en $(SALIDA)/: modelo, metricas.json, dibujos y cuadernos ejecutados."

tutorial-repetido: $(READY)
	@out=$$(mktemp -d); trap 'rm -rf $$out' EXIT; \
	for n in 1 2; do $(MAKE) -s tutorial SALIDA=$$out/$$n || exit 1; done; \
	diff $$out/1/metricas.json $$out/2/metricas.json && echo "Las dos veces salió lo mismo."

# nbdev_test corre en nbs/: lo que los cuadernos escriben va a una carpeta temporal
test: $(READY) check
	ruff check .
	python .ci/sitio.py --revisar
	@out=$$(mktemp -d); trap 'rm -rf $$out' EXIT; \
	ES2PT_SALIDA=$$out ES2PT_CACHE=$$out/cache ES2PT_FRASES=20 OMP_NUM_THREADS=1 \
		nbdev_test --n_workers $(PROCESOS) --do_print --timing && \
	echo "$$(find nbs -name '*.ipynb' -not -path '*/.*' | wc -l) passed, 0 failed"

# exporta y limpia una copia: si algo cambia, es que falta hacerlo en el original
check: $(READY)
	@copy=$$(mktemp -d); trap 'rm -rf $$copy' EXIT; \
	cp -r nbs es2pt settings.ini setup.py README.md _quarto.yml $$copy/; \
	( cd $$copy && nbdev_export && nbdev_clean && \
		$(MAKE) -s -f $(CURDIR)/Makefile readme VENV=$(abspath $(VENV)) ) && \
	diff -r -q -x __pycache__ -x .ipynb_checkpoints -x salida nbs $$copy/nbs && \
	diff -r -q -x __pycache__ es2pt $$copy/es2pt && diff -q README.md $$copy/README.md || \
	{ echo "Los cuadernos, el paquete y el README no coinciden: ejecuta «make prepare»" \
		"y confirma el resultado." >&2; exit 1; }

prepare: $(READY)
	nbdev_export && nbdev_clean && $(MAKE) -s readme

# en el README, que se lee también en PyPI, los enlaces a cuadernos van enteros
readme:
	@jupyter nbconvert --log-level ERROR --to markdown --stdout \
		--TagRemovePreprocessor.enabled=True --TagRemovePreprocessor.remove_input_tags=remove_input \
		nbs/index.ipynb | sed -E 's#\]\(([a-z0-9_/]+\.ipynb)\)#](https://github.com/es2pt/es2pt/blob/main/nbs/\1)#g' \
		> README.md

executed: $(READY)
	@for n in $(COURSE) $(OTHERS); do echo "── $$n"; $(EXECUTE) nbs/$$n.ipynb || exit 1; done
	@$(MAKE) -s prepare

bench: $(READY)
	$(EXECUTE) nbs/apendices/benchmark.ipynb
	@$(MAKE) -s prepare

lab: $(READY)
	jupyter lab nbs/

estilo: $(READY)
	@python .ci/estilo.py

sitio: $(READY)
	@$(QUIET) python .ci/sitio.py

dist: $(READY)
	rm -rf dist && python -m build && twine check --strict dist/*

# las versiones mínimas de settings.ini, o las últimas, en otro entorno; torch, el de siempre
minimas: MINIMAS := $(PYTHON) .ci/minimas.py torch
ultimas: MINIMAS := true
minimas ultimas:
	@mkdir -p $(VENV)-$@
	@{ grep ^torch== constraints.txt; $(MINIMAS); } > $(VENV)-$@/versiones.txt
	@$(MAKE) -s probar VENV=$(VENV)-$@ EXTRAS=curso,test \
		RESTRICCIONES=$(abspath $(VENV))-$@/versiones.txt

probar: $(READY)
	@for n in $(CUADERNOS); do nbdev_test --path nbs/$$n.ipynb --n_workers 1 --do_print || exit 1; done

# traido.txt dice qué había; sin él, .ci/colab.py no toca el entorno
$(VENV)-colab/traido.txt: $(COLAB)
	rm -rf $(@D) && $(PYTHON) -m venv $(@D)
	$(@D)/bin/$(PIP) $(TORCH_CPU) -c $(COLAB) torch
	$(@D)/bin/$(PIP) --only-binary :all: -r $(COLAB)
	@$(@D)/bin/pip freeze > $@

colab: $(VENV)-colab/traido.txt
	@$(<D)/bin/python .ci/colab.py

# lo mismo que se prueba en «make test», con muchas más muertes, más azar y documentos de verdad
muertes: $(READY)
	ES2PT_MUERTES=100 nbdev_test --path nbs/tests/test_kills.ipynb --do_print

azar: $(READY)
	ES2PT_FUZZ=10000 nbdev_test --path nbs/tests/test_documents.ipynb --do_print

documentos: $(READY)
	@python .ci/documentos.py $(SALIDA)/documentos

base: $(RETRO)/model.safetensors
	$(BASE) --trabajo $(TRABAJO) --pasos $(PASOS) --descenso $(DESCENSO) --retro $(RETRO) \
		$(if $(INICIO),--inicio $(INICIO))

retro: $(RETRO)/model.safetensors

$(RETRO)/model.safetensors: | $(READY)
	$(BASE) --trabajo $(TRABAJO)-retro --pasos $(PASOS_RETRO) --descenso $(DESCENSO_RETRO) --al-reves

ensayos: $(RETRO)/model.safetensors
	$(BASE) --trabajo $(TRABAJO) --ensayos $(ENSAYOS) --retro $(RETRO) \
		$(if $(INICIO),--inicio $(INICIO))

medidas: $(READY)
	$(BASE) --trabajo $(TRABAJO) --medir

fichas: $(READY)
	@python -c "from es2pt.cards import shipped_cards; shipped_cards()"

navegador: $(READY)
	ES2PT_NAVEGADOR=$(abspath $(NAVEGADOR)) $(EXECUTE) nbs/apendices/navegador.ipynb
	@$(MAKE) -s prepare
