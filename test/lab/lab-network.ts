/**
 * The lab's addresses: host N is 10.99.N.2 behind a veth pair whose outer end is 10.99.N.1. The range as a whole is
 * unreachable by any other way, so that a link that is down never sends a lab address out by the default route.
 */
import {run, tryRun} from './lab-command.ts';

const range = '10.99.0.0/16';

export const namespaceFolder = '/run/netns';
export const hostPrefix = 'sb-lab-';

export function formatHostName(number: number): string {
	return `${hostPrefix}${number}`;
}

export function formatAddress(number: number): string {
	return `10.99.${number}.2`;
}

export async function guardRange(): Promise<void> {
	await run('ip', ['route', 'replace', 'unreachable', range]);
}

export async function unguardRange(): Promise<void> {
	await tryRun('ip', ['route', 'del', 'unreachable', range]);
}

/** Creates the namespace, which is also the claim on the number: false when somebody else has it. */
export async function claimNamespace(number: number): Promise<boolean> {
	try {
		await run('ip', ['netns', 'add', formatHostName(number)]);
		return true;
	} catch (error) {
		if (error instanceof Error && error.message.includes('File exists')) return false;
		throw error;
	}
}

/** Gives the namespace its link and addresses; the outer end carries the namespace's name. */
export async function connectNamespace(number: number): Promise<void> {
	const name = formatHostName(number);
	const inner = ['-n', name];
	await run('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
	await run('ip', [...inner, 'address', 'add', `${formatAddress(number)}/24`, 'dev', 'eth0']);
	await run('ip', [...inner, 'link', 'set', 'eth0', 'up']);
	await run('ip', ['address', 'add', `10.99.${number}.1/24`, 'dev', name]);
	await run('ip', ['link', 'set', name, 'up']);
}

export async function removeNamespace(name: string): Promise<void> {
	await tryRun('ip', ['link', 'del', name]);
	await tryRun('ip', ['netns', 'del', name]);
}
