/**
 * The Lua scripts of retention.
 *
 * A stream can't change an entry in its middle, and XDEL leaves the bytes in the stream's nodes and in every
 * snapshot. So the log is copied to a second stream, one slice for each script. The script that finds the
 * copy complete replaces the log with it. Ids and seqs stay the same, and readers that block on the log go
 * on.
 */
import { CLOCK, HEAD, REDACTIONS } from "./log-scripts.ts";
import { script } from "./script.ts";

/**
 * KEYS a sorted set of rooms. ARGV minimum age of the score, maximum of rooms. Replies the names of the
 * rooms.
 */
export const DUE_ROOMS = script(
  CLOCK,
  `return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(now_ms() - ARGV[1]), 'LIMIT', 0, ARGV[2])`,
);

const LAST_REWRITTEN = `
local function last_rewritten(rewrite)
  local last = redis.call('XREVRANGE', rewrite, '+', '-', 'COUNT', 1)[1]
  return last and last[1] or ''
end`;

/**
 * KEYS log, deleted, rewrite, rewrite state. ARGV maximum of entries. Begins a rewrite if none is under way.
 * Replies {the last id that was rewritten or '', the last id of the next slice or '', the ids and the bodies
 * whose text must be removed, alternating}.
 */
export const NEXT_SLICE = script(
  REDACTIONS,
  LAST_REWRITTEN,
  `
local log, deleted, rewrite, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if redis.call('EXISTS', state) == 0 then
  redis.call('UNLINK', rewrite)
  redis.call('HSET', state, 'dirty', '0')
end
local from = last_rewritten(rewrite)
local entries = redis.call('XRANGE', log, from == '' and '-' or '(' .. from, '+', 'COUNT', ARGV[1])
local texts = {}
for _, index in ipairs(redactions(deleted, entries)) do
  texts[#texts + 1] = entries[index][1]
  texts[#texts + 1] = entries[index][2][14]
end
local last = entries[#entries]
return {from, last and last[1] or '', texts}`,
);

/**
 * KEYS log, rewrite, rewrite state, erasures. ARGV room, the last id that was rewritten or '', the last id of
 * this slice or '', then ids and bodies, alternating. Replies 1 if there is more to do, 0 if the log has been
 * replaced or another instance has continued the rewrite.
 */
export const REWRITE_SLICE = script(
  CLOCK,
  HEAD,
  LAST_REWRITTEN,
  `
local log, rewrite, state, erasures = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local room, from, to = ARGV[1], ARGV[2], ARGV[3]
if redis.call('EXISTS', state) == 0 or last_rewritten(rewrite) ~= from then return 0 end
local bodies = {}
for i = 4, #ARGV, 2 do bodies[ARGV[i]] = ARGV[i + 1] end
if to ~= '' then
  for _, entry in ipairs(redis.call('XRANGE', log, from == '' and '-' or '(' .. from, to)) do
    local id, fields = entry[1], entry[2]
    fields[14] = bodies[id] or fields[14]
    redis.call('XADD', rewrite, id, unpack(fields))
  end
end
local rest = to == '' and {} or redis.call('XRANGE', log, '(' .. to, '+', 'COUNT', 1)
if rest[1] then return 1 end
if redis.call('EXISTS', rewrite) == 1 then
  -- Entries that were trimmed meanwhile must not come back.
  redis.call('XTRIM', rewrite, 'MINID', (first_of(log)))
  redis.call('RENAME', rewrite, log)
end
local dirty = redis.call('HGET', state, 'dirty')
redis.call('UNLINK', state)
if dirty == '1' then
  redis.call('ZADD', erasures, digits(now_ms()), room)
  return 1
end
redis.call('ZREM', erasures, room)
return 0`,
);

/**
 * Forgets a room (L5). KEYS log, leases, keys, old keys, empty, due, erasures, then all other keys of the
 * room. ARGV room, the time after which an idle room is forgotten or 0, the time until the next check.
 * Replies 1 if the room was forgotten.
 */
export const FORGET = script(
  CLOCK,
  HEAD,
  `
local log, leases, keys, old, empty = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local room, idle, again = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if redis.call('ZCARD', leases) > 0 then
  redis.call('ZREM', empty, room)
  return 0
end
-- The first message in a room makes a generation of idempotency keys, and from then on there is always one.
local has_messages = redis.call('EXISTS', keys, old) > 0
if has_messages then
  local now = now_ms()
  local idle_at = ms_of((head_of(log))) + idle
  if idle == 0 or now < idle_at then
    redis.call('ZADD', empty, digits(idle == 0 and now + again or idle_at), room)
    return 0
  end
end
for _, set in ipairs({KEYS[5], KEYS[6], KEYS[7]}) do redis.call('ZREM', set, room) end
redis.call('UNLINK', log, leases, keys, old)
for i = 8, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1`,
);

export const RETENTION_SCRIPTS = [DUE_ROOMS, NEXT_SLICE, REWRITE_SLICE, FORGET];
