/** Reads the file systems under the root directory and the engine's data, in a channel of its own because `df` can hang. */
import {createFilesystemReader} from '../collectors/filesystems.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import {readLocalFilesystems} from '../local/read-local-filesystems.ts';
import type {Reading} from '../model/reading.ts';
import type {Filesystem} from '../model/readings.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {readingFailure} from './reading-failure.ts';
import {repeat, type Watch} from './repeat.ts';

export type {Watch} from './repeat.ts';

export type FilesystemsOptions = {
	readonly transport: Transport;
	readonly local: boolean;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};

export type FilesystemsWatch = Watch & {
	/** The engine said where its data is; reads again at once when that is news. */
	setEngineRoot(path: string): void;
};

const everyMs = 30_000;
const defaultEngineRoot = '/var/lib/docker';
const containerdRoot = '/var/lib/containerd';

export function watchFilesystems({transport, local, clock, signal, emit}: FilesystemsOptions): FilesystemsWatch {
	let engineRoot = defaultEngineRoot;
	const reader = createFilesystemReader(transport, {clock, signal});
	const read = async (): Promise<Reading<readonly Filesystem[]>> => {
		const roots = {engineRoot, containerdRoot};
		if (!local) return reader.read(roots);
		try {
			return {kind: 'ok', value: await readLocalFilesystems(roots), at: clock.now()};
		} catch (error) {
			return {kind: 'failed', reason: readingFailure(error), at: clock.now()};
		}
	};
	const watch = repeat({clock, signal, everyMs}, async () => {
		const reading = await read();
		if (!signal.aborted) emit({kind: 'reading', name: 'filesystems', reading});
	});
	return {
		refresh: watch.refresh,
		setEngineRoot(path) {
			if (path === engineRoot || path === '') return;
			engineRoot = path;
			watch.refresh();
		},
	};
}
