/** Quotes one argument for a POSIX shell; every remote argument passes through here. */
export function shellQuote(argument: string): string {
	if (argument.includes('\0')) throw new RangeError('a shell argument cannot contain a NUL character');
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
