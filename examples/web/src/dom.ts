// Making elements in one expression.

type Attributes = { readonly [name: string]: string | boolean | undefined };

/** An element with attributes and children; `true` is an attribute without a value, `false` and `undefined` are none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Attributes = {}, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  put(made, attributes);
  made.append(...children);
  return made;
}

/** Puts attributes on an element, and takes those off that are `false` or `undefined`. */
export function put(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
}
