/** The catalogue that comes with the program, ready to use. */
import {signatures} from './catalogue/catalogue.ts';
import {compileCatalogue, type CompiledCatalogue} from './compile-catalogue.ts';

const compiled = compileCatalogue(signatures);

export function builtInCatalogue(): CompiledCatalogue {
	return compiled;
}
