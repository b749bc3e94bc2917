/** Reads the text of `config.yaml` against its schema; the first problem is named with file, line, column and key. */
import {type Alias, type Document, LineCounter, parseDocument, visit} from 'yaml';
import {UserError} from '../model/user-error.ts';
import {quoteWord} from '../support/quote-word.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {describeConfigIssue, type ConfigProblem} from './describe-config-issue.ts';
import {type ConfigFile, configFileSchema} from './config-schema.ts';
import {findNodeOffset} from './find-node-offset.ts';

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
	const alias = findLooseAlias(document);
	if (alias !== null) {
		const written = quoteWord(`*${alias.source}`);
		const hint = `If it is a pattern, write it in quotes: ${written}`;
		fail(alias.range?.[0] ?? 0, `${written} is an alias without an anchor`, hint);
	}
	const value = toPlainValue(document, file) ?? {};

	const result = configFileSchema.safeParse(value);
	if (result.success) return result.data;
	const problems = result.error.issues
		.flatMap((issue) => describeConfigIssue(issue, value))
		.map((problem) => ({...problem, offset: offsetOf(document, problem)}))
		// At one place, a mistyped key explains why the right one is missing.
		.sort((a, b) => a.offset - b.offset || Number(b.at === 'key') - Number(a.at === 'key'));
	const [first] = problems;
	if (first === undefined) throw result.error;
	const others = problems.length - 1;
	const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'problem' : 'problems'} in this file)`;
	return fail(first.offset, `${first.message}${more}`, first.hint);
}

function readDocument(text: string, lines: LineCounter, file: string): Document.Parsed {
	try {
		return parseDocument(text, {lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error'});
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

/** The first alias that no anchor stands before: most likely a pattern such as `*.example.com` without quotes. */
function findLooseAlias(document: Document.Parsed): Alias | null {
	const anchors = new Set<string>();
	let loose: Alias | null = null;
	visit(document, {
		Value(_, node) {
			if (node.anchor !== undefined) anchors.add(node.anchor);
		},
		Alias(_, node) {
			if (anchors.has(node.source)) return undefined;
			loose = node;
			return visit.BREAK;
		},
	});
	return loose;
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
	if (code === 'DUPLICATE_KEY') return 'this key is given twice';
	if (code === 'MULTIPLE_DOCS') return 'a configuration is one YAML document: remove the "---" between them';
	if (message.includes('call stack')) return 'nested too deeply to be a configuration';
	return `not valid YAML: ${sanitiseLine(message, 200)}`;
}

function offsetOf(document: Document.Parsed, problem: ConfigProblem): number {
	return findNodeOffset(document, problem.path, problem.at);
}
