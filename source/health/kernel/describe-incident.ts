/** Makes the incident people see from a draft: which signature titles it, how bad it is, whose code it is. */
import type {IncidentSeverity, KernelCategory, KernelIncident} from '../../model/kernel-incident.ts';
import {attributeStack, categoryOfComponent, componentWords} from './attribution.ts';
import {formatTitle} from './format-title.ts';
import {type IncidentDraft, severityRank, type SignatureHits} from './incident-draft.ts';
import {formatSpan, secondsBetween} from './moment.ts';
import {formatFrame, type StackFrame} from './read-report-line.ts';

/** What weighs an incident besides its lines. */
export type Machine = {readonly kernelRelease: string | null; readonly isVirtual: boolean};

/** Functions that report trouble of others, so that naming them says nothing. */
const messengers =
	/^(?:dump_stack\w*|dump_backtrace|unwind_backtrace|dump_header|show_regs\w*|show_stack\w*|show_trace_log_lvl|__?warn\w*|warn_slowpath\w*|report_bug|__?die\w*|oops_\w+|panic|do_exit|make_task_dead|bad_area\w*|no_context|page_fault_oops|asm_\w+|exc_\w+|do_(?:trap|error_trap|invalid_op|general_protection|page_fault)|__do_page_fault|invalid_op|page_fault|general_protection|handle_bug|print_\w+|kasan_\w+|__kasan\w*|__asan\w*|check_memory_region|fixup_exception|__report_\w+|nmi\w*|watchdog\w*|rcu_dump\w*|_?raw_spin\w*|refcount_warn_saturate|usercopy_abort|fortify_panic|__list_(?:add|del)\w*|__slab_error|__schedule|schedule\w*|percpu_(?:rwsem|down|up)\w*|__percpu_\w+|wait_for_\w+|wait_on_\w+|__wait_\w+|io_schedule\w*|mutex_lock\w*|__mutex\w*|rwsem\w*|down_(?:read|write)\w*|queued_spin\w*|native_queued\w*)$/;

export function describeIncident(draft: IncidentDraft, machine: Machine): Omit<KernelIncident, 'key' | 'followsKey'> {
	const primary = titlingHits(draft, machine);
	const {signature} = primary;
	const via = viaOf(draft, primary);
	return {
		id: signature.id,
		severity: severityOf(draft, primary, machine),
		category: categoryOf(signature.category, via),
		title: titleOf(draft, primary, machine),
		subject: draft.subject,
		via,
		count: primary.count,
		isLowerBound: draft.isLowerBound,
		firstAt: draft.first.at,
		lastAt: draft.last.at,
		firstSeconds: draft.first.monotonicSeconds,
		lastSeconds: draft.last.monotonicSeconds,
		also: [...new Set([...draft.hits.keys(), ...draft.alsoIds])].filter((id) => id !== signature.id),
		lines: [...draft.head, ...draft.tail],
		state: draft.isOver ? 'over' : 'open',
		unverifiedOrigin: draft.unverifiedOrigin,
		settlesAfterHours: signature.settlesAfterHours,
		meaning: signature.meaning,
		advice: signature.advice,
		source: signature.source,
	};
}

/** The most severe signature; among equals the higher rank, then the first. */
export function titlingHits(draft: IncidentDraft, machine: Machine): SignatureHits {
	const [first, ...others] = draft.hits.values();
	if (first === undefined) throw new Error('an incident has at least one line that matched');
	return others.reduce((best, one) => (outweighs(one, best, machine) ? one : best), first);
}

function outweighs(one: SignatureHits, best: SignatureHits, machine: Machine): boolean {
	const difference = severityRank(weigh(one, machine)) - severityRank(weigh(best, machine));
	if (difference !== 0) return difference < 0;
	return (one.signature.rank ?? 0) > (best.signature.rank ?? 0);
}

function severityOf(draft: IncidentDraft, primary: SignatureHits, machine: Machine): IncidentSeverity {
	const {closedBy} = primary.signature;
	return draft.isOver && closedBy?.severity !== undefined ? closedBy.severity : weigh(primary, machine);
}

