/** The words a person may type into the board's filter. */
import {expect, test} from 'vitest';
import {parseFilter} from '../../source/view-state/parse-filter.ts';
import {createFinding, createHost} from '../ui/harness/host-fixture.ts';

const web = createHost('web-07', {
	groups: ['frontend'],
	labels: {rack: 'b2'},
	severity: 'critical',
	findings: [createFinding({id: 'kernel-panic', summary: 'kernel panic in aufs'})],
});
const database = createHost('db-02');

test.each([
	['web', true, false],
	['WEB-07', true, false],
	['host:db', false, true],
	['sev:crit', true, false],
	['sev:ok', false, true],
	['tag:rack=b2', true, false],
	['tag:front', true, false],
	['why:panic', true, false],
	['why:kernel-panic', true, false],
	['~^web-\\d+$', true, false],
	['~^(db|web)-', true, true],
	['web sev:ok', false, false],
	['overlay2', true, true],
	['', true, true],
	['  ', true, true],
	['nothing:such', false, false],
])('%s', (text, matchesWeb, matchesDatabase) => {
	const filter = parseFilter(text);
	expect(filter.kind === 'ok' && [filter.matches(web), filter.matches(database)]).toEqual([
		matchesWeb,
		matchesDatabase,
	]);
});

test('a pattern that cannot be read is told, not thrown', () => {
	expect(parseFilter('~[')).toMatchObject({kind: 'bad'});
	expect(parseFilter('web ~(')).toMatchObject({kind: 'bad'});
});
