/**
 * Prepares a catalogue for many lines: one search for any of its texts spares most lines all patterns, and the texts
 * that a line does contain name the few signatures worth trying.
 */
import type {KernelSignature, SignatureDetail} from './signature.ts';

/** A line that ends incidents, and the signature whose incidents it ends. */
export type CatalogueClosing = {readonly signature: KernelSignature; readonly pattern: RegExp};

/** A line that tells more about the incidents of a signature. */
export type CatalogueDetail = {readonly signature: KernelSignature; readonly detail: SignatureDetail};

/** What a line may be, by the texts it contains. */
export type LookUp = {
	/** In matching order. */
	readonly signatures: readonly KernelSignature[];
	readonly closings: readonly CatalogueClosing[];
	readonly details: readonly CatalogueDetail[];
};

export type CompiledCatalogue = {
	/** In matching order. */
	readonly signatures: readonly KernelSignature[];
	/** Null for an id of another version's catalogue. */
	signatureById(id: string): KernelSignature | null;
	/** Null for a line that holds none of the catalogue's texts. */
	lookUp(text: string): LookUp | null;
	/** True for a signature whose lines only announce others. */
	isPrelude(id: string): boolean;
};

/** Texts that say what machine it is; not trouble, but they weigh it. */
export const machineLiterals = ['Hypervisor detected: ', 'Booting paravirtualized kernel on ', 'Hardware name: '];

/** A line holds few of them, and mostly the same ones together. */
const lookUpsKept = 1000;

/** Signatures in matching order: the first that matches a line wins. */
export function compileCatalogue(signatures: readonly KernelSignature[]): CompiledCatalogue {
	const byId = new Map(signatures.map((one) => [one.id, one]));
	const preludes = new Set(signatures.flatMap((one) => one.preludes ?? []));
	const texts = new Set([...machineLiterals, ...signatures.flatMap(textsOf)]);
	const search = createTextSearch([...texts]);
	const lookUps = new Map<string, LookUp>();

	return {
		signatures,
		signatureById: (id) => byId.get(id) ?? null,
		isPrelude: (id) => preludes.has(id),
		lookUp(text) {
			const found = search(text);
			if (found.length === 0) return null;
			const key = found.join('\n');
			const known = lookUps.get(key);
			if (known !== undefined) return known;
			const fresh = gather(signatures, found);
			if (lookUps.size < lookUpsKept) lookUps.set(key, fresh);
			return fresh;
		},
	};
}

function textsOf({literals, closedBy, details = []}: KernelSignature): readonly string[] {
	return [...literals, ...(closedBy?.literals ?? []), ...details.map(({literal}) => literal)];
}

function gather(signatures: readonly KernelSignature[], found: readonly string[]): LookUp {
	const isFound = (text: string): boolean => found.includes(text);
	return {
		signatures: signatures.filter(({literals}) => literals.some(isFound)),
		closings: signatures.flatMap((signature) => {
			const {literals = [], patterns = []} = signature.closedBy ?? {};
			return literals.some(isFound) ? patterns.map((pattern) => ({signature, pattern})) : [];
		}),
		details: signatures.flatMap((signature) =>
			(signature.details ?? []).filter(({literal}) => isFound(literal)).map((detail) => ({signature, detail})),
		),
	};
}

/**
 * Finds all of `texts` that a line contains. One alternation finds the places; a text that contains another one, or
 * begins like it, is looked for only where that one stands.
 */
function createTextSearch(texts: readonly string[]): (line: string) => readonly string[] {
	const shortest = texts.filter((text) => !texts.some((other) => other !== text && text.includes(other)));
	const near = new Map(shortest.map((text) => [text, texts.filter((other) => other !== text && other.includes(text))]));
	const places = new RegExp(shortest.length === 0 ? '[]' : shortest.map(escape).join('|'), 'g');
	return (line) => {
		places.lastIndex = 0;
		const found: string[] = [];
		for (let at = places.exec(line); at !== null; at = places.exec(line)) {
			const [text] = at;
			places.lastIndex = at.index + 1;
			if (found.includes(text)) continue;
			found.push(text, ...(near.get(text) ?? []).filter((other) => line.includes(other) && !found.includes(other)));
		}
		return found;
	};
}

function escape(literal: string): string {
	return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
