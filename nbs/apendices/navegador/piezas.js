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

// Parte por la mitad, en el espacio más cercano al centro.
export function halves(text) {
  const middle = text.length >> 1;
  const before = text.lastIndexOf(" ", middle);
  const after = text.indexOf(" ", middle);
  const near = after < 0 || middle - before < after - middle ? before : after;
  const cut = near > 0 ? near : middle;
  return [text.slice(0, cut), text.slice(cut)];
}
