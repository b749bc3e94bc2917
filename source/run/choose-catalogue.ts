/** The catalogue of this run: the user's own signatures first, then the built-in ones. */
import {builtInCatalogue} from '../health/kernel/built-in-catalogue.ts';
import {compileCatalogue, type CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import {mapDeclaredSignature} from '../health/kernel/map-declared-signature.ts';
import type {DeclaredSignature} from '../model/declared-signature.ts';
import {UserError} from '../model/user-error.ts';

/** Throws `UserError` when a signature takes a built-in id. `file` is the configuration they stand in. */
export function chooseCatalogue(declared: readonly DeclaredSignature[], file: string | null): CompiledCatalogue {
	const builtIn = builtInCatalogue();
	if (declared.length === 0) return builtIn;
	for (const [index, {id}] of declared.entries()) {
		if (builtIn.signatureById(id) === null) continue;
		throw new UserError(
			`${file ?? 'configuration'}: signatures[${index}].id: ${id} is a built-in signature`,
			'Give yours an id of its own; it is tried before the built-in ones anyway.',
		);
	}
	return compileCatalogue([...declared.map(mapDeclaredSignature), ...builtIn.signatures]);
}
