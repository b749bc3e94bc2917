/**
 * Prepares a catalogue for many lines: one search for any of its texts spares most lines all patterns, and the texts
 * that a line does contain name the few signatures worth trying.
 */
import type {KernelSignature, SignatureDetail} from './signature.ts';

/** A line that ends incidents, and the signature whose incidents it ends. */
export type CatalogueClosing = {readonly signature: KernelSignature; readonly pattern: RegExp};

/** A line that tells more about the incidents of a signature. */
export type CatalogueDetail = {readonly signature: KernelSignature; readonly detail: SignatureDetail};

export type CompiledCatalogue = {
	/** In matching order. */
	readonly signatures: readonly KernelSignature[];
	/** Null for an id of another version's catalogue. */
	signatureById(id: string): KernelSignature | null;
	/** True when the text holds anything that a signature, a closing line or a detail begins with. */
	isWorthReading(text: string): boolean;
	/** The signatures whose literal the text contains, in matching order. */
	candidates(text: string): readonly KernelSignature[];
	closings(text: string): readonly CatalogueClosing[];
	details(text: string): readonly CatalogueDetail[];
	/** True for a signature whose lines only announce others. */
	isPrelude(id: string): boolean;
};

/** Texts that say what machine it is; not trouble, but they weigh it. */
export const machineLiterals = ['Hypervisor detected: ', 'Booting paravirtualized kernel on ', 'Hardware name: '];

type Literal<Target> = {readonly text: string; readonly targets: readonly Target[]};

/** Signatures in matching order: the first that matches a line wins. */
export function compileCatalogue(signatures: readonly KernelSignature[]): CompiledCatalogue {
	const byId = new Map(signatures.map((one) => [one.id, one]));
	const order = new Map(signatures.map((one, index) => [one, index]));
	const openings = indexLiterals(signatures.flatMap((one) => one.literals.map((text) => [text, one] as const)));
	const endings = indexLiterals(signatures.flatMap(closingsOf));
	const details = indexLiterals(signatures.flatMap(detailsOf));
	const preludes = new Set(signatures.flatMap((one) => one.preludes ?? []));
	const anyLiteral = anyOf([openings, endings, details].flatMap(textsOf).concat(machineLiterals));
	return {
		signatures,
		signatureById: (id) => byId.get(id) ?? null,
		isWorthReading: (text) => anyLiteral.test(text),
		candidates(text) {
			const found = present(openings, text);
			return found.length < 2 ? found : found.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
		},
		closings: (text) => present(endings, text),
		details: (text) => present(details, text),
		isPrelude: (id) => preludes.has(id),
	};
}

function closingsOf(signature: KernelSignature): readonly (readonly [string, CatalogueClosing])[] {
	const {closedBy} = signature;
	if (closedBy === undefined) return [];
	return closedBy.literals.flatMap((text) => closedBy.patterns.map((pattern) => [text, {signature, pattern}] as const));
}

function detailsOf(signature: KernelSignature): readonly (readonly [string, CatalogueDetail])[] {
	return (signature.details ?? []).map((detail) => [detail.literal, {signature, detail}] as const);
}

function indexLiterals<Target>(pairs: readonly (readonly [string, Target])[]): readonly Literal<Target>[] {
	const byText = new Map<string, Target[]>();
	for (const [text, target] of pairs) byText.set(text, [...(byText.get(text) ?? []), target]);
	return [...byText].map(([text, targets]) => ({text, targets}));
}

function present<Target>(literals: readonly Literal<Target>[], text: string): Target[] {
	const found: Target[] = [];
	for (const literal of literals) {
		if (!text.includes(literal.text)) continue;
		for (const target of literal.targets) if (!found.includes(target)) found.push(target);
	}
	return found;
}

function textsOf(literals: readonly Literal<unknown>[]): readonly string[] {
	return literals.map(({text}) => text);
}

/** A text that contains another one of the list needs no branch of its own. */
function anyOf(texts: readonly string[]): RegExp {
	const distinct = [...new Set(texts)];
	const needed = distinct.filter((text) => !distinct.some((other) => other !== text && text.includes(other)));
	return new RegExp(needed.length === 0 ? '[]' : needed.map(escape).join('|'));
}

function escape(literal: string): string {
	return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
