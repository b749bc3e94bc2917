/** Where the person is in a host's kernel log: which boot, which lines, which incident. */
import type {KernelRecord} from '../model/kernel-log.ts';

export type KernelView = {
	/** The earlier boot that is looked at, see `bootKeyOf`; null for the running one. */
	readonly bootKey: string | null;
	/** The record on the last line drawn; null to follow the newest. */
	readonly anchor: KernelRecord | null;
	/** The line that was jumped to; null once the log was scrolled on. */
	readonly cursor: KernelRecord | null;
	readonly search: string;
	/** The chosen incident; null for the worst. */
	readonly incidentKey: string | null;
	/** True while the chosen incident, or the end of an earlier boot, is shown in full in the place of the log. */
	readonly isDetailOpen: boolean;
	/** True while long lines are continued on the next one. */
	readonly wrap: boolean;
};

export type KernelAction =
	/** Holds the kernel log at a record, or follows the newest when null. */
	| {readonly kind: 'kernel-log-held'; readonly anchor: KernelRecord | null}
	/** Shows `cursor`; `incidentKey` is left as it is where absent. */
	| {
			readonly kind: 'kernel-log-jumped';
			readonly anchor: KernelRecord | null;
			readonly cursor: KernelRecord | null;
			readonly incidentKey?: string;
	  }
	| {readonly kind: 'kernel-log-searched'; readonly search: string}
	| {readonly kind: 'kernel-log-wrapped'}
	| {readonly kind: 'boot-chosen'; readonly bootKey: string | null}
	| {readonly kind: 'incident-opened'}
	| {readonly kind: 'incident-closed'};

export const initialKernelView: KernelView = {
	bootKey: null,
	anchor: null,
	cursor: null,
	search: '',
	incidentKey: null,
	isDetailOpen: false,
	wrap: false,
};

export function reduceKernel(kernel: KernelView, action: KernelAction): KernelView {
	switch (action.kind) {
		case 'kernel-log-held':
			return {...kernel, anchor: action.anchor, cursor: null};
		case 'kernel-log-jumped': {
			const {anchor, cursor, incidentKey = kernel.incidentKey} = action;
			return {...kernel, anchor, cursor, incidentKey};
		}
		case 'kernel-log-searched':
			return {...kernel, search: action.search, cursor: null, isDetailOpen: false};
		case 'kernel-log-wrapped':
			return {...kernel, wrap: !kernel.wrap};
		case 'boot-chosen':
			return {...initialKernelView, search: kernel.search, wrap: kernel.wrap, bootKey: action.bootKey};
		case 'incident-opened':
			return {...kernel, isDetailOpen: true};
		case 'incident-closed':
			return {...kernel, isDetailOpen: false};
	}
}
