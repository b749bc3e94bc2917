/** Recognises, in a command line for a demo host's shell, the few commands its simulated shell knows. */
import {bootsName, diskName, kernelLogName, probeName} from '../model/probe-protocol.ts';

export type DemoCommand =
	| {readonly kind: 'probe'}
	| {readonly kind: 'kernel-log'; readonly methods: readonly string[]}
	| {readonly kind: 'boots'}
	| {readonly kind: 'disk'; readonly policy: string; readonly question: string; readonly paths: readonly string[]}
	| {readonly kind: 'uname'}
	| {readonly kind: 'unknown'};

/** The scripts themselves are not run: what counts is the name they are started under, the last words of the line. */
export function parseCommand(commandLine: string): DemoCommand {
	const words = commandLine
		.trim()
		.split(/\s+/)
		.map((word) => word.replace(/^'(.*)'$/, '$1'));
	const diskAt = words.lastIndexOf(diskName);
	if (diskAt !== -1) {
		const [policy = '', question = '', ...paths] = words.slice(diskAt + 1);
		return {kind: 'disk', policy, question, paths};
	}
	const probeAt = words.lastIndexOf(probeName);
	const kernelLogAt = words.lastIndexOf(kernelLogName);
	if (kernelLogAt > probeAt) return {kind: 'kernel-log', methods: words.slice(kernelLogAt + 1)};
	if (words.lastIndexOf(bootsName) > probeAt) return {kind: 'boots'};
	if (probeAt !== -1) return {kind: 'probe'};
	if (words[0] === 'uname') return {kind: 'uname'};
	return {kind: 'unknown'};
}
