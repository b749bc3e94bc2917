/** What an hour of flapping hosts left behind, as Markdown. */

export type FlappingSample = {
	/** Since the start. */
	readonly seconds: number;
	/** After a collection. */
	readonly heapBytes: number;
	readonly externalBytes: number;
	readonly residentBytes: number;
	/** What keeps the event loop alive, by kind. */
	readonly handles: Readonly<Record<string, number>>;
	readonly processListeners: number;
	/** Objects of a kind that a collection leaves. */
	readonly alive: Readonly<Record<string, number>>;
	/** Hosts that broke and that came back, so far. */
	readonly lost: number;
	readonly recovered: number;
	readonly brokenHosts: number;
	/** Lines of kernel logs that the state keeps, which grow with what hosts say, up to a limit for each. */
	readonly kernelRecords: number;
	readonly cpuSeconds: number;
	readonly serverCpuSeconds: number;
};

const warmUpSeconds = 600;

/** The last sample is taken after all sessions were closed. */
export function formatFlappingHour(
	size: number,
	samples: readonly FlappingSample[],
	breaks: Readonly<Record<string, number>>,
	warnings: readonly string[],
): string {
	const open = samples.slice(0, -1);
	const end = open.at(-1);
	if (end === undefined) return 'no sample was taken\n';
	const every = open.filter((_, index) => index === 0 || (index + 1) % 20 === 0 || index === open.length - 1);
	const rows = [...every, ...samples.slice(-1)].map((sample, index, all) =>
		formatRow(sample, index === all.length - 1 ? 'all sessions closed' : `${(sample.seconds / 60).toFixed(1)} min`),
	);
	const warm = open.filter(({seconds}) => seconds >= warmUpSeconds);
	const slope = (value: (sample: FlappingSample) => number): string => slopePer10Minutes(warm, value).toFixed(2);
	const kinds = Object.entries(breaks).map(([kind, times]) => `${kind} ${times}`);
	return `### ${size} hosts flapping for ${(end.seconds / 60).toFixed(0)} min

Breaks: ${kinds.join(', ')}. Hosts lost ${end.lost} times and back ${end.recovered} times. Processor: client
${percent(end.cpuSeconds / end.seconds)}, servers ${percent(end.serverCpuSeconds / end.seconds)} of one core. Warnings of the runtime: ${warnings.length === 0 ? 'none' : warnings.join('; ')}.

| after | heap | external | resident | handles | listeners of \`process\` | emitters | signals | promises | sockets | SSH clients | kernel lines kept | broken now | lost so far |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Slope per 10 min after ${warmUpSeconds / 60} min, least squares: heap ${slope(({heapBytes}) => heapBytes / 1e6)} MB, external ${slope(({externalBytes}) => externalBytes / 1e6)} MB, resident ${slope(({residentBytes}) => residentBytes / 1e6)} MB,
handles ${slope(handleCount)}, emitters ${slope(({alive}) => alive['emitters'] ?? 0)}, signals ${slope(({alive}) => alive['abortSignals'] ?? 0)}, promises ${slope(({alive}) => alive['promises'] ?? 0)}, kernel lines ${slope(({kernelRecords}) => kernelRecords)}.
`;
}

function formatRow(sample: FlappingSample, when: string): string {
	const {heapBytes, externalBytes, residentBytes, processListeners, alive, kernelRecords, brokenHosts, lost} = sample;
	const bytes = [heapBytes, externalBytes, residentBytes].map((value) => `${(value / 1e6).toFixed(1)} MB`);
	const objects = ['emitters', 'abortSignals', 'promises', 'sockets', 'clients'].map((kind) => alive[kind] ?? 0);
	return `| ${[when, ...bytes, handleCount(sample), processListeners, ...objects, kernelRecords, brokenHosts, lost].join(' | ')} |`;
}

function handleCount({handles}: FlappingSample): number {
	return Object.values(handles).reduce((sum, count) => sum + count, 0);
}

function slopePer10Minutes(samples: readonly FlappingSample[], value: (sample: FlappingSample) => number): number {
	const mean = (numbers: readonly number[]): number =>
		numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
	const times = samples.map(({seconds}) => seconds / 600);
	const values = samples.map(value);
	const [meanTime, meanValue] = [mean(times), mean(values)];
	const above = times.reduce((sum, time, index) => sum + (time - meanTime) * ((values[index] ?? 0) - meanValue), 0);
	return above / times.reduce((sum, time) => sum + (time - meanTime) ** 2, 0);
}

function percent(ratio: number): string {
	return `${(ratio * 100).toFixed(0)} %`;
}
