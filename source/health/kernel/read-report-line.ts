/**
 * Reads the lines of a crash report that carry no signature: where the kernel was, the stack, the processor, earlier
 * trouble. Wording of linux arch/x86/kernel/dumpstack.c, arch/arm64/kernel/process.c, arch/powerpc/kernel/process.c,
 * lib/dump_stack.c and kernel/panic.c.
 */

/** One function of a stack, e.g. `{name: 'au_do_open', module: 'aufs'}`. */
export type StackFrame = {readonly name: string; readonly module: string | null};

export type ReportLine =
	/** Where the processor was. */
	| {readonly kind: 'pointer'; readonly frame: StackFrame}
	/** Further up the stack; unreliable frames may be leftovers (printed with `?`). */
	| {readonly kind: 'frame'; readonly frame: StackFrame; readonly isReliable: boolean}
	| {
			readonly kind: 'processor';
			readonly cpu: string | null;
			readonly task: string | null;
			/** Taint letters, e.g. `D L`; empty when not tainted. */
			readonly taint: string;
			readonly kernelRelease: string | null;
	  }
	/** `---[ end trace ...`. */
	| {readonly kind: 'end'}
	/** Registers, code bytes, module lists and the like. */
	| {readonly kind: 'other'};

const symbol = String.raw`\.?(?<name>[A-Za-z_][\w.$]*)\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)?(?:\s+\[(?<module>\w+)[^\]]*\])?`;
const pointer = new RegExp(
	String.raw`^(?:RIP|EIP|IP|PC|pc|NIP|epc|Krnl PSW|PC is at|EIP is at)\b[^+]*?(?:^|[\s:[(>])${symbol}`,
);
const frame = new RegExp(
	String.raw`^\s*(?:\[\s*)?(?:\[?<[0-9a-fA-F]{4,}>\]?\s*|\[[0-9a-f]{16}\]\s*\[[0-9a-f]{16}\]\s*)?(?<doubt>\?\s+)?\(?${symbol}`,
);
/** 32-bit ARM: `[<c0012345>] (show_stack) from [<c0056789>] (dump_stack+0x10/0x14)`. */
const armFrame =
	/^\s*(?:\[<[0-9a-f]+>\] )?\((?<name>[A-Za-z_]\w*)(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[(?<module>\w+)\])?\) from /;
const processor =
	/^(?:CPU: (?<cpu>\d+) (?:UID: \d+ )?PID: \d+ Comm: (?<task>.+?)|Pid: \d+, comm: (?<oldTask>.+?),?) (?:Not tainted|Tainted: (?<taint>[A-Z() -]+?)) *(?:$|(?<release>\d+\.\d+\S*))/;
const other =
	/^\s*(?:(?:RSP|RAX|RDX|RBP|R\d\d|EAX|ESI|ESP|FS|CS|CR2|DR\d|ORIG_RAX|Call [Tt]race|Call Trace|Modules linked in|Code|Hardware name|Workqueue|Stack|Process|PGD|PMD|Oops|Tainted|Backtrace|Exception|Mem abort|Data abort|user pgtable|Last Breaking|lr|sp|x\d+|GPR\d\d|Registers|note|#PF|task)\b[ :#(]|---\[|===|<\/?(?:TASK|IRQ|NMI|EOE|IST|SOFTIRQ|#DF|ENTRY_TRAMPOLINE)>|\[?<[0-9a-f]{8,}>)/;

/** Null for a line that is no part of a report. */
export function readReportLine(text: string): ReportLine | null {
	if (text.includes('+0x')) {
		const at = pointer.exec(text)?.groups;
		if (at !== undefined) return {kind: 'pointer', frame: frameOf(at)};
		const further = frame.exec(text)?.groups ?? armFrame.exec(text)?.groups;
		if (further !== undefined) {
			return {kind: 'frame', frame: frameOf(further), isReliable: further['doubt'] === undefined};
		}
	}
	const groups = processor.exec(text)?.groups;
	if (groups !== undefined) {
		return {
			kind: 'processor',
			cpu: groups['cpu'] ?? null,
			task: groups['task'] ?? groups['oldTask'] ?? null,
			taint: groups['taint'] ?? '',
			kernelRelease: groups['release'] ?? null,
		};
	}
	return other.test(text) ? {kind: 'other'} : null;
}

export function formatFrame({name, module}: StackFrame): string {
	return module === null ? name : `${name} [${module}]`;
}

function frameOf(groups: Readonly<Record<string, string | undefined>>): StackFrame {
	// Compilers append `.cold`, `.isra.0`, `.constprop.2` to parts of a function.
	return {name: (groups['name'] ?? '').replace(/\..*$/, ''), module: groups['module'] ?? null};
}
