// Lo que se ve: dos cuadros, un aviso y un botón.
const [source, target, notice, copy] = ["es", "pt", "aviso", "copiar"].map((id) =>
  document.getElementById(id),
);
const worker = new Worker("trabajador.js", { type: "module" });
const megabytes = (self.BYTES / 1e6).toFixed(0);
let turn = 0;
let timer = 0;
let ready = false;

const say = (text) => (notice.textContent = text);

function translate() {
  target.setAttribute("aria-busy", "true");
  if (ready) say("Traduciendo…");
  worker.postMessage({ turn: ++turn, text: source.value });
}

function finish(text) {
  target.setAttribute("aria-busy", "false");
  say(text);
}

worker.onmessage = ({ data }) => {
  if (data.ready) {
    ready = true;
    say(source.value ? "Traduciendo…" : "Listo: escribe, y se traduce aquí mismo.");
    return;
  }
  if (data.error) return finish(`No se pudo traducir: ${data.error}`);
  if (data.turn !== turn) return;
  target.value = data.translation;
  copy.disabled = !data.translation;
  if (data.done) finish("Listo.");
};
worker.onerror = (event) => finish(`Este navegador no pudo cargar el traductor: ${event.message ?? ""}`);

source.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(translate, 400);
});
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(target.value);
    say("Copiado.");
  } catch {
    target.select();
    say("El navegador no deja copiar: el texto queda seleccionado; presiona Ctrl+C.");
  }
});

say(`Cargando el traductor… La primera vez se descargan ${megabytes} MB.`);
if (source.value) translate();
navigator.serviceWorker?.register("sw.js").catch((error) => {
  console.warn("Sin conexión no funcionará:", error);
});
