// Data walks one way; each rule says why its arrow must not turn round.
const only = (name, comment, from, allowed) => ({
	name,
	comment,
	severity: 'error',
	from: {path: `^source/${from}/`},
	to: {path: '^source/', pathNot: [from, ...allowed].map((folder) => `^source/${folder}/`)},
});

const library = (name, comment, target, homes) => ({
	name,
	comment,
	severity: 'error',
	from: {path: '^source/', pathNot: homes.map((home) => `^source/${home}`)},
	to: {path: target},
});

export default {
	forbidden: [
		{
			name: 'no-cycles',
			comment: 'A cycle means two files are one idea or a third is missing.',
			severity: 'error',
			from: {},
			to: {circular: true},
		},
		{
			name: 'no-orphans',
			comment: 'A file nobody imports is dead.',
			severity: 'error',
			from: {orphan: true, path: '^source/', pathNot: '^source/(cli\\.ts$|model/)'},
			to: {},
		},
		{
			name: 'no-dev-dependencies',
			comment: 'The published program has only its dependencies.',
			severity: 'error',
			from: {path: '^source/'},
			to: {dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown']},
		},
		only('model-imports-nothing', 'The nouns must be readable, and testable, without any machinery.', 'model', []),
		only('support-imports-nothing', 'Clock, ring buffer and text tools know nothing of hosts.', 'support', []),
		only('health-is-pure', 'Judging a host is a pure function of its readings: no I/O, no clock, no React.', 'health', [
			'model',
			'support',
		]),
		only('fleet-is-pure', 'State is folded from events; it cannot reach out to hosts or screens.', 'fleet', [
			'model',
			'health',
			'support',
		]),
		only('config-knows-no-host', 'Where hosts come from must not depend on how they are reached or shown.', 'config', [
			'model',
			'support',
		]),
		only('ssh-is-only-transport', 'A connection must not know what is asked over it.', 'ssh', ['model', 'support']),
		only('local-is-only-transport', 'The local machine is reached like any other, without the layers above.', 'local', [
			'model',
			'support',
		]),
		only('engine-speaks-over-any-transport', 'The engine client must work over every transport alike.', 'engine', [
			'model',
			'support',
		]),
		only(
			'kernel-log-is-pure',
			'A line means the same wherever it was read: on a host, in a file, in a dump of an earlier boot.',
			'kernel-log',
			['model', 'support'],
		),
		only(
			'collectors-only-read',
			'A collector turns host output into readings; it neither connects nor judges.',
			'collectors',
			['model', 'support', 'kernel-log'],
		),
		only(
			'explain-needs-no-host',
			'A saved log is judged as a host is, but without one: no connection, no fleet, no screen.',
			'explain',
			['model', 'support', 'kernel-log', 'health'],
		),
		only('session-joins-host-parts', "One host's life: it may connect and collect, never draw.", 'session', [
			'model',
			'support',
			'ssh',
			'local',
			'engine',
			'collectors',
			'fleet',
		]),
		only(
			'view-state-is-pure',
			'Routes, filters and selection are folded from keys; no drawing, no I/O.',
			'view-state',
			['model', 'support', 'fleet'],
		),
		only(
			'commands-drive-view-state',
			'Commands change what is shown; drawing reads that, never the reverse.',
			'commands',
			['model', 'support', 'fleet', 'view-state'],
		),
		only(
			'ui-only-draws',
			'Views read state and send commands; a view that connects cannot be tested or frozen.',
			'ui',
			['model', 'support', 'fleet', 'view-state', 'commands'],
		),
		only('report-needs-no-screen', 'Scripts must get the same truth without loading Ink.', 'report', [
			'model',
			'support',
			'fleet',
			'health',
			'explain',
			'actions',
		]),
		only(
			'actions-know-no-connection',
			'An action changes a host only through the operator it is given, so that all of them can be tested and refused alike.',
			'actions',
			['model', 'support'],
		),
		{
			name: 'planning-is-pure',
			comment:
				'What would be removed is a function of what was read: a plan that looks around cannot be shown, repeated or tested.',
			severity: 'error',
			from: {path: '^source/actions/prune/', pathNot: '^source/actions/prune/(run|verify|gather|read)-'},
			to: {dependencyTypes: ['core'], pathNot: '^(node:)?crypto$'},
		},
		only('demo-is-a-peer', 'The demo fleet plays the far side; it may share only nouns with the near side.', 'demo', [
			'model',
			'support',
		]),
		library(
			'ssh2-in-ssh',
			'One place opens SSH connections, so host keys are checked in one place.',
			'node_modules/(@types/)?ssh2/',
			['ssh/', 'demo/'],
		),
		library(
			'dockerode-in-engine',
			'One place speaks to engines, so load on a sick engine is bounded in one place.',
			'node_modules/(@types/)?dockerode/',
			['engine/'],
		),
		library(
			'screen-in-ui',
			'Ink and React cost start-up time and belong to the screen.',
			'node_modules/(@types/)?(ink|react)/',
			['ui/', 'main\\.tsx'],
		),
		library(
			'local-hardware-in-local',
			'systeminformation describes this machine only.',
			'node_modules/systeminformation/',
			['local/'],
		),
		library(
			'child-processes',
			'Starting programs is a privilege of the layers that reach hosts.',
			'^(node:)?child_process$|node_modules/execa/',
			['ssh/', 'local/', 'config/'],
		),
	],
	options: {
		doNotFollow: {path: 'node_modules'},
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		enhancedResolveOptions: {conditionNames: ['import', 'types', 'node', 'default'], exportsFields: ['exports']},
	},
};
