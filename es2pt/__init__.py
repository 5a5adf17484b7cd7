__version__ = "0.1.0"

from .data import clean_corpus, load_corpus, split_corpus
from .evaluation import evaluate_systems
from .files import translate_file
from .inference import Translator, pipeline
from .training import fine_tune
