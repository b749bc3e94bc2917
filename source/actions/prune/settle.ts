/** Decides what goes once it is known what stays: nothing goes that something which stays still needs. */
import type {KeptItem} from '../../model/prune-plan.ts';
import {describeUsers} from '../../model/image-users.ts';
import type {Survey} from './survey-host.ts';
import {pruneKey, type Stay, type Verdict} from './verdict.ts';

/** Selected objects that nevertheless stay, by key: taken out by a person, or not needed for the target. */
export type Withheld = ReadonlyMap<string, Stay>;

export type Settlement = {
	readonly going: ReadonlySet<string>;
	readonly kept: readonly KeptItem[];
};

export function settle(survey: Survey, withheld: Withheld): Settlement {
	const {verdicts} = survey;
	const going = findGoing(survey, withheld);
	const kept: KeptItem[] = [];
	for (const [key, verdict] of verdicts) {
		if (going.has(key)) continue;
		const own = verdict.stays ?? withheld.get(key) ?? null;
		const {reason, why} = describeNeed(verdict, own, survey, going) ?? own ?? {reason: 'unchecked', why: ''};
		const {calls: _calls, cautions: _cautions, ...facts} = verdict.item;
		kept.push({...facts, reason, why});
	}
	return {going, kept};
}

/** Starts from all that is selected, and takes out what is needed by what stays until nothing changes. */
function findGoing({verdicts, needs}: Survey, withheld: Withheld): ReadonlySet<string> {
	const going = new Set<string>();
	const staying: string[] = [];
	for (const [key, {stays}] of verdicts) {
		if (stays === null && !withheld.has(key)) going.add(key);
		else staying.push(key);
	}
	const needers = new Map<string, string[]>();
	for (const [key, needed] of needs) {
		for (const need of needed) {
			const known = needers.get(need);
			if (known === undefined) needers.set(need, [key]);
			else known.push(key);
		}
	}
	for (let key = staying.pop(); key !== undefined; key = staying.pop()) {
		for (const needer of needers.get(key) ?? []) if (going.delete(needer)) staying.push(needer);
	}
	return going;
}

/** Use says more than age, so it comes before every reason but a person's own words. */
function describeNeed(verdict: Verdict, own: Stay | null, survey: Survey, going: ReadonlySet<string>): Stay | null {
	const {kind, key, id, names} = verdict.item;
	if (kind !== 'image' && kind !== 'build-cache') return null;
	if (own !== null && ['protected', 'taken-out', 'target-met', 'unchecked'].includes(own.reason)) return null;
	const staying = (survey.needs.get(key) ?? []).filter((need) => !going.has(need));
	if (staying.length === 0) return null;
	const users = (survey.imageUsers.of.get(id) ?? []).filter((user) => !going.has(pruneKey('container', user.id)));
	if (users.length > 0) return {reason: 'in-use', why: describeUsers(users)};
	// A named image that stays for a reason of its own is not kept by its children.
	if (own !== null && (kind === 'build-cache' || names.length > 0)) return null;
	return {reason: 'parent-of-kept', why: `${nameOf(staying[0], survey)}, which stays, was built on it`};
}

function nameOf(key: string | undefined, {verdicts}: Survey): string {
	const item = verdicts.get(key ?? '')?.item;
	if (item === undefined) return 'another';
	return item.names[0] ?? item.id.replace('sha256:', '').slice(0, 12);
}
