// HTML elements from their names, attributes and contents; texts are never read as HTML.
export const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content.flat().filter((part) => part !== null && part !== undefined && part !== false));
  return made;
};

export const button = (text, press, attributes = {}) => element("button", { type: "button", onclick: press, ...attributes }, text);

// A text of the server's with its names filled in.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
