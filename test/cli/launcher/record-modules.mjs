// Preloaded with --import: writes the URL of every module the program resolves to the file named in RECORD_MODULES.
import {appendFileSync} from 'node:fs';
import {registerHooks} from 'node:module';

registerHooks({
	resolve(specifier, context, nextResolve) {
		const resolved = nextResolve(specifier, context);
		appendFileSync(process.env.RECORD_MODULES, `${resolved.url}\n`);
		return resolved;
	},
});
