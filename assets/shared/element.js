// @ts-check
// An element of a component that builds its page once.

/** Append an element with a class to its parent. */
export function element(tag, className, parent) {
  const node = document.createElement(tag);
  node.className = className;
  parent.append(node);
  return node;
}
