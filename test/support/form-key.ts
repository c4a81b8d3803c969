/** What forms and addresses are signed with in tests. */
export const FORM_KEY = new TextEncoder().encode('a key for tests, of more than 32 characters');
