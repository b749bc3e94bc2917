/** Prune plans and their runs on real engines, beside a truth written down by hand and beside the usual one-liner. */
import {afterEach, describe, expect, inject, it} from 'vitest';
import {defaultWishes} from '../../source/actions/prune/default-wishes.ts';
import {gatherPruneInput} from '../../source/actions/prune/gather-prune-input.ts';
import {planPrune} from '../../source/actions/prune/plan-prune.ts';
import {runPrune} from '../../source/actions/prune/run-prune.ts';
import type {HostOperator} from '../../source/model/host-operator.ts';
import type {PrunePlan, PruneResult} from '../../source/model/prune-plan.ts';
import {valueOf} from '../../source/model/reading.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createMemoryAudit, type MemoryAudit} from '../actions/prune/fake-host.ts';
import {runOnHost, type LabHost} from './host-shell.ts';
import {docker, killEngine, startEngine} from './lab-engine.ts';
import type {Lab} from './lab.ts';
import {operateLabHost, type OperatedHost} from './operated-host.ts';
import {
	aheadMs,
	caseWishes,
	createCase,
	idsOf,
	listAll,
	mountRoot,
	packCase,
	usedBytes,
	type StorageRoot,
	type Truth,
} from './prune-case.ts';

const lab = inject('lab') as Lab;
const host = lab?.hosts[0] as LabHost;
const never = new AbortController().signal;

let root: StorageRoot | null = null;
let operated: OperatedHost | null = null;

afterEach(async () => {
	await operated?.close();
	await root?.remove();
	[root, operated] = [null, null];
}, 120_000);

async function prepare(driver: string): Promise<{readonly truth: Truth; readonly all: Truth}> {
	await packCase(lab.directory);
	root = await mountRoot(lab.directory, host, driver);
	const truth = await createCase(lab.directory, host);
	return {truth, all: await listAll(host)};
}

async function makePlan(): Promise<{readonly plan: PrunePlan; readonly operator: HostOperator}> {
	operated ??= await operateLabHost(lab, host.name);
	await operated.untilReady();
	const {operator} = operated;
	const input = await gatherPruneInput({
		operator,
		info: valueOf(operated.state().readings.engine),
		wishes: {...defaultWishes, ...caseWishes},
		clock: systemClock,
		clockAheadMs: aheadMs,
		signal: never,
	});
	return {plan: planPrune(input), operator};
}

function planned(plan: PrunePlan): Truth {
	const ids = (kind: string): readonly string[] =>
		plan.items
			.filter((item) => item.kind === kind)
			.map(({id}) => id)
			.sort();
	return {images: ids('image'), containers: ids('container'), volumes: ids('volume')};
}

function without(all: Truth, gone: Truth): Truth {
	const left = (kind: keyof Truth): readonly string[] => all[kind].filter((id) => !gone[kind].includes(id));
	return {images: left('images'), containers: left('containers'), volumes: left('volumes')};
}

function run(plan: PrunePlan, operator: HostOperator, audit: MemoryAudit): Promise<PruneResult> {
	return runPrune({plan, operator, audit, by: 'lab@lab', clock: systemClock, signal: never});
}

/**
 * What the estimate is not about: blocks that are not full, and about ten small files and folders that the engine keeps
 * of each layer and object, in blocks of 4 KiB.
 */
const slackOf = ({items}: PrunePlan): number => 500_000 + items.length * 20 * 4096;

