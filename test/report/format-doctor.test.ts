import {describe, expect, it} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {formatDoctor} from '../../source/report/format-doctor.ts';
import {brokenRung, healthyReadings, ok, sampleHostDeclaration} from '../health/sample-host.ts';
import {closedHost, hostState, hungHost, lostHost, now, wellHost} from './sample-fleet.ts';

const marksOf = (host: HostState) =>
	formatDoctor(host, now)
		.split('\n\n')[1]
		?.split('\n')
		.flatMap((line) => /^ {2}([✓✖–]) /.exec(line)?.[1] ?? [])
		.join('');

describe('sickbay doctor', () => {
	it('shows every rung of a host in full health', () => {
		expect(marksOf(wellHost)).toBe('✓✓✓✓✓✓✓✓✓✓✓');
		expect(formatDoctor(wellHost, now)).toContain('Every rung holds and everything can be read.');
	});

	it('says at the first broken rung what was seen, since when and what to do, and tries nothing above it', () => {
		expect(marksOf(lostHost)).toBe('✓✓✓✓✖––––––');
		const text = formatDoctor(lostHost, now);
		expect(text).toContain(
			'✖ host-key         4100 ms  compare it with known_hosts\n      SSH: host key changed (for 4m)\n        known_hosts line 4: SHA256:aaaa\n        now: SHA256:bbbb\n      Do: What to do.',
		);
		expect(text).toContain('✓ banner             12 ms  SSH greeting: wait for sshd to name itself\n');
		expect(text).toContain('                              SSH-2.0-OpenSSH_9.2p1\n');
		expect(text).toContain('Nothing can be read until the broken rung is mended.');
		expect(text).toContain('The first broken rung is host-key.');
	});

	it('calls a rung by the same name where it breaks and at the end', () => {
		const silent = hostState('slow', {ladder: {reached: 'tcp', broken: brokenRung('banner', 'silent-sshd')}});
		expect(formatDoctor(silent, now)).toContain(
			'✖ banner                    SSH greeting: wait for sshd to name itself',
		);
		expect(formatDoctor(silent, now)).toContain('The first broken rung is banner (SSH greeting).');
	});

	it('says in words where a host comes from and how its kernel log is read', () => {
		const readings = healthyReadings({kernelLog: ok({method: 'sudo-dmesg', live: false})});
		const text = formatDoctor(hostState('ci-1', {readings}), now);
		expect(text).toMatch(/^ci-1, from the command line\n/);
		expect(text).toContain('✓ kernel log      with sudo -n dmesg from time to time, read 0s ago');
	});

	it('still shows the readings of a host whose engine hangs', () => {
		expect(marksOf(hungHost)).toBe('✓✓✓✓✓✓✓✓✓✖–');
		const text = formatDoctor(hungHost, now);
		expect(text).toContain('next attempt in 5s');
		expect(text).toContain('✓ file systems');
	});

	it('names the line that grants a reading, with the account that was used', () => {
		const text = formatDoctor(closedHost, now).replaceAll(/\n +/g, ' ');
		expect(text).toContain('✖ kernel log      not-permitted dmesg: read kernel buffer failed: Operation not permitted');
		expect(text).toContain('`sudo usermod -aG systemd-journal ops`');
		expect(text).toContain('– images          not read yet');
		expect(text).toContain('not everything can be read');
	});

	it('names the account also in what to do at a broken rung', () => {
		const broken = brokenRung('engine-socket', 'engine-socket-forbidden', {
			advice: 'Run `usermod -aG docker ACCOUNT`.',
		});
		expect(formatDoctor(hostState('ci-1', {ladder: {reached: 'shell', broken}}), now)).toContain('docker ops`');
	});

	it('walks only the rungs there are on this machine', () => {
		const host = sampleHostDeclaration({target: {kind: 'local'}, sources: [{kind: 'local-engine', detail: ''}]});
		expect(marksOf(hostState('here', {host}))).toBe('✓✓✓✓✓');
	});

	it('of a host never tried claims nothing', () => {
		const untried = hostState(
			'new',
			{attempted: false, ladder: {reached: null, broken: null}},
			{address: null, transport: null},
		);
		expect(marksOf(untried)).toBe('–––––––––––');
		expect(formatDoctor(untried, now)).toContain('Not tried yet.');
	});
});
