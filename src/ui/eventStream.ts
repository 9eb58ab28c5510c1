// Reading server-sent events from a stream of text (WHATWG HTML, 9.2.6). Ours because EventSource can't
// send Last-Event-ID on a first connection, and a page that comes back must go on where it left off.

export type StreamEvent = { id: string | null; event: string; text: string };

/** Feed it pieces as they come; it yields whole events and keeps the rest. */
export function eventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  return (piece) => {
    // Over the whole rest: the network may cut between \r and \n.
    rest = (rest + piece).replaceAll('\r\n', '\n');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map(parseBlock).filter((event) => event !== null);
  };
}

function parseBlock(block: string): StreamEvent | null {
  let id: string | null = null;
  let event = 'message';
  const lines: string[] = [];
  for (const line of block.split('\n')) {
    if (line === '' || line.startsWith(':')) continue;
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'id') id = value;
    else if (name === 'event') event = value;
    else if (name === 'data') lines.push(value);
  }
  return id === null && lines.length === 0 ? null : { id, event, text: lines.join('\n') };
}
