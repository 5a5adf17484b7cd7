// Lo que no necesita la red ni el tokenizador.

// Las piezas que, puestas detrás de `ids`, repetirían n piezas seguidas ya escritas.
export function repeated(ids, n) {
  const end = ids.length - n + 1;
  const found = [];
  for (let start = 0; start < end; start++) {
    let i = 0;
    while (i < n - 1 && ids[start + i] === ids[end + i]) i++;
    if (i === n - 1) found.push(ids[start + i]);
  }
  return found;
}

// Dónde está el mayor.
export function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

// Parte un texto en dos, por el último espacio de su primera mitad o, si no hay, por el siguiente.
export function halves(text) {
  const middle = text.length >> 1;
  const spaces = [text.lastIndexOf(" ", middle), text.indexOf(" ", middle)];
  const cut = spaces.find((place) => place > 0) ?? middle;
  return [text.slice(0, cut), text.slice(cut)];
}
