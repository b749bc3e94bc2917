/** What is wrong at this moment: tasks of the engine that do not run, a connection table that fills. */
import {formatDuration, formatRatio} from '../../support/format.ts';
import {isTold, type CountedFinding, type CounterContext} from './counter-context.ts';

/** Enough readings in a row, a minute apart, to call a task stuck as the kernel does after 120 s. */
const stuckReadings = 3;

export function judgeBlocked({input, counters}: CounterContext): readonly CountedFinding[] {
	const stuck = counters.blockedTasks.filter(({readings}) => readings > 1);
	const [first] = stuck.toSorted((a, b) => b.readings - a.readings);
	if (first === undefined || isTold(input, /^hung-task/)) return [];
	const names = [...new Set(stuck.map(({command}) => command))].join(', ');
	return [
		{
			id: 'engine-task-blocked',
			severity: first.readings >= stuckReadings ? 'critical' : 'warning',
			category: 'engine',
			summary: `${names} stuck in the kernel for ${formatDuration(input.now - first.since)}`,
			evidence: stuck
				.slice(0, 10)
				.map(
					({pid, command, waitsIn, readings}) =>
						`${command} ${pid}: state D in ${readings} readings${waitsIn === null ? '' : `, waits in ${waitsIn}`}`,
				),
			since: first.since,
			count: stuck.length,
			meaning:
				'A task of the engine waits inside the kernel and cannot be killed; whatever needs it will hang as well.',
			advice: `See where it waits: \`sudo cat /proc/${first.pid}/stack\`. Restarting the engine does not free it; a reboot does.`,
		},
	];
}

export function judgeConntrack({input, counters: {conntrack}}: CounterContext): readonly CountedFinding[] {
	if (conntrack === null || conntrack.count < conntrack.limit * 0.9 || isTold(input, /^conntrack-full/)) return [];
	return [
		{
			id: 'conntrack-filling',
			severity: conntrack.count >= conntrack.limit ? 'critical' : 'warning',
			category: 'network',
			summary: `connection table ${formatRatio(conntrack.count / conntrack.limit)} full`,
			evidence: [`nf_conntrack_count: ${conntrack.count}`, `nf_conntrack_max: ${conntrack.limit}`],
			meaning: 'When the table is full the kernel drops new connections, of all containers alike.',
			advice:
				'See who holds them with `sudo conntrack -L | head`, and raise the limit: `sudo sysctl -w net.netfilter.nf_conntrack_max=NUMBER`.',
		},
	];
}
