/** Reads the text of `config.yaml` against its schema; the first problem is named with file, line, column and key. */
import {type Document, LineCounter, parseDocument} from 'yaml';
import {UserError} from '../model/user-error.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {type ConfigProblem, describeConfigIssue, maxProblems} from './describe-config-issue.ts';
import {type ConfigFile, configFileSchema} from './config-schema.ts';
import {findNodeOffset} from './find-node-offset.ts';
import {findYamlFlaw} from './find-yaml-flaw.ts';

/** Aliases may expand a document at most this much, whatever a "billion laughs" file says. */
const maxAliasCount = 1000;

/** Throws `UserError` naming `file:line:column`; an empty text is an empty configuration. */
export function parseConfigFile(text: string, file: string): ConfigFile {
	const lines = new LineCounter();
	const fail = (offset: number, message: string, hint?: string): never => {
		const {line, col} = lines.linePos(offset);
		throw new UserError(`${file}:${line}:${col}: ${message}`, hint);
	};

	const document = readDocument(text, lines, file);
	const syntaxProblem = document.errors[0] ?? document.warnings[0];
	if (syntaxProblem !== undefined) {
		fail(syntaxProblem.pos[0], describeSyntax(syntaxProblem.code, syntaxProblem.message));
	}
	const flaw = findYamlFlaw(document);
	if (flaw !== null) fail(flaw.offset, flaw.message, flaw.hint);
	const value = toPlainValue(document, file) ?? {};

	const result = configFileSchema.safeParse(value);
	if (result.success) return result.data;
	const problems = result.error.issues
		.slice(0, maxProblems)
		.flatMap((issue) => describeConfigIssue(issue, value))
		.map((problem) => ({...problem, offset: offsetOf(document, problem)}))
		// At one place, a mistyped key explains why the right one is missing.
		.sort((a, b) => a.offset - b.offset || Number(b.at === 'key') - Number(a.at === 'key'));
	const [first] = problems;
	if (first === undefined) throw result.error;
	const others = problems.length - 1;
	const count = others < maxProblems - 1 ? others : 'many';
	const more = others === 0 ? '' : ` (and ${count} more ${others === 1 ? 'problem' : 'problems'} in this file)`;
	return fail(first.offset, `${first.message}${more}`, first.hint);
}

function readDocument(text: string, lines: LineCounter, file: string): Document.Parsed {
	try {
		return parseDocument(text, {
			lineCounter: lines,
			prettyErrors: false,
			uniqueKeys: false,
			merge: true,
			logLevel: 'error',
		});
	} catch (error) {
		throw asUserError(error, file);
	}
}

function toPlainValue(document: Document.Parsed, file: string): unknown {
	try {
		return document.toJS({maxAliasCount}) as unknown;
	} catch (error) {
		throw asUserError(error, file);
	}
}

/** The parser recurses, and refuses aliases that expand without end, by throwing. */
function asUserError(error: unknown, file: string): unknown {
	if (error instanceof RangeError) {
		return new UserError(`${file}: nested too deeply to be a configuration`, undefined, {cause: error});
	}
	if (error instanceof ReferenceError) {
		return new UserError(`${file}: its YAML aliases expand without end`, undefined, {cause: error});
	}
	return error;
}

function describeSyntax(code: string, message: string): string {
	if (code === 'TAB_AS_INDENT') return 'YAML does not allow tabs for indentation: use spaces';
	if (code === 'MULTIPLE_DOCS') return 'a configuration is one YAML document: remove the "---" between them';
	if (message.includes('call stack')) return 'nested too deeply to be a configuration';
	return `not valid YAML: ${sanitiseLine(message, 200)}`;
}

function offsetOf(document: Document.Parsed, problem: ConfigProblem): number {
	return findNodeOffset(document, problem.path, problem.at);
}
