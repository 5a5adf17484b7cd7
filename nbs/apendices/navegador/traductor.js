// El modelo en el navegador: de texto a piezas, la red, y de piezas a texto.
import { Tokenizer } from "./vendor/tokenizers.min.mjs";
import * as ort from "./vendor/ort.wasm.min.mjs";
import { halves, largest, repeated } from "./piezas.js";

const MODEL = new URL("./modelo/", import.meta.url);
ort.env.wasm.wasmPaths = new URL("./vendor/", import.meta.url).href;
ort.env.wasm.numThreads = 1;

// Los pesos llegan en ocho bits; esta opción los convierte en decimales una sola vez, al cargarlos.
const SESSION = { executionProviders: ["wasm"], extra: { session: { disable_quant_qdq: "1" } } };

async function download(name) {
  const answer = await fetch(new URL(name, MODEL));
  if (!answer.ok) throw new Error(`No pude descargar ${name} (${answer.status}).`);
  return answer;
}

const readJson = async (name) => (await download(name)).json();

const readBytes = async (name) => new Uint8Array(await (await download(name)).arrayBuffer());

// La tabla de las piezas es la misma para las dos redes, y viene aparte.
async function readNetwork(name, table) {
  const externalData = [{ path: "tabla.bin", data: table }];
  return ort.InferenceSession.create(await readBytes(name), { ...SESSION, externalData });
}

const tensor = (ids) => new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);

export class Translator {
  static async load() {
    const names = ["tokenizer.json", "tokenizer_config.json", "config.json", "generation_config.json"];
    const [vocabulary, options, config, generation] = await Promise.all(names.map(readJson));
    const translator = new Translator();
    translator.tokenizer = new Tokenizer(vocabulary, options);
    translator.unknown = vocabulary.model.unk_id;
    translator.limit = options.model_max_length;
    translator.first = config.decoder_start_token_id;
    translator.last = config.eos_token_id;
    translator.ngram = generation.no_repeat_ngram_size ?? 0;
    const table = await readBytes("tabla.bin");
    translator.encoder = await readNetwork("encoder.onnx", table);
    translator.decoder = await readNetwork("decoder.onnx", table);
    return translator;
  }

  // De texto a piezas. La biblioteca no parte en bytes lo que no está en el vocabulario: se hace aquí.
  encode(text) {
    const { ids, tokens } = this.tokenizer.encode(text);
    return ids.flatMap((id, i) => (id === this.unknown ? this.bytes(tokens[i]) : [id]));
  }

  bytes(piece) {
    const names = Array.from(new TextEncoder().encode(piece), (byte) => byte.toString(16).toUpperCase());
    return names.map((name) => this.tokenizer.token_to_id(`<0x${name.padStart(2, "0")}>`));
  }

  decode(ids) {
    return this.tokenizer.decode(ids, { skip_special_tokens: true }).trim();
  }

  // La red, de piezas a piezas: en cada paso, la más probable.
  async generate(source) {
    const { states } = await this.encoder.run({ ids: tensor(source) });
    const target = [this.first];
    for (let left = 2 * source.length + 8; left > 0 && target.at(-1) !== this.last; left--) {
      const scores = (await this.decoder.run({ ids: tensor(target), states })).logits.data;
      if (this.ngram) for (const id of repeated(target, this.ngram)) scores[id] = -Infinity;
      target.push(largest(scores));
    }
    return target.slice(1);
  }

  async sentence(text) {
    if (!text.trim()) return text;
    const ids = this.encode(text);
    if (ids.length > this.limit) {
      const parts = [];
      for (const half of halves(text)) parts.push(await this.sentence(half));
      return parts.join(" ");
    }
    return this.decode(await this.generate(ids));
  }

  // Frase por frase, con los espacios y los saltos de línea donde estaban; `tell` recibe lo traducido.
  async text(text, tell = async () => {}) {
    const sentences = new Intl.Segmenter("es", { granularity: "sentence" }).segment(text);
    let translation = "";
    for (const { segment } of sentences) {
      const [, before, content, after] = segment.match(/^(\s*)(.*?)(\s*)$/s);
      translation += before + (await this.sentence(content)) + after;
      await tell(translation);
    }
    return translation;
  }
}
