/**
 * Tells from the functions and modules of a stack whose code failed. The module is what an operator can act on; the
 * exact function rarely is (one naive reading of real reports names the same function as people did in a third of them).
 */
import type {KernelCategory} from '../../model/kernel-incident.ts';
import type {StackFrame} from './read-report-line.ts';

type Component = {
	/** What incidents carry as `via`. */
	readonly via: string;
	/** For titles: `waiting for NFS`. */
	readonly words: string;
	readonly category: KernelCategory;
	readonly modules: RegExp;
	readonly functions: RegExp;
};

/** The first that fits names a frame. */
const components: readonly Component[] = [
	{
		via: 'aufs',
		words: 'aufs',
		category: 'storage-driver',
		modules: /^aufs$/,
		functions: /^(?:au|aufs)_/,
	},
	{
		via: 'overlay',
		words: 'overlay',
		category: 'storage-driver',
		modules: /^overlay(?:fs)?$/,
		functions: /^ovl_/,
	},
	{
		via: 'devicemapper',
		words: 'the device mapper',
		category: 'storage-driver',
		modules: /^(?:dm_thin_pool|dm_bufio|dm_mod|dm_persistent_data|dm_bio_prison|dm_snapshot|dm_cache\w*)$/,
		functions:
			/^(?:dm_(?:pool|thin|bufio|tm|sm|btree|bm)|pool_|thin_(?:map|bio|endio|ctr|dtr)|process_thin|commit_metadata)/,
	},
	{via: 'btrfs', words: 'btrfs', category: 'storage-driver', modules: /^btrfs$/, functions: /^btrfs_/},
	{
		via: 'zfs',
		words: 'ZFS',
		category: 'storage-driver',
		modules: /^(?:zfs|spl|zcommon|zunicode|icp|zlua|zzstd)$/,
		functions: /^(?:zio|txg|zfs|zpl|zil|spa|dmu|dsl|dbuf|arc|vdev|spl|taskq|zap|sa)_/,
	},
	{
		via: 'nfs',
		words: 'NFS',
		category: 'filesystem',
		modules: /^(?:nfs|nfsv\d|nfsd|sunrpc|lockd|nfs_\w+)$/,
		functions: /^(?:nfs\d?|nfsd\d?|rpc|svc|xprt|xs|call_(?:connect|transmit|status|bind)\w*|nlm\w*)_/,
	},
	{via: 'cifs', words: 'CIFS', category: 'filesystem', modules: /^(?:cifs|smb\w*)$/, functions: /^(?:cifs|smb\d?)_/},
	{
		via: 'filesystem',
		words: 'a file system',
		category: 'filesystem',
		modules:
			/^(?:xfs|ext[234]|jbd2?|reiserfs|jfs|f2fs|gfs2|ocfs2\w*|fuse|ceph|libceph|isofs|fat|vfat|erofs|squashfs|udf|nilfs2|bcachefs)$/,
		functions: /^(?:xfs|xlog|ext[234]|jbd2?|reiserfs|jfs|f2fs|gfs2|ocfs2|fuse|ceph)_/,
	},
	{
		via: 'nic-driver',
		words: 'a network card driver',
		category: 'network',
		modules:
			/^(?:mlx\w+|ixgbe\w*|igb\w*|igc|e1000e?|bnxt\w*|bnx2x?|ena|i40e\w*|ice|tg3|r8169|be2net|cxgb\w*|qede?|sfc|vmxnet3|virtio_net|hv_netvsc|atlantic|nfp|iwl\w*|ath\d+k\w*)$/,
		functions: /^(?:mlx\d|ixgbe|igb|igc|e1000e?|bnxt|bnx2x|ena|i40e|ice|tg3|rtl8169|vmxnet3|virtnet|netvsc)_/,
	},
	{
		via: 'network',
		words: 'the network',
		category: 'network',
		modules:
			/^(?:veth|bridge|br_netfilter|nf_\w+|nft_\w+|xt_\w+|ip_tables|ip6_tables|ipt_\w+|ip6t_\w+|iptable_\w+|ebtable\w*|vxlan|macvlan|ipvlan|bonding|tun|tap|openvswitch|ip_vs\w*|ip_set\w*|8021q|llc|stp|dummy|geneve|wireguard|cls_\w+|sch_\w+|act_\w+)$/,
		functions:
			/^(?:br|nf|nft|veth|rtnl|rtnetlink|netns|copy_net_ns|cleanup_net|net_ns|ipt|xt|fib6?|neigh|tcp|udp|ip6?|inet6?|netdev|netif|dev_queue|sch|vxlan|macvlan|ip_vs)_|^(?:copy_net_ns|cleanup_net|unregister_netdevice\w*|netdev_run_todo|dev_watchdog|register_netdevice)/,
	},
	{
		via: 'disk',
		words: 'a disk',
		category: 'disk',
		modules:
			/^(?:mpt[23]sas|mptsas|mptbase|megaraid\w*|nvme\w*|libata|ahci|libahci|ata_piix|sata_\w+|aacraid|hpsa|smartpqi|qla2xxx|lpfc|scsi_mod|sd_mod|arcmsr|virtio_blk|virtio_scsi|pvscsi|vmw_pvscsi|mvsas|isci|md_mod|raid\d+|dm_multipath|dm_crypt|bcache|rbd|nbd|drbd|iscsi_tcp|libiscsi)$/,
		functions: /^(?:nvme|ata|ahci|scsi|mpt3sas|megasas|raid\d+|md|sd|blk_mq_(?:timeout|requeue))_|^wait_on_(?:md|raid)/,
	},
];

const bySubject = new Map(components.map((one) => [one.via, one]));

const framesLooked = 8;

/** `pointer` goes before the frames, of which the first eight count. Null when none of them is telling. */
export function attributeStack(pointer: StackFrame | null, frames: readonly StackFrame[]): string | null {
	for (const frame of pointer === null ? frames.slice(0, framesLooked) : [pointer, ...frames.slice(0, framesLooked)]) {
		const component = components.find((one) =>
			frame.module === null ? one.functions.test(frame.name) : one.modules.test(frame.module),
		);
		if (component !== undefined) return component.via;
	}
	return null;
}

/** The category of trouble in that component; null for a component without one of its own. */
export function categoryOfComponent(via: string): KernelCategory | null {
	return bySubject.get(via)?.category ?? null;
}

export function componentWords(via: string): string {
	return bySubject.get(via)?.words ?? via;
}
