import {execa} from 'execa';
import {describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import {logFilesystemError, logMount} from './kernel-lines.ts';
import {withFault, type FaultName} from './lab-faults.ts';
import type {Lab} from './lab.ts';

const lab = inject('lab') as Lab;
const [host, neighbour] = (lab?.hosts ?? []) as unknown as readonly [LabHost, LabHost];

/** What OpenSSH and the docker program find, so that a lab that is broken is not taken for a Sickbay that is. */
describe.skipIf(lab === null)('the lab is what it claims to be, to other programs than Sickbay', () => {
	const ask = async (alias: string, commandLine: string): Promise<string> => {
		const options = ['-F', lab.sshConfig, '-o', 'ConnectTimeout=2', '-o', 'LogLevel=ERROR'];
		const {all} = await execa('ssh', [...options, alias, commandLine], {all: true, reject: false, stdin: 'ignore'});
		return all;
	};
	const version = `timeout 2 docker version --format 'engine {{.Server.Version}}' 2>&1; echo "status $?"`;

	it('hosts have names, engines and containers of their own', async () => {
		const facts = 'hostname; docker info --format "{{.Name}}"; docker info --format "{{.ID}}"';
		const [name, engineName, id] = (await ask(host.name, facts)).split('\n');
		const [otherName, , otherId] = (await ask(neighbour.name, facts)).split('\n');
		expect([name, engineName, otherName]).toEqual([host.name, host.name, neighbour.name]);
		expect(id).not.toBe(otherId);
	});

	it('accounts differ in what they may read', async () => {
		const rights = [
			'docker ps >/dev/null 2>&1 && echo engine',
			'dd if=/dev/kmsg of=/dev/null bs=8192 count=1 2>/dev/null && echo kernel log',
		].join(';');
		expect(await ask(host.name, rights)).toBe('engine\nkernel log');
		expect(await ask(`${host.name}-operator`, rights)).toBe('engine');
		expect(await ask(`${host.name}-guest`, rights)).toBe('');
		expect(await ask(`${host.name}-deputy`, rights)).toBe('');
		expect(await ask(`${host.name}-deputy`, `sudo -n sh -c '${rights}'`)).toBe('engine\nkernel log');
	});

	it('a wrong client key and an unknown host key are refused', async () => {
		expect(await ask(`${host.name}-wrong-key`, 'true')).toMatch(/Permission denied \(publickey\)/);
		expect(await ask(`${host.name}-unknown-key`, 'true')).toMatch(/Host key verification failed/);
	});

	const symptoms: readonly {readonly fault: FaultName; readonly symptom: RegExp}[] = [
		{fault: 'black-hole', symptom: /port 22: Connection timed out/},
		{fault: 'link-down', symptom: /No route to host/},
		{fault: 'sshd-stopped', symptom: /Connection refused/},
		{fault: 'sshd-frozen', symptom: /timed out during banner exchange/},
		{fault: 'sshd-frozen-all', symptom: /timed out during banner exchange/},
		{fault: 'host-key-changed', symptom: /REMOTE HOST IDENTIFICATION HAS CHANGED/},
		{fault: 'dockerd-frozen', symptom: /status 124/},
		{fault: 'containerd-frozen', symptom: /status 124/},
		{fault: 'dockerd-stopped', symptom: /Cannot connect to the Docker daemon/},
		{fault: 'dockerd-killed', symptom: /Cannot connect to the Docker daemon/},
		{fault: 'socket-moved', symptom: /Cannot connect to the Docker daemon/},
	];

	it.each(symptoms)('$fault shows, leaves the neighbour alone, and is lifted without a trace', async (one) => {
		await withFault(one.fault, host, async () => {
			expect(await ask(host.name, version)).toMatch(one.symptom);
			expect(await ask(neighbour.name, version)).toMatch(/engine .*\nstatus 0/);
		});
		expect(await ask(host.name, version)).toMatch(/engine .*\nstatus 0/);
	});

	it('a mount and a damaged directory make the kernel write, and hosts can read it', async () => {
		const uuid = await logMount(lab.directory);
		expect(await ask(host.name, 'dmesg | tail -n 20')).toContain(`mounted filesystem ${uuid}`);
		const device = await logFilesystemError(lab.directory);
		expect(await ask(neighbour.name, 'dmesg | tail -n 20')).toContain(`EXT4-fs error (device ${device})`);
	});
});
