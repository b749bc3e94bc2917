/**
 * Loaded before the program under test: gives it a bug that comes out when the test sends SIGUSR2, or with
 * `PLANTED_BUG=password` or `PLANTED_BUG=passphrase` at the moment when one is used.
 */
import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);

function fail() {
	throw new Error('a planted bug');
}

/** Not in the caller's own turn, where a library might catch it. */
function failAfterUse(owner, name, isUse) {
	const original = owner[name];
	owner[name] = function (...args) {
		if (isUse(args)) process.nextTick(fail);
		return Reflect.apply(original, this, args);
	};
}

process.on('SIGUSR2', fail);
if (process.env['PLANTED_BUG'] === 'password') {
	failAfterUse(require('ssh2/lib/protocol/Protocol.js').prototype, 'authPassword', () => true);
} else if (process.env['PLANTED_BUG'] === 'passphrase') {
	failAfterUse(require('ssh2').utils, 'parseKey', ([, passphrase]) => passphrase !== undefined);
}
