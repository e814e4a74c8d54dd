/** News for a loop that works and waits in turns: what arrives while it works is there when it waits. */

export interface Inbox<Message> {
  /** Wakes the loop; `arrived` hears of it at once. */
  put(message: Message): void;
  /** All that has arrived, as soon as there is something. */
  next(): Promise<readonly Message[]>;
}

export function openInbox<Message>(arrived: (message: Message) => void): Inbox<Message> {
  let waiting: Message[] = [];
  let wake: (() => void) | undefined;
  return {
    put(message) {
      waiting.push(message);
      arrived(message);
      wake?.();
    },
    async next() {
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const messages = waiting;
      waiting = [];
      return messages;
    },
  };
}
