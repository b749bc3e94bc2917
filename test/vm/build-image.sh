#!/bin/sh
# Builds the guests' disk into the folder given: disk.ext4, vmlinuz, initrd, and the keys to enter by. As root, in a
# mount and process namespace of its own, so that an interrupted build leaves no mount and no process behind.
set -eu
output=$1
mirror=$2
root=$output/root

mkdir -p "$output"
ssh-keygen -q -t ed25519 -N '' -C client@sickbay-vm-lab -f "$output/client"
ssh-keygen -q -t ed25519 -N '' -C guest@sickbay-vm-lab -f "$output/host_key"

debootstrap --variant=minbase --include="$(echo '
  linux-image-cloud-amd64 initramfs-tools systemd-sysv udev dbus kmod openssh-server docker.io apparmor iptables iproute2 procps
  e2fsprogs dmsetup busybox-static sudo util-linux util-linux-extra
' | xargs | tr ' ' ',')" bookworm "$root" "$mirror"

# Names, accounts: root enters by the lab's key, and so does `watcher`, who may read no log and use no engine.
echo sb-vm >"$root/etc/hostname"
echo '127.0.0.1 localhost sb-vm' >"$root/etc/hosts"
echo '/dev/vda / ext4 errors=remount-ro 0 1' >"$root/etc/fstab"
chroot "$root" useradd --create-home --shell /bin/sh watcher
for account in root watcher; do chroot "$root" usermod -p '*' "$account"; done
install -m 600 "$output/host_key" "$root/etc/ssh/lab_host_key"
install -m 644 "$output/client.pub" "$root/etc/ssh/lab_authorized_keys"
rm -f "$root"/etc/ssh/ssh_host_*
cat >"$root/etc/ssh/sshd_config" <<'END'
HostKey /etc/ssh/lab_host_key
AuthorizedKeysFile /etc/ssh/lab_authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
UseDNS no
PrintMotd no
Subsystem sftp internal-sftp
END

# The network of qemu's user mode, without waiting for an answer from a DHCP server.
cat >"$root/etc/systemd/network/lab.network" <<'END'
[Match]
Type=ether
Driver=virtio_net
[Network]
Address=10.0.2.15/24
LinkLocalAddressing=no
END
chroot "$root" systemctl --quiet enable systemd-networkd
# Nothing of this waits for a network, reads a mirror or asks for a password.
chroot "$root" systemctl --quiet mask systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer getty@tty1.service serial-getty@ttyS0.service
# Debian keeps the journal over boots when this folder exists; a guest that shall keep it makes it again.
rm -rf "$root/var/log/journal"
mkdir -p "$root/srv/lab"
tar -C "$root" -cf "$root/srv/lab/busybox.tar" ./usr/bin/busybox

# Only what this machine's disk needs: the initial file system is unpacked by an emulated processor.
printf 'MODULES=list\nCOMPRESS=zstd\n' >"$root/etc/initramfs-tools/conf.d/lab"
printf 'virtio_pci\nvirtio_blk\nvirtio_net\nvirtio_rng\n' >>"$root/etc/initramfs-tools/modules"
chroot "$root" update-initramfs -u
cp "$root"/boot/vmlinuz-* "$output/vmlinuz"
cp "$root"/boot/initrd.img-* "$output/initrd"

rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* "$root"/usr/share/man/* \
  "$root"/usr/share/locale/* "$root"/boot/*
mke2fs -q -t ext4 -L sb-vm -d "$root" "$output/disk.ext4" 2G
rm -rf "$root"
