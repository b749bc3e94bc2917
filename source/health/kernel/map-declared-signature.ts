/** Makes a signature of the engine from one that a user declared. */
import type {DeclaredSignature} from '../../model/declared-signature.ts';
import type {KernelSignature} from './signature.ts';

/** Hours after which the trouble counts as past, as for most built-in signatures. */
const settlesAfterHours = 24;

/** The patterns compile: the configuration was checked. */
export function mapDeclaredSignature(declared: DeclaredSignature): KernelSignature {
	const {id, severity, category, title, pattern, unless, literals, identifiers, meaning, advice} = declared;
	return {
		id,
		severity,
		category,
		title,
		literals,
		patterns: [new RegExp(pattern)],
		...(unless === null ? {} : {vetoes: [new RegExp(unless)]}),
		...(identifiers.length === 0 ? {} : {identifiers}),
		settlesAfterHours: severity === 'panic' ? null : settlesAfterHours,
		meaning,
		advice,
		source: 'your configuration',
		examples: [],
	};
}
