/** Words for what the model names by codes. */
import {expect, test} from 'vitest';
import {selectSourceWords} from '../../source/fleet/select-source-words.ts';
import type {HostSource} from '../../source/model/host.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';

test.each<[HostSource['kind'], string, string]>([
	['command-line', 'web-01', 'the command line'],
	['command-line', 'web-[01-40]', 'the command line (web-[01-40])'],
	['config', '~/.config/sickbay/config.yaml', 'config ~/.config/sickbay/config.yaml'],
	['ssh-config', '~/.ssh/config', 'SSH config ~/.ssh/config'],
	['docker-context', 'build', 'Docker context build'],
	['docker-context', 'DOCKER_HOST', 'DOCKER_HOST'],
	['local-engine', '/var/run/docker.sock', 'the engine of this machine (/var/run/docker.sock)'],
	['demo', 'embedded demo fleet', 'the demo fleet'],
])('a host from %s %s', (kind, detail, words) => {
	expect(selectSourceWords(sampleHostDeclaration({sources: [{kind, detail}]}))).toBe(words);
});

test('a host mentioned twice in the same way says so once', () => {
	const source = {kind: 'command-line', detail: 'web-01'} as const;
	const file = {kind: 'ssh-config', detail: '~/.ssh/config'} as const;
	const host = sampleHostDeclaration({sources: [source, source, file]});
	expect(selectSourceWords(host)).toBe('the command line, SSH config ~/.ssh/config');
});
