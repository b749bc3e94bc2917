/** Loaded before the program under test: gives it a bug that comes out when the test sends SIGUSR2. */
process.on('SIGUSR2', () => {
	throw new Error('a planted bug');
});
