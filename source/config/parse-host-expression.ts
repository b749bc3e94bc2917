/** Turns what a person writes for one or more hosts into targets; `local` is the engine of this machine. */
import type {HostTarget} from '../model/host.ts';
import {expandHostRange} from './expand-host-range.ts';
import {checkHostName, parseDestination} from './parse-destination.ts';

export type HostExpression = {
	/** One, or as many as the ranges in the expression say. */
	readonly targets: readonly HostTarget[];
	readonly engineSocket?: string;
};

/** Throws `UserError` on anything `ssh` would not take as a destination, and on bad or too large ranges. */
export function parseHostExpression(text: string): HostExpression {
	if (text === 'local') return {targets: [{kind: 'local'}]};
	const {host, user, port, engineSocket} = parseDestination(text);
	const names = host.includes(':') ? [host] : expandHostRange(host);
	for (const name of names) checkHostName(name);
	const targets = names.map((destination): HostTarget => ({
		kind: 'ssh',
		destination,
		...(user === undefined ? {} : {user}),
		...(port === undefined ? {} : {port}),
	}));
	return engineSocket === undefined ? {targets} : {targets, engineSocket};
}
