import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import {readReport, type ReportFinding, type ReportHost} from '../lab/sickbay-report.ts';
import {openBoard, type Board} from '../lab/sickbay-board.ts';
import {waitFor} from '../lab/wait-for.ts';
import {expectedFindings, forbiddenLogId, type ExpectedFinding} from './expected-findings.ts';
import type {GuestImage} from './guest-image.ts';
import {startGuest, type Guest} from './guest.ts';
import {
	breakDevice,
	damageDirectory,
	hangTask,
	killContainerForMemory,
	lockUpProcessor,
	prepareEngine,
	unhangTask,
} from './provocations.ts';

/** From the moment the kernel says it to the moment a person can read it. */
const noticedWithinMs = 2000;

const image = inject('guestImage') as GuestImage;

describe.skipIf(inject('guestImage') === null)('a machine with a kernel of its own', () => {
	let guest: Guest;
	let board: Board;
	const startedAt = Date.now();

	const reportOn = async (name: string): Promise<ReportHost> => {
		const {hosts, stderr} = await readReport(guest, [name]);
		const host = hosts.get(name);
		if (host === undefined) throw new Error(`${name} is not in the report: ${stderr}`);
		return host;
	};

	beforeAll(async () => {
		guest = await startGuest(image, {name: 'sb-vm', extraDiskMegabytes: [64]});
		await guest.waitForSsh();
		await prepareEngine(guest);
	});

	afterAll(async () => {
		await board?.close();
		await guest?.destroy();
	});

	it('is read up to its containers, with its kernel, boot and engine', async () => {
		const host = await reportOn(guest.name);
		expect(host.rung).toEqual({reached: 'info', broken: null, reason: null});
		expect(host.kernel).toBe(await guest.run('uname -r'));
		expect(host.bootId).toBe(await guest.readBootId());
		expect(host.engine?.version).toBe(await guest.run("docker version --format '{{.Server.Version}}'"));
		expect(host.engine?.driver).toBe('overlay2');
	});

	it('has nothing wrong with its kernel after an ordinary boot', async () => {
		expect(kernelIds(await reportOn(guest.name))).toEqual([]);
	});

	describe('that falls sick while its findings are on the screen', () => {
		beforeAll(async () => {
			board = await openBoard(guest, [guest.name], {columns: 160, rows: 60});
			await board.waitForScreen('the host is read', 30_000, (screen) => / \d+\/\d+ /.test(screen));
			await board.press('Enter');
			await board.waitForScreen('its findings are shown', 5000, (screen) => /findings/i.test(screen));
		});

		/** Milliseconds from the line on the console to the words on the screen, as this machine sees both. */
		const measure = async (expected: ExpectedFinding, provoke: (guest: Guest) => Promise<void>): Promise<number> => {
			const said = waitFor(`the kernel says "${expected.kernelLine}"`, 90_000, async () =>
				(await guest.readConsole()).includes(expected.kernelLine),
			).then(() => Date.now());
			const shown = board
				.waitForScreen(expected.id, 100_000, (screen) => expected.words.test(screen))
				.then(() => Date.now());
			const [saidAt, shownAt] = await Promise.all([said, shown, provoke(guest)]);
			return shownAt - saidAt;
		};

		it('shows a container killed at its memory limit by name', async () => {
			const delayMs = await measure(expectedFindings.containerOom, (guest) => killContainerForMemory(guest, 'greedy'));
			expect(delayMs).toBeLessThanOrEqual(noticedWithinMs);
		});

		it('shows a task that hangs in the kernel', async () => {
			expect(await measure(expectedFindings.hungTask, hangTask)).toBeLessThanOrEqual(noticedWithinMs);
			await unhangTask(guest);
		});

		it('shows a damaged directory', async () => {
			expect(await measure(expectedFindings.damagedDirectory, damageDirectory)).toBeLessThanOrEqual(noticedWithinMs);
		});

		it('shows a file system whose device fails', async () => {
			expect(await measure(expectedFindings.brokenDevice, breakDevice)).toBeLessThanOrEqual(noticedWithinMs);
		});
	});

	const {softLockup, ...provokedBefore} = expectedFindings;

	it.each(Object.values(provokedBefore))('has $id in its report, with what the kernel said', async (expected) => {
		const {findings} = await reportOn(guest.name);
		expect(summarise(findings, expected)).toEqual(wanted(expected));
		const since = Date.parse(findings.find(({id}) => id === expected.id)?.since ?? '');
		expect(since).toBeGreaterThan(startedAt);
		expect(since).toBeLessThan(Date.now());
	});

	it('is not called healthy by an account that may not read its log', async () => {
		const host = await reportOn(`${guest.name}-watcher`);
		expect(host.severity).not.toBe('ok');
		expect(host.findings.map(({id}) => id)).toContain(forbiddenLogId);
		expect(host.kernel).toBe(await guest.run('uname -r'));
	});

	it('shows a processor that is stuck in the kernel', async () => {
		await lockUpProcessor(guest);
		// The processor that is left does everything now, and one report may end before the log has come.
		const summary = async (): Promise<unknown> => summarise((await reportOn(guest.name)).findings, softLockup);
		await expect.poll(summary, {timeout: 150_000}).toEqual(wanted(softLockup));
	});
});

function kernelIds({findings}: ReportHost): readonly string[] {
	return findings.filter(({category}) => category !== 'engine' && category !== 'container').map(({id}) => id);
}

/** Of all findings the one that is meant, cut down to what can be foretold; all ids when it is not there. */
function summarise(findings: readonly ReportFinding[], {id, subject, evidence}: ExpectedFinding): unknown {
	const found = findings.find((finding) => finding.id === id && subject.test(finding.subject));
	if (found === undefined) return findings.map((finding) => `${finding.id}: ${finding.subject}`);
	return {severity: found.severity, line: found.evidence.find((line) => evidence.test(line)) ?? found.evidence};
}

function wanted({severity, evidence}: ExpectedFinding): unknown {
	return {severity, line: expect.stringMatching(evidence)};
}
