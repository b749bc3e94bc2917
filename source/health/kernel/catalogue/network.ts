/** Network trouble the kernel notes: full tables, leaked namespaces, cards that hang. */
import type {KernelSignature} from '../signature.ts';

export const networkSignatures: readonly KernelSignature[] = [
	{
		id: 'unregister-netdevice',
		severity: 'warning',
		category: 'network',
		title: 'A network namespace does not go away ({subject})',
		literals: ['unregister_netdevice: waiting for '],
		patterns: [/unregister_netdevice: waiting for (?<subject>\S{1,30}) to become free\. Usage count = -?\d+/],
		storms: [
			{
				count: 3,
				withinSeconds: 1200,
				severity: 'critical',
				title:
					'Network namespace leaked ({subject}), {count} reports in {span}: starting and stopping containers will hang',
			},
		],
		settlesAfterHours: 24,
		meaning:
			'Something still holds an interface of a removed container. Creating and removing others waits on the same lock.',
		advice: 'A few lines and then silence: leave it. When it goes on: move the work away, reboot, upgrade the kernel.',
		source:
			'linux net/core/dev.c netdev_wait_allrefs; moby#5618; threshold: node-problem-detector FrequentUnregisterNetDevice',
		examples: [
			{
				text: 'unregister_netdevice: waiting for lo to become free. Usage count = 1',
				origin: 'node-problem-detector problems/unregister_netdevice; moby#5618',
			},
		],
	},
	{
		id: 'conntrack-full',
		severity: 'critical',
		category: 'network',
		title: 'Connection tracking table full, packets are dropped< (at least {amount} times)>',
		literals: ['table full, dropping packet'],
		patterns: [/(?:nf|ip)_conntrack: (?:nf_conntrack: )?(?:expectation )?table full, dropping packet/],
		settlesAfterHours: 1,
		meaning:
			'The kernel can remember no further connection, so some connections to and from containers succeed and some do not.',
		advice:
			'Raise it now: `sysctl -w net.netfilter.nf_conntrack_max=524288`; then find who opens so many: `conntrack -S`, `ss -s`.',
		source: 'linux net/netfilter/nf_conntrack_core.c __nf_conntrack_alloc; kubernetes/kubernetes#71261',
		examples: [
			{text: 'nf_conntrack: nf_conntrack: table full, dropping packet', origin: 'kubernetes/kubernetes#71261'},
			{text: 'ip_conntrack: table full, dropping packet.', origin: 'linux 2.6.18 net/ipv4/netfilter (format)'},
		],
	},
	{
		id: 'neigh-overflow',
		severity: 'warning',
		category: 'network',
		title: 'Neighbour table full (ARP overflow)< in {subject}>',
		literals: ['eighbour table overflow', 'eighbor table overflow'],
		patterns: [/(?:(?<subject>\w{1,30}): )?[Nn]eighbou?r table overflow/],
		settlesAfterHours: 24,
		meaning:
			'More containers and machines talk to this host than it may remember addresses of; some become unreachable for moments.',
		advice:
			'Raise the limits: `sysctl -w net.ipv4.neigh.default.gc_thresh3=8192 net.ipv4.neigh.default.gc_thresh2=4096`.',
		source: 'linux net/core/neighbour.c neigh_alloc',
		examples: [
			{text: 'neighbour: arp_cache: neighbor table overflow!', origin: 'field log'},
			{text: 'Neighbour table overflow.', origin: 'linux 2.6.32 net/ipv4/route.c (format)'},
		],
	},
	{
		id: 'tcp-mem',
		severity: 'warning',
		category: 'network',
		title: 'Memory for TCP used up',
		literals: ['out of memory -- consider tuning tcp_mem', 'too many orphaned sockets', 'too many of orphaned sockets'],
		patterns: [/TCP: (?:out of memory -- consider tuning tcp_mem|too many (?:of )?orphaned sockets)/],
		settlesAfterHours: 24,
		meaning: 'Sockets hold all the memory TCP may use: a service does not read, or leaves its connections open.',
		advice:
			'See who has the full queues (`ss -tmp | sort -k2 -n | tail`); mend that service before raising net.ipv4.tcp_mem.',
		source: 'linux net/ipv4/tcp.c tcp_check_oom',
		examples: [
			{text: 'TCP: out of memory -- consider tuning tcp_mem', origin: 'linux net/ipv4/tcp.c (format)'},
			{text: 'TCP: too many orphaned sockets', origin: 'linux net/ipv4/tcp.c (format)'},
		],
	},
	{
		id: 'netdev-watchdog',
		severity: 'warning',
		category: 'network',
		title: 'Network card {subject} stopped sending< in {frame}>',
		literals: ['NETDEV WATCHDOG: '],
		patterns: [
			/NETDEV WATCHDOG: (?<subject>[\w.-]{1,20}) \((?<driver>[\w-]{0,30})\): transmit (?:queue \d+ )?timed out/,
			/(?<subject>[\w.-]{1,20}): NETDEV WATCHDOG: CPU: \d+: transmit queue \d+ timed out/,
			/NETDEV WATCHDOG: (?:(?<subject>[\w.-]{1,20}): )?.{0,40}transmit (?:queue \d+ )?timed out/,
		],
		part: 'crash',
		rank: 1,
		settlesAfterHours: 24,
		meaning: 'The card took no packet for seconds, and the driver resets it. Connections stall or break meanwhile.',
		advice: 'Update driver and firmware of the card (`ethtool -i IFACE`); try `ethtool -K IFACE tso off gso off`.',
		source: 'linux net/sched/sch_generic.c dev_watchdog',
		examples: [
			{text: 'NETDEV WATCHDOG: eth0 (igb): transmit queue 0 timed out', origin: 'field log; abrt src/lib/kernel.c'},
			{
				text: 'igb 0000:01:00.0 eth0: NETDEV WATCHDOG: CPU: 3: transmit queue 0 timed out 5123 ms',
				origin: 'linux 6.8 net/sched/sch_generic.c (format)',
			},
		],
	},
	{
		id: 'nic-hang',
		severity: 'warning',
		category: 'network',
		title: 'Network card {subject} hangs',
		literals: [' Unit Hang'],
		patterns: [/(?<subject>[\w.:-]{1,20}): Detected (?:Tx|Hardware) Unit Hang/],
		settlesAfterHours: 24,
		meaning: 'An Intel card no longer completes what it was given; the driver resets it.',
		advice:
			'Switch offloads off as a first measure (`ethtool -K IFACE tso off gso off`), then update firmware and driver.',
		source: 'linux drivers/net/ethernet/intel/e1000e/netdev.c, igb, ixgbe',
		examples: [
			{
				text: 'e1000e 0000:00:1f.6 eno1: Detected Hardware Unit Hang:',
				origin: 'linux drivers/net/ethernet/intel/e1000e/netdev.c (format)',
			},
		],
	},
	{
		id: 'nic-link-down',
		severity: 'info',
		category: 'network',
		title: 'Network link {subject} went down',
		literals: ['ink is Down', 'ink is down'],
		patterns: [/(?<subject>[\w.-]{1,20}):? (?:NIC )?(?:\w{1,10} )?Link is [Dd]own/],
		vetoes: [/veth|docker0|br-|virbr/],
		storms: [
			{
				count: 3,
				withinSeconds: 600,
				severity: 'warning',
				title: 'Network link {subject} went down {count} times in {span}',
			},
			{
				count: 10,
				withinSeconds: 600,
				severity: 'critical',
				title: 'Network link {subject} flaps: down {count} times in {span}',
			},
		],
		settlesAfterHours: 24,
		meaning: 'A cable or switch port lost its signal. Once at boot or while an interface is set up is normal.',
		advice: 'When it repeats, change cable or transceiver, try another switch port, and compare `ethtool -S IFACE`.',
		source: 'linux drivers/net/ethernet/intel, drivers/net/phy/phy.c phy_print_status',
		examples: [
			{
				text: 'igb 0000:01:00.0 eth0: igb: eth0 NIC Link is Down',
				origin: 'linux drivers/net/ethernet/intel/igb/igb_main.c (format)',
			},
			{text: 'r8169 0000:0f:00.0 eth0: Link is Down', origin: 'linux drivers/net/phy/phy.c (format)'},
			{text: 'tg3 0000:02:00.0 eth1: Link is down', origin: 'linux drivers/net/ethernet/broadcom/tg3.c (format)'},
		],
	},
	{
		id: 'own-mac',
		severity: 'warning',
		category: 'network',
		title: 'Loop or doubled hardware address on {subject}',
		literals: [' with own address as source address'],
		patterns: [/received packet on (?<subject>[\w.@-]{1,30}) with own address as source address/],
		settlesAfterHours: 24,
		meaning:
			'The bridge saw its own address come in from outside: two bridges form a ring, or a copied container has the same address.',
		advice:
			'Look for the address twice: `bridge fdb show | sort | uniq -d -w17`; check what was cabled or cloned last.',
		source: 'linux net/bridge/br_fdb.c br_fdb_update',
		examples: [
			{
				text: 'docker0: received packet on veth1 with own address as source address (addr:02:42:ac:11:00:02, vlan:0)',
				origin: 'linux net/bridge/br_fdb.c (format)',
			},
		],
	},
	{
		id: 'syn-flood',
		severity: 'info',
		category: 'network',
		title: 'More new connections than port {subject} takes',
		literals: ['ossible SYN flooding on '],
		patterns: [/[Pp]ossible SYN flooding on (?:port )?(?<subject>[^\s,]{1,60}?)(?:\.\s|,|\s|$)/],
		settlesAfterHours: 24,
		meaning: 'The service accepts too slowly for the moment; an attack is the rarer reason.',
		advice: 'Look at the service’s load, and raise its backlog together with `sysctl -w net.core.somaxconn=4096`.',
		source: 'linux net/ipv4/tcp_input.c tcp_syn_flood_action',
		examples: [
			{
				text: 'TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.  Check SNMP counters.',
				origin: 'linux net/ipv4/tcp_input.c (format)',
			},
		],
	},
];
