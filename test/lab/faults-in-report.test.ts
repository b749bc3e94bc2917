import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import {faults, type FaultName} from './lab-faults.ts';
import {readReport, runSickbay, type ReportHost} from './sickbay-report.ts';

const lab = inject('lab');
const hosts = lab?.hosts ?? [];
const healthy = hosts[0] as LabHost;

type Case = {
	readonly sentence: string;
	/** What is done to a host of its own, if anything. */
	readonly fault?: FaultName;
	/** The alias of ssh_config through which the host is asked, if not its own name. */
	readonly way?: string;
	readonly rung: string;
	readonly words: RegExp;
};

// Three sick hosts at a time, each in one report with one that is well.
const rounds: readonly (readonly Case[])[] = [
	[
		{
			sentence: 'a host that swallows every packet does not answer',
			fault: 'black-hole',
			rung: 'tcp',
			words: /no answer|timed? ?out/i,
		},
		{
			sentence: 'a host whose link is down has no route',
			fault: 'link-down',
			rung: 'tcp',
			words: /route|unreachable/i,
		},
		{
			sentence: 'a host whose sshd is stopped refuses',
			fault: 'sshd-stopped',
			rung: 'tcp',
			words: /refused/i,
		},
	],
	[
		{
			sentence: 'a host whose sshd is frozen accepts and stays silent',
			fault: 'sshd-frozen',
			rung: 'banner',
			words: /says nothing/i,
		},
		{
			sentence: 'a host with another host key than known is not trusted',
			fault: 'host-key-changed',
			rung: 'host-key',
			words: /key changed|changed .*key/i,
		},
		{
			sentence: 'an engine that is frozen is hung, not down',
			fault: 'dockerd-frozen',
			rung: 'ping',
			words: /hung/i,
		},
	],
	[
		{
			sentence: 'a host nothing is known about is not trusted',
			way: 'unknown-key',
			rung: 'host-key',
			words: /unknown|not known/i,
		},
		{
			sentence: 'a key the host does not accept is an authentication failure',
			way: 'wrong-key',
			rung: 'authentication',
			words: /authentication|key|denied/i,
		},
		{
			sentence: 'an engine that is stopped is named',
			fault: 'dockerd-stopped',
			rung: 'engine-socket',
			words: /socket|engine/i,
		},
	],
	[
		{
			sentence: 'an account without rights on the socket is told so',
			way: 'guest',
			rung: 'engine-socket',
			words: /permi|rights|allowed|forbidden|may not/i,
		},
		{
			sentence: 'an engine that was killed and left its socket behind is down',
			fault: 'dockerd-killed',
			rung: 'engine-socket',
			words: /down|not running|refused/i,
		},
		{
			sentence: 'an engine whose socket is somewhere else is missing',
			fault: 'socket-moved',
			rung: 'engine-socket',
			words: /socket/i,
		},
	],
];

const whole = {reached: 'info', broken: null, reason: null};

describe.skipIf(lab === null)('a fault is named by the report', () => {
	describe.each(rounds.map((cases) => ({cases, title: cases.map((one) => one.fault ?? one.way).join(', ')})))(
		'$title',
		({cases}) => {
			const hostOf = (one: Case): LabHost => hosts[1 + cases.indexOf(one)] as LabHost;
			const nameOf = (one: Case): string => (one.way ? `${hostOf(one).name}-${one.way}` : hostOf(one).name);
			let reported: ReadonlyMap<string, ReportHost>;
			let exitCode: number | undefined;

			beforeAll(async () => {
				if (!lab) return;
				await Promise.all(cases.map((one) => one.fault && faults[one.fault].inflict(hostOf(one))));
				const report = await readReport(lab, [healthy.name, ...cases.map(nameOf)]);
				reported = report.hosts;
				exitCode = report.exitCode;
			});

			afterAll(async () => {
				if (lab) await Promise.all(cases.map((one) => one.fault && faults[one.fault].lift(hostOf(one))));
			});

			it.each(cases)('$sentence', (one) => {
				const host = reported.get(nameOf(one));
				expect(host?.rung.broken).toBe(one.rung);
				expect(host?.rung.reason).toMatch(one.words);
				expect(host?.findings.map(({summary}) => summary)).toContain(host?.rung.reason);
				expect(host?.findings.every(({advice}) => advice !== '')).toBe(true);
				expect(host?.containers).toBeNull();
			});

			it('the host beside them is read in full, and the exit code tells of trouble', () => {
				const host = reported.get(healthy.name);
				expect(host?.rung).toEqual(whole);
				expect(host?.containers).not.toBeNull();
				expect(host?.filesystems).not.toBeNull();
				expect([2, 3]).toContain(exitCode);
			});
		},
	);

	it('everything is named well again once the faults are lifted', async () => {
		const report = await readReport(
			lab!,
			hosts.map(({name}) => name),
		);
		const rungs = Object.fromEntries([...report.hosts.values()].map(({name, rung}) => [name, rung]));
		expect(rungs).toEqual(Object.fromEntries(hosts.map(({name}) => [name, whole])));
	});

	it('an engine half frozen still has its containers listed, and its version is unknown instead of wrong', async () => {
		await faults['containerd-frozen'].inflict(hosts[1]!);
		try {
			const host = (await readReport(lab!, [hosts[1]!.name])).hosts.get(hosts[1]!.name);
			expect(host?.containers).not.toBeNull();
			expect(host?.engine).toBeNull();
		} finally {
			await faults['containerd-frozen'].lift(hosts[1]!);
		}
	});

	it('an account that may not read the kernel log is told so and reads the rest', async () => {
		const name = `${healthy.name}-operator`;
		const host = (await readReport(lab!, [name])).hosts.get(name);
		expect(host?.rung).toEqual(whole);
		const finding = host?.findings.find(({category, summary}) => category === 'kernel' && /kernel log/i.test(summary));
		expect(finding).toMatchObject({severity: 'unknown'});
	});

	it('an account that must ask sudo reads everything through it', async () => {
		const name = `${healthy.name}-deputy`;
		const host = (await readReport(lab!, [name])).hosts.get(name);
		expect(host?.rung).toEqual(whole);
		expect(host?.engine?.version).toBe(
			(await readReport(lab!, [healthy.name])).hosts.get(healthy.name)?.engine?.version,
		);
		expect(host?.findings.filter(({summary}) => /kernel log/i.test(summary))).toEqual([]);
	});

	it('doctor walks up to the first broken rung and says what to do', async () => {
		const way = `${healthy.name}-wrong-key`;
		const {stdout, exitCode} = await runSickbay(lab!, ['doctor', way]);
		expect(stdout).toMatch(/authentication/i);
		expect(stdout).toMatch(/host.key/i);
		expect(exitCode).toBeGreaterThan(0);
	});
});
