/** Fills the titles of the catalogue: `{name}` is a fact, `<...>` is left out when a fact in it is not known. */

const longest = 160;

/** `fact` answers null or an empty text for what is not known. */
export function formatTitle(template: string, fact: (name: string) => string | null): string {
	const filled = template.replaceAll(/<([^<>]*)>/g, (_whole, part: string) => fillOptional(part, fact));
	const title = fill(filled, fact)
		.replaceAll(/\s{2,}/g, ' ')
		.trim();
	return title.length <= longest ? title : `${title.slice(0, longest - 1)}…`;
}

function fillOptional(part: string, fact: (name: string) => string | null): string {
	const names = [...part.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
	return names.some((name) => (fact(name) ?? '') === '') ? '' : fill(part, fact);
}

function fill(part: string, fact: (name: string) => string | null): string {
	return part.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => fact(name) ?? '');
}
