/**
 * Kills for want of memory. A container that reached its own limit is no trouble of the host and must never read like
 * one; the lines of one kill are one incident.
 */
import type {KernelSignature} from '../signature.ts';

const containerAdvice =
	'Raise the limit of that container or find its leak (`docker stats`, `docker inspect -f "{{.HostConfig.Memory}}" NAME`). Leave the host alone.';
const hostAdvice =
	'Keep new containers off, see who uses the memory (`docker stats --no-stream`, `ps aux --sort=-rss | head`), and give every container a limit.';

export const outOfMemorySignatures: readonly KernelSignature[] = [
	{
		id: 'oom-memcg',
		severity: 'warning',
		category: 'memory',
		title: 'Memory limit reached< in container {container}>< in {slice}>: {task} killed',
		literals: ['Memory cgroup out of memory: Kill'],
		patterns: [/Memory cgroup out of memory: Kill(?:ed)? process \d+,?(?: UID \d+,)? \((?<task>[^)]{0,40})\)/],
		part: 'oom',
		rank: 2,
		storms: [
			{
				count: 5,
				withinSeconds: 3600,
				severity: 'warning',
				title:
					'Memory limit reached again and again< in container {container}>< in {slice}>: {task} killed {count} times',
			},
		],
		settlesAfterHours: 24,
		meaning:
			'A container used all the memory it may have, and the kernel ended one of its processes. The host has memory left.',
		advice: containerAdvice,
		source: 'linux mm/memcontrol.c, mm/oom_kill.c __oom_kill_process',
		examples: [
			{
				text: 'Memory cgroup out of memory: Kill process 1012 (heapster) score 1035 or sacrifice child',
				origin: 'node-problem-detector kernel_log_generator/problems/oom_kill',
			},
			{
				text: 'Memory cgroup out of memory: Killed process 15617 (python3) total-vm:905112kB, anon-rss:520112kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:1180kB oom_score_adj:0',
				origin: 'linux 6.1 mm/oom_kill.c (format)',
			},
		],
	},
	{
		id: 'oom-global',
		severity: 'critical',
		category: 'memory',
		title: 'Host out of memory: {task} killed',
		literals: ['Out of memory'],
		patterns: [
			/Out of memory(?: \([^)]{0,60}\))?: Kill(?:ed)? process \d+,?(?: UID \d+,)? \((?<task>[^)]{0,40})\)/,
			/Out of memory(?: \([^)]{0,60}\))?: [Kk]ill(?:ed)? process \d+/,
		],
		part: 'oom',
		rank: 2,
		settlesAfterHours: 24,
		meaning:
			'The whole host had no memory left, and the kernel chose a process to end. It may choose dockerd or sshd next.',
		advice: hostAdvice,
		source: 'linux mm/oom_kill.c out_of_memory, __oom_kill_process',
		examples: [
			{
				text: 'Out of memory: Kill process 3174 (java) score 891 or sacrifice child',
				origin: 'linux 4.x mm/oom_kill.c (format)',
			},
			{
				text: 'Out of memory: Killed process 7134 (java) total-vm:9105112kB, anon-rss:5201120kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:11800kB oom_score_adj:0',
				origin: 'linux 6.1 mm/oom_kill.c (format)',
			},
		],
	},
	{
		id: 'oom-summary-global',
		severity: 'critical',
		category: 'memory',
		title: 'Host out of memory: {task} killed',
		literals: ['oom-kill:constraint=CONSTRAINT_'],
		patterns: [
			/oom-kill:constraint=CONSTRAINT_(?:NONE|MEMORY_POLICY|CPUSET),.{0,600}task=(?<task>[^,]{1,40}),pid=\d+/,
			/oom-kill:constraint=CONSTRAINT_(?:NONE|MEMORY_POLICY|CPUSET),/,
		],
		part: 'oom',
		rank: 1,
		settlesAfterHours: 24,
		meaning: 'The kernel’s summary of a kill for the whole host; task_memcg in it is the container the process ran in.',
		advice: hostAdvice,
		source: 'linux 5.0 and later mm/oom_kill.c dump_oom_summary',
		examples: [
			{
				text: 'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=aegis,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-00748.scope,task=java,pid=7134,uid=1000',
				origin: 'dyrnq/install-docker#14',
			},
		],
	},
	{
		id: 'oom-summary-memcg',
		severity: 'warning',
		category: 'memory',
		title: 'Memory limit reached< in container {container}>< in {slice}>: {task} killed',
		literals: ['oom-kill:constraint=CONSTRAINT_MEMCG,'],
		patterns: [
			/oom-kill:constraint=CONSTRAINT_MEMCG,.{0,400},task_memcg=(?<cgroup>[^,]{1,300}),task=(?<task>[^,]{1,40}),pid=\d+/,
			/oom-kill:constraint=CONSTRAINT_MEMCG,/,
		],
		part: 'oom',
		rank: 1,
		settlesAfterHours: 24,
		meaning: 'The kernel’s summary of a kill for a container’s own limit. The host has memory left.',
		advice: containerAdvice,
		source: 'linux 5.0 and later mm/oom_kill.c dump_oom_summary, mm/memcontrol.c mem_cgroup_print_oom_context',
		examples: [
			{
				text: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-containerd-4fd18f02ba1d0c31.scope,mems_allowed=0,oom_memcg=/kubepods.slice/kubepods-pod21f0.slice,task_memcg=/kubepods.slice/kubepods-pod21f0.slice/cri-containerd-4fd18f02ba1d0c31.scope,task=node,pid=99120,uid=1000',
				origin: 'linux mm/oom_kill.c (format)',
			},
			{
				text: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=ab12,mems_allowed=0,oom_memcg=/docker/ab12,task_memcg=/docker/ab12,task=python3,pid=15617,uid=0',
				origin: 'linux mm/oom_kill.c (format)',
			},
			{
				text: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/user.slice/user-1000.slice,task_memcg=/user.slice/user-1000.slice/session-3.scope,task=stress,pid=2211,uid=1000',
				origin: 'linux mm/oom_kill.c (format)',
			},
		],
	},
	{
		id: 'oom-memcg-task',
		severity: 'info',
		category: 'memory',
		title: 'Memory limit reached< in container {container}>< in {slice}>',
		literals: [' killed as a result of limit of '],
		patterns: [/Task in (?<cgroup>\/\S{0,300}) killed as a result of limit of /],
		part: 'oom',
		settlesAfterHours: 24,
		meaning: 'Older kernels name the control group of a container’s kill on a line of its own.',
		advice: containerAdvice,
		source: 'linux before 4.19 mm/memcontrol.c mem_cgroup_print_oom_info',
		examples: [
			{
				text: 'Task in /docker/3536ff965e8d killed as a result of limit of /docker/3536ff965e8d',
				origin: 'Docker Desktop log of 2019, id shortened',
			},
			{
				text: 'Task in /kubepods/burstable/pod21f0/4fd18f02ba1d killed as a result of limit of /kubepods/burstable/pod21f0',
				origin: 'linux 4.14 mm/memcontrol.c (format)',
			},
		],
	},
	{
		id: 'oom-killed-legacy',
		severity: 'warning',
		category: 'memory',
		title: '{task} killed for want of memory: host or container, the log does not tell',
		literals: ['Killed process '],
		patterns: [/^Killed process \d+,?(?: UID \d+,)? \((?<task>[^)]{0,40})\),?(?: UID:? ?\d+,)? total-vm:\d+kB/],
		part: 'oom',
		settlesAfterHours: 24,
		meaning:
			'The second line of a kill on older kernels. Alone it does not say whose memory ran out: the lines before it are lost.',
		advice:
			'Compare `free -h` with the limits in `docker stats`, and look for the lines before it in /var/log/kern.log or messages.',
		source: 'linux before 5.3 mm/oom_kill.c; form with UID: RHEL 7, apache/doris#3525',
		examples: [
			{
				text: 'Killed process 1012 (heapster) total-vm:327128kB, anon-rss:306328kB, file-rss:11132kB, shmem-rss:12345kB',
				origin: 'node-problem-detector kernel_log_generator/problems/oom_kill',
			},
			{
				text: 'Killed process 2201, UID 0, (mysqld) total-vm:3271280kB, anon-rss:3063280kB, file-rss:0kB',
				origin: 'linux 2.6.32 mm/oom_kill.c (format)',
			},
		],
	},
	{
		id: 'oom-invoked',
		severity: 'info',
		category: 'memory',
		title: '{task} asked for memory that was not there',
		literals: [' invoked oom-killer: '],
		patterns: [/^(?<task>.{1,40}) invoked oom-killer: gfp_mask=/],
		part: 'oom',
		rank: -1,
		settlesAfterHours: 24,
		meaning: 'The report of a kill begins here. This process only asked; another one may have been ended.',
		advice: 'Read on: the line "Killed process" names who was ended, and whether a container’s limit was the reason.',
		source: 'linux mm/oom_kill.c dump_header',
		examples: [
			{text: 'php.bin invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0', origin: 'moby#15905'},
			{
				text: 'python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
				origin: 'linux 6.1 mm/oom_kill.c (format)',
			},
		],
	},
	{
		id: 'oom-no-victim',
		severity: 'critical',
		category: 'memory',
		title: 'Out of memory and nothing left to end',
		literals: ['Out of memory and no killable processes'],
		patterns: [/Out of memory and no killable processes/],
		part: 'oom',
		settlesAfterHours: 24,
		meaning:
			'Nothing the kernel may end would help: what is left is protected (oom_score_adj -1000) or is the kernel itself.',
		advice: 'See who is protected (`grep -l -- -1000 /proc/[0-9]*/oom_score_adj`); reboot if the host does not answer.',
		source: 'linux mm/oom_kill.c out_of_memory',
		examples: [{text: 'Out of memory and no killable processes...', origin: 'linux mm/oom_kill.c (format)'}],
	},
	{
		id: 'oom-reaper-stuck',
		severity: 'warning',
		category: 'memory',
		title: '{subject} was killed for memory and does not give it back',
		literals: ['oom_reaper: unable to reap pid:'],
		patterns: [/oom_reaper: unable to reap pid:\d+ \((?<subject>[^)]{1,40})\)/],
		settlesAfterHours: 24,
		meaning: 'The killed process is held in the kernel, so its memory stays taken and the next kill may come soon.',
		advice: 'Watch `free -h`. If it stays near zero, reboot; the stack of the process says what it waits for.',
		source: 'linux mm/oom_kill.c oom_reap_task',
		examples: [{text: 'oom_reaper: unable to reap pid:7134 (java)', origin: 'linux mm/oom_kill.c (format)'}],
	},
];
