/** The built program's prune on the demo fleet: the whole real path, with SSH over loopback. */
import {beforeAll, describe, expect, test} from 'vitest';
import {type Ended, startProgram} from './start-program.ts';

type Outcomes = Readonly<Record<string, number>>;

type Host = {
	readonly name: string;
	readonly error: string | null;
	readonly plan: {
		readonly items: readonly {readonly kind: string; readonly outcome: {readonly kind: string} | null}[];
		readonly reclaim: {readonly minBytes: number; readonly maxBytes: number};
	} | null;
	readonly result: {readonly freedBytes: number | null; readonly verification: string} | null;
};

type Document = {
	readonly schema: string;
	readonly demo: boolean;
	readonly dryRun: boolean;
	readonly totals: {
		readonly hosts: number;
		readonly unreadHosts: number;
		readonly items: number;
		readonly outcomes: Outcomes;
	};
	readonly hosts: readonly Host[];
};

const wishes = '--unused-for 10d --stopped 1d --keep 1 --timeout 9s';
const lines = {
	dry: `prune --demo=20 --dry-run ${wishes} --format json`,
	run: `prune --demo=20 --yes ${wishes} --format json`,
	text: `prune --demo=20 web-01 ci-03 web-07 ci-14 --yes ${wishes}`,
	one: 'prune --demo=20 --dry-run web-01',
	readOnly: 'prune --demo --dry-run --read-only',
	unasked: 'prune --demo web-01',
} as const;

type Name = keyof typeof lines;

const ended = new Map<Name, Ended>();

beforeAll(async () => {
	const names = Object.keys(lines) as Name[];
	await Promise.all(names.map(async (name) => ended.set(name, await startProgram(lines[name].split(' ')).ended)));
}, 60_000);

function printed(name: Name): Ended {
	const result = ended.get(name);
	if (result === undefined) throw new Error(`${lines[name]} has not ended`);
	return result;
}

const read = (name: Name): Document => JSON.parse(printed(name).out) as Document;

describe('a prune of twenty hosts', () => {
	test('tells each host by itself: what a sick one cannot say keeps no other from being done', () => {
		const {hosts, totals} = read('run');
		expect(hosts).toHaveLength(20);
		const unread = hosts.filter(({error}) => error !== null).map(({name, error}) => [name, error]);
		expect(unread).toContainEqual(['ci-14', expect.stringMatching(/no answer|engine hung/)]);
		expect(unread).toContainEqual(['batch-02', expect.stringMatching(/no answer|says nothing/)]);
		expect(totals).toMatchObject({hosts: 20, unreadHosts: unread.length});
		const done = hosts.filter(({result}) => result !== null);
		expect(done.length).toBeGreaterThan(8);
		expect(new Set(done.map(({result}) => result?.verification))).toEqual(new Set(['verified']));
		expect(totals.outcomes['removed']).toBe(totals.items);
	});

	test('ends with 3, because some could not be reached', () => {
		expect(printed('dry')).toMatchObject({exitCode: 3, error: ''});
		expect(printed('run')).toMatchObject({exitCode: 3, error: ''});
	});

	test('ends with 0 for a host that is well', () => {
		expect(printed('one')).toMatchObject({exitCode: 0, error: ''});
		expect(printed('one').out).toContain('web-01: ');
	});

	test('as a dry run says what would go and does nothing', () => {
		const {schema, demo, dryRun, hosts, totals} = read('dry');
		expect({schema, demo, dryRun}).toEqual({schema: 'sickbay.prune/1', demo: true, dryRun: true});
		expect(totals.items).toBeGreaterThan(10);
		expect(totals.outcomes).toBeNull();
		for (const {plan} of hosts)
			expect(plan?.items.map(({outcome}) => outcome) ?? []).not.toContainEqual(expect.anything());
	});

	test('frees what it said', () => {
		let [freedBytes, leastBytes] = [0, 0];
		for (const {plan, result} of read('run').hosts) {
			// The pool of a thin pool host is not what its file systems show.
			if (plan === null || result === null || result.freedBytes === null) continue;
			freedBytes += result.freedBytes;
			leastBytes += plan.reclaim.minBytes;
		}
		expect(leastBytes).toBeGreaterThan(10e9);
		expect(freedBytes).toBeGreaterThan(leastBytes * 0.95);
	});

	test('as text fits into 80 columns, names every host and counts at the end', () => {
		const {out} = printed('text');
		for (const name of ['web-01', 'ci-03', 'web-07', 'ci-14']) expect(out).toMatch(new RegExp(`^${name}: `, 'm'));
		// Only a word that is longer stays whole, to be copied.
		const wide = out.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
		expect(wide).toEqual([]);
		expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
		expect(out).toMatch(/^4 hosts: \d+ objects on \d+ hosts/m);
	});

	test('is not there in read-only mode, and wants a yes where nobody can be asked', () => {
		expect(printed('readOnly')).toMatchObject({exitCode: 64, out: ''});
		expect(printed('readOnly').error).toContain('there is no "prune" while Sickbay is read-only');
		expect(printed('unasked')).toMatchObject({exitCode: 64, out: ''});
		expect(printed('unasked').error).toContain('--dry-run');
	});
});
