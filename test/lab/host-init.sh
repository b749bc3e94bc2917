#!/bin/sh -e
# First process of a lab host, in mount, UTS, PID and network namespaces of its own: builds the host's root over the
# machine's, enters it and then only reaps what is orphaned. Arguments: name, directory of the host.
name=$1
directory=$2
root=$directory/root

mount --make-rprivate /
mount -t overlay "$name" -o "lowerdir=/,upperdir=$directory/upper,workdir=$directory/work" "$root"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
# What this machine's root does at log-in (version managers, prompts) is no part of a lab host, and may take minutes.
mount -t tmpfs -o mode=700 root "$root/root"
mkdir -p "$root/run/sshd" "$root/run/lock" "$root/var/lib/docker"
mount --bind "$directory/data" "$root/var/lib/docker"
hostname "$name"
ip link set lo up

echo ready >"$directory/ready"
exec chroot "$root" /bin/sh -c 'cd /; while :; do sleep 2147483647 & wait; done'
