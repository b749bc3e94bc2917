/** Says which machine this is, in the same words as for any host. */
import {readFile} from 'node:fs/promises';
import os from 'node:os';
import type {HostIdentity} from '../model/readings.ts';
import {systemClock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';

/** `bootId` is null on systems other than Linux. */
export async function readLocalIdentity(): Promise<HostIdentity> {
	const {osInfo} = await import('systeminformation');
	const [info, bootId] = await Promise.all([osInfo(), readBootId()]);
	const clean = (text: string): string => sanitiseLine(text, 200).trim();
	const release = clean(info.release);
	const codename = clean(info.codename);
	return {
		hostname: clean(os.hostname()),
		bootId,
		uptimeSeconds: os.uptime(),
		clockAt: systemClock.now(),
		os: {
			id: clean(info.logofile) || info.platform,
			prettyName: [clean(info.distro), release, codename === '' ? '' : `(${codename})`].filter(Boolean).join(' '),
			versionId: release === '' ? null : release,
		},
		kernel: {name: os.type(), release: os.release(), machine: os.machine()},
		userId: process.getuid?.() ?? null,
	};
}

async function readBootId(): Promise<string | null> {
	const text = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
	const id = sanitiseLine(text.trim(), 64);
	return id === '' ? null : id;
}
