/** Starts addresses that swallow connections, and writes an SSH configuration that leads to them. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {setTimeout as elapse} from 'node:timers/promises';
import type {BenchFleet} from './start-fleet.ts';

/** `unanswered`: packets get no answer (a full queue). `silent`: connects, and says nothing (an endless queue). */
export type HoleKind = 'unanswered' | 'silent';

export type BlackHoles = {
	readonly names: readonly string[];
	/** Of the fleet's hosts and the black holes. */
	readonly sshConfigFile: string;
	/** How many did not answer when tried. */
	readonly unanswered: number;
	close(): Promise<void>;
};

/** More than a queue for one takes; those that find no place stay pending. */
const fillersEach = 3;

export async function startBlackHoles(fleet: BenchFleet, count: number, kind: HoleKind): Promise<BlackHoles> {
	const backlog = kind === 'silent' ? 511 : 1;
	const holes = spawn(process.execPath, ['test/bench/black-hole-process.ts', String(count), String(backlog)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ports = await readPorts(holes.stdout);
	holes.kill('SIGSTOP');
	const places = ports.map((port, index) => ({
		port,
		host: `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
	}));
	const fillers =
		kind === 'silent'
			? []
			: places.flatMap(({port, host}) => Array.from({length: fillersEach}, () => fill(port, host)));
	await elapse(500);
	const names = places.map((_, index) => `${kind}-${String(index + 1).padStart(3, '0')}`);
	const fleetConfig = await readFile(fleet.sshConfigFile, 'utf8');
	const blocks = places.map(
		({port, host}, index) => `Host ${names[index]}
  HostName ${host}
  Port ${port}
  User ops
  IdentityFile ${/IdentityFile (.*)/.exec(fleetConfig)?.[1] ?? ''}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile /dev/null
  GlobalKnownHostsFile /dev/null
`,
	);
	const sshConfigFile = path.join(fleet.directory, `ssh_config_${kind}`);
	await writeFile(sshConfigFile, `${fleetConfig}\n${blocks.join('\n')}`);
	const unanswered = await countUnanswered(places);
	return {
		names,
		sshConfigFile,
		unanswered,
		async close() {
			for (const socket of fillers) socket.destroy();
			holes.kill('SIGKILL');
			await once(holes, 'exit');
		},
	};
}

async function readPorts(stdout: NodeJS.ReadableStream): Promise<readonly number[]> {
	let heard = '';
	for await (const chunk of stdout) {
		heard += String(chunk);
		if (heard.endsWith('\n')) break;
	}
	return heard.trim().split(' ').slice(1).map(Number);
}

function fill(port: number, host: string): Socket {
	return connect({port, host}).on('error', () => undefined);
}

/** Tries each place once, to say what it is and not what it was meant to be. */
async function countUnanswered(places: readonly {readonly port: number; readonly host: string}[]): Promise<number> {
	const answers = await Promise.all(
		places.map(async ({port, host}) => {
			const socket = fill(port, host);
			const hasAnswered = await Promise.race([once(socket, 'connect').then(() => true), elapse(1500, false)]);
			socket.destroy();
			return hasAnswered;
		}),
	);
	return answers.filter((hasAnswered) => !hasAnswered).length;
}
