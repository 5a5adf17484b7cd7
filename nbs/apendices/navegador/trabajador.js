// Traduce en otro hilo, para que la página siga respondiendo.
import { Translator } from "./traductor.js";

const loading = Translator.load();
loading.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ error: error.message }),
);

let turn = 0; // el del último texto: los anteriores ya no interesan
onmessage = async ({ data }) => {
  turn = data.turn;
  const tell = async (translation) => {
    await new Promise((resume) => setTimeout(resume)); // deja llegar un texto más nuevo, si lo hay
    if (data.turn !== turn) throw new Error("hay un texto más nuevo");
    postMessage({ turn: data.turn, translation });
  };
  try {
    const translation = await (await loading).text(data.text, tell);
    postMessage({ turn: data.turn, translation, done: true });
  } catch (error) {
    if (data.turn === turn) postMessage({ turn, error: error.message });
  }
};
