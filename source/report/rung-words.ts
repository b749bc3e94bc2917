/** What each rung of the ladder tries, in words for `sickbay doctor`. */
import type {HostState} from '../fleet/fleet-state.ts';
import type {Rung} from '../model/ladder.ts';

export type RungWords = {
	readonly rung: Rung;
	/** What the rung is, where its id does not say it; null where it does. */
	readonly title: string | null;
	/** What Sickbay does there. */
	readonly tried: string;
};

/** From the ground up; on the local machine only what is climbed there. */
export function describeRungs({
	host,
	address,
	transport,
}: Pick<HostState, 'host' | 'address' | 'transport'>): readonly RungWords[] {
	const socket = host.engineSocket ?? '$DOCKER_HOST, then where Docker and Podman put it';
	const engine: readonly RungWords[] = [
		{rung: 'engine-socket', title: null, tried: `open ${socket}`},
		{rung: 'ping', title: 'engine ping', tried: 'GET /_ping'},
		{rung: 'list', title: 'container list', tried: 'GET /containers/json'},
		{rung: 'info', title: 'engine info', tried: 'GET /version and /info'},
	];
	if (host.target.kind === 'local') return [{rung: 'shell', title: null, tried: 'run sh on this machine'}, ...engine];
	const {destination, user, port} = host.target;
	const asked = `${user === undefined ? '' : `${user}@`}${destination}${port === undefined ? '' : `:${port}`}`;
	const where = address ?? asked;
	const how = transport === null ? '' : ` (${transport})`;
	return [
		{rung: 'resolve', title: null, tried: `look ${asked} up as ssh does${address === null ? '' : `: ${address}`}`},
		{rung: 'tcp', title: null, tried: `connect to ${where}`},
		{rung: 'banner', title: 'SSH greeting', tried: 'wait for sshd to name itself'},
		{rung: 'key-exchange', title: null, tried: 'agree on algorithms and a secret'},
		{rung: 'host-key', title: null, tried: 'compare it with known_hosts'},
		{rung: 'authentication', title: null, tried: `log in with the agent and the configured keys${how}`},
		{rung: 'shell', title: null, tried: 'run sh and let it read the host'},
		...engine,
	];
}
