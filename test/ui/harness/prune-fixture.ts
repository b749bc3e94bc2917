/** A desk whose hosts answer when a test says so. */
import {createPruneDesk} from '../../../source/actions/prune/prune-desk.ts';
import type {PruneInput} from '../../../source/actions/prune/prune-input.ts';
import type {PruneProgress} from '../../../source/actions/prune/prune-progress.ts';
import type {PruneDesk} from '../../../source/model/prune-desk.ts';
import type {PrunePlan, PruneResult} from '../../../source/model/prune-plan.ts';
import type {Clock} from '../../../source/support/clock.ts';
import {container, dayMs, filesystem, image, inputOf, megabyte, volume} from '../../actions/prune/sample-input.ts';
import {fixtureNow} from './host-fixture.ts';

const web = image('registry.example/shop/web:1.4', {sizeBytes: 900 * megabyte, builtAt: fixtureNow - 40 * dayMs});
const api = image('registry.example/shop/api:1.3', {sizeBytes: 1200 * megabyte, builtAt: fixtureNow - 60 * dayMs});
const own = image('built-here:3', {sizeBytes: 300 * megabyte, digests: [], builtAt: fixtureNow - 70 * dayMs});
const job = container('nightly-job', api, {
	createdAt: fixtureNow - 30 * dayMs,
	finishedAt: fixtureNow - 20 * dayMs,
	writableBytes: 40 * megabyte,
});
const up = container('web', web, {state: 'running', createdAt: fixtureNow - 40 * dayMs});
const old = image('registry.example/shop/web:1.3', {sizeBytes: 800 * megabyte, builtAt: fixtureNow - 90 * dayMs});

/** A stopped container with its image, an old image, and one in use. */
export function createPlainInput(name = 'web-07'): PruneInput {
	return createInput(name, {images: [web, api, old], containers: [job, up]});
}

/** With a volume by name and an image that only this host has. */
export function createGraveInput(name = 'web-07'): PruneInput {
	const objects = {images: [web, api, old, own], containers: [job, up], volumes: [volume('scratch')]};
	return createInput(name, objects, ['scratch']);
}

function createInput(
	name: string,
	objects: Parameters<typeof inputOf>[0],
	volumes: readonly string[] = [],
): PruneInput {
	const wishes = {olderThanMs: 30 * dayMs, stoppedForMs: 7 * dayMs, keepNewest: 0, volumes};
	const facts = {host: {key: `ssh:${name}`, name}, now: fixtureNow, filesystem: filesystem(94e9, 6e9)};
	return inputOf(objects, wishes, facts);
}

export type ScriptedRun = {
	readonly plan: PrunePlan;
	readonly signal: AbortSignal;
	readonly tell: (progress: PruneProgress) => void;
	end(facts?: Partial<PruneResult>): void;
};

export type ScriptedDesk = {
	readonly desk: PruneDesk;
	/** The hosts whose input is asked. */
	readonly asked: readonly string[];
	answer(hostKey: string, input: PruneInput): Promise<void>;
	fail(hostKey: string, error: unknown): Promise<void>;
	/** Runs that were started, in their order. */
	readonly runs: readonly ScriptedRun[];
	readonly bugs: readonly unknown[];
};

export function createScriptedDesk(clock: Clock): ScriptedDesk {
	const asked: string[] = [];
	const runs: ScriptedRun[] = [];
	const bugs: unknown[] = [];
	const waiting = new Map<string, PromiseWithResolvers<PruneInput>>();
	const settle = async (hostKey: string, act: (of: PromiseWithResolvers<PruneInput>) => void): Promise<void> => {
		const question = waiting.get(hostKey);
		if (question === undefined) throw new Error(`${hostKey} was not asked`);
		act(question);
		await question.promise.catch(() => undefined);
	};
	return {
		asked,
		runs,
		bugs,
		desk: createPruneDesk({
			clock,
			nameOf: (hostKey) => hostKey.replace(/^ssh:/, ''),
			onBug: (error) => bugs.push(error),
			gather(hostKey) {
				asked.push(hostKey);
				const question = Promise.withResolvers<PruneInput>();
				waiting.set(hostKey, question);
				return question.promise;
			},
			run(plan, signal, tell) {
				const ended = Promise.withResolvers<PruneResult>();
				runs.push({
					plan,
					signal,
					tell,
					end(facts = {}) {
						const outcomes = new Map(plan.items.map(({key}) => [key, {kind: 'removed', freedBytes: null}] as const));
						const startedAt = clock.now();
						ended.resolve({
							plan,
							outcomes,
							freedBytes: plan.reclaim.minBytes,
							verification: 'verified',
							stopped: null,
							advice: [],
							startedAt,
							endedAt: startedAt,
							...facts,
						});
					},
				});
				return ended.promise;
			},
		}),
		answer: (hostKey, input) => settle(hostKey, ({resolve}) => resolve(input)),
		fail: (hostKey, error) => settle(hostKey, ({reject}) => reject(error)),
	};
}
