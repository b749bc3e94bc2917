/** Tells two states of a file apart without reading it. */
import type {BigIntStats} from 'node:fs';

/** The change time goes along: it moves with permissions and cannot be set back, as the time of writing can. */
export function stampOf({dev, ino, mode, uid, size, mtimeNs, ctimeNs}: BigIntStats): string {
	return [dev, ino, mode, uid, size, mtimeNs, ctimeNs].join(':');
}
