/** Takes image references apart and compares them as the engine does: `nginx` is `docker.io/library/nginx:latest`. */
import type {ImageUse} from './disk-usage.ts';

/** The repository of `repository:tag`, `repository@digest` or both; a port in the registry's name is not a tag. */
export function repositoryOf(reference: string): string {
	const [name = ''] = reference.split('@', 1);
	const colon = name.lastIndexOf(':');
	return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/** The short form Docker prints: without the registry and the folder that are implied. */
export function familiarName(reference: string): string {
	return reference.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
}

/** Repositories it has a name or a digest in, in their short form, each once. */
export function repositoriesOf(image: ImageUse): readonly string[] {
	return [...new Set([...image.tags, ...image.digests].map((reference) => familiarName(repositoryOf(reference))))];
}

/** An image id without its algorithm, because some engines leave `sha256:` out in some places. */
export function bareId(id: string): string {
	return id.startsWith('sha256:') ? id.slice('sha256:'.length) : id;
}

/** True when the reference, as somebody wrote it, means this image: by tag, by digest, or by (short) id. */
export function refersTo(reference: string, image: ImageUse): boolean {
	if (/^(sha256:)?[0-9a-f]{12,64}$/.test(reference) && bareId(image.id).startsWith(bareId(reference))) return true;
	const wanted = familiarName(reference);
	const [name = '', digest] = wanted.split('@', 2);
	const repository = repositoryOf(wanted);
	if (digest !== undefined) return image.digests.some((held) => familiarName(held) === `${repository}@${digest}`);
	const tagged = repository === name ? `${name}:latest` : name;
	return image.tags.some((tag) => familiarName(tag) === tagged);
}
