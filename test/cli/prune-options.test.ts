import {describe, expect, test} from 'vitest';
import {parseArguments} from '../../source/cli/parse-arguments.ts';
import {UserError} from '../../source/model/user-error.ts';

const parse = (line: string) => parseArguments(line.split(' '));
const dayMs = 86_400_000;

describe('a person who prunes', () => {
	test('gets exactly the wishes that were typed, and is asked', () => {
		const line = '--older-than 14d --unused-for 30d --keep 2 --dangling --build-cache --stopped 12h --logs';
		expect(parse(`prune web @ci ${line} --free-until 70%`)).toMatchObject({
			kind: 'prune',
			hosts: ['web', '@ci'],
			mode: 'ask',
			format: 'text',
			readOnly: false,
			wishes: {
				olderThanMs: 14 * dayMs,
				unusedForMs: 30 * dayMs,
				keepNewest: 2,
				dangling: true,
				buildCache: true,
				stoppedForMs: dayMs / 2,
				logs: true,
				freeUntilRatio: 0.7,
			},
		});
	});

	test('without a wish leaves them to the configuration', () => {
		expect(parse('prune web --yes')).toMatchObject({mode: 'yes', wishes: {}});
		expect(parse('prune web --dry-run --read-only')).toMatchObject({mode: 'dry-run', wishes: {}, readOnly: true});
	});

	test('may name volumes and protect patterns again and again', () => {
		expect(parse('prune web --volumes a,b --protect shop/* --volumes c --protect label:keep')).toMatchObject({
			wishes: {volumes: ['a', 'b', 'c'], protect: ['shop/*', 'label:keep']},
		});
	});

	test('may take the whole demo fleet, but of real hosts must name some', () => {
		expect(parse('prune --demo --dry-run')).toMatchObject({hosts: [], demoSize: 12});
		expect(() => parse('prune --yes')).toThrow('prune needs to be told on which hosts');
	});

	test.each([
		['--dry-run --yes', '--dry-run and --yes contradict each other'],
		['--older-than 14', '--older-than takes an age, not "14"'],
		['--unused-for soon', '--unused-for takes an age, not "soon"'],
		['--keep some', '--keep takes a number of images, not "some"'],
		['--free-until 170%', '--free-until takes 1% to 100%, not "170%"'],
		['--volumes data*', '"data*" is not the name of a volume'],
		['--volumes a,', '"" is not the name of a volume'],
		['--format markdown', '--format takes text or json, not "markdown"'],
	])('and types %s is told: %s', (line, message) => {
		expect(() => parse(`prune web ${line}`)).toThrow(UserError);
		expect(() => parse(`prune web ${line}`)).toThrow(message);
	});
});
