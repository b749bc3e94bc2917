/**
 * Sums up everything on which the answers of `ssh -G` depend: the program, the account, and all files of the SSH
 * configuration, with what they include. Two equal fingerprints stand for equal answers.
 */
import {createHash, type Hash} from 'node:crypto';
import {open, readdir} from 'node:fs/promises';
import path from 'node:path';
import {matchesWildcards} from '../../support/match-wildcards.ts';
import {expandHome} from '../resolve/expand-tokens.ts';
import type {LocalAccount} from '../resolve/local-account.ts';
import {createSshExaminer} from './examine-ssh-program.ts';
import {scanConfigText} from './scan-config-text.ts';
import {stampOf} from './stamp-of.ts';

export type SurveyOptions = {
	/** As `ssh -F`. */
	readonly configFile?: string | undefined;
	readonly env: NodeJS.ProcessEnv;
	readonly account: LocalAccount;
};

/** ssh itself stops there. */
const includeDepthLimit = 16;
const fileCountLimit = 500;
const fileLimitBytes = 1024 * 1024;

/** Thrown in here only, for whatever cannot be summed up. */
class Unsteady extends Error {}

type Survey = {readonly hash: Hash; readonly homeDirectory: string; fileCount: number};

export type SurveyConfiguration = () => Promise<string | null>;

/** The returned function answers with null when answers may change without any of that changing, or when that is in doubt. */
export function createSurvey({configFile, env, account}: SurveyOptions): SurveyConfiguration {
	const examineSsh = createSshExaminer(env);
	const who = [account.homeDirectory, account.localUser, account.localUserId, account.localHostname];
	const userFolder = path.join(account.homeDirectory, '.ssh');
	return async () => {
		const program = await examineSsh();
		if (program === null) return null;
		const survey: Survey = {hash: createHash('sha256'), homeDirectory: account.homeDirectory, fileCount: 0};
		note(survey, 'ssh', program.stamp, ...who, env['SSH_SK_PROVIDER'] ?? '', configFile ?? '');
		try {
			if (configFile === undefined) {
				await surveyFile(survey, path.join(userFolder, 'config'), userFolder, 0);
				await surveyFile(survey, program.systemConfigFile, path.dirname(program.systemConfigFile), 0);
			} else if (configFile.toLowerCase() !== 'none') {
				await surveyFile(survey, path.resolve(configFile), userFolder, 0);
			}
			return survey.hash.digest('hex');
		} catch (error) {
			if (error instanceof Unsteady) return null;
			throw error;
		}
	};
}

function note(survey: Survey, ...facts: readonly string[]): void {
	survey.hash.update(`${JSON.stringify(facts)}\n`);
}

async function surveyFile(survey: Survey, file: string, includeBase: string, depth: number): Promise<void> {
	if (depth > includeDepthLimit || ++survey.fileCount > fileCountLimit) throw new Unsteady();
	const content = await readConfig(survey, file);
	if (content === null) return;
	const scan = scanConfigText(content);
	if (scan.kind === 'unsteady') throw new Unsteady();
	for (const pattern of scan.includes) {
		if (pattern.startsWith('~') && !pattern.startsWith('~/')) throw new Unsteady();
		const absolute = path.resolve(includeBase, expandHome(pattern, survey.homeDirectory));
		const files = await expandPattern(absolute);
		note(survey, 'include', absolute, ...files);
		for (const included of files) await surveyFile(survey, included, includeBase, depth + 1);
	}
}

/** Null for a file that is not there. Any other trouble is for ssh to judge. */
async function readConfig(survey: Survey, file: string): Promise<string | null> {
	const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
		if (isAbsence(error)) return null;
		throw new Unsteady();
	});
	if (handle === null) {
		note(survey, 'absent', file);
		return null;
	}
	try {
		const facts = await handle.stat({bigint: true});
		if (!facts.isFile() || facts.size > fileLimitBytes) throw new Unsteady();
		const content = await handle.readFile('latin1').catch(() => {
			throw new Unsteady();
		});
		// Times alone miss a second change within the same tick of the file system's clock.
		note(survey, 'file', file, stampOf(facts), createHash('sha256').update(content, 'latin1').digest('hex'));
		return content;
	} finally {
		await handle.close();
	}
}

/** Paths that match, as glob(3) with `*` and `?`; the pattern itself where it has neither. */
async function expandPattern(pattern: string): Promise<readonly string[]> {
	if (!/[*?]/.test(pattern)) return [pattern];
	let found = ['/'];
	for (const part of pattern.split('/').filter((word) => word !== '')) {
		if (/[*?]/.test(part)) {
			const matching = await Promise.all(found.map((folder) => listMatching(folder, part)));
			found = matching.flat();
		} else {
			found = found.map((folder) => path.join(folder, part));
		}
		if (found.length > fileCountLimit) throw new Unsteady();
	}
	return found.sort();
}

async function listMatching(folder: string, part: string): Promise<readonly string[]> {
	const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (isAbsence(error)) return [];
		throw new Unsteady();
	});
	return names
		.filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matchesWildcards(name, part))
		.map((name) => path.join(folder, name));
}

function isAbsence({code}: NodeJS.ErrnoException): boolean {
	return code === 'ENOENT' || code === 'ENOTDIR';
}
