import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import {findRow, openBoard, type Board} from '../lab/sickbay-board.ts';
import type {ReportBoot} from '../../source/report/report.ts';
import {readReport, type ReportHost} from '../lab/sickbay-report.ts';
import type {GuestImage} from './guest-image.ts';
import {startGuest, type Guest} from './guest.ts';
import {keepJournal, panic, prepareEngine, rebootCleanly, resetUncleanly} from './provocations.ts';

const image = inject('guestImage') as GuestImage;

describe.skipIf(inject('guestImage') === null)('a machine whose boots end in different ways', () => {
	let guest: Guest;
	let board: Board;

	const report = async (): Promise<ReportHost> => {
		const {hosts, stderr} = await readReport(guest, [guest.name]);
		const host = hosts.get(guest.name);
		if (host === undefined) throw new Error(`the guest is not in the report: ${stderr}`);
		return host;
	};
	const readEndOfPreviousBoot = (): Promise<string> => guest.run('journalctl -b -1 -n 60 -o cat --no-pager');

	beforeAll(async () => {
		guest = await startGuest(image, {name: 'sb-vm'});
		await guest.waitForSsh();
		await keepJournal(guest);
	});

	afterAll(async () => {
		await board?.close();
		await guest?.destroy();
	});

	it('comes back from a reboot that was ordered with another boot id, and its journal tells of the shutdown', async () => {
		const before = await guest.readBootId();
		await rebootCleanly(guest);
		const host = await report();
		expect(host.bootId).not.toBe(before);
		expect(previousBoot(host)).toMatchObject({bootId: before, ending: 'clean'});
		expect(boots(host)).toEqual([]);
		expect(await readEndOfPreviousBoot()).toMatch(/Journal stopped|Reached target .*[Rr]eboot/);
	});

	it('comes back from the reset button with another boot id, and its journal stops in the middle', async () => {
		const before = await guest.readBootId();
		await resetUncleanly(guest);
		const host = await report();
		expect(host.bootId).toBe(await guest.readBootId());
		expect(host.bootId).not.toBe(before);
		expect(previousBoot(host)).toMatchObject({bootId: before, ending: 'unclean', incidents: []});
		expect(boots(host)).toEqual(['warning previous-boot-unclean']);
		expect(await readEndOfPreviousBoot()).not.toMatch(/Journal stopped|Reached target .*[Rr]eboot/);
	});

	describe('in a panic', () => {
		let before: string;
		let panickedAt: number;

		beforeAll(async () => {
			await prepareEngine(guest);
			before = await guest.readBootId();
			board = await openBoard(guest, [guest.name]);
			await board.waitForScreen('the host is read', 30_000, isRead);
			await panic(guest);
			panickedAt = Date.now();
		});

		it('is lost on the board within 20 s', async () => {
			const screen = await board.waitForScreen('the host is no longer read', 20_000, (screen) => !isRead(screen));
			expect(findRow(screen, guest.name)).toMatch(/lost|no answer|says nothing/i);
		});

		it('accepts a connection and says nothing: it is not reached at the banner', async () => {
			const host = await report();
			expect(host.rung.reached).toBe('tcp');
			expect(host.rung.broken).toBe('banner');
			expect(host.rung.reason).toMatch(/says nothing/i);
			expect(host.severity).not.toBe('ok');
		});

		it('is back by itself on the board after the reset button', async () => {
			await guest.reset();
			await guest.waitForSsh(before);
			await board.waitForScreen('the host is read again', 90_000, isRead);
			expect((await report()).bootId).not.toBe(before);
		});

		it('tells on the board why it went down', async () => {
			const screen = await board.waitForScreen('why the boot before ended', 60_000, (screen) =>
				/previous boot/i.test(findRow(screen, guest.name) ?? ''),
			);
			expect(findRow(screen, guest.name)).toMatch(/previous boot.*panic/i);
		});

		it('tells in its report what killed it, in which boot and when', async () => {
			const host = await report();
			expect(previousBoot(host)).toMatchObject({bootId: before, ending: 'panic'});
			const worst = previousBoot(host)?.incidents[0];
			expect(worst).toMatchObject({id: 'panic-sysrq', severity: 'panic', count: 1});
			expect(Math.abs(Date.parse(worst?.first ?? '') - panickedAt)).toBeLessThan(30_000);
			expect(host.severity).toBe('critical');
			expect(boots(host)).toContain('critical previous-boot-panic');
		});

		it('has left what the kernel said last', async () => {
			const kept = await guest.run('find /var/lib/systemd/pstore -name "*dmesg*" -exec cat {} +');
			expect(kept).toMatch(/Panic#1 Part1/);
			expect(kept).toContain('Kernel panic - not syncing: sysrq triggered crash');
		});
	});

	/** Of the findings those about earlier boots, with how bad they are. */
	function boots({findings}: ReportHost): readonly string[] {
		return findings
			.filter(({id}) => /^(?:previous-boot|crash-rate|rebooted)/.test(id))
			.map(({id, severity}) => `${severity} ${id}`);
	}

	function previousBoot(host: ReportHost): ReportBoot | undefined {
		return host.boots?.find(({index}) => index === -1);
	}

	/** True when the row shows the engine's containers, which is the last thing read. */
	function isRead(screen: string): boolean {
		return / \d+\/\d+ /.test(findRow(screen, guest.name) ?? '');
	}
});
