/** An image reference, id or name as part of a request's path. */

/**
 * Null for what no engine would name anything: a path made of it could mean something else. Slashes stay as they are,
 * because engines match them as part of an image's name.
 */
export function formatReference(reference: string): string | null {
	const segments = reference.split('/');
	const isName = reference.length <= 500 && /^[\w.:@[\]+/-]+$/.test(reference);
	const isPath = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
	return isName && isPath ? segments.map((segment) => encodeURIComponent(segment)).join('/') : null;
}
