/**
 * The slot of a hash tag on a Redis cluster: CRC-16 (XMODEM) of its bytes, modulo the number of slots.
 */
const SLOTS = 16_384;
const POLYNOMIAL = 0x1021;

const crc16 = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
      crc &= 0xffff;
    }
  }
  return crc;
};

export const slotOf = (hashTag: string): number => crc16(new TextEncoder().encode(hashTag)) % SLOTS;