describe.skipIf(lab === null)('a prune of a real engine', () => {
	it.each(['overlay2', 'vfs'])(
		'on %s removes exactly what the truth says, and frees what it said',
		async (driver) => {
			const {truth, all} = await prepare(driver);
			expect(all.images.length).toBeGreaterThan(60);
			const {plan, operator} = await makePlan();
			expect(plan.unread).toEqual([]);
			expect(planned(plan)).toEqual(truth);
			const before = await usedBytes(host);
			const audit = createMemoryAudit();
			const result = await run(plan, operator, audit);
			const freed = before - (await usedBytes(host));
			expect(new Set([...result.outcomes.values()].map(({kind}) => kind))).toEqual(new Set(['removed']));
			expect(await listAll(host)).toEqual(without(all, truth));
			const {minBytes, maxBytes} = plan.reclaim;
			process.stderr.write(
				`${driver}: ${all.images.length} images, ${plan.items.length} objects, ${minBytes} to ${maxBytes}, freed ${freed}, said ${result.freedBytes}\n`,
			);
			expect(freed).toBeGreaterThan(minBytes - slackOf(plan));
			expect(freed).toBeLessThan(maxBytes + slackOf(plan));
			expect(result).toMatchObject({verification: 'verified', stopped: null});
			expect(audit.entries).toHaveLength(4 + 2 * plan.items.length);
			expect((await makePlan()).plan.items).toEqual([]);
		},
		300_000,
	);

	it('keeps the image of a container that was started after the plan', async () => {
		const {truth, all} = await prepare('overlay2');
		const {plan, operator} = await makePlan();
		const [spared] = await idsOf(host, ['fam2/app:1']);
		await docker(host, 'run --detach --network none --name web_9 fam2/app:1 sleep 1000000');
		const result = await run(plan, operator, createMemoryAudit());
		expect(result.outcomes.get(`image:${spared}`)).toEqual({kind: 'in-use', detail: 'started since: web_9'});
		const gone = {...truth, images: truth.images.filter((id) => id !== spared)};
		expect((await listAll(host)).images).toEqual(without(all, gone).images);
	}, 300_000);

	it('of which dockerd is killed leaves one object unknown, the rest alone, and a plan that goes on from there', async () => {
		const {all} = await prepare('overlay2');
		const {plan, operator} = await makePlan();
		const audit = createMemoryAudit();
		const result = await run(plan, killedAtRemoval(operator, 10), audit);
		const kinds = plan.items.map(({key}) => result.outcomes.get(key)?.kind);
		expect(kinds.slice(0, 10)).not.toContain('unknown');
		expect(kinds.filter((kind) => kind === 'unknown')).toHaveLength(1);
		const at = kinds.indexOf('unknown');
		expect(new Set(kinds.slice(0, at))).toEqual(new Set(['removed']));
		expect(new Set(kinds.slice(at + 1))).toEqual(new Set(['not-attempted']));
		expect(result.verification).toBe('unverified');
		const steps = audit.entries.filter(({event}) => event.startsWith('step-'));
		expect(steps.map(({event}) => event)).toEqual(
			Array.from({length: at + 1}, () => ['step-started', 'step-ended']).flat(),
		);
		expect(steps.at(-1)).toMatchObject({outcome: 'unknown', subject: plan.items[at]?.key});
		await startEngine(host);
		const left = planned((await makePlan()).plan);
		const present = await listAll(host);
		// A container does not survive its dockerd: the one that ran is now a stopped one, and its image nobody's.
		const [freed] = await idsOf(host, ['fam1/app:1']);
		const rest = planned(plan).images.filter((id) => present.images.includes(id));
		expect(left.images).toEqual([...rest, freed].sort());
		expect(present.images.length).toBeGreaterThanOrEqual(all.images.length - at);
	}, 300_000);

	it('is no one-liner: `docker images -q -a | xargs docker rmi` takes what should stay and leaves what should go', async () => {
		const {truth, all} = await prepare('overlay2');
		const before = await usedBytes(host);
		await runOnHost(host, 'docker images -q -a | xargs docker rmi >/tmp/naive.log 2>&1 || :');
		const freed = before - (await usedBytes(host));
		const left = await listAll(host);
		const gone = all.images.filter((id) => !left.images.includes(id));
		const wrong = gone.filter((id) => !truth.images.includes(id));
		const missed = truth.images.filter((id) => left.images.includes(id));
		const errors = await runOnHost(host, 'grep -c "^Error" /tmp/naive.log || :');
		process.stderr.write(
			`naive: ${gone.length} of ${all.images.length} images gone, ${wrong.length} that should stay, ${missed.length} of ${truth.images.length} that should go left, freed ${freed}, ${errors} errors\n`,
		);
		expect(wrong.length).toBeGreaterThan(0);
		expect(missed.length).toBeGreaterThan(0);
	}, 300_000);
});

/** The same host, whose dockerd stops in the middle of its removal number `count`, and is killed. */
function killedAtRemoval(operator: HostOperator, count: number): HostOperator {
	let removals = 0;
	return Object.create(operator, {
		engine: {
			get() {
				const {engine} = operator;
				if (engine === null) return null;
				return {
					...engine,
					async removeImage(target: string, signal: AbortSignal) {
						if (++removals < count || removals > count) return await engine.removeImage(target, signal);
						await runOnHost(host, 'kill -STOP $(cat /run/docker.pid)');
						const answer = engine.removeImage(target, signal);
						await systemPause(500);
						await killEngine(host);
						return await answer;
					},
				};
			},
		},
	}) as HostOperator;
}

/** The request has to be on its way before the engine dies; nothing on the host shows that it is. */
function systemPause(delayMs: number): Promise<void> {
	return new Promise((resolve) => void systemClock.schedule(delayMs, resolve));
}
