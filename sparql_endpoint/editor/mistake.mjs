// What the endpoint says of a query that it does not answer: in words, and marked at its place in the editor.

export async function shown(error, yasqe, words) {
  let problem;
  try {
    problem = JSON.parse(error.text);
  } catch {
    const isStopped = /abort/i.test(error.text ?? "");
    return Object.assign(document.createElement("p"), { textContent: isStopped ? words.stopped : words.failed });
  }
  const { title, detail, hint, line, column } = problem;
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  const { lang } = document.documentElement;
  for (const [text, language] of [[title, lang], [detail, "en"], [hint, lang]]) {
    if (text) box.append(Object.assign(document.createElement("p"), { textContent: text, lang: language }));
  }
  if (line && column && yasqe) box.append(go(yasqe, line, column, words));
  return box;
}

// A button that leads to the place; it is marked there until the query is changed.
function go(yasqe, line, column, words) {
  const place = { line: line - 1, ch: Math.max(0, column - 1) };
  const isBetween = !yasqe.getDoc().getLine(place.line)?.slice(place.ch).match(/^\S/);
  const word = yasqe.findWordAt({ ...place, ch: isBetween ? Math.max(0, place.ch - 1) : place.ch });
  const mark = yasqe.getDoc().markText(word.anchor, word.head, { className: "mistake", clearOnEnter: true });
  yasqe.on("change", () => mark.clear());
  const { lang } = document.documentElement;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", lang });
  button.textContent = words.go_to.replace("{line}", line).replace("{column}", column);
  button.addEventListener("click", () => {
    yasqe.focus();
    yasqe.getDoc().setCursor(place);
  });
  return button;
}
