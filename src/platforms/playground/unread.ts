/**
 * Until when each person has read each conversation. Kept in memory: after a restart everything counts as read, which
 * for trying things out is better than a table of its own in a town's database.
 */
export interface ReadMarks {
  markRead(personId: string, conversationId: string): void;
  readUntil(personId: string, conversationId: string): Date;
}

export function createReadMarks(now: () => Date): ReadMarks {
  const start = now();
  const marks = new Map<string, Date>();
  return {
    markRead(personId, conversationId) {
      marks.set(`${personId} ${conversationId}`, now());
    },
    readUntil(personId, conversationId) {
      return marks.get(`${personId} ${conversationId}`) ?? start;
    },
  };
}
