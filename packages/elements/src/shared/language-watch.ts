interface Watch {
  readonly observer: MutationObserver;
  readonly listeners: Set<() => void>;
}

const watches = new Map<Node, Watch>();

/** Calls when a `lang` or a `dir` changes in the roots that a node stands in; one observer for each root, while it is needed. */
export function watchLanguage(node: Node, onChange: () => void): () => void {
  const roots = rootsOf(node);
  for (const root of roots) watchOf(root).listeners.add(onChange);
  return () => {
    for (const root of roots) {
      const watch = watches.get(root);
      watch?.listeners.delete(onChange);
      if (watch?.listeners.size !== 0) continue;
      watch.observer.disconnect();
      watches.delete(root);
    }
  };
}

function watchOf(root: Node): Watch {
  const known = watches.get(root);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  const observer = new MutationObserver(() => {
    for (const listener of listeners) listener();
  });
  observer.observe(root, { attributes: true, attributeFilter: ['lang', 'dir'], subtree: true });
  watches.set(root, { observer, listeners });
  return { observer, listeners };
}

function rootsOf(node: Node): readonly Node[] {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
}
