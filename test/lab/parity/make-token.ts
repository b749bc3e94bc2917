/** A smart card in software (SoftHSM) that holds a key pair, behind a PIN. */
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {execa} from 'execa';

export type Token = {
	/** The PKCS#11 library that leads to it. */
	readonly library: string;
	/** Leads the library to the token. */
	readonly env: Readonly<Record<string, string>>;
	/** For authorized_keys. */
	readonly publicLine: string;
};

export const tokenPin = '739105';
export const tokenLibrary = '/usr/lib/softhsm/libsofthsm2.so';

export async function makeToken(parent: string): Promise<Token> {
	const folder = path.join(parent, 'token');
	await mkdir(folder);
	const config = path.join(parent, 'softhsm2.conf');
	await writeFile(config, `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`);
	const env = {SOFTHSM2_CONF: config};
	const run = async (program: string, args: readonly string[]): Promise<string> =>
		(await execa(program, args, {env})).stdout;
	await run('softhsm2-util', ['--init-token', '--free', '--label', 'lab', '--pin', tokenPin, '--so-pin', '000000']);
	const login = ['--module', tokenLibrary, '--token-label', 'lab', '--login', '--pin', tokenPin];
	await run('pkcs11-tool', [
		...login,
		'--keypairgen',
		'--key-type',
		'EC:prime256v1',
		'--id',
		'01',
		'--label',
		'person',
	]);
	return {library: tokenLibrary, env, publicLine: await run('ssh-keygen', ['-D', tokenLibrary])};
}
