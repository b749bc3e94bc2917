/**
 * A shell function that prints a figure under /proc/sys. `read` of some shells (dash) asks for one byte at a time, and the
 * kernel gives such a file's figure to whoever reads from its start and nothing after that (linux kernel/sysctl.c,
 * proc_dointvec): 8192 would become 8.
 */
export const readWholeFunction = 'n() { [ -r "$1" ] && cat "$1"; }';
