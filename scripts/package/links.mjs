// Links and pictures of a README, which have to lead somewhere from any page that shows it.

/** Markdown's links and pictures whose targets are relative to the file: the text before, the target, the rest. */
const relativeTarget = /(!?\[[^\]]*\]\()(?!#|[a-z]+:)([^)\s]+)(\))/gi;

/**
 * Makes the links and pictures of a Markdown text absolute, below the repository's address.
 * @param folder the text's folder in the repository
 * @param repository such as https://github.com/owner/name
 */
export function withAbsoluteLinks(text, folder, repository) {
  return text.replaceAll(relativeTarget, (_, before, target, after) => {
    const { pathname, hash } = new URL(target, new URL(`${folder}/`, 'file:///'));
    return `${before}${repository}/${before.startsWith('!') ? 'raw' : 'blob'}/HEAD${pathname}${hash}${after}`;
  });
}
