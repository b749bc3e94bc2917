/** Engines and kernels that do not go together whatever the driver is. */
import {isBuildBefore, isEl7} from './kernel-release.ts';
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const drivers = ['*'];
const linux2 = parseVersionRange('<3');
const before310 = parseVersionRange('<3.10');
const refusing = parseVersionRange('>=1.12');
const hanging = parseVersionRange('<1.13');
const dnsBroken = parseVersionRange('=29.1.0');
const from29 = parseVersionRange('>=29');

const replaceHost = 'Move its containers to a host with a present-day system; this one cannot be brought up to date.';

export const engineAndKernelRules: readonly StorageRule[] = [
	{
		id: 'engine-kernel-too-old',
		drivers,
		category: 'engine',
		severity: 'critical',
		when: 'Linux 2.6 (RHEL 6)',
		applies: ({kernel}) => speaksIf(isWithin(kernel?.version, linux2)),
		summary: ({kernel}) => `Linux ${kernel?.text ?? ''}: stuck on Engine 1.10 and earlier`,
		meaning:
			'Engine 1.11 and later need a call that Linux has since 3.4, so this host keeps an engine nobody mends, on a kernel never meant for containers.',
		advice: replaceHost,
		source: 'moby v1.12.0 daemon/daemon_unix.go checkKernel',
		subject: ({kernel}) => kernel?.text ?? '',
	},
	{
		id: 'engine-kernel-too-old',
		drivers,
		category: 'engine',
		severity: 'critical',
		when: 'Linux before 3.10 with Engine 1.12 or later',
		applies: ({kernel, engine}) => speaksIf(isWithin(kernel?.version, before310) && isWithin(engine.version, refusing)),
		summary: ({kernel}) => `Linux ${kernel?.text ?? ''}: Engine 1.12 and later do not support it`,
		meaning:
			'The engine refuses to start on such a kernel unless told to skip its check; kernels before 3.10 were known to crash under containers.',
		advice: replaceHost,
		source: 'moby v1.12.0 to v20.10 daemon/daemon_unix.go checkKernel; moby#407',
		subject: ({kernel}) => kernel?.text ?? '',
	},
	{
		id: 'engine-kernel-too-old',
		drivers,
		category: 'engine',
		severity: 'warning',
		when: 'Linux before 3.10 with an earlier engine, or one of unknown version',
		applies: ({kernel}) => speaksIf(isWithin(kernel?.version, before310)),
		summary: ({kernel}) => `Linux ${kernel?.text ?? ''}: unsteady under containers`,
		meaning: 'The engine itself warns that kernels before 3.10 can be unstable under it.',
		advice: replaceHost,
		source: 'moby v1.10.0 daemon/daemon_unix.go checkKernel; moby#407',
		subject: ({kernel}) => kernel?.text ?? '',
	},
	{
		id: 'kernel-memory-accounting-leaks',
		drivers,
		category: 'memory',
		severity: 'notice',
		when: 'RHEL 7 kernels before 3.10.0-1062.4.1',
		applies: ({kernel}) => speaksIf(isEl7(kernel) && isBuildBefore(kernel, [1062, 4, 1])),
		summary: 'this RHEL 7 kernel leaks memory groups',
		meaning:
			'With memory limits on containers, each start leaks a little of the kernel’s memory, until no container starts any more: "cannot allocate memory", with memory free.',
		advice: 'Upgrade the kernel (`sudo yum update kernel`, then reboot); until then boot with `cgroup.memory=nokmem`.',
		source: 'opencontainers/runc#1725; moby#35545; docker/for-linux#841',
		subject: ({kernel}) => kernel?.text ?? '',
	},
	{
		id: 'engine-known-to-hang',
		drivers,
		category: 'engine',
		severity: 'notice',
		when: 'Engine 1.12 or earlier that hangs now',
		applies: ({engine, engineHangs}) => speaksIf(engineHangs && isWithin(engine.version, hanging)),
		summary: ({engine}) => `Engine ${engine.text} is known to hang`,
		meaning: 'Engines up to 1.12 were reported to stop answering for several reasons that later ones do not have.',
		advice:
			'Once it answers again, upgrade the engine; capture its stacks first: `sudo kill -USR1 $(pidof dockerd docker)`.',
		source: 'moby#13885, #25321, #27566, #22185, #22144',
	},
	{
		id: 'engine-dns-broken',
		drivers,
		category: 'engine',
		severity: 'warning',
		when: 'Engine 29.1.0',
		applies: ({engine}) => speaksIf(isWithin(engine.version, dnsBroken)),
		summary: 'Engine 29.1.0: containers may not find each other by name',
		meaning: 'The engine’s own name server fails in some set-ups of this one release.',
		advice: 'Upgrade the engine to 29.1.1 or later.',
		source: 'moby#51614',
	},
	{
		id: 'cgroup-v1-deprecated',
		drivers,
		category: 'engine',
		severity: 'notice',
		when: 'Engine 29.0 or later on cgroups v1',
		applies: ({engine, cgroupVersion}) =>
			cgroupVersion === '1' && isWithin(engine.version, from29) ? ['Cgroup Version: 1'] : null,
		summary: 'cgroups v1: engines will drop it in 2029 at the earliest',
		meaning: 'Everything works today; Docker keeps cgroups v1 until May 2029 and says so at every start.',
		advice:
			'With the next upgrade of the system, boot with `systemd.unified_cgroup_hierarchy=1`, which today’s distributions do by themselves.',
		source: 'moby daemon/info_unix.go',
	},
];
