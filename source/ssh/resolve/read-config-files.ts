/**
 * Stands in for `ssh -G` where no `ssh` program is installed: `Host` blocks, `Include` and first-value-wins of the
 * configuration files. `Match` blocks other than `Match all` cannot be judged here and are refused, not guessed.
 */
import {glob, readFile} from 'node:fs/promises';
import path from 'node:path';
import {LineType, parse, type Directive, type Line} from 'ssh-config';
import type {SshTarget} from '../../model/host.ts';
import {LadderError} from '../../model/ladder-error.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {expandHome} from './expand-tokens.ts';
import {matchesPatternList} from '../host-keys/match-host-pattern.ts';
import type {SshSettings} from './parse-ssh-dump.ts';

const includeDepthLimit = 16;
const fileLimitBytes = 1024 * 1024;
const defaultIdentityFiles = ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => `~/.ssh/${name}`);

type Reader = {
	readonly target: SshTarget;
	readonly homeDirectory: string;
	readonly settings: Map<string, string[]>;
};

/** `configFile` as in `ssh -F`: a path, `none`, or absent for the usual two files. */
export async function readConfigFiles(
	target: SshTarget,
	options: {readonly configFile?: string | undefined; readonly homeDirectory: string},
): Promise<SshSettings> {
	const settings = new Map<string, string[]>();
	if (target.user !== undefined) settings.set('user', [target.user]);
	if (target.port !== undefined) settings.set('port', [String(target.port)]);
	const reader: Reader = {target, homeDirectory: options.homeDirectory, settings};
	if (options.configFile === undefined) {
		const userFile = path.join(options.homeDirectory, '.ssh/config');
		await readConfigFile(reader, userFile, {required: false, depth: 0, includeBase: path.dirname(userFile)});
		await readConfigFile(reader, '/etc/ssh/ssh_config', {required: false, depth: 0, includeBase: '/etc/ssh'});
	} else if (options.configFile !== 'none') {
		const includeBase = path.join(options.homeDirectory, '.ssh');
		await readConfigFile(reader, options.configFile, {required: true, depth: 0, includeBase});
	}
	const hostname = settings.get('hostname')?.[0];
	if (hostname !== undefined) {
		settings.set('hostname', [
			hostname.replace(/%([h%])/g, (_, letter) => (letter === 'h' ? target.destination : '%')),
		]);
	}
	if (!settings.has('identityfile')) settings.set('identityfile', [...defaultIdentityFiles]);
	return settings;
}

type FilePlace = {readonly required: boolean; readonly depth: number; readonly includeBase: string};

async function readConfigFile(reader: Reader, file: string, place: FilePlace): Promise<void> {
	if (place.depth > includeDepthLimit) throw badConfiguration(`Include nests too deeply at ${file}`);
	const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (!place.required && (error.code === 'ENOENT' || error.code === 'EACCES')) return null;
		throw badConfiguration(`cannot read SSH configuration ${file}: ${error.code ?? error.message}`);
	});
	if (text === null) return;
	if (text.length > fileLimitBytes) throw badConfiguration(`SSH configuration ${file} is larger than 1 MiB`);
	for (const line of parseFile(text, file)) await readLine(reader, line, {...place, file});
}

function parseFile(text: string, file: string): readonly Line[] {
	try {
		return parse(text);
	} catch (error) {
		throw badConfiguration(`cannot parse SSH configuration ${file}: ${(error as Error).message}`);
	}
}

async function readLine(reader: Reader, line: Line, place: FilePlace & {readonly file: string}): Promise<void> {
	if (line.type !== LineType.DIRECTIVE) return;
	const keyword = line.param.toLowerCase();
	const words = wordsOf(line.value);
	if ('config' in line && (keyword === 'host' || keyword === 'match')) {
		if (keyword === 'match' && words.join(' ').toLowerCase() !== 'all') {
			throw badConfiguration(`${place.file} uses Match, which needs the ssh program to be installed`);
		}
		if (keyword === 'match' || matchesPatternList(reader.target.destination, words)) {
			for (const inner of line.config) await readLine(reader, inner, place);
		}
		return;
	}
	if (keyword === 'include') {
		for (const pattern of words) await include(reader, pattern, place);
		return;
	}
	const value = keyword === 'proxycommand' ? commandOf(line.value) : words.join(' ');
	const values = reader.settings.get(keyword);
	if (values === undefined) reader.settings.set(keyword, [value]);
	else if (keyword === 'identityfile') values.push(value);
}

async function include(reader: Reader, pattern: string, place: FilePlace): Promise<void> {
	const absolute = path.resolve(place.includeBase, expandHome(pattern, reader.homeDirectory));
	const files: string[] = [];
	if (!/[*?[]/.test(absolute)) files.push(absolute);
	else for await (const file of glob(absolute)) files.push(file);
	for (const file of files.sort())
		await readConfigFile(reader, file, {...place, required: false, depth: place.depth + 1});
}

/** A command keeps its quotes: they are for the shell. */
function commandOf(value: Directive['value']): string {
	if (typeof value === 'string') return value;
	return value.map((part) => (part.quoted ? `"${part.val}"` : part.val)).join(' ');
}

function wordsOf(value: Directive['value']): readonly string[] {
	return typeof value === 'string' ? value.trim().split(/\s+/) : value.map((part) => part.val);
}

function badConfiguration(message: string): LadderError {
	return new LadderError({
		rung: 'resolve',
		code: 'bad-configuration',
		summary: sanitiseLine(message, 300),
		advice: 'Correct the SSH configuration, or install the OpenSSH client so that `ssh -G` can read it.',
		retry: 'never',
	});
}
