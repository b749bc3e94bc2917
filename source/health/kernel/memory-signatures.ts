/**
 * Out of memory, with the one difference that matters kept: a container at its own limit is the container's trouble, a
 * host without memory is everybody's. The report's first line names the container; the line of the kill joins it.
 */
import type {KernelSignature} from './first-cut-signature.ts';

export const memorySignatures: readonly KernelSignature[] = [
	{
		id: 'container-oom',
		severity: 'warning',
		category: 'memory',
		title: 'container out of memory (its own limit)',
		literals: [
			'oom-kill:constraint=CONSTRAINT_MEMCG,',
			' killed as a result of limit of ',
			'Memory cgroup out of memory: Kill',
		],
		patterns: [
			/oom-kill:constraint=CONSTRAINT_MEMCG,.*task_memcg=[^,]*[/-](?<subject>[0-9a-f]{8,12})[0-9a-f]*(?:\.scope)?(?:\/[^,]*)?,/,
			/Task in \S*[/-](?<subject>[0-9a-f]{8,12})[0-9a-f]*(?:\.scope)? killed as a result of limit of /,
			/Memory cgroup out of memory: Kill(?:ed)? process \d+ /,
		],
		block: 'container-oom',
		continues: {blocks: ['container-oom', 'cgroup-oom'], withinSeconds: 1},
		settlesAfterHours: 24,
		meaning:
			'The container reached its own memory limit and the kernel killed a process in it. The host itself is fine.',
		advice:
			'Raise that container’s limit (`docker update --memory`) or mend its leak; `docker stats --no-stream` shows use against limit. No reason to drain the host.',
		source: 'linux mm/oom_kill.c, mm/memcontrol.c; docker/for-linux#1001',
		examples: [
			{
				text: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=docker-5f0c9be1a2d3.scope,mems_allowed=0,oom_memcg=/system.slice/docker-5f0c9be1a2d3.scope,task_memcg=/system.slice/docker-5f0c9be1a2d3.scope,task=node,pid=4120,uid=0',
				origin: 'linux 6.1 mm/oom_kill.c, mm/memcontrol.c',
			},
			{
				text: 'Task in /docker/77ab01c2d3e4 killed as a result of limit of /docker/77ab01c2d3e4',
				origin: 'linux 3.10 mm/memcontrol.c',
			},
			{
				text: 'Memory cgroup out of memory: Killed process 4120 (node) total-vm:905112kB, anon-rss:520112kB',
				origin: 'linux 6.1 mm/oom_kill.c',
			},
			{
				text: 'Memory cgroup out of memory: Kill process 20221 (nginx) score 1001 or sacrifice child',
				origin: 'linux 3.10 mm/oom_kill.c',
			},
		],
	},
	{
		id: 'cgroup-oom',
		severity: 'warning',
		category: 'memory',
		title: 'memory limit of a service reached',
		literals: ['oom-kill:constraint=CONSTRAINT_MEMCG,'],
		patterns: [/oom-kill:constraint=CONSTRAINT_MEMCG,.*oom_memcg=(?<subject>[^,]{1,80})/],
		block: 'cgroup-oom',
		settlesAfterHours: 24,
		meaning:
			'A control group that is no container (a service, a user’s session, a pod) reached its own memory limit. The host itself is fine.',
		advice: 'Raise the limit of that unit (`systemctl show -p MemoryMax UNIT`) or mend what grows in it.',
		source: 'linux mm/oom_kill.c, mm/memcontrol.c',
		examples: [
			{
				text: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/jenkins.service,task_memcg=/system.slice/jenkins.service,task=java,pid=901,uid=112',
				origin: 'linux 6.1 mm/oom_kill.c',
			},
		],
	},
	{
		id: 'host-oom',
		severity: 'critical',
		category: 'memory',
		title: 'host out of memory',
		literals: ['oom-kill:constraint=CONSTRAINT_', 'Out of memory'],
		patterns: [
			/oom-kill:constraint=CONSTRAINT_(?:NONE|MEMORY_POLICY|CPUSET),.*task=[^,]+,pid=\d+/,
			/\bOut of memory(?: \(oom_kill_allocating_task\))?: Kill(?:ed)? process \d+ /,
			/\bOut of memory and no killable processes/,
		],
		block: 'host-oom',
		continues: {blocks: ['host-oom'], withinSeconds: 1},
		settlesAfterHours: 24,
		meaning:
			'The whole host ran out of memory and the kernel killed a process of its choice, be it a container’s, the engine or sshd.',
		advice:
			'See who uses it (`docker stats --no-stream`, `ps aux --sort=-rss | head`), give containers limits, move some away; restart what was killed.',
		source: 'linux mm/oom_kill.c',
		examples: [
			{
				text: 'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-0aa1b2c3d4e5.scope,task=java,pid=7134,uid=1000',
				origin: 'linux 6.1 mm/oom_kill.c; dyrnq/install-docker#14',
			},
			{
				text: 'Out of memory: Killed process 7134 (java) total-vm:9120048kB, anon-rss:7340032kB',
				origin: 'linux 6.1 mm/oom_kill.c',
			},
			{
				text: 'Out of memory: Kill process 3174 (java) score 891 or sacrifice child',
				origin: 'linux 3.16 mm/oom_kill.c',
			},
			{text: 'Out of memory and no killable processes...', origin: 'linux mm/oom_kill.c'},
		],
	},
	{
		id: 'oom-kill',
		severity: 'warning',
		category: 'memory',
		title: 'a process was killed for memory',
		literals: ['Killed process '],
		patterns: [/\bKilled process \d+,? \([^)]*\),?(?: UID \d+,)? total-vm:\d+kB/],
		continues: {blocks: ['container-oom', 'cgroup-oom', 'host-oom'], withinSeconds: 1},
		settlesAfterHours: 24,
		meaning:
			'The kernel killed a process to free memory. The lines that say whether a container or the whole host was short are gone from the log.',
		advice:
			'Compare with `free -m` and `docker stats --no-stream`; give containers limits so that the next one names itself.',
		source: 'linux before 5.0, mm/oom_kill.c',
		examples: [
			{
				text: 'Killed process 20221 (nginx) total-vm:110220kB, anon-rss:64210kB, file-rss:812kB',
				origin: 'linux 3.10 mm/oom_kill.c',
			},
		],
	},
];
