/** Random bytes from a supply, for what needs a few of them on every request. */

const supplyBytes = 8192;

/** No byte is handed out twice. Asking the system for sixteen bytes costs as much as asking for thousands. */
export function fromSupply(random: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let supply = new Uint8Array(0);
  let used = 0;
  return function take(bytes) {
    if (used + bytes > supply.length) {
      supply = Uint8Array.from(random(Math.max(bytes, supplyBytes)));
      used = 0;
    }
    used += bytes;
    return supply.subarray(used - bytes, used);
  };
}
