import {expect, test} from 'vitest';
import {fleetOf} from './fleet-of.ts';

test('what carries the connections is said for all hosts, and otherwise for some', async () => {
	const hosts = await fleetOf({
		config: 'hosts: [web, {host: db, transport: ssh2}]\nssh: {transport: openssh}\n',
		sshConfig: 'Host jump db\n',
		sockets: ['/var/run/docker.sock'],
	});
	expect(hosts.map(({name, target}) => [name, target.kind === 'ssh' ? target.transport : null])).toEqual([
		['web', 'openssh'],
		['db', 'ssh2'],
		['jump', 'openssh'],
		['local', null],
	]);
});

test('a host typed on the command line is carried as the configuration says', async () => {
	const config = 'hosts: [{host: db, transport: openssh}]\n';
	const [db, web] = await fleetOf({config}, 'db', 'web');
	expect([db?.target, web?.target]).toEqual([
		{kind: 'ssh', destination: 'db', transport: 'openssh'},
		{kind: 'ssh', destination: 'web'},
	]);
});

test('the engine of this machine is reached without SSH, so nothing carries it', async () => {
	await expect(fleetOf({config: 'hosts: [{host: local, transport: openssh}]\n'})).rejects.toThrow(
		/not reached over SSH/,
	);
});