/** How bad the lines of one signature are: a storm can only make them worse. */
function weigh({signature, count, storm, detail}: SignatureHits, machine: Machine): IncidentSeverity {
	const base = detail?.severity ?? severityOn(signature, count, machine);
	return storm !== null && severityRank(storm.severity) < severityRank(base) ? storm.severity : base;
}

function severityOn(signature: SignatureHits['signature'], count: number, machine: Machine): IncidentSeverity {
	const {kernelRelease, isVirtual} = machine;
	const release = kernelRelease === null ? undefined : onKernel(signature, kernelRelease);
	if (release !== undefined) return release;
	return isVirtual && count === 1 ? (signature.onVirtualMachines ?? signature.severity) : signature.severity;
}

function onKernel({onKernels = []}: SignatureHits['signature'], kernelRelease: string): IncidentSeverity | undefined {
	return onKernels.find(({release}) => release.test(kernelRelease))?.severity;
}

function viaOf(draft: IncidentDraft, {signature}: SignatureHits): string | null {
	return draft.namedVia ?? signature.via ?? attributeStack(draft.pointer, draft.frames);
}

/** An oops in `[aufs]` is trouble with the storage driver. */
function categoryOf(category: KernelCategory, via: string | null): KernelCategory {
	if (category !== 'kernel' || via === null) return category;
	return categoryOfComponent(via) ?? category;
}

function titleOf(draft: IncidentDraft, hits: SignatureHits, machine: Machine): string {
	const {signature, storm, detail} = hits;
	const title = draft.isOnThinPool && signature.part === 'filesystem' ? thinTitle(draft) : null;
	const template = title ?? detail?.title ?? storm?.title ?? signature.title;
	const words = formatTitle(template, (name) => factOf(draft, hits, machine, name));
	return draft.isFollowUp && signature.severity !== 'panic' ? `${words} (after an earlier oops)` : words;
}

/** What stands on a thin pool is a container's own file system. */
function thinTitle(draft: IncidentDraft): string {
	const isReadOnly = [...draft.hits.values()].some(({signature}) => signature.part === 'read-only');
	return `Container file system {subject} failed${isReadOnly ? ' and is read-only' : ''}`;
}

function factOf(draft: IncidentDraft, hits: SignatureHits, machine: Machine, name: string): string | null {
	switch (name) {
		case 'subject':
			return draft.subject;
		case 'count':
			return `${hits.count}${draft.isLowerBound ? '+' : ''}`;
		case 'amount':
			return formatAmount(draft, hits);
		case 'span':
			return formatSpan(secondsBetween(hits.first, hits.last) ?? 0);
		case 'frame': {
			const frame = culpritOf(draft);
			return frame === null ? (hits.facts['frame'] ?? draft.facts.get('frame') ?? null) : formatFrame(frame);
		}
		case 'via':
			return viaOf(draft, hits);
		case 'component': {
			const via = viaOf(draft, hits);
			return via === null ? null : componentWords(via);
		}
		case 'cause':
			return causeOf(draft, hits, machine);
		default:
			return hits.facts[name] ?? draft.facts.get(name) ?? null;
	}
}

/** Counted by the lines themselves, else lines and what the kernel says it left out; null when that tells nothing new. */
function formatAmount({suppressed}: IncidentDraft, {amount, count}: SignatureHits): string | null {
	return amount === count && suppressed === 0 ? null : String(amount + suppressed);
}

/** Where the processor was, unless that only reports; else the first telling function of the stack. */
export function culpritOf({pointer, frames}: IncidentDraft): StackFrame | null {
	const telling = (frame: StackFrame): boolean => !messengers.test(frame.name);
	if (pointer !== null && telling(pointer)) return pointer;
	return frames.find(telling) ?? pointer;
}

/** What led to the panic, as the incident would be titled without it. */
function causeOf(draft: IncidentDraft, {signature}: SignatureHits, machine: Machine): string | null {
	const others = [...draft.hits.values()].filter(
		(one) => one.signature !== signature && one.signature.severity !== 'info',
	);
	const [first, ...rest] = others;
	if (first === undefined) return null;
	const best = rest.reduce((worst, one) => (outweighs(one, worst, machine) ? one : worst), first);
	return titleOf(draft, best, machine).replace(/^Kernel oops: /, '');
}
